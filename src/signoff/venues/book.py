"""Every venue with its prices and audience, in the brief's currency; all faults at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from signoff.brief import Brief
from signoff.errors import BriefError, DataError, Fault
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Statement
from signoff.units import VenueKind, round_money
from signoff.venues.card_faults import find_card_faults, find_duplication_faults
from signoff.venues.prices import Ladder, PriceStep
from signoff.venues.terms import find_term_faults

__all__ = [
    "AUDIENCE_ROWS",
    "DUPLICATION_ROWS",
    "PRIOR",
    "RATE_ROWS",
    "VENUE_ROWS",
    "AudienceRow",
    "Duplication",
    "ExcludedVenue",
    "Venue",
    "VenueBook",
    "list_venues",
]

NO_LIMIT = 1_000_000_000
PRIOR = "prior"

VENUE_ROWS = Statement(
    name="venues",
    sql="""
        SELECT venue_id, name, kind, country, region, unit, currency, exposures_per_unit,
               contacts_per_unit, on_target_share, response_share, response_low_share,
               response_high_share, basis, source, source_url
        FROM venue ORDER BY venue_id
    """,
    reads=("venue",),
)
RATE_ROWS = Statement(
    name="price steps",
    sql="""
        SELECT venue_id, units_from, unit_price, currency, minimum_units, maximum_units,
               source, source_url
        FROM rate ORDER BY venue_id, units_from
    """,
    reads=("rate",),
)
AUDIENCE_ROWS = Statement(
    name="audiences of venues",
    sql="""
        SELECT venue_id, country, segment, role, reach_share, reach_low_share, reach_high_share,
               basis, source, source_url
        FROM venue_audience ORDER BY venue_id, country, segment, role
    """,
    reads=("venue_audience",),
)
DUPLICATION_ROWS = Statement(
    name="duplication of pairs of venues",
    sql="""
        SELECT venue_id, other_venue_id, both_share
        FROM venue_duplication ORDER BY venue_id, other_venue_id
    """,
    reads=("venue_duplication",),
)


@dataclass(frozen=True)
class AudienceRow:
    """The reach of one venue among the people of one role in one segment of one country.

    Attributes:
        country: ISO 3166 code, or * for every country the venue covers.
        segment: Industry code, or * for all.
        role: Committee role, or * for all.
        reach_share: Share of those people whom it can reach at all.
        reach_low_share: Lower end of its 90 % interval.
        reach_high_share: Upper end.
        basis: measured or prior.
        source: Where it comes from.
    """

    country: str
    segment: str
    role: str
    reach_share: float
    reach_low_share: float
    reach_high_share: float
    basis: str
    source: str


@dataclass(frozen=True)
class Duplication:
    """The share of people whom one unit of each of two venues reaches."""

    venue_id: str
    other_venue_id: str
    both_share: float


@dataclass(frozen=True)
class Venue:
    """One place where an advertisement can stand.

    Attributes:
        venue_id: Short name.
        name: Name as the trade knows it.
        kind: Kind of venue.
        country: Country it is confined to; empty for everywhere.
        region: Region it is confined to; empty for none.
        unit: What is bought.
        exposures_per_unit: Mean exposures of a person reached by one unit, or by one contact.
        contacts_per_unit: Contacts one unit delivers; None: each unit goes to the whole audience.
        on_target_share: Share of the contacts that fall on people of the market.
        response_share: Visits per exposure.
        response_low_share: Lower end of its 90 % interval.
        response_high_share: Upper end.
        ladder: Prices in the brief's currency.
        list_steps: Units from which each step holds, and its unit price as listed.
        list_currency: Currency of the rate card.
        audience: Reach by country, segment and role.
        basis: measured or prior: what its response rests on.
        source: Where its facts come from.
        source_url: Address of the source.
        price_source: Where its prices come from.
        price_source_url: Address of that.
    """

    venue_id: str
    name: str
    kind: VenueKind
    country: str
    region: str
    unit: str
    exposures_per_unit: float
    contacts_per_unit: float | None
    on_target_share: float
    response_share: float
    response_low_share: float
    response_high_share: float
    ladder: Ladder
    list_steps: tuple[tuple[int, Decimal], ...]
    list_currency: str
    audience: tuple[AudienceRow, ...]
    basis: str
    source: str
    source_url: str
    price_source: str
    price_source_url: str

    @property
    def weaker_basis(self) -> str:
        """Say what a forecast for the venue stands on: a prior, where any part of it is one."""
        bases = {self.basis, *(row.basis for row in self.audience)}
        return PRIOR if PRIOR in bases else self.basis


@dataclass(frozen=True)
class ExcludedVenue:
    """A venue that the brief rules out; its prices and audience are not looked at."""

    venue_id: str
    name: str
    kind: str
    unit: str
    list_currency: str
    basis: str
    source: str
    source_url: str


@dataclass(frozen=True)
class VenueBook(Result):
    """All venues that the brief does not exclude, and the names of those it does.

    Attributes:
        currency: Currency of every price.
        venues: Venues by rising venue_id.
        excluded: Venues that the brief rules out.
        duplications: Measured duplication of pairs.
    """

    currency: str
    venues: tuple[Venue, ...]
    excluded: tuple[ExcludedVenue, ...]
    duplications: tuple[Duplication, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue and price step."""
        return [
            {
                "venue_id": venue.venue_id,
                "name": venue.name,
                "kind": venue.kind.value,
                "unit": venue.unit,
                "units_from": step.units_from,
                "unit_price": _in_cents(step.unit_price),
                "currency": self.currency,
                "minimum_units": venue.ladder.minimum_units,
                "n_audience_rows": len(venue.audience),
                "basis": venue.weaker_basis,
                "source": venue.source,
            }
            for venue in self.venues
            for step in venue.ladder.steps
        ]

    def text(self) -> str:
        """Say how many venues there are."""
        n_prior = sum(venue.weaker_basis == PRIOR for venue in self.venues)
        return (
            f"{len(self.venues)} venues, prices in {self.currency}; {n_prior} of them rest on "
            f"assumptions; {len(self.excluded)} excluded by the brief."
        )


def list_venues(engine: Engine, *, brief: Brief) -> VenueBook:
    """Give all venues with prices, audience and response, in the brief's currency.

    Args:
        engine: Holds venue, rate, venue_audience and venue_duplication.
        brief: Currency, exchange rates and terms with venues.

    Returns:
        The book; venues that the brief excludes stand in it by name only, and are not checked.

    Raises:
        DataError: rate cards or audiences that cannot be used, all of them at once, together with
            faulty terms of the brief.
        BriefError: only the brief's terms are at fault.

    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     list_venues(engine, brief=sample_brief()).text()
    '2 venues, prices in EUR; 2 of them rest on assumptions; 0 excluded by the brief.'
    """
    venues = engine.rows(VENUE_ROWS)
    excluded = {terms.venue for terms in brief.venues if terms.exclude}
    listed = [row for row in venues if row["venue_id"] not in excluded]
    rates = _by_venue(engine.rows(RATE_ROWS))
    audiences = _by_venue(engine.rows(AUDIENCE_ROWS))
    known = {row["venue_id"] for row in venues}
    faults = find_card_faults(listed, rates=rates, audiences=audiences, brief=brief, known=known)
    pairs = engine.rows(DUPLICATION_ROWS)
    faults += find_duplication_faults(pairs, audiences=audiences, known=known)
    term_faults = find_term_faults(brief, known=known)
    _raise_faults(faults, term_faults)
    book = VenueBook(
        currency=brief.money.currency,
        venues=tuple(_venue(row, rates, audiences, brief=brief) for row in listed),
        excluded=tuple(_excluded(row) for row in venues if row["venue_id"] in excluded),
        duplications=tuple(Duplication(**row) for row in pairs),
    )
    _raise_faults([], find_term_faults(brief, known=known, book=book.venues))
    return book


def _count(faults: Sequence[Fault]) -> str:
    return "1 fault" if len(faults) == 1 else f"{len(faults)} faults"


def _raise_faults(faults: Sequence[Fault], term_faults: Sequence[Fault]) -> None:
    if faults:
        raise DataError(
            what=f"{_count(faults)} in rate cards and audiences of venues",
            why="a plan cannot be made from them",
            fix="mend the rows named below and import them again, or exclude the venues",
            faults=[*faults, *term_faults],
        )
    if term_faults:
        raise BriefError(
            what=f"{_count(term_faults)} in the brief's terms with venues",
            why="they contradict each other or the rate cards",
            fix="change the entries named below",
            faults=term_faults,
        )


def _by_venue(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    grouped: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["venue_id"]].append(row)
    return dict(grouped)


def _excluded(row: Mapping[str, Any]) -> ExcludedVenue:
    return ExcludedVenue(
        venue_id=row["venue_id"],
        name=row["name"],
        kind=row["kind"],
        unit=row["unit"],
        basis=row["basis"],
        list_currency=row["currency"],
        source=row["source"] or "",
        source_url=row["source_url"] or "",
    )


def _venue(
    row: Mapping[str, Any],
    rates: Mapping[str, Sequence[Mapping[str, Any]]],
    audiences: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    brief: Brief,
) -> Venue:
    steps = rates[row["venue_id"]]
    currency = steps[0]["currency"]
    rate = Decimal(1)
    if currency != brief.money.currency:
        rate = brief.money.exchange_rates[currency]
    contacts = row["contacts_per_unit"]
    return Venue(
        venue_id=row["venue_id"],
        name=row["name"],
        country=row["country"] or "",
        region=row["region"] or "",
        unit=row["unit"],
        exposures_per_unit=float(row["exposures_per_unit"]),
        response_share=float(row["response_share"]),
        response_low_share=float(row["response_low_share"]),
        response_high_share=float(row["response_high_share"]),
        basis=row["basis"],
        source=row["source"] or "",
        source_url=row["source_url"] or "",
        kind=VenueKind(row["kind"]),
        contacts_per_unit=None if contacts is None else float(contacts),
        on_target_share=1.0 if row["on_target_share"] is None else float(row["on_target_share"]),
        ladder=Ladder(
            steps=tuple(PriceStep(s["units_from"], s["unit_price"] * rate) for s in steps),
            minimum_units=steps[0]["minimum_units"],
            maximum_units=steps[0]["maximum_units"] or NO_LIMIT,
        ),
        list_steps=tuple((s["units_from"], s["unit_price"]) for s in steps),
        list_currency=currency,
        audience=tuple(_audience(line) for line in audiences[row["venue_id"]]),
        price_source=steps[0]["source"] or "",
        price_source_url=steps[0]["source_url"] or "",
    )


def _audience(row: Mapping[str, Any]) -> AudienceRow:
    return AudienceRow(
        country=row["country"],
        segment=row["segment"],
        role=row["role"],
        reach_share=float(row["reach_share"]),
        reach_low_share=float(row["reach_low_share"]),
        reach_high_share=float(row["reach_high_share"]),
        basis=row["basis"],
        source=row["source"] or "",
    )


def _in_cents(price: Decimal) -> Decimal:
    """Drop the noughts that an exchange rate left behind the cents; no digit that counts."""
    rounded = round_money(price)
    return rounded if rounded == price else price
