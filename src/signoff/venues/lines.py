"""One line of the plan for each venue: units, money, and the reason."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np

from signoff.brief import Brief
from signoff.units import DiscountKind, Objective, round_money
from signoff.venues.book import ExcludedVenue, Venue, VenueBook
from signoff.venues.cards.absence import say_absence
from signoff.venues.market.bases import say_audience, say_hands, say_response
from signoff.venues.reasons import Reason, ReasonKind, say_reason
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_search import hold_schedule
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.solver.schedule import Schedule
from signoff.venues.terms.frequency_caps import is_shut_by_cap

__all__ = ["VenueLine", "write_lines"]

_CENTS = Decimal("0.01")
_FINE = Decimal("0.0001")
_ALL_MONEY = 10**18
_NO_GAIN = 1e-9

_FREELY_LEFT_OUT = (
    ReasonKind.ADDS_NOTHING,
    ReasonKind.WHOLE_UNITS,
    ReasonKind.BETTER_ELSEWHERE,
)


@dataclass(frozen=True)
class VenueLine:
    """One venue in the plan, or why it is not.

    Attributes:
        venue_id: Venue.
        name: Name as the trade knows it.
        kind: Kind of venue.
        units: Units bought; 0 when it is not in the plan.
        unit: What a unit is.
        unit_price: Price of one at this step, in the plan's currency; of the minimum buy, if
            none is bought; None where the brief excludes the venue.
        spend: Money, to the cent; committed money is spent whatever it buys.
        currency: Currency of unit_price and spend.
        list_price: The same price as the rate card has it.
        list_currency: Currency of the rate card.
        in_plan: Whether money is spent there.
        reason: Why it is in or out, in words.
        reason_kind: The same as one word.
        basis: measured, or prior where its response or any of its audience is one.
        source: Where its facts come from.
        source_url: Address of the source.
        price_source: Where its prices come from.
        price_source_url: Address of that.
        marginal_result_per_1000: What 1,000 more would add, in the unit of the objective, if any
            part of a unit could be bought; None where no more is to be had.
        exposures_per_person: Mean exposures of a person in its audience, by the units bought.
        assumed_roles: Roles of which nothing is known for some of the market that it covers.
        packaged_units: Units among them that come through packages, at no price of their own.
        packaged_spend: Part of the spend that is this venue's part of the price of packages; the
            rest buys the other units singly.
    """

    venue_id: str
    name: str
    kind: str
    units: int
    unit: str
    unit_price: Decimal | None
    spend: Decimal
    currency: str
    list_price: Decimal | None
    list_currency: str
    in_plan: bool
    reason: str
    reason_kind: str
    basis: str
    source: str
    source_url: str
    price_source: str
    price_source_url: str
    marginal_result_per_1000: float | None
    exposures_per_person: float
    assumed_roles: tuple[str, ...] = ()
    packaged_units: int = 0
    packaged_spend: Decimal = Decimal("0.00")


def write_lines(
    book: VenueBook,
    problem: PlanProblem,
    *,
    schedule: Schedule,
    brief: Brief,
    expected: Schedule | None = None,
) -> tuple[VenueLine, ...]:
    """Write the lines: those with most money first, those left out last.

    Args:
        book: Venues; those that the brief excludes, or that cannot appear in its period, get a
            line too.
        problem: The problem that was solved.
        schedule: Its solution.
        brief: Language and currency.
        expected: The plan of highest expected result, where caution chose another.

    Returns:
        One line for each venue.
    """
    packages = _list_packages(book, problem, schedule)
    problem, own = hold_schedule(problem, schedule)
    model = ResultModel(problem)
    units = np.array(own.units, dtype=np.float64)
    _, gradient = model.gradient(units)
    marginals = [
        float(slope) * 1000 / float(option.ladder.unit_price(int(n)))
        for slope, option, n in zip(gradient, problem.options, units, strict=True)
    ]
    standing = model.stand(units)
    can_grow = [_can_grow(o, int(n)) for o, n in zip(problem.options, units, strict=True)]
    growing = [m if grows else 0.0 for m, grows in zip(marginals, can_grow, strict=True)]
    lines = []
    for v, venue in enumerate(book.venues):
        best = max([0.0, *growing[:v], *growing[v + 1 :]])
        entry = venue.ladder.cheapest_units(venue.ladder.minimum_units)
        kind = _kind(problem, venue, place=v, n_units=own.units[v], gains=(marginals[v], best))
        other_units = None if expected is None else expected.units[v]
        reason = Reason(
            kind=ReasonKind.CAUTION if other_units and kind in _FREELY_LEFT_OUT else kind,
            units=schedule.units[v],
            minimum_units=entry,
            minimum_cost=_money(venue.ladder.cost_cents(entry)),
            loss=max(standing.value - model.value_after(standing, {v: 0}), 0.0),
            marginal=marginals[v] if can_grow[v] else None,
            best_marginal=best,
            is_step=_is_step(venue, own.units[v]),
            currency=brief.money.currency,
            setup_cost=round_money(venue.ladder.setup_cost),
            is_incremental=_has_increments(venue),
            frequency_cap=problem.options[v].frequency_cap,
            granted_units=problem.options[v].granted_units,
            packages=packages[v],
            expected_units=other_units,
        )
        outcome = _Outcome(
            spend=_money(schedule.spend_cents[v]),
            marginal=marginals[v] if can_grow[v] else None,
            exposures=schedule.units[v] * problem.options[v].exposures_per_unit,
            packaged_spend=_money(problem.options[v].granted_cents),
        )
        lines.append(_line(venue, reason=reason, outcome=outcome, brief=brief))
    lines += [_excluded_line(venue, brief=brief) for venue in book.excluded]
    lines += [_unavailable_line(venue, brief=brief) for venue in book.unavailable]
    return tuple(sorted(lines, key=lambda line: (-line.spend, line.venue_id)))


@dataclass(frozen=True)
class _Outcome:
    spend: Decimal
    marginal: float | None
    exposures: float
    packaged_spend: Decimal


def _list_packages(
    book: VenueBook, problem: PlanProblem, schedule: Schedule
) -> list[tuple[str, ...]]:
    """Give the names of the packages bought that hold units of each venue."""
    names = {package.package_id: package.name for package in book.packages}
    counts = schedule.packages or (0,) * len(problem.packages)
    bought = [p for p, n in zip(problem.packages, counts, strict=True) if n]
    return [
        tuple(names[package.package_id] for package in bought if package.units[v])
        for v in range(len(problem.options))
    ]


def _line(venue: Venue, *, reason: Reason, outcome: _Outcome, brief: Brief) -> VenueLine:
    bought = max(reason.units - reason.granted_units, venue.ladder.minimum_units)
    listed = [price for units_from, price in venue.list_steps if units_from <= bought][-1]
    return VenueLine(
        venue_id=venue.venue_id,
        name=venue.name,
        kind=venue.kind.value,
        units=reason.units,
        unit=venue.unit,
        unit_price=_price(venue.ladder.unit_price(bought)),
        spend=outcome.spend,
        currency=brief.money.currency,
        list_price=listed,
        list_currency=venue.list_currency,
        in_plan=outcome.spend > 0,
        reason=_with_bases(say_reason(reason, language=brief.language), venue, brief=brief),
        reason_kind=reason.kind.value,
        basis=venue.weaker_basis,
        source=venue.source,
        source_url=venue.source_url,
        price_source=venue.price_source,
        price_source_url=venue.price_source_url,
        marginal_result_per_1000=outcome.marginal,
        exposures_per_person=outcome.exposures,
        assumed_roles=tuple(role.value for role in venue.assumed_roles),
        packaged_units=reason.granted_units,
        packaged_spend=outcome.packaged_spend,
    )


def _with_bases(reason: str, venue: Venue, *, brief: Brief) -> str:
    sayings = [say_audience, say_response]
    if brief.objective.aim is Objective.LEADS:
        sayings.append(say_hands)
    said = [say(venue, language=brief.language) for say in sayings]
    return " ".join([reason, *filter(None, said)])


def _excluded_line(venue: ExcludedVenue, *, brief: Brief) -> VenueLine:
    reason = Reason(
        ReasonKind.EXCLUDED,
        units=0,
        minimum_units=0,
        minimum_cost=Decimal(0),
        loss=0.0,
        marginal=0.0,
        best_marginal=0.0,
        is_step=False,
        currency=brief.money.currency,
    )
    return VenueLine(
        venue_id=venue.venue_id,
        name=venue.name,
        kind=venue.kind,
        units=0,
        unit=venue.unit,
        unit_price=None,
        spend=Decimal("0.00"),
        currency=brief.money.currency,
        list_price=None,
        list_currency=venue.list_currency,
        in_plan=False,
        reason=say_reason(reason, language=brief.language),
        reason_kind=reason.kind.value,
        basis=venue.basis,
        source=venue.source,
        source_url=venue.source_url,
        price_source="",
        price_source_url="",
        marginal_result_per_1000=None,
        exposures_per_person=0.0,
    )


def _unavailable_line(venue: Venue, *, brief: Brief) -> VenueLine:
    entry = venue.ladder.minimum_units
    return VenueLine(
        venue_id=venue.venue_id,
        name=venue.name,
        kind=venue.kind.value,
        units=0,
        unit=venue.unit,
        unit_price=_price(venue.ladder.unit_price(entry)),
        spend=Decimal("0.00"),
        currency=brief.money.currency,
        list_price=[price for start, price in venue.list_steps if start <= entry][-1],
        list_currency=venue.list_currency,
        in_plan=False,
        reason=say_absence(venue, period=brief.period, language=brief.language),
        reason_kind=ReasonKind.CANNOT_APPEAR.value,
        basis=venue.weaker_basis,
        source=venue.source,
        source_url=venue.source_url,
        price_source=venue.price_source,
        price_source_url=venue.price_source_url,
        marginal_result_per_1000=None,
        exposures_per_person=0.0,
    )


def _kind(
    problem: PlanProblem, venue: Venue, *, place: int, n_units: int, gains: tuple[float, float]
) -> ReasonKind:
    option = problem.options[place]
    if option.fixed_cents is not None:
        return ReasonKind.COMMITTED
    if n_units:
        most = option.ladder.maximum_units + option.granted_units
        kind = _bought_kind(option, n_units)
        is_capped = kind is ReasonKind.AT_MOST and most < venue.ladder.maximum_units
        return ReasonKind.AT_CAP if is_capped else kind
    if option.granted_units:
        return ReasonKind.PACKAGED
    if is_shut_by_cap(option):
        return ReasonKind.CAP_BELOW_MINIMUM
    return _left_out_kind(problem, option, gains=gains)


def _left_out_kind(
    problem: PlanProblem, option: VenueOption, *, gains: tuple[float, float]
) -> ReasonKind:
    if not option.is_open:
        return ReasonKind.REACHES_NOBODY
    minimum = option.ladder.cost_cents(option.ladder.cheapest_units(option.ladder.minimum_units))
    if option.ceiling_cents is not None and minimum > option.ceiling_cents:
        return ReasonKind.MINIMUM_ABOVE_CEILING
    committed = sum(
        other.cost_cents(other.cheapest_units()) for other in problem.options if other is not option
    )
    if minimum > problem.budget_cents - committed:
        return ReasonKind.MINIMUM_ABOVE_BUDGET
    here, elsewhere = gains
    if here <= _NO_GAIN:
        return ReasonKind.ADDS_NOTHING
    return ReasonKind.WHOLE_UNITS if here > elsewhere else ReasonKind.BETTER_ELSEWHERE


def _bought_kind(option: VenueOption, n_units: int) -> ReasonKind:
    if option.floor_cents and n_units in {option.fewest_units(), option.cheapest_units()}:
        return ReasonKind.FLOOR
    if n_units == option.ladder.maximum_units:
        return ReasonKind.AT_MOST
    return ReasonKind.CHOSEN if _can_grow(option, n_units) else ReasonKind.AT_CEILING


def _can_grow(option: VenueOption, units: int) -> bool:
    return option.most_units(_ALL_MONEY) > units


def _is_step(venue: Venue, units: int) -> bool:
    """Say whether so many units are the first of a step that costs less per unit."""
    steps = venue.ladder.steps
    return any(
        later.units_from == units and later.unit_price < earlier.unit_price
        for earlier, later in pairwise(steps)
    )


def _has_increments(venue: Venue) -> bool:
    ladder = venue.ladder
    return ladder.discount_kind is DiscountKind.INCREMENTAL and len(ladder.steps) > 1


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(_CENTS)


def _price(price: Decimal) -> Decimal:
    """Give a price to the cent where that is exact, else to four decimals."""
    whole = price.quantize(_CENTS)
    return whole if whole == price else price.quantize(_FINE)
