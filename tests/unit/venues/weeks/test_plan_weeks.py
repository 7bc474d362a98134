"""Plans whose weeks keep the money of the months, on the sample's facts."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from signoff.brief import Brief, MonthTerms
from signoff.venues import VenuePlan
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.plan import plan_facts
from signoff.venues.sample import sample_brief, sample_engine
from signoff.venues.terms.month_terms import month_cash, month_limits, venue_weeks
from signoff.venues.weeks.whom_when import LevelTiming


@pytest.fixture(scope="module")
def facts() -> VenueFacts:
    with sample_engine() as engine:
        return list_facts(engine, brief=sample_brief())


def _months(brief: Brief) -> list[str]:
    n_days = (brief.period.ends_on - brief.period.starts_on).days + 1
    days = [brief.period.starts_on + timedelta(days=n) for n in range(n_days)]
    return sorted({day.strftime("%Y-%m") for day in days})


def _with_months(ceilings: dict[str, int]) -> Brief:
    brief = sample_brief()
    months = tuple(MonthTerms(month=m, ceiling=Decimal(c)) for m, c in ceilings.items())
    return brief.model_copy(update={"money": brief.money.model_copy(update={"months": months})})


def _spend_by_month(plan: VenuePlan) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in plan.weeks:
        found[line.starts_on.strftime("%Y-%m")] += line.spend
    return found


def test_plan_facts_without_months_places_every_unit(facts: VenueFacts) -> None:
    brief = sample_brief()
    plan = plan_facts(facts, brief=brief, seed=1).plan
    placed: dict[str, int] = defaultdict(int)
    for line in plan.weeks:
        assert brief.period.starts_on <= line.starts_on <= brief.period.ends_on
        placed[line.venue_id] += line.units
    assert placed == {line.venue_id: line.units for line in plan.lines if line.in_plan}
    assert sum(line.spend for line in plan.weeks) == pytest.approx(
        plan.total_spend, abs=Decimal("0.01") * len(plan.weeks)
    )
    assert (plan.timings, {limit.kind for limit in plan.limits}) == ((), {"month"})


@pytest.mark.parametrize("seed", range(4))
def test_plan_facts_keeps_the_money_of_every_month(facts: VenueFacts, seed: int) -> None:
    rng = np.random.default_rng(seed)
    months = _months(sample_brief())
    budget = int(sample_brief().money.budget)
    ceilings = {m: int(rng.integers(budget // 20, budget // 3)) for m in months[::2]}
    brief = _with_months(ceilings)
    plan = plan_facts(facts, brief=brief, seed=seed).plan
    spent = _spend_by_month(plan)
    # each line of a week is rounded to the cent
    assert all(spent[m] <= top + Decimal("0.05") for m, top in ceilings.items())
    assert {limit.name: limit.most for limit in plan.limits if limit.most is not None} == ceilings


def test_plan_facts_all_months_tight_spends_less_than_the_budget(facts: VenueFacts) -> None:
    budget = int(sample_brief().money.budget)
    months = _months(sample_brief())
    brief = _with_months(dict.fromkeys(months, budget // (2 * len(months))))
    plan = plan_facts(facts, brief=brief, seed=1).plan
    assert plan.total_spend <= budget // 2
    assert plan.bound >= plan.result.value


def test_plan_facts_with_timings_moves_units_to_weeks_that_are_worth_more(
    facts: VenueFacts,
) -> None:
    brief = sample_brief()
    timings = [LevelTiming(level, 0.0, 0.0) for level in (1, 2, 3)]
    even = plan_facts(facts, brief=brief, seed=1).plan
    late = plan_facts(facts, brief=brief, seed=1, timings=timings).plan
    assert _mean_day(late) > _mean_day(even)
    assert late.total_spend == even.total_spend
    assert [window.best_until for window in late.timings] == [brief.period.ends_on] * 3


def _mean_day(plan: VenuePlan) -> float:
    units = sum(line.units for line in plan.weeks)
    return sum(line.units * line.starts_on.toordinal() for line in plan.weeks) / units


def test_month_cash_and_limits_follow_the_brief(facts: VenueFacts) -> None:
    first = _months(sample_brief())[0]
    assert month_limits(facts.book, brief=sample_brief()) == ()
    brief = _with_months({first: 123})
    assert [(c.month, c.most_cents) for c in month_cash(brief)] == [(first, 12_300.0)]
    # no venue of the sample appears in the first month alone
    assert month_limits(facts.book, brief=brief) == ()
    every = _with_months(dict.fromkeys(_months(sample_brief()), 100))
    last = month_limits(facts.book, brief=every)[-1]
    assert last.most_cents <= 10_000.0 * len(_months(sample_brief()))


def test_venue_weeks_begin_with_the_period(facts: VenueFacts) -> None:
    brief = sample_brief()
    weeks = venue_weeks(facts.book, 0, brief=brief)
    assert weeks.units == 0
    assert isinstance(weeks.starts_on[0], date)
    assert weeks.starts_on[0] >= brief.period.starts_on
    assert len(weeks.most_units) == len(weeks.starts_on) == len(weeks.worth)
