"""When a plan's result comes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import numpy as np
import pytest

from signoff.brief import Brief
from signoff.units import Objective
from signoff.venues import LevelTiming, VenuePlan, WeekLine, list_facts, plan_facts
from signoff.venues.book import VenueBook
from signoff.venues.forecast import forecast_schedule
from signoff.venues.market.audience import MarketAudience, match_audience, with_notes
from signoff.venues.market.carry_over import CarryOver
from signoff.venues.market.cells import MarketCells
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.weeks import result_weeks
from signoff.venues.weeks.result_timing import ResultTiming
from signoff.venues.weeks.result_weeks import time_results

LEVELS = [LevelTiming(1, 28.0, 60.0), LevelTiming(2, 0.0, 0.0)]
AT_ONCE = CarryOver(0.0, 0.0, 0.0, 0.0, "measured")


def _aimed(aim: Objective) -> Brief:
    brief = sample_brief()
    return brief.model_copy(update={"objective": brief.objective.model_copy(update={"aim": aim})})


def _market(brief: Brief, carry_over: CarryOver | None) -> tuple[MarketAudience, VenueBook]:
    with sample_engine() as engine:
        facts = list_facts(engine, brief=brief)
    audience = match_audience(facts.book, facts.cells, brief=brief)
    book = with_notes(facts.book, audience)
    if carry_over is not None:
        venues = tuple(replace(venue, carry_over=carry_over) for venue in book.venues)
        book = replace(book, venues=venues)
    return audience, book


def _time(
    *weeks: int,
    brief: Brief,
    carry_over: CarryOver | None = None,
    timings: list[LevelTiming] | None = None,
) -> ResultTiming:
    audience, book = _market(brief, carry_over)
    units = np.array([len(weeks) * 20, len(weeks)])
    first = brief.period.starts_on
    placed = [
        WeekLine(first + timedelta(days=7 * week), venue.venue_id, n, Decimal(0))
        for week in weeks
        for venue, n in zip(book.venues, (20, 1), strict=True)
    ]
    forecast = forecast_schedule(
        audience, book, brief=brief, units=units, rng=np.random.default_rng(4), n_draws=40
    )
    found = time_results(
        audience,
        book,
        brief=brief,
        forecast=forecast,
        weeks=placed,
        timings=timings or [],
        rng=np.random.default_rng(4),
    )
    assert found is not None
    whole = found.weeks[-1].so_far.value + found.later.value
    assert whole == pytest.approx(forecast.result.value)
    return found


def _by_week(timing: ResultTiming) -> list[float]:
    return [week.result.value for week in timing.weeks]


@pytest.fixture(scope="module")
def plan() -> VenuePlan:
    with sample_engine() as engine:
        facts = list_facts(engine, brief=sample_brief())
    return plan_facts(facts, brief=_aimed(Objective.CONVERSIONS), seed=1, timings=LEVELS).plan


def test_time_results_weeks_add_up_to_the_plans_result(plan: VenuePlan) -> None:
    timing = plan.timing
    assert timing is not None
    assert sum(_by_week(timing)) + timing.later.value == pytest.approx(plan.result.value)
    whole = timing.within_period.value + timing.after_period.value
    assert whole == pytest.approx(plan.result.value)
    assert timing.after_share.value == pytest.approx(timing.after_period.value / plan.result.value)
    assert timing.n_draws == plan.n_draws
    assert timing.counts_approval


def test_time_results_interval_of_the_whole_is_that_of_the_plan(plan: VenuePlan) -> None:
    assert plan.timing is not None
    last = plan.timing.weeks[-1].so_far
    assert last.low == pytest.approx(plan.result.low, rel=0.1)
    assert last.high == pytest.approx(plan.result.high, rel=0.1)


def test_time_results_same_seed_same_weeks(plan: VenuePlan) -> None:
    with sample_engine() as engine:
        facts = list_facts(engine, brief=sample_brief())
    assert (
        plan_facts(facts, brief=_aimed(Objective.CONVERSIONS), seed=1, timings=LEVELS).plan == plan
    )


def test_time_results_without_carry_over_come_in_the_week_of_the_units() -> None:
    timing = _time(0, 5, brief=_aimed(Objective.TRAFFIC), carry_over=AT_ONCE)
    came = [week for week, result in enumerate(_by_week(timing)) if result > 1e-12]
    assert came == [0, 5]
    # the second flight meets people who have come before
    assert _by_week(timing)[5] < _by_week(timing)[0]
    assert timing.after_share.value == 0
    assert timing.half_weeks.value < 1


def test_time_results_late_peak_comes_late() -> None:
    late = CarryOver(0.6, 0.5, 0.7, 4.0, "measured", 3.0, 5.0)
    timing = _time(0, brief=_aimed(Objective.TRAFFIC), carry_over=late)
    assert int(np.argmax(_by_week(timing))) in {3, 4}
    low, high = timing.half_weeks.low, timing.half_weeks.high
    assert low < timing.half_weeks.value < high
    assert high > low + 0.5


def test_time_results_what_falls_after_the_period_is_counted() -> None:
    brief = _aimed(Objective.LEADS)
    last = (brief.period.ends_on - brief.period.starts_on).days // 7
    slow = CarryOver(0.9, 0.85, 0.93, 0.0, "prior")
    timing = _time(last, brief=brief, carry_over=slow)
    assert timing.after_share.value > 0.7
    assert timing.after_share.low < timing.after_share.value < timing.after_share.high
    assert [week.is_after_period for week in timing.weeks][last : last + 2] == [False, True]
    assert timing.lags[0].late_share.value > 0.7


def test_time_results_final_yes_waits_for_the_later_levels() -> None:
    brief = _aimed(Objective.CONVERSIONS)
    met = _time(0, brief=brief, carry_over=AT_ONCE)
    yes = _time(0, brief=brief, carry_over=AT_ONCE, timings=LEVELS[:1])
    assert not met.counts_approval
    assert yes.counts_approval
    assert met.most_weeks.value < 1
    # half of the accounts say their final yes within 28 days of the first level's
    assert 3.5 < yes.half_weeks.value < 4.8
    # nine in ten within 60
    assert 7.5 < yes.most_weeks.value < 9.5


def test_time_results_leads_do_not_wait_for_approval() -> None:
    brief = _aimed(Objective.LEADS)
    assert not _time(0, brief=brief, timings=LEVELS).counts_approval


def test_time_results_few_points_tell_what_all_weeks_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = _time(0, 3, 9, brief=_aimed(Objective.CONVERSIONS), timings=LEVELS)
    monkeypatch.setattr(result_weeks, "N_POINTS", 2000)
    monkeypatch.setattr(result_weeks, "N_DELAYS", 12)
    exact = _time(0, 3, 9, brief=_aimed(Objective.CONVERSIONS), timings=LEVELS)
    for one, other in zip(few.weeks, exact.weeks, strict=True):
        near = 0.06 * exact.weeks[-1].so_far.high
        assert one.so_far.high == pytest.approx(other.so_far.high, abs=near)
        assert one.so_far.low == pytest.approx(other.so_far.low, abs=near)


def test_time_results_drawn_cells_tell_what_all_cells_tell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    brief = _aimed(Objective.CONVERSIONS)
    rng = np.random.default_rng(2)
    cells = MarketCells(
        groups=(("GB", "62"), ("FR", "62")),
        group=rng.integers(0, 2, 900),
        people=rng.integers(0, 5, (900, 3)),
        n_accounts=rng.integers(1, 60, 900),
        weight_billionths=rng.integers(1, 60, 900) * 10**8,
    )
    with sample_engine() as engine:
        facts = replace(list_facts(engine, brief=brief), cells=cells)
    some = plan_facts(facts, brief=brief, seed=1, timings=LEVELS).plan
    monkeypatch.setattr(result_weeks, "MOST_CELLS", 10**6)
    every = plan_facts(facts, brief=brief, seed=1, timings=LEVELS).plan
    assert some.timing is not None
    assert every.timing is not None
    for one, other in zip(some.timing.weeks, every.timing.weeks, strict=False):
        assert one.so_far.value == pytest.approx(other.so_far.value, abs=0.01 * some.result.value)


def test_time_results_nothing_bought_has_no_weeks() -> None:
    brief = _aimed(Objective.CONVERSIONS)
    audience, book = _market(brief, None)
    units = np.array([0, 0])
    forecast = forecast_schedule(
        audience, book, brief=brief, units=units, rng=np.random.default_rng(4), n_draws=4
    )
    rng = np.random.default_rng(4)
    assert (
        time_results(audience, book, brief=brief, forecast=forecast, weeks=(), timings=(), rng=rng)
        is None
    )
