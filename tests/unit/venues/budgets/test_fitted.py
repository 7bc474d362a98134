from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from signoff.brief import Brief
from signoff.errors import DataError
from signoff.venues import FittedVenues, IntervalBasis, VenuePlan, fit_venues, plan_venues
from signoff.venues.sample import sample_brief, sample_engine


@pytest.fixture(scope="module")
def brief() -> Brief:
    return sample_brief()


@pytest.fixture(scope="module")
def plan(brief: Brief) -> VenuePlan:
    with sample_engine() as engine:
        return plan_venues(engine, brief=brief, seed=1)


@pytest.fixture(scope="module")
def fitted(brief: Brief, plan: VenuePlan) -> FittedVenues:
    with sample_engine() as engine:
        return fit_venues(engine, brief=brief, plan=plan)


def test_at_budget_of_the_plan_is_the_plan(plan: VenuePlan, fitted: FittedVenues) -> None:
    answer = fitted.at_budget(plan.budget)
    planned = {line.venue_id: (line.units, line.spend) for line in plan.lines}
    assert {line.venue_id: (line.units, line.spend) for line in answer.lines} == planned
    assert (answer.result, answer.bound, answer.covered_accounts) == (
        plan.result,
        plan.bound,
        plan.covered_accounts,
    )
    assert [role.reach for role in answer.reach_by_role] == [r.reach for r in plan.reach_by_role]
    assert answer.is_plan
    assert answer.interval_basis is IntervalBasis.PLAN
    assert (answer.difference.low, answer.difference.value, answer.difference.high) == (0, 0, 0)


def test_at_budget_keeps_budget_and_says_what_it_spends(fitted: FittedVenues) -> None:
    budgets = np.linspace(float(fitted.lowest_budget), float(fitted.highest_budget), 97)
    for budget in (Decimal(f"{b:.2f}") for b in budgets):
        answer = fitted.at_budget(max(budget, fitted.lowest_budget))
        spend = sum(line.spend for line in answer.lines)
        assert answer.total_spend == spend <= answer.budget
        units = [line.units for line in answer.lines]
        assert all(o.fits(n) for o, n in zip(fitted.options, units, strict=True))


def test_at_budget_outside_the_fit_says_between_which_budgets(fitted: FittedVenues) -> None:
    for budget in (fitted.highest_budget + 1, fitted.lowest_budget - Decimal("0.01")):
        with pytest.raises(DataError, match="lies outside") as caught:
            fitted.at_budget(budget)
        assert f"{fitted.highest_budget:,}" in caught.value.fault.why


def test_curve_rises_and_holds_the_plan(plan: VenuePlan, fitted: FittedVenues) -> None:
    results = [point.result.value for point in fitted.curve]
    bounds = [point.bound for point in fitted.curve]
    assert results == sorted(results)
    assert bounds == sorted(bounds)
    assert plan.result in [p.result for p in fitted.curve if p.budget == plan.budget]
    assert all(p.result.low <= p.result.value <= p.result.high for p in fitted.curve)


def test_fit_venues_other_facts_than_the_plan_s_are_refused(brief: Brief, plan: VenuePlan) -> None:
    other = replace(plan, result=replace(plan.result, value=plan.result.value * 1.01))
    with sample_engine() as engine, pytest.raises(DataError, match="on these facts"):
        fit_venues(engine, brief=brief, plan=other)
