"""When a venue can appear within a period, and how many units that leaves to be bought."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from signoff.brief import Period

__all__ = [
    "Appearance",
    "Availability",
    "Issue",
    "SupplyLimit",
    "appearance_dates",
    "units_available",
]

_WEEK = 7


class SupplyLimit(StrEnum):
    """What keeps more units of a venue from being bought."""

    NONE = "none"
    MAXIMUM_UNITS = "maximum_units"
    CAPACITY = "capacity"
    DATES = "dates"
    LEAD_TIME = "lead_time"


@dataclass(frozen=True)
class Issue:
    """One day on which a venue appears.

    Attributes:
        issue_on: The day: of an issue, a send-out, the first of a fair.
        closes_on: Last day to order for it; None: as long before as the venue's lead time.
        capacity_units: Most units to be had in it; None: no limit.
    """

    issue_on: date
    closes_on: date | None = None
    capacity_units: int | None = None


class Dated(Protocol):
    """What is asked of a venue."""

    @property
    def lead_days(self) -> int:
        """Days between an order and its first appearance."""

    @property
    def issues(self) -> Sequence[Issue]:
        """Days on which it appears, rising; empty: on any day."""

    @property
    def capacity_per_week(self) -> int | None:
        """Most units that can appear in a week; None: no limit."""

    @property
    def maximum_units(self) -> int | None:
        """Most units that the rate card sells; None: no limit."""


@dataclass(frozen=True)
class Appearance:
    """One week of the period in which units of a venue can appear.

    Attributes:
        week: Number of the week, from 1; the period's first day begins the first.
        starts_on: First day on which they can appear in it.
        ends_on: Last such day.
        issues: Days of issue in it; empty where the venue appears on any day.
        most_units: Most units that can appear in it; None: no limit.
    """

    week: int
    starts_on: date
    ends_on: date
    issues: tuple[date, ...]
    most_units: int | None


@dataclass(frozen=True)
class Availability:
    """How many units of a venue can be bought within a period, and what sets the limit.

    Attributes:
        most_units: Most units; None: no limit; 0: it cannot appear at all.
        limit: What keeps more from being bought.
        n_dates: Days of issue within the period that can still be ordered for; None where the
            venue appears on any day.
        nearest: Days of issue next to the period, before and after it, or within it and too late
            to order for; empty while there are dates.
    """

    most_units: int | None
    limit: SupplyLimit
    n_dates: int | None
    nearest: tuple[date, ...] = ()


def appearance_dates(
    venue: Dated, period: Period, *, as_of: date | None = None
) -> tuple[Appearance, ...]:
    """Say in which weeks of a period units of a venue can appear, and how many in each.

    Args:
        venue: Its lead time, days of issue and capacity.
        period: First and last day.
        as_of: The day that counts as today; None: orders are early enough, as they are where a
            venue names no lead time, date or capacity.

    Returns:
        The weeks in which any can appear, by rising number. A part of a week has its part of the
        capacity per week, rounded down; a week with a day of issue has all of it.

    >>> from datetime import date
    >>> may = Period(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
    >>> from signoff.venues.sample import sample_venue
    >>> weeks = appearance_dates(sample_venue(capacity_per_week=7, lead_days=10), may,
    ...     as_of=date(2027, 4, 27))
    >>> [(week.week, week.starts_on.day, week.most_units) for week in weeks]
    [(1, 7, 1), (2, 8, 7), (3, 15, 7), (4, 22, 7), (5, 29, 3)]
    """
    if venue.issues:
        return tuple(_issue_weeks(venue, period, as_of=as_of))
    return tuple(_open_weeks(venue, period, as_of=as_of))


def units_available(venue: Dated, period: Period, *, as_of: date | None = None) -> Availability:
    """Say how many units of a venue can be bought within a period, and what sets the limit.

    Args:
        venue: Its lead time, days of issue, capacity and the maximum of its rate card.
        period: First and last day.
        as_of: The day that counts as today; None: orders are early enough.

    Returns:
        The most units, with the limit that binds.

    >>> from datetime import date
    >>> from signoff.venues.sample import sample_venue
    >>> may = Period(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
    >>> title = sample_venue(issues=(Issue(date(2027, 4, 20)), Issue(date(2027, 6, 18))))
    >>> found = units_available(title, may)
    >>> found.most_units, found.limit.value, [day.isoformat() for day in found.nearest]
    (0, 'dates', ['2027-04-20', '2027-06-18'])
    """
    weeks = appearance_dates(venue, period, as_of=as_of)
    n_dates = sum(len(week.issues) for week in weeks) if venue.issues else None
    most = _total(weeks)
    if venue.issues and not _within(venue.issues, period):
        return Availability(0, SupplyLimit.DATES, n_dates, _nearest(venue.issues, period))
    if most is None or (venue.maximum_units is not None and venue.maximum_units <= most):
        limit = SupplyLimit.NONE if venue.maximum_units is None else SupplyLimit.MAXIMUM_UNITS
        return Availability(venue.maximum_units, limit, n_dates)
    in_time = _total(appearance_dates(venue, period))
    limit = SupplyLimit.LEAD_TIME if in_time is None or in_time > most else SupplyLimit.CAPACITY
    return Availability(most, limit, n_dates, () if most else _nearest(venue.issues, period))


def _total(weeks: Sequence[Appearance]) -> int | None:
    """Add up the units of weeks; None where one of them has no limit."""
    parts = [week.most_units for week in weeks]
    return None if None in parts else sum(part for part in parts if part is not None)


def _open_weeks(venue: Dated, period: Period, *, as_of: date | None) -> Iterator[Appearance]:
    first = _first_day(venue, period, as_of)
    for week, (starts_on, ends_on) in enumerate(_weeks(period), 1):
        begins = max(starts_on, first)
        n_days = (ends_on - begins).days + 1
        if n_days > 0:
            capacity = venue.capacity_per_week
            most = None if capacity is None else capacity * n_days // _WEEK
            if most != 0:
                yield Appearance(week, begins, ends_on, (), most)


def _issue_weeks(venue: Dated, period: Period, *, as_of: date | None) -> Iterator[Appearance]:
    orderable = [
        issue
        for issue in _within(venue.issues, period)
        if issue.capacity_units != 0 and _in_time(issue, venue.lead_days, as_of)
    ]
    for week, (starts_on, ends_on) in enumerate(_weeks(period), 1):
        here = [issue for issue in orderable if starts_on <= issue.issue_on <= ends_on]
        if here:
            days = tuple(issue.issue_on for issue in here)
            yield Appearance(week, days[0], days[-1], days, _week_units(venue, here))


def _week_units(venue: Dated, issues: Sequence[Issue]) -> int | None:
    parts = [issue.capacity_units for issue in issues]
    within = None if None in parts else sum(part for part in parts if part is not None)
    limits = [limit for limit in (within, venue.capacity_per_week) if limit is not None]
    return min(limits, default=None)


def _first_day(venue: Dated, period: Period, as_of: date | None) -> date:
    if as_of is None or not (venue.lead_days or venue.capacity_per_week):
        return period.starts_on
    return max(period.starts_on, as_of + timedelta(days=venue.lead_days))


def _in_time(issue: Issue, lead_days: int, as_of: date | None) -> bool:
    """Whether an order of today is early enough; the issue's own deadline goes before."""
    closes_on = issue.closes_on or issue.issue_on - timedelta(days=lead_days)
    return as_of is None or as_of <= closes_on


def _within(issues: Sequence[Issue], period: Period) -> list[Issue]:
    inside = [issue for issue in issues if period.starts_on <= issue.issue_on <= period.ends_on]
    return sorted(inside, key=lambda issue: issue.issue_on)


def _nearest(issues: Sequence[Issue], period: Period) -> tuple[date, ...]:
    days = sorted(issue.issue_on for issue in issues)
    before = [day for day in days if day < period.starts_on]
    after = [day for day in days if day > period.ends_on]
    inside = [day for day in days if period.starts_on <= day <= period.ends_on]
    return (*before[-1:], *inside[:2], *after[:1])


def _weeks(period: Period) -> Iterator[tuple[date, date]]:
    """Give the weeks of a period, the last one as long as there are days."""
    starts_on = period.starts_on
    while starts_on <= period.ends_on:
        yield starts_on, min(starts_on + timedelta(days=_WEEK - 1), period.ends_on)
        starts_on += timedelta(days=_WEEK)
