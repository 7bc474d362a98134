from dataclasses import replace
from typing import Any

import numpy as np

from signoff.venues.budgets.rungs import climb_rungs
from signoff.venues.solver.schedule import Schedule, solve_plan


def solved(problem: Any) -> Schedule:
    return solve_plan(problem, rng=np.random.default_rng(0))


def test_climb_rungs_poor_plan_stays_at_its_budget_and_is_beaten_above_it(drawn: Any) -> None:
    problem = drawn(3, most_units=12)
    good = solved(problem)
    poor = replace(good, units=tuple(n // 2 for n in good.units))
    rungs = climb_rungs(problem, poor, rng=np.random.default_rng(1))
    from_cents = [rung.from_cents for rung in rungs]
    plan = next(rung for rung in rungs if tuple(rung.units) == poor.units)
    place = from_cents.index(plan.from_cents)
    assert from_cents[place + 1] == problem.budget_cents + 1
    assert rungs[place + 1].cost_cents <= problem.budget_cents
    assert rungs[place + 1].result > plan.result


def test_climb_rungs_same_state_gives_the_same(drawn: Any) -> None:
    problem = drawn(8, exposures_needed=3)
    first, second = (
        [tuple(r.units) for r in climb_rungs(problem, solved(problem), rng=rng)]
        for rng in (np.random.default_rng(1), np.random.default_rng(1))
    )
    assert first == second


def test_climb_rungs_nothing_to_buy_gives_the_plan_alone(drawn: Any) -> None:
    problem = drawn(3)
    closed = tuple(replace(option, is_open=False) for option in problem.options)
    nothing = replace(problem, options=closed)
    (rung,) = climb_rungs(nothing, solved(nothing), rng=np.random.default_rng(1))
    assert (rung.cost_cents, rung.result, rung.units.tolist()) == (0, 0.0, [0] * 5)


def test_climb_rungs_answers_come_near_whole_solutions(drawn: Any) -> None:
    losses = []
    for seed in range(3):
        problem = drawn(seed, most_units=20, exposures_needed=2)
        rungs = climb_rungs(problem, solved(problem), rng=np.random.default_rng(1))
        for share in (0.37, 0.82, 1.43):
            cents = round(problem.budget_cents * share)
            whole = solved(replace(problem, budget_cents=cents)).result
            here = max(rung.result for rung in rungs if rung.from_cents <= cents)
            losses.append(1 - here / whole)
    assert max(losses) < 0.03
    assert np.mean(losses) < 0.005
