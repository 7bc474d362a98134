"""Every venue with its prices and audience, in the brief's currency; all faults at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from signoff.brief import Brief
from signoff.errors import BriefError, DataError, Fault
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Statement
from signoff.units import DiscountKind, Objective, VenueKind, round_money
from signoff.venues.cards.availability import Issue, units_available
from signoff.venues.cards.card_faults import find_card_faults, find_duplication_faults
from signoff.venues.cards.date_faults import find_date_faults, find_unavailable_faults
from signoff.venues.cards.packages import PACKAGE_ROWS, Package, find_package_faults, make_packages
from signoff.venues.cards.prices import NO_LIMIT, Ladder, PriceStep
from signoff.venues.market.carry_over import find_carry_over
from signoff.venues.market.evidence import EvidenceRow, find_evidence_faults, list_evidence
from signoff.venues.market.evidence_sql import EVIDENCE_ROWS
from signoff.venues.market.priors import PriorMeasure
from signoff.venues.market.response import POSTERIOR_ROWS, ResponseFinder, find_posterior_faults
from signoff.venues.terms.group_terms import find_group_faults
from signoff.venues.terms.terms import find_term_faults
from signoff.venues.venue import PRIOR, AudienceRow, ExcludedVenue, Venue

__all__ = [
    "AUDIENCE_ROWS",
    "DUPLICATION_ROWS",
    "ISSUE_ROWS",
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

VENUE_ROWS = Statement(
    name="venues",
    sql="""
        SELECT venue_id, name, kind, country, region, unit, currency, exposures_per_unit,
               contacts_per_unit, on_target_share, response_share, response_low_share,
               response_high_share, basis, source, source_url, venue_group, purpose, lead_days,
               capacity_per_week, frequency_cap, frequency_cap_days, raised_hand_share,
               raised_hand_low_share, raised_hand_high_share
        FROM venue ORDER BY venue_id
    """,
    reads=("venue",),
)
RATE_ROWS = Statement(
    name="price steps",
    sql="""
        SELECT venue_id, units_from, units_to, unit_price, currency, minimum_units, maximum_units,
               discount_kind, setup_cost, source, source_url
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
ISSUE_ROWS = Statement(
    name="dates of issue",
    sql="""
        SELECT venue_id, issue_on, closes_on, capacity_units, source
        FROM venue_issue ORDER BY venue_id, issue_on
    """,
    reads=("venue_issue",),
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
class Duplication:
    """The share of people whom one unit of each of two venues reaches."""

    venue_id: str
    other_venue_id: str
    both_share: float


@dataclass(frozen=True)
class VenueBook(Result):
    """All venues that the brief does not exclude, and the names of those it does.

    Attributes:
        currency: Currency of every price.
        venues: Venues by rising venue_id.
        excluded: Venues that the brief rules out.
        duplications: Measured duplication of pairs.
        packages: Units of several venues sold at one price, by rising package_id.
        unavailable: Venues left out because too few of their units can appear in the period.
        as_of: The day that counts as today, for lead times; None: orders are early enough.
    """

    currency: str
    venues: tuple[Venue, ...]
    excluded: tuple[ExcludedVenue, ...]
    duplications: tuple[Duplication, ...]
    packages: tuple[Package, ...] = ()
    unavailable: tuple[Venue, ...] = ()
    as_of: date | None = None

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
                "maximum_units": _limit(venue.ladder.maximum_units),
                "setup_cost": _in_cents(venue.ladder.setup_cost),
                "discount_kind": venue.ladder.discount_kind.value,
                "n_audience_rows": len(venue.audience),
                "basis": venue.weaker_basis,
                "source": venue.source,
            }
            for venue in self.venues
            for step in venue.ladder.steps
        ]

    def text(self) -> str:
        """Say how many venues there are."""
        absent = ", ".join(venue.name for venue in self.unavailable)
        n_prior = sum(venue.weaker_basis == PRIOR for venue in self.venues)
        return (
            f"{len(self.venues)} venues, prices in {self.currency}; {n_prior} of them rest on "
            f"assumptions; {len(self.excluded)} excluded by the brief."
            + (f" These cannot appear in the period: {absent}." if absent else "")
        )


def list_venues(engine: Engine, *, brief: Brief, as_of: date | None = None) -> VenueBook:
    """Give all venues with prices, audience and response, in the brief's currency.

    Args:
        engine: Holds venue, rate, venue_audience, venue_duplication, venue_issue, venue_package;
            audience_evidence, event, person_fact and account for what else tells of audiences, and
            posterior for what campaigns showed.
        brief: Currency, exchange rates, period and terms with venues.
        as_of: The day that counts as today, for lead times; None: orders are early enough.

    Returns:
        The book; venues that the brief excludes stand in it by name only, and are not checked.
        A venue sells no more units than can appear within the brief's period.

    Raises:
        DataError: rate cards or audiences that cannot be used, all of them at once, together with
            faulty terms of the brief.
        BriefError: only the brief's terms are at fault, or its period.

    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     list_venues(engine, brief=sample_brief()).text()
    '2 venues, prices in EUR; 2 of them rest on assumptions; 0 excluded by the brief.'
    """
    venues, pairs = engine.rows(VENUE_ROWS), engine.rows(DUPLICATION_ROWS)
    estimates = engine.rows(POSTERIOR_ROWS)
    parts = _Parts(
        rates=_by_venue(engine.rows(RATE_ROWS)),
        audiences=_by_venue(engine.rows(AUDIENCE_ROWS)),
        issues=_by_venue(engine.rows(ISSUE_ROWS)),
        evidence=list_evidence(engine),
        responses=ResponseFinder(estimates),
        hands=ResponseFinder(estimates, measure=PriorMeasure.HANDS),
        estimates=estimates,
    )
    bundles = engine.rows(PACKAGE_ROWS)
    excluded = {terms.venue for terms in brief.venues if terms.exclude}
    listed = [row for row in venues if row["venue_id"] not in excluded]
    known = {row["venue_id"] for row in venues}
    faults = find_card_faults(
        listed, rates=parts.rates, audiences=parts.audiences, brief=brief, known=known
    )
    faults += find_date_faults(parts.issues, venues=listed, known=known)
    faults += find_duplication_faults(pairs, audiences=parts.audiences, known=known)
    faults += find_evidence_faults(engine.rows(EVIDENCE_ROWS), known=known)
    faults += find_posterior_faults(estimates, known=known)
    faults += find_package_faults(bundles, brief=brief, known=known)
    _raise_faults(faults, find_term_faults(brief, known=known))
    priced = [_dated(_venue(row, parts, brief=brief), brief=brief, as_of=as_of) for row in listed]
    sold = tuple(venue for venue in priced if _can_appear(venue))
    book = VenueBook(
        currency=brief.money.currency,
        venues=sold,
        excluded=tuple(_excluded(row) for row in venues if row["venue_id"] in excluded),
        duplications=tuple(Duplication(**row) for row in pairs),
        packages=make_packages(
            bundles, most_units={v.venue_id: v.ladder.maximum_units for v in sold}, brief=brief
        ),
        unavailable=tuple(venue for venue in priced if not _can_appear(venue)),
        as_of=as_of,
    )
    _raise_unavailable(book, brief=brief)
    term_faults = find_term_faults(brief, known=known, book=book.venues, packages=book.packages)
    _raise_faults([], [*term_faults, *find_group_faults(book.venues, brief=brief)])
    return book


@dataclass(frozen=True)
class _Parts:
    """Rows by venue."""

    rates: Mapping[str, Sequence[Mapping[str, Any]]]
    audiences: Mapping[str, Sequence[Mapping[str, Any]]]
    issues: Mapping[str, Sequence[Mapping[str, Any]]]
    evidence: Mapping[str, tuple[EvidenceRow, ...]]
    responses: ResponseFinder
    hands: ResponseFinder
    estimates: Sequence[Mapping[str, Any]]


def _can_appear(venue: Venue) -> bool:
    most = venue.availability.most_units if venue.availability else None
    return most is None or most >= venue.ladder.minimum_units


def _dated(venue: Venue, *, brief: Brief, as_of: date | None) -> Venue:
    """Let a venue sell no more than can appear within the period."""
    found = units_available(venue, brief.period, as_of=as_of)
    most = venue.ladder.maximum_units if found.most_units is None else found.most_units
    if most < venue.ladder.minimum_units:
        return replace(venue, availability=found)
    return replace(venue, availability=found, ladder=replace(venue.ladder, maximum_units=most))


def _limit(units: int) -> int | None:
    return None if units >= NO_LIMIT else units


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


def _raise_unavailable(book: VenueBook, *, brief: Brief) -> None:
    """Refuse money for venues that cannot appear in the period, and a book without any other."""
    are_all = bool(book.unavailable) and not book.venues
    faults = list(find_unavailable_faults(book.unavailable, brief=brief, are_all=are_all))
    period = f"between {brief.period.starts_on} and {brief.period.ends_on}"
    if are_all:
        raise DataError(
            what=f"no venue can appear {period}",
            why="no date, lead time or capacity leaves as many units as are sold",
            fix="move the period of the brief, or mend the rows named below",
            faults=faults,
        )
    if faults:
        raise BriefError(
            what=f"money is set for venues that cannot appear {period}",
            why="it would buy nothing",
            fix="change the entries named below",
            faults=faults,
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


def _venue(row: Mapping[str, Any], parts: _Parts, *, brief: Brief) -> Venue:
    steps = parts.rates[row["venue_id"]]
    response, hands = parts.responses.find(row), parts.hands.find(row)
    needs_hands = brief.objective.aim is Objective.LEADS
    ladder = _ladder(steps, brief=brief)
    contacts = row["contacts_per_unit"]
    issues = parts.issues.get(row["venue_id"], ())
    return Venue(
        venue_id=row["venue_id"],
        name=row["name"],
        country=row["country"] or "",
        region=row["region"] or "",
        unit=row["unit"],
        exposures_per_unit=float(row["exposures_per_unit"]),
        response_share=response.share,
        response_low_share=response.low_share,
        response_high_share=response.high_share,
        response_sources=response.sources,
        hands=hands,
        carry_over=find_carry_over(row, estimates=parts.estimates),
        basis=PRIOR if needs_hands and hands.basis == PRIOR else response.basis,
        source=row["source"] or "",
        source_url=row["source_url"] or "",
        kind=VenueKind(row["kind"]),
        contacts_per_unit=None if contacts is None else float(contacts),
        on_target_share=1.0 if row["on_target_share"] is None else float(row["on_target_share"]),
        ladder=ladder,
        list_steps=tuple((s["units_from"], s["unit_price"]) for s in steps),
        list_currency=steps[0]["currency"],
        audience=tuple(_audience(line) for line in parts.audiences.get(row["venue_id"], ())),
        price_source=steps[0]["source"] or "",
        price_source_url=steps[0]["source_url"] or "",
        venue_group=row["venue_group"] or "",
        purpose=row["purpose"] or "",
        lead_days=row["lead_days"] or 0,
        issues=tuple(Issue(i["issue_on"], i["closes_on"], i["capacity_units"]) for i in issues),
        capacity_per_week=row["capacity_per_week"],
        maximum_units=_limit(ladder.maximum_units),
        frequency_cap=row["frequency_cap"],
        frequency_cap_days=row["frequency_cap_days"],
        list_setup_cost=steps[0]["setup_cost"] or Decimal(0),
        evidence=parts.evidence.get(row["venue_id"], ()),
    )


def _ladder(steps: Sequence[Mapping[str, Any]], *, brief: Brief) -> Ladder:
    rate = brief.money.in_own_currency(Decimal(1), currency=steps[0]["currency"])
    most = (steps[0]["maximum_units"], steps[-1]["units_to"], NO_LIMIT)
    return Ladder(
        steps=tuple(PriceStep(s["units_from"], s["unit_price"] * rate) for s in steps),
        minimum_units=steps[0]["minimum_units"],
        maximum_units=min(units for units in most if units is not None),
        discount_kind=DiscountKind(steps[0]["discount_kind"] or DiscountKind.ALL_UNITS),
        setup_cost=(steps[0]["setup_cost"] or Decimal(0)) * rate,
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
