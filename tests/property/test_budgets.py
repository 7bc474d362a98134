"""What holds of every answer to a budget, whatever the prices, audiences and terms."""

from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules import load_module
from signoff.venues import FittedVenues
from signoff.venues.budgets.fitting import prove_budgets
from signoff.venues.budgets.rungs import Rung, climb_rungs
from signoff.venues.sample import sample_fitted
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import relax_options
from signoff.venues.solver.schedule import Schedule, committed_cents, solve_plan
from signoff.venues.solver.tangent import bound_within

SHARES = (0.1, 0.3, 0.5, 0.8, 1.0, 1.2, 1.7, 2.5)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
# the first 18 kinds with all terms and without, and drawn ones
SEEDS = [*range(0, 54, 2), *range(27, 54, 6), 1201, 2517, 4134]


BENCH = load_module("benchmarks/bench_enumeration.py", name="bench_enumeration_of_budgets")


@cache
def fitted() -> FittedVenues:
    return sample_fitted()


@cache
def climbed(seed: int) -> tuple[Schedule, tuple[Rung, ...]]:
    problem = drawn(seed)
    assert problem is not None
    schedule = solve_plan(problem, rng=np.random.default_rng(0))
    return schedule, climb_rungs(problem, schedule, rng=np.random.default_rng(1))


@cache
def drawn(seed: int) -> PlanProblem | None:
    """Draw a problem with a budget that its committed money fits."""
    problem: PlanProblem = BENCH.draw_problem(seed)
    least = committed_cents(problem)
    fits = all(
        o.fits(o.cheapest_units())
        for o in problem.options
        if o.is_open or o.fixed_cents is not None
        for o in problem.options
        if o.is_open or o.fixed_cents is not None
    )
    return replace(problem, budget_cents=max(problem.budget_cents, least)) if fits else None


@pytest.mark.parametrize("seed", SEEDS)
def test_rungs_keep_every_limit_and_rise(seed: int) -> None:
    problem = drawn(seed)
    if problem is None:  # no plan keeps all the terms drawn
        return
    model, (_schedule, rungs) = ResultModel(problem), climbed(seed)
    for rung in rungs:
        units = [int(n) for n in rung.units]
        assert all(o.fits(n) for o, n in zip(problem.options, units, strict=True) if o.is_open)
        assert problem.cost_cents(rung.units) == rung.cost_cents <= rung.from_cents
        assert rung.result == model.value(rung.units.astype(np.float64))
    assert [rung.from_cents for rung in rungs] == sorted({rung.from_cents for rung in rungs})
    assert [rung.result for rung in rungs] == sorted({rung.result for rung in rungs})


@pytest.mark.parametrize("seed", SEEDS)
def test_rungs_give_the_plan_at_its_own_budget(seed: int) -> None:
    problem = drawn(seed)
    if problem is None:
        return
    schedule, rungs = climbed(seed)
    place = bisect_right([rung.from_cents for rung in rungs], problem.budget_cents) - 1
    assert tuple(rungs[place].units) == schedule.units


@pytest.mark.parametrize("seed", SEEDS)
def test_bound_at_every_budget_is_above_every_plan_within_it(seed: int) -> None:
    problem = drawn(seed)
    if problem is None:
        return
    model, (_schedule, rungs) = ResultModel(problem), climbed(seed)
    tangents, committed = [*prove_budgets(problem, rungs)], committed_cents(problem)
    bounds = []
    for share in SHARES:
        budget = max(round(problem.budget_cents * share), committed)
        money = relax_options(
            problem.options, budget_cents=budget, slack_cents=len(problem.options)
        )
        bound = bound_within(tangents, money, budget_cents=budget, ceiling=model.ceiling)
        plans = BENCH.every_plan(replace(problem, budget_cents=budget))
        best = max(model.value(np.array(units, dtype=np.float64)) for units in plans)
        assert bound >= best * (1 - 1e-9)
        found = max(r.result for r in rungs if r.from_cents <= budget or r is rungs[0])
        assert found <= bound * (1 + 1e-9) or budget < rungs[0].from_cents
        bounds.append(bound)
    assert bounds == sorted(bounds)


@QUICK
@given(first=st.floats(0, 1), second=st.floats(0, 1))
def test_more_budget_never_brings_less(first: float, second: float) -> None:
    low, high = (_budget(share) for share in sorted((first, second)))
    less, more = fitted().at_budget(low), fitted().at_budget(high)
    assert less.result.value <= more.result.value
    assert less.bound <= more.bound
    assert less.total_spend <= less.budget
    assert less.gap_share >= 0
    for answer in (less, more):
        assert answer.result.low <= answer.result.value <= answer.result.high
        assert answer.difference.low <= answer.difference.value <= answer.difference.high


@QUICK
@given(share=st.floats(0, 1))
def test_same_budget_gives_the_same_answer(share: float) -> None:
    assert fitted().at_budget(_budget(share)) == fitted().at_budget(_budget(share))


def _budget(share: float) -> Decimal:
    low, high = fitted().lowest_budget, fitted().highest_budget
    return (low + (high - low) * Decimal(share)).quantize(Decimal("0.01"))
