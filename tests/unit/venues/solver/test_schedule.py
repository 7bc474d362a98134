from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.bound import bound_result
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import solve_plan, trace_curve

CASES = [
    *({"rule": rule, "exposures_needed": f} for rule, f in product(ApprovalRule, (1, 3))),
    {"objective": Objective.LEADS},
    {"objective": Objective.TRAFFIC},
]
SEEDS = range(6)


def enumerated_best(problem: PlanProblem) -> float:
    """Try every schedule of whole units that keeps all limits."""
    model = ResultModel(problem)
    menus = [[n for n in range(5) if option.fits(n)] for option in problem.options]
    tried = (np.array(units) for units in product(*menus))
    paid = (units for units in tried if problem.cost_cents(units) <= problem.budget_cents)
    return max(model.value(units.astype(np.float64)) for units in paid)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_solve_plan_small_instances_equal_full_enumeration(drawn: Any, case: Any) -> None:
    problems = [drawn(seed, n_venues=4, budget_cents=60_000, **case) for seed in SEEDS]
    losses = []
    for problem in problems:
        found = solve_plan(problem, rng=np.random.default_rng(0))
        best = enumerated_best(problem)
        assert found.result <= best * (1 + 1e-9)
        assert found.bound >= best * (1 - 1e-9)
        losses.append(1 - found.result / best)
    assert np.mean(np.array(losses) < 1e-9) >= 5 / 6  # a search, not a proof
    assert max(losses) < 0.1


def test_solve_plan_same_state_gives_same_schedule(drawn: Any) -> None:
    problem = drawn(4, exposures_needed=3)
    first, second = (solve_plan(problem, rng=np.random.default_rng(9)) for _ in range(2))
    assert (first.units, first.result, first.bound) == (second.units, second.result, second.bound)


@pytest.mark.parametrize("budget_cents", [30_000, 90_000, 300_000])
def test_solve_plan_any_budget_keeps_it_and_every_limit(drawn: Any, budget_cents: int) -> None:
    problem = drawn(7, budget_cents=budget_cents, most_units=30)
    found = solve_plan(problem, rng=np.random.default_rng(0))
    assert sum(found.spend_cents) <= budget_cents
    assert all(o.fits(n) for o, n in zip(problem.options, found.units, strict=True))


def test_solve_plan_levels_needing_two_venues_are_found_where_greedy_sees_nothing(
    drawn: Any,
) -> None:
    problem = drawn(1, n_venues=2)
    membership = problem.membership.copy()
    membership[0, :, 1:] = 0.0  # the first venue reaches level one alone, the second level two
    membership[1, :, :1] = 0.0
    apart = replace(problem, membership=membership, budget_cents=100_000)
    model = ResultModel(apart)
    alone = [model.value(np.array(units)) for units in ([1.0, 0.0], [0.0, 1.0])]
    assert alone == [pytest.approx(0.0, abs=1e-12)] * 2
    assert solve_plan(apart, rng=np.random.default_rng(0)).result > 0.1


def test_bound_result_is_never_below_any_schedule(drawn: Any) -> None:
    rng = np.random.default_rng(5)
    for seed, case in enumerate(CASES):
        problem = drawn(seed, **case)
        bound = bound_result(problem, near=np.zeros(5))
        for _ in range(50):
            units = rng.integers(0, 5, 5)
            if problem.cost_cents(units * 0 + units.clip(2)) <= problem.budget_cents:
                value = ResultModel(problem).value(units.clip(2).astype(np.float64))
                assert value <= bound * (1 + 1e-9)


def test_trace_curve_rises_and_holds_the_plan(drawn: Any) -> None:
    problem = drawn(3)
    found = solve_plan(problem, rng=np.random.default_rng(0))
    places = trace_curve(problem, found, rng=np.random.default_rng(1))
    results = {place.budget_cents: place.result for place in places}
    assert list(results.values()) == sorted(results.values())
    assert results[problem.budget_cents] >= found.result * (1 - 1e-12)
    for place in places:
        assert problem.cost_cents(place.units) <= place.budget_cents
        assert ResultModel(problem).value(place.units.astype(np.float64)) == place.result


def test_solve_plan_nothing_to_be_bought_is_an_empty_schedule(drawn: Any) -> None:
    problem = drawn(1)
    closed = tuple(replace(option, is_open=False) for option in problem.options)
    found = solve_plan(replace(problem, options=closed), rng=np.random.default_rng(0))
    assert (found.units, found.spend_cents, found.result) == ((0,) * 5, (0,) * 5, 0.0)
    curve = trace_curve(replace(problem, options=closed), found, rng=np.random.default_rng(0))
    assert {place.result for place in curve} == {0.0}


def test_bound_counts_units_that_an_emptier_later_step_hides(drawn: Any) -> None:
    # ten cost 500 and stay below the floor of 600; seven, eight and nine keep it
    problem = drawn(3, n_venues=1, rule=ApprovalRule.ANY, budget_cents=90_000)
    ladder = Ladder((PriceStep(1, Decimal(100)), PriceStep(10, Decimal(50))), 1, 10)
    option = replace(problem.options[0], ladder=ladder, floor_cents=60_000)
    hidden = replace(problem, options=(option,))
    nine = ResultModel(hidden).value(np.array([9.0]))
    assert bound_result(hidden, near=np.array([6.0])) >= nine
    assert solve_plan(hidden, rng=np.random.default_rng(0)).units == (9,)
