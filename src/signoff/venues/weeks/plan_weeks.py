"""The weeks of a venue plan: when each venue can appear, and what its exposures are worth then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

import numpy as np

from signoff.brief import Brief
from signoff.errors import BriefError
from signoff.stats.reach import Array
from signoff.venues.book import VenueBook
from signoff.venues.market.audience import MarketAudience
from signoff.venues.solver.package_choices import least_cents
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule
from signoff.venues.terms.month_terms import month_cash, venue_weeks
from signoff.venues.weeks.flighting import flight_units
from signoff.venues.weeks.whom_when import LevelTiming, worth_by_level

__all__ = ["WeekLine", "list_week_lines", "solve_in_time"]

_MONTH_SHARES = (0.995, 0.98, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2)


@dataclass(frozen=True)
class WeekLine:
    """Units of one venue in one week.

    Attributes:
        starts_on: First day on which they can appear.
        venue_id: Venue.
        units: How many.
        spend: What they cost, in the brief's currency.
    """

    starts_on: date
    venue_id: str
    units: int
    spend: Decimal


def list_week_lines(
    book: VenueBook,
    audience: MarketAudience,
    schedule: Schedule,
    *,
    brief: Brief,
    timings: Sequence[LevelTiming],
) -> tuple[WeekLine, ...]:
    """Place the units of a plan in the weeks of its period.

    Args:
        book: Venues with their dates and capacities.
        audience: Whom they reach.
        schedule: Units and money of each venue.
        brief: Period, months, levels of the roles.
        timings: How long the levels take; none: every week is worth as much.

    Returns:
        Units by week; every unit is placed.

    Raises:
        BriefError: the months' money does not let every unit appear.
    """
    placed = []
    for v, units in enumerate(schedule.units):
        if units:
            weeks = venue_weeks(book, v, brief=brief)
            worth = [
                _worth(day, _by_level(audience, v, brief=brief), brief=brief, timings=timings)
                for day in weeks.starts_on
            ]
            cents = schedule.spend_cents[v] / units
            placed.append(replace(weeks, units=units, unit_cents=cents, worth=np.array(worth)))
    return tuple(
        WeekLine(
            flight.starts_on,
            flight.venue,
            flight.units,
            (Decimal(round(flight.spend_cents)) / 100).quantize(Decimal("0.01")),
        )
        for flight in flight_units(placed, cash=month_cash(brief))
    )


def _by_level(audience: MarketAudience, v: int, *, brief: Brief) -> dict[int, float]:
    """Give the share of a venue's audience in the market that stands at each level."""
    by_role: Array = (audience.reach[v] * audience.people).sum(axis=0)
    total = float(by_role.sum())
    shares: dict[int, float] = {}
    for role, met in zip(brief.committee.roles, by_role.tolist(), strict=True):
        share = met / total if total > 0 else 0.0
        shares[role.approval_level] = shares.get(role.approval_level, 0.0) + share
    return shares


def _worth(
    day: date, by_level: dict[int, float], *, brief: Brief, timings: Sequence[LevelTiming]
) -> float:
    if not timings:
        return 1.0
    worth = worth_by_level(day, decision_on=brief.period.ends_on, timings=timings)
    last = max(timing.level for timing in timings)
    return sum(share * worth[min(level, last)] for level, share in by_level.items())


class Solve(Protocol):
    """Finds a schedule for a problem."""

    def __call__(self, problem: PlanProblem, *, rng: np.random.Generator) -> Schedule:
        """Give a schedule that keeps all limits."""
        ...


def solve_in_time(
    problem: PlanProblem,
    *,
    place: Callable[[Schedule], tuple[WeekLine, ...]],
    rng: np.random.Generator,
    solve: Solve = buy_plan,
) -> tuple[Schedule, tuple[WeekLine, ...]]:
    """Solve, and place the units in weeks; with less money where the months do not hold it all.

    Args:
        problem: The problem; its limits hold what the months mean for whole venues.
        place: Places a schedule in weeks, or raises a BriefError.
        rng: Source of the starts.
        solve: Finds a schedule for a problem.

    Returns:
        The schedule with its weeks. Its bound is that of the whole budget, which is above every
        smaller one.

    Raises:
        BriefError: not even a fifth of the money could be placed.
    """
    first = schedule = solve(problem, rng=rng)
    for share in _MONTH_SHARES:
        try:
            return replace(schedule, bound=max(first.bound, schedule.result)), place(schedule)
        except BriefError:
            cents = max(int(sum(first.spend_cents) * share), least_cents(problem))
            schedule = solve(replace(problem, budget_cents=cents), rng=rng)
    return replace(schedule, bound=max(first.bound, schedule.result)), place(schedule)
