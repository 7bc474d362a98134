"""The card of a venue: what it is, what it costs, whom it reaches, as one document."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from signoff.brief import find_model_faults
from signoff.brief.codes import COUNTRY_CODES
from signoff.brief.section import Amount, Country, Currency, Line, Prose, Section, Share, refuse
from signoff.errors import DataError, Fault
from signoff.units import VenueKind

__all__ = [
    "CardAudience",
    "CardPrice",
    "VenueCard",
    "card_from_rows",
    "card_rows",
    "find_venue_faults",
]

EVERYWHERE = "*"
Basis = Literal["measured", "prior"]
AudienceRole = Literal[
    "*", "initiator", "user", "influencer", "decider", "approver", "purchaser", "gatekeeper"
]
Unit = Literal["insertion", "thousand_impressions", "click", "spot", "booth", "piece"]


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
    """The step holds from so many units on, for all units bought."""
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
    response_share: Share
    """Visits per exposure."""
    response_low_share: Share
    """Lower end of the 90 % interval of response_share."""
    response_high_share: Share
    """Upper end of the 90 % interval of response_share."""
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
    prices: Annotated[tuple[CardPrice, ...], Field(min_length=1)]
    """The rate card, step by step."""
    audiences: Annotated[tuple[CardAudience, ...], Field(min_length=1)]
    """Whom it reaches; a wide assumption will do, marked as such."""


def find_venue_faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Find everything that is wrong with a card: its fields, and whether they agree.

    Args:
        data: The card as tables and values.

    Returns:
        One fault for each thing to mend.

    >>> [fault.where for fault in find_venue_faults({"name": "Trade Weekly"})][:2]
    ['kind', 'unit']
    """
    faults = find_model_faults(data, model=VenueCard)
    if faults:
        return faults
    card = VenueCard.model_validate(data)
    return (*_response_faults(card), *_price_faults(card), *_audience_faults(card.audiences))


def card_rows(card: VenueCard, *, venue_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give a card as rows of the lake.

    Args:
        card: A card without faults.
        venue_id: Short name of the venue.

    Returns:
        Rows by table: venue, rate and venue_audience.

    >>> prices, audiences = [{"unit_price": "10"}], [{"reach_share": 0.2, "reach_low_share": 0.1,
    ...     "reach_high_share": 0.3, "basis": "prior"}]
    >>> card = VenueCard(name="Trade Weekly", kind="trade_title", unit="insertion",
    ...     currency="EUR", exposures_per_unit=1, response_share=0.01, response_low_share=0.01,
    ...     response_high_share=0.02, basis="prior", prices=prices, audiences=audiences)
    >>> [(table, len(rows)) for table, rows in card_rows(card, venue_id="tw").items()]
    [('venue', 1), ('rate', 1), ('venue_audience', 1)]
    """
    said = card.model_dump(exclude={"prices", "audiences", *RATE_FIELDS})
    said["kind"] = card.kind.value
    rate = {
        "venue_id": venue_id,
        "currency": card.currency,
        "minimum_units": card.minimum_units,
        "maximum_units": card.maximum_units,
    }
    return {
        "venue": [{"venue_id": venue_id, **said}],
        "rate": [{**rate, **price.model_dump()} for price in card.prices],
        "venue_audience": [{"venue_id": venue_id, **one.model_dump()} for one in card.audiences],
    }


RATE_FIELDS = ("minimum_units", "maximum_units")
SHARED = ("currency", *RATE_FIELDS)


def card_from_rows(
    venue: Mapping[str, Any],
    *,
    rates: Sequence[Mapping[str, Any]],
    audiences: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Give a card's body from rows of the lake, as they are: it may have faults.

    Args:
        venue: The row of venue.
        rates: Its rows of rate, by rising units_from.
        audiences: Its rows of venue_audience.

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
    prices = [_said(row, CardPrice) for row in rates]
    reached = [_said(row, CardAudience) for row in audiences]
    return body | {k: v for k, v in (("prices", prices), ("audiences", reached)) if v}


def _said(row: Mapping[str, Any], model: type[Section]) -> dict[str, Any]:
    return {
        name: str(row[name]) if isinstance(row[name], Decimal) else row[name]
        for name in model.model_fields
        if row.get(name) is not None
    }


def _response_faults(card: VenueCard) -> Iterator[Fault]:
    low, share, high = card.response_low_share, card.response_share, card.response_high_share
    yield from _interval_faults(low, share, high, where="response_share")
    if card.contacts_per_unit is not None and card.on_target_share is None:
        yield Fault(
            "contacts are bought, but no share of them on target is given",
            "contacts that fall outside the market reach none of its people",
            "give the share of the contacts that falls on people of the market; all of them for "
            "a matched list",
            "on_target_share",
        )
    if card.basis == "measured" and not card.source:
        yield _unsourced("source")


def _price_faults(card: VenueCard) -> Iterator[Fault]:
    steps = [price.units_from for price in card.prices]
    for step, count in Counter(steps).items():
        if count > 1:
            yield Fault(
                f"{count} prices hold from {step} units on",
                "one number of units has one price",
                "keep one of them",
                "prices",
            )
    if min(steps) > card.minimum_units:
        yield Fault(
            f"the rate card has a gap: the minimum buy is {card.minimum_units} units, the first "
            f"price holds from {min(steps)} on",
            f"{card.minimum_units} units have no price",
            f"add a price from {card.minimum_units} on, or raise the fewest units sold",
            "prices",
        )
    if card.maximum_units is not None and card.maximum_units < card.minimum_units:
        yield Fault(
            f"at most {card.maximum_units} units are to be had, but at least "
            f"{card.minimum_units} must be bought",
            "no number of units keeps both",
            "correct one of the two",
            "maximum_units",
        )


def _audience_faults(audiences: Sequence[CardAudience]) -> Iterator[Fault]:
    keys = Counter((one.country, one.segment, one.role) for one in audiences)
    for (country, segment, role), count in keys.items():
        if count > 1:
            yield Fault(
                f"{count} audiences are of the same people: {role}, {country}, {segment}",
                "only one of them would count",
                "keep one of them",
                "audiences",
            )
    for number, one in enumerate(audiences, 1):
        where = f"audiences[{number}]"
        low, share, high = one.reach_low_share, one.reach_share, one.reach_high_share
        yield from _interval_faults(low, share, high, where=f"{where}.reach_share")
        if one.basis == "measured" and not one.source:
            yield _unsourced(f"{where}.source")


def _interval_faults(low: float, share: float, high: float, *, where: str) -> Iterator[Fault]:
    if not low <= share <= high:
        yield Fault(
            f"the share {share} does not lie in its interval, {low} to {high}",
            "an interval says between which ends the share lies",
            "write the lower end first, and the share between them",
            where,
        )


def _unsourced(where: str) -> Fault:
    return Fault(
        "it is called measured, and no source is named",
        "whoever reads the plan must be able to look it up",
        "name the source, or call it an assumption",
        where,
    )
