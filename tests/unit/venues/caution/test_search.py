from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.stats.worst_draws import worst_mean
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.caution.search import find_cautious
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import PackageOption
from signoff.venues.solver.schedule import solve_plan

CASES = [
    *({"rule": rule, "exposures_needed": f} for rule, f in product(ApprovalRule, (1, 2))),
    {"objective": Objective.LEADS},
    {"objective": Objective.TRAFFIC},
]
SHARE = 0.2


@pytest.mark.parametrize("case", CASES, ids=str)
def test_find_cautious_small_instances_equal_full_enumeration(
    drawn: Any, draws: Any, every_plan: Any, case: Any
) -> None:
    for seed in (1,):
        problem = drawn(seed, n_venues=4, budget_cents=60_000, **case)
        problems = draws(problem, seed=seed)
        start = solve_plan(problem, rng=np.random.default_rng(0))
        found = find_cautious(
            problem, problems, share=SHARE, start=start, rng=np.random.default_rng(1)
        )
        judged = problems.judge(every_plan(problem))
        best = max(worst_mean(results, share=SHARE) for results in judged)
        assert found.worst_mean == pytest.approx(best, rel=1e-9)
        assert found.bound >= best * (1 - 1e-12)


def test_find_cautious_leaves_the_expected_plan_where_another_is_safer(
    drawn: Any, draws: Any
) -> None:
    changed = 0
    for seed in range(3):
        problem = drawn(seed, n_venues=4, budget_cents=60_000, objective=Objective.TRAFFIC)
        problems = draws(problem, seed=seed)
        start = solve_plan(problem, rng=np.random.default_rng(0))
        found = find_cautious(
            problem, problems, share=SHARE, start=start, rng=np.random.default_rng(1)
        )
        units = np.array(start.units, dtype=np.float64)
        before = worst_mean(problems.judge([units])[0], share=SHARE)
        assert found.worst_mean >= before
        changed += found.schedule.units != start.units
        assert found.schedule.result <= start.bound
    assert changed >= 1


def test_find_cautious_same_state_gives_same_plan(drawn: Any, draws: Any) -> None:
    problem = drawn(3, rule=ApprovalRule.EVERY_LEVEL)
    start = solve_plan(problem, rng=np.random.default_rng(0))
    one, two = (
        find_cautious(
            problem,
            draws(problem, seed=3),
            share=SHARE,
            start=start,
            rng=np.random.default_rng(1),
        )
        for _ in range(2)
    )
    assert (one.schedule.units, one.worst_mean, one.bound) == (
        two.schedule.units,
        two.worst_mean,
        two.bound,
    )


def test_find_cautious_with_packages_keeps_the_budget_and_its_start(drawn: Any, draws: Any) -> None:
    both = PackageOption(
        "both",
        Ladder((PriceStep(1, Decimal(150)),), 1, 2),
        np.array([1, 1, 0, 0]),
        np.array([0.5, 0.5, 0, 0]),
    )
    problem = drawn(5, n_venues=4, budget_cents=60_000, packages=(both,))
    start = buy_plan(problem, rng=np.random.default_rng(0))
    problems = draws(problem, seed=5)
    found = find_cautious(problem, problems, share=SHARE, start=start, rng=np.random.default_rng(1))
    before = worst_mean(problems.judge([np.array(start.units, dtype=np.float64)])[0], share=SHARE)
    assert before <= found.worst_mean <= found.bound
    assert sum(found.schedule.spend_cents) <= problem.budget_cents
