"""The weeks of a plan: when each venue can appear, and whom it is worth reaching when."""

from datetime import date
from decimal import Decimal

import numpy as np

from signoff.brief import Period
from signoff.stats.reach import Array
from signoff.venues.cards.availability import Appearance, Issue, appearance_dates
from signoff.venues.exposures.answer import FlightLine
from signoff.venues.exposures.file_model import VenuePart
from signoff.venues.exposures.file_venue import DatedVenue
from signoff.venues.exposures.reading import FileProblem
from signoff.venues.exposures.solve import Solution
from signoff.venues.terms.limits import SpendLimit
from signoff.venues.weeks.flighting import CashLimit, VenueWeeks, cash_limits, flight_units

__all__ = ["flight_plan", "month_cash", "month_limits"]


def flight_plan(read: FileProblem, found: Solution) -> list[FlightLine]:
    """Place the units of a plan in the weeks of its period.

    Args:
        read: The problem.
        found: The plan.

    Returns:
        Units by week; empty without a period, or where units may be broken.

    Raises:
        BriefError: the months' money does not let all units appear.
    """
    if read.file.period is None or not read.file.money.whole_units:
        return []
    venues = [
        _weeks(read, place, bought=(int(units), float(cents)))
        for place, (units, cents) in enumerate(zip(found.units, found.spend_cents, strict=True))
        if units
    ]
    cash = month_cash(read)
    return [
        FlightLine(
            flight.starts_on.isoformat(),
            flight.venue,
            flight.units,
            Decimal(str(round(flight.spend_cents / 100, 2))).quantize(Decimal("0.01")),
        )
        for flight in flight_units(venues, cash=cash)
    ]


def month_cash(read: FileProblem) -> list[CashLimit]:
    """Give the most to spend in each month that the file names."""
    return [CashLimit(limit.month, float(limit.most * 100)) for limit in read.file.cash]


def month_limits(read: FileProblem) -> tuple[SpendLimit, ...]:
    """Give what the money of months means for whole venues: limits that every plan must keep.

    Args:
        read: The problem.

    Returns:
        Limits; the placing in weeks is checked besides.
    """
    if read.file.period is None or not read.file.cash:
        return ()
    weeks = [_weeks(read, place, bought=(1, 0.0)) for place in range(len(read.venues))]
    return cash_limits(weeks, month_cash(read), places=range(len(weeks)))


def _dated(venue: VenuePart) -> DatedVenue:
    return DatedVenue(
        lead_days=venue.lead_days,
        issues=tuple(Issue(day, capacity_units=venue.per_issue) for day in sorted(venue.issues)),
        capacity_per_week=None if venue.issues else venue.per_issue,
        maximum_units=None,
    )


def _weeks(read: FileProblem, place: int, *, bought: tuple[int, float]) -> VenueWeeks:
    units, cents = bought
    part = read.file.period
    weeks: tuple[Appearance, ...] = ()
    if part is not None:
        period = Period(starts_on=part.starts_on, ends_on=part.ends_on)
        dated = _dated(read.file.venues[place])
        weeks = appearance_dates(dated, period, as_of=part.ordered_on)
    starts = tuple(week.starts_on for week in weeks)
    most = [np.inf if week.most_units is None else float(week.most_units) for week in weeks]
    return VenueWeeks(
        venue=read.venues[place],
        units=units,
        starts_on=starts,
        most_units=np.array(most),
        unit_cents=cents / units,
        worth=np.array([_worth(read, place, day) for day in starts]),
    )


def _worth(read: FileProblem, place: int, day: date) -> float:
    """Share of the venue's exposures that meets roles on a day on which they are to be reached."""
    by_role = _met(read, place)
    total = float(by_role.sum())
    if total <= 0:
        return 1.0
    windows = {role.role: role for role in read.file.roles}
    in_time = 0.0
    for role, met in zip(read.roles, by_role.tolist(), strict=True):
        window = windows.get(role)
        late = window is not None and window.reach_until is not None and day > window.reach_until
        early = window is not None and window.reach_from is not None and day < window.reach_from
        in_time += 0.0 if late or early else met
    return in_time / total


def _met(read: FileProblem, place: int) -> Array:
    problem = read.problem
    met = problem.exposure[problem.segment, :, place] * problem.people
    return np.asarray(problem.weight @ met)
