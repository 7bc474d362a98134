from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.brief import Period
from signoff.venues.cards.availability import (
    Availability,
    Issue,
    SupplyLimit,
    appearance_dates,
    units_available,
)
from signoff.venues.sample import sample_venue
from signoff.venues.venue import Venue

MAY = Period(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
TITLE = sample_venue()


def venue_of(**changes: Any) -> Venue:
    return replace(TITLE, **changes)


def found(as_of: date | None = None, **changes: Any) -> Availability:
    return units_available(venue_of(**changes), MAY, as_of=as_of)


def day(number: int, *, month: int = 5) -> date:
    return date(2027, month, number)


def test_units_available_without_limits_has_none() -> None:
    assert found() == Availability(None, SupplyLimit.NONE, None)


def test_units_available_card_maximum_binds() -> None:
    assert found(maximum_units=12) == Availability(12, SupplyLimit.MAXIMUM_UNITS, None)


def test_units_available_capacity_counts_whole_weeks_and_part_of_the_last() -> None:
    # four weeks, and three days of the fifth: 4 x 7 + 3
    assert found(capacity_per_week=7) == Availability(31, SupplyLimit.CAPACITY, None)
    assert found(capacity_per_week=2, maximum_units=9).most_units == 8


def test_units_available_lead_time_takes_the_first_weeks() -> None:
    late = found(as_of=day(1), lead_days=14, capacity_per_week=7)
    assert (late.most_units, late.limit) == (17, SupplyLimit.LEAD_TIME)  # 15 to 31 May
    assert found(as_of=day(1), lead_days=31).limit is SupplyLimit.LEAD_TIME
    assert found(as_of=day(1), lead_days=31).most_units == 0


def test_units_available_dates_within_the_period_alone_count() -> None:
    issues = tuple(Issue(d, capacity_units=2) for d in (day(30, month=4), day(1), day(31)))
    assert found(issues=issues) == Availability(4, SupplyLimit.CAPACITY, 2)


def test_units_available_no_date_inside_names_the_nearest() -> None:
    days = (day(2, month=3), day(9, month=4), day(4, month=6), day(4, month=7))
    none = found(issues=tuple(map(Issue, days)))
    assert none == Availability(0, SupplyLimit.DATES, 0, (days[1], days[2]))


def test_units_available_own_deadline_goes_before_the_lead_time() -> None:
    issues = (Issue(day(10), closes_on=day(8)), Issue(day(20), closes_on=day(3)))
    weeks = appearance_dates(
        venue_of(issues=issues, lead_days=30),
        MAY,
        as_of=day(5),
    )
    assert [week.issues for week in weeks] == [(day(10),)]
    assert weeks[0].week == 2


def test_units_available_all_deadlines_passed_says_so() -> None:
    late = found(as_of=day(29), issues=(Issue(day(30)),), lead_days=5)
    assert (late.most_units, late.limit, late.nearest) == (0, SupplyLimit.LEAD_TIME, (day(30),))


def test_units_available_sold_out_is_no_date() -> None:
    sold = found(issues=(Issue(day(30), capacity_units=0),))
    assert (sold.most_units, sold.limit) == (0, SupplyLimit.CAPACITY)


def test_units_available_date_without_limit_keeps_the_weeks_capacity() -> None:
    assert found(issues=(Issue(day(3)), Issue(day(5))), capacity_per_week=3).most_units == 3


@settings(max_examples=100, deadline=None)
@given(
    n_days=st.integers(1, 200),
    capacity=st.none() | st.integers(1, 9),
    lead_days=st.integers(0, 90),
    places=st.lists(st.tuples(st.integers(-40, 240), st.none() | st.integers(0, 4)), max_size=12),
    as_of=st.none() | st.integers(-60, 60),
)
def test_weeks_add_up_to_what_is_available(
    n_days: int,
    capacity: int | None,
    lead_days: int,
    places: list[tuple[int, int | None]],
    as_of: int | None,
) -> None:
    first = day(1)
    period = Period(starts_on=first, ends_on=first + timedelta(days=n_days - 1))
    issues = tuple(
        Issue(first + timedelta(days=n), None, most) for n, most in sorted(dict(places).items())
    )
    venue = venue_of(issues=issues, lead_days=lead_days, capacity_per_week=capacity)
    today = None if as_of is None else first + timedelta(days=as_of)
    weeks = appearance_dates(venue, period, as_of=today)
    parts = [week.most_units for week in weeks]
    total = units_available(venue, period, as_of=today).most_units
    assert total == (None if None in parts else sum(n for n in parts if n is not None))
    assert [week.week for week in weeks] == sorted({week.week for week in weeks})
    for week in weeks:
        assert period.starts_on <= week.starts_on <= week.ends_on <= period.ends_on
        assert week.most_units is None or week.most_units > 0
        assert capacity is None or (week.most_units or 0) <= capacity
    early = units_available(venue, period).most_units
    assert early is None or (total is not None and total <= early)
