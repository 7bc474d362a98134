"""What an exposure is worth to each level of approval, by hand."""

from datetime import date, timedelta
from math import exp

import pytest

from signoff.venues.weeks.whom_when import (
    MEMORY_WEEKS,
    LevelTiming,
    best_days,
    level_windows,
    level_worth,
    worth_by_level,
)

YES = date(2027, 6, 30)
LAST = LevelTiming(2, 0.0, 0.0)
FIRST = LevelTiming(1, 14.0, 28.0)


def test_level_worth_after_the_decision_is_nothing() -> None:
    assert level_worth(YES + timedelta(days=1), decision_on=YES, timing=LAST) == 0.0
    assert level_worth(YES + timedelta(days=1), decision_on=YES, timing=FIRST) == 0.0


def test_level_worth_last_level_halves_with_each_span_of_memory() -> None:
    # the last level says its yes on the day itself; half is forgotten in 42 days
    for spans in (0, 1, 2):
        day = YES - timedelta(days=round(7 * MEMORY_WEEKS) * spans)
        assert level_worth(day, decision_on=YES, timing=LAST) == pytest.approx(0.5**spans)


def test_level_worth_on_the_day_of_the_decision_is_too_late_for_a_level_before() -> None:
    assert level_worth(YES, decision_on=YES, timing=FIRST) == 0.0


def test_level_worth_in_time_half_the_cases_at_the_median_and_nine_in_ten_when_sure() -> None:
    # 14 days before: later levels take longer in half of the cases. 28 days before: in 10 %; of
    # what is seen then, 14 days of 42 have been forgotten. The logistic for the normal errs by
    # 0.01 at most: 1 / (1 + exp(-1.702 * 1.2816)) = 0.8986.
    at_median = level_worth(YES - timedelta(days=14), decision_on=YES, timing=FIRST)
    when_sure = level_worth(YES - timedelta(days=28), decision_on=YES, timing=FIRST)
    assert at_median == pytest.approx(0.5)
    assert when_sure == pytest.approx(0.5 ** (14 / 42) / (1 + exp(-1.702 * 1.2815515655446004)))
    # a week before: log(7 / 14) is one doubling, so as far below the median as 28 is above
    late = level_worth(YES - timedelta(days=7), decision_on=YES, timing=FIRST)
    assert late == pytest.approx(1 - 1 / (1 + exp(-1.702 * 1.2815515655446004)))


def test_level_worth_times_that_never_differ_are_a_step() -> None:
    fixed = LevelTiming(1, 10.0, 10.0)
    assert level_worth(YES - timedelta(days=11), decision_on=YES, timing=fixed) > 0.9
    assert level_worth(YES - timedelta(days=9), decision_on=YES, timing=fixed) == 0.0


def test_worth_by_level_gives_each_level_its_own() -> None:
    day = YES - timedelta(days=14)
    found = worth_by_level(day, decision_on=YES, timings=[FIRST, LAST])
    assert found == {1: pytest.approx(0.5), 2: pytest.approx(0.5 ** (14 / 42))}


def test_best_days_last_level_begin_a_span_of_memory_before() -> None:
    found = best_days(LAST, starts_on=date(2027, 1, 4), decision_on=YES)
    assert found == (YES - timedelta(days=42), YES)


def test_best_days_level_before_end_before_the_day_of_the_decision() -> None:
    found = best_days(FIRST, starts_on=date(2027, 1, 4), decision_on=YES)
    assert found is not None
    begin, end = found
    most = max(
        level_worth(YES - timedelta(days=n), decision_on=YES, timing=FIRST) for n in range(178)
    )
    assert level_worth(begin, decision_on=YES, timing=FIRST) >= most / 2
    assert level_worth(begin - timedelta(days=1), decision_on=YES, timing=FIRST) < most / 2
    assert level_worth(end + timedelta(days=1), decision_on=YES, timing=FIRST) < most / 2
    assert end < YES


def test_best_days_period_that_ends_before_it_begins_has_none() -> None:
    assert best_days(LAST, starts_on=YES + timedelta(days=1), decision_on=YES) is None


def test_level_windows_give_days_and_basis_of_each_level() -> None:
    measured = LevelTiming(1, 14.0, 28.0, "measured")
    first, last = level_windows([measured, LAST], starts_on=date(2027, 1, 4), decision_on=YES)
    assert (first.best_from, first.best_until) == best_days(
        measured, starts_on=date(2027, 1, 4), decision_on=YES
    )
    assert (first.level, first.median_days, first.sure_days) == (1, 14.0, 28.0)
    assert (first.basis, last.basis) == ("measured", "assumed")
    assert (last.best_from, last.best_until) == (YES - timedelta(days=42), YES)
