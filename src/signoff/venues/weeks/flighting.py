"""In which weeks the units of a plan appear: dates, capacity, money by month, whom to reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from signoff.errors import BriefError
from signoff.stats.reach import Array
from signoff.venues.terms.limits import SpendLimit

__all__ = ["CashLimit", "Flight", "VenueWeeks", "cash_limits", "flight_units"]


@dataclass(frozen=True, eq=False)
class VenueWeeks:
    """When units of one venue can appear, what each costs, and what each week is worth.

    Attributes:
        venue: Venue.
        units: Units to place, whole.
        starts_on: First day in each week in which it can appear.
        most_units: Most units in each of these weeks; infinite: no limit.
        unit_cents: What one unit costs in the plan, set-up included.
        worth: What a unit is worth in each of these weeks, 0 or more: units are spread in
            proportion to it; all equal: evenly.
    """

    venue: str
    units: int
    starts_on: tuple[date, ...]
    most_units: Array
    unit_cents: float
    worth: Array


@dataclass(frozen=True)
class CashLimit:
    """Most to spend in one month.

    Attributes:
        month: Year and month, such as 2027-01.
        most_cents: Most to spend on what appears in it.
    """

    month: str
    most_cents: float


@dataclass(frozen=True)
class Flight:
    """Units of one venue in one week.

    Attributes:
        venue: Venue.
        starts_on: First day on which they can appear.
        units: How many.
        spend_cents: What they cost.
    """

    venue: str
    starts_on: date
    units: int
    spend_cents: float


def flight_units(venues: Sequence[VenueWeeks], *, cash: Sequence[CashLimit] = ()) -> list[Flight]:
    """Place the units of a plan in weeks, in proportion to what each week is worth.

    Args:
        venues: Units and weeks of each venue.
        cash: Most to spend in each month that is named.

    Returns:
        Flights by day, then venue; every unit is placed, and every limit kept.

    Raises:
        BriefError: they cannot all be placed; which venue or month stands in the way.

    >>> weeks = VenueWeeks("weekly", 2, (date(2027, 1, 4), date(2027, 2, 1)),
    ...     np.array([2.0, 2.0]), 5_000.0, np.array([1.0, 0.5]))
    >>> flights = flight_units([weeks], cash=[CashLimit("2027-01", 5e3)])
    >>> [(flight.starts_on.day, flight.units) for flight in flights]
    [(4, 1), (1, 1)]
    """
    short = [v.venue for v in venues if v.units > float(np.sum(v.most_units, initial=0.0))]
    if short:
        raise BriefError(
            f"the weeks of {', '.join(short)} hold fewer units than the plan buys",
            why="each week has its capacity",
            fix="move the period, or buy fewer units there",
            where="period",
        )
    placed = [venue for venue in venues if venue.units > 0]
    if not placed:
        return []
    if not cash:
        return _flights(placed, np.concatenate([_spread(venue) for venue in placed]))
    found = _placed(placed, cash)
    if found is None:
        raise BriefError(
            "the money of the months does not let every unit appear",
            why="what appears in a month is paid in it: " + _tightest(placed, cash),
            fix="allow more in that month, add months or dates, or lower the budget",
            where="cash",
        )
    return _flights(placed, found)


def _wanted(venue: VenueWeeks) -> Array:
    """Give units by week in proportion to what each week is worth, within its capacity."""
    worth = np.maximum(np.asarray(venue.worth, dtype=np.float64), 0.0)
    most = np.minimum(venue.most_units, venue.units)
    worth = np.where(most > 0, worth, 0.0)
    if not worth.any():
        worth = (most > 0).astype(np.float64)
    units = np.zeros(len(worth))
    for _ in range(len(worth)):
        left = venue.units - units.sum()
        open_weeks = (units < most - 1e-9) & (worth > 0)
        if left <= 1e-9 or not open_weeks.any():
            break
        share = np.where(open_weeks, worth, 0.0)
        units = np.minimum(units + left * share / share.sum(), most)
    spare = most - units
    left = venue.units - units.sum()
    return units + (left * spare / spare.sum() if left > 1e-9 else 0.0)


def _spread(venue: VenueWeeks) -> Array:
    """Round the wanted units to whole ones: first down, then the largest rests up."""
    wanted = _wanted(venue)
    units = np.floor(wanted + 1e-9)
    rest = np.where(units < np.minimum(venue.most_units, venue.units), wanted - units, -np.inf)
    for week in np.argsort(-rest, kind="stable")[: int(venue.units - units.sum())]:
        units[week] += 1
    return units


def _placed(venues: Sequence[VenueWeeks], cash: Sequence[CashLimit]) -> Array | None:
    """Place whole units as near to the wanted ones as the months allow; None where none do."""
    from scipy.optimize import LinearConstraint, milp

    weeks = [(v, w) for v, venue in enumerate(venues) for w in range(len(venue.starts_on))]
    owner = np.array([v for v, _ in weeks])
    all_placed = (owner == np.arange(len(venues))[:, None]).astype(np.float64)
    total = np.array([float(venue.units) for venue in venues])
    rules = [LinearConstraint(_wide(all_placed), total, total)]
    months = np.array([venues[v].starts_on[w].strftime("%Y-%m") for v, w in weeks])
    cents = np.array([venues[v].unit_cents for v, _ in weeks])
    for limit in cash:
        row = np.where(months == limit.month, cents, 0.0)
        rules.append(LinearConstraint(_wide(row[None, :]), -np.inf, limit.most_cents + 0.5))
    wanted = np.concatenate([_wanted(venue) for venue in venues])
    # the second half of the unknowns is how far each week stands above what is wanted there
    above = np.hstack([np.eye(len(weeks)), -np.eye(len(weeks))])
    rules.append(LinearConstraint(above, -np.inf, wanted))
    most = np.array([min(venues[v].most_units[w], venues[v].units) for v, w in weeks])
    solver: Any = milp
    found = solver(
        np.concatenate([_early(weeks), cents / cents.max()]),
        constraints=rules,
        integrality=np.concatenate([np.ones(len(weeks)), np.zeros(len(weeks))]),
        bounds=(0.0, np.concatenate([most, np.full(len(weeks), np.inf)])),
        options={"mip_rel_gap": 1e-3, "node_limit": 2_000},
    )
    if found.x is None:
        return None
    return np.asarray(found.x[: len(weeks)].round())


def _wide(rows: Array) -> Array:
    return np.hstack([rows, np.zeros_like(rows)])


def _early(weeks: Sequence[tuple[int, int]]) -> Array:
    """Prefer the earlier of two equal weeks, so that the same plan gives the same weeks."""
    return np.array([1e-7 * w for _, w in weeks])


def _flights(venues: Sequence[VenueWeeks], found: Array) -> list[Flight]:
    flights, place = list[Flight](), 0
    for venue in venues:
        for day in venue.starts_on:
            units = int(found[place])
            place += 1
            if units:
                flights.append(Flight(venue.venue, day, units, units * venue.unit_cents))
    return sorted(flights, key=lambda flight: (flight.starts_on, flight.venue))


def _tightest(venues: Sequence[VenueWeeks], cash: Sequence[CashLimit]) -> str:
    total = sum(venue.units * venue.unit_cents for venue in venues) / 100
    named = {limit.month for limit in cash}
    free = any(day.strftime("%Y-%m") not in named for venue in venues for day in venue.starts_on)
    allowed = sum(limit.most_cents for limit in cash) / 100
    if not free and total > allowed:
        return f"the plan costs {total:,.2f}, the months allow {allowed:,.2f} together"
    return "some venue appears only in months that are too tight for one of its units"


def cash_limits(
    venues: Sequence[VenueWeeks],
    cash: Sequence[CashLimit],
    *,
    places: Sequence[int],
    where: str = "cash",
) -> tuple[SpendLimit, ...]:
    """Give what the money of months means for whole venues: limits that every placing keeps.

    Args:
        venues: Weeks of each venue.
        cash: Most to spend in each month that is named.
        places: Place of each venue among all.
        where: Place where the reader set them, as faults name places.

    Returns:
        For each run of named months, the most that the venues may cost together that can appear in
        no other month. They are needed, and not always enough: the placing itself is checked.

    >>> title = VenueWeeks("title", 0, (date(2027, 1, 4),), np.array([9.0]), 0.0, np.ones(1))
    >>> cash_limits([title], [CashLimit("2027-01", 500.0)], places=[3])[0].venues
    (3,)
    """
    most = {limit.month: limit.most_cents for limit in cash}
    months = sorted({day.strftime("%Y-%m") for venue in venues for day in venue.starts_on})
    found = []
    for first, month in enumerate(months):
        for last in range(first, len(months)):
            run = set(months[first : last + 1])
            if not run <= set(most):
                break
            inside = tuple(
                place
                for place, venue in zip(places, venues, strict=True)
                if venue.starts_on and {d.strftime("%Y-%m") for d in venue.starts_on} <= run
            )
            if inside:
                name = month if last == first else f"{month} to {months[last]}"
                total = sum(most[m] for m in run)
                found.append(SpendLimit(name, inside, most_cents=total, where=where))
    return tuple(found)
