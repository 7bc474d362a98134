"""The card of a venue: what it is, what it costs, whom it reaches, as one document."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from signoff.brief.codes import COUNTRY_CODES
from signoff.brief.section import Amount, Country, Currency, Line, Prose, Section, Share, refuse
from signoff.errors import DataError
from signoff.units import VenueKind

__all__ = [
    "CardAudience",
    "CardIssue",
    "CardPrice",
    "VenueCard",
    "card_from_rows",
    "card_rows",
]

EVERYWHERE = "*"
Basis = Literal["measured", "prior"]
AudienceRole = Literal[
    "*", "initiator", "user", "influencer", "decider", "approver", "purchaser", "gatekeeper"
]
Unit = Literal[
    "insertion", "thousand_impressions", "click", "spot", "sponsorship", "booth", "piece"
]


def _known_area(code: str) -> str:
    if code == EVERYWHERE or code in COUNTRY_CODES:
        return code
    raise refuse(
        f"'{code[:60]}' is not a country code",
        why="countries are matched by their two-letter ISO 3166 code, as accounts and venues are",
        fix="write the two-letter code, such as FR, DE, GB or US",
    )


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


class CardPrice(Section):
    """One step of the rate card."""

    units_from: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """The step holds from so many units on."""
    units_to: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """The step holds up to so many units; empty: to the next step."""
    unit_price: Annotated[Amount, Field(gt=0)]
    """Price of one unit at this step."""
    source: Line | None = None
    """Where the numbers of this row come from."""
    source_url: Line | None = None
    """Address of the source."""
    note: Prose | None = None
    """What to know about the price."""


class CardAudience(Section):
    """The people of one role in one segment of one country."""

    role: AudienceRole = "*"
    """Committee role, or * for all."""
    country: Annotated[str, BeforeValidator(_upper), AfterValidator(_known_area)] = EVERYWHERE
    """ISO 3166 alpha-2 code, or * for every country the venue covers."""
    segment: Line = EVERYWHERE
    """Industry as in account.industry_code, or * for all."""
    reach_share: Share
    """Share of those people whom one unit can reach at all."""
    reach_low_share: Share
    """Lower end of its 90 % interval."""
    reach_high_share: Share
    """Upper end of its 90 % interval."""
    basis: Basis
    """measured: stated by the source; prior: a wide assumption."""
    source: Line | None = None
    """Where the numbers of this row come from."""
    source_url: Line | None = None
    """Address of the source."""


class CardIssue(Section):
    """One day on which the venue appears."""

    issue_on: date
    """Day on which it appears: of an issue, a send-out, the first of a fair."""
    closes_on: date | None = None
    """Last day to order for it; empty: the venue's lead_days before."""
    capacity_units: Annotated[int, Field(ge=0, le=1_000_000_000)] | None = None
    """Most units to be had in it; 0 when it is sold out; empty for no limit."""
    source: Line | None = None
    """Where the numbers of this row come from."""


class VenueCard(Section):
    """One place where an advertisement can stand, with its prices and audiences."""

    name: Line
    """Name as the trade knows it."""
    kind: VenueKind
    """Kind of venue."""
    country: Country | None = None
    """ISO 3166 alpha-2 code; empty for everywhere."""
    region: Line | None = None
    """Region it is confined to; empty for none."""
    unit: Unit
    """What is bought."""
    currency: Currency
    """ISO 4217 code of its prices."""
    exposures_per_unit: Annotated[float, Field(gt=0, le=1_000_000_000, allow_inf_nan=False)]
    """Expected exposures per person reached by one unit, or per contact sold."""
    contacts_per_unit: (
        Annotated[float, Field(gt=0, le=1_000_000_000_000, allow_inf_nan=False)] | None
    ) = None
    """Contacts that one unit delivers; empty: each unit goes to the whole audience."""
    on_target_share: Annotated[Share, Field(gt=0)] | None = None
    """Share of the contacts bought that fall on people of the market; 1 for a matched list."""
    response_share: Share | None = None
    """Visits per exposure; empty: assumed of the kind of venue."""
    response_low_share: Share | None = None
    """Lower end of the 90 % interval of response_share."""
    response_high_share: Share | None = None
    """Upper end of the 90 % interval of response_share."""
    raised_hand_share: Share | None = None
    """Raised hands per visit; empty: assumed of the kind of venue."""
    raised_hand_low_share: Share | None = None
    """Lower end of the 90 % interval of raised_hand_share."""
    raised_hand_high_share: Share | None = None
    """Upper end of the 90 % interval of raised_hand_share."""
    basis: Basis
    """measured: stated by the source; prior: a wide assumption."""
    source: Line | None = None
    """Where the numbers of this row come from."""
    source_url: Line | None = None
    """Address of the source."""
    minimum_units: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """Fewest units sold; the same in every step of a venue."""
    maximum_units: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """Most units to be had in the period; empty for no limit."""
    discount_kind: Literal["all_units", "incremental"] | None = None
    """all_units: the price holds for all units; incremental: for those from the step on."""
    setup_cost: Amount | None = None
    """Paid once when anything is bought; the same in every step of a venue."""
    lead_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    """Days between an order and its first appearance; empty for none."""
    capacity_per_week: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """Most units that can appear in a week; empty for no limit."""
    frequency_cap: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Most exposures of one person that happen and are paid for; empty for no cap."""
    frequency_cap_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Days that the frequency cap is counted in; empty for the whole campaign."""
    venue_group: Line | None = None
    """Group it belongs to, for floors and ceilings of groups, such as print or digital."""
    purpose: Literal["brand", "activation"] | None = None
    """What it is mostly bought for: brand or activation."""
    prices: Annotated[tuple[CardPrice, ...], Field(min_length=1)]
    """The rate card, step by step."""
    audiences: tuple[CardAudience, ...] = ()
    """Whom it reaches; of whoever is not named, what is true of its kind is assumed."""
    issues: tuple[CardIssue, ...] = ()
    """Days on which it appears; empty where it appears on any day."""


def card_rows(card: VenueCard, *, venue_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give a card as rows of the lake.

    Args:
        card: A card without faults.
        venue_id: Short name of the venue.

    Returns:
        Rows by table: venue, rate, venue_audience and venue_issue.

    >>> prices, audiences = [{"unit_price": "10"}], [{"reach_share": 0.2, "reach_low_share": 0.1,
    ...     "reach_high_share": 0.3, "basis": "prior"}]
    >>> card = VenueCard(name="Trade Weekly", kind="trade_title", unit="insertion",
    ...     currency="EUR", exposures_per_unit=1, response_share=0.01, response_low_share=0.01,
    ...     response_high_share=0.02, basis="prior", prices=prices, audiences=audiences)
    >>> [(table, len(rows)) for table, rows in card_rows(card, venue_id="tw").items()]
    [('venue', 1), ('rate', 1), ('venue_audience', 1), ('venue_issue', 0)]
    """
    said = card.model_dump(exclude={"prices", "audiences", "issues", *RATE_FIELDS})
    said["kind"] = card.kind.value
    once = {name: getattr(card, name) for name in SHARED}
    return {
        "venue": [{"venue_id": venue_id, **said}],
        "rate": [{"venue_id": venue_id, **once, **price.model_dump()} for price in card.prices],
        "venue_audience": [{"venue_id": venue_id, **one.model_dump()} for one in card.audiences],
        "venue_issue": [{"venue_id": venue_id, **one.model_dump()} for one in card.issues],
    }


RATE_FIELDS = ("minimum_units", "maximum_units", "discount_kind", "setup_cost")
SHARED = ("currency", *RATE_FIELDS)


def card_from_rows(
    venue: Mapping[str, Any],
    *,
    rates: Sequence[Mapping[str, Any]],
    audiences: Sequence[Mapping[str, Any]],
    issues: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Give a card's body from rows of the lake, as they are: it may have faults.

    Args:
        venue: The row of venue.
        rates: Its rows of rate, by rising units_from.
        audiences: Its rows of venue_audience.
        issues: Its rows of venue_issue, by rising date.

    Returns:
        The body as JSON holds it; what is empty is left out.

    Raises:
        DataError: the steps of the rate card differ in what a card says once, so that one would
            be lost.

    >>> card_from_rows({"venue_id": "tw", "name": "Trade Weekly"}, rates=(), audiences=())
    {'name': 'Trade Weekly'}
    """
    mixed = [name for name in SHARED if len({row.get(name) for row in rates}) > 1]
    if mixed:
        raise DataError(
            f"the price steps of {venue['venue_id']} differ in {', '.join(mixed)}",
            why="a card says each of these once, so one of them would be lost",
            fix="mend the rate card by an import, then edit the venue",
            where="rate",
        )
    once = {name: rates[0].get(name) for name in SHARED} if rates else {}
    body = _said(venue, VenueCard) | _said(once, VenueCard)
    parts = {
        "prices": [_said(row, CardPrice) for row in rates],
        "audiences": [_said(row, CardAudience) for row in audiences],
        "issues": [_said(row, CardIssue) for row in issues],
    }
    return body | {name: rows for name, rows in parts.items() if rows}


def _said(row: Mapping[str, Any], model: type[Section]) -> dict[str, Any]:
    return {
        name: str(row[name]) if isinstance(row[name], Decimal | date) else row[name]
        for name in model.model_fields
        if row.get(name) is not None
    }
