from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.venues.exposures.approval import RULES, RuleName
from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.least_budget import find_least_budget
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import keeps_limits, spend_of
from signoff.venues.exposures.sample import sample_problem


@pytest.mark.parametrize("rule", RULES)
def test_least_budget_of_a_small_problem_is_that_of_the_cheapest_plan(rule: RuleName) -> None:
    rng = np.random.default_rng([2, RULES.index(rule)])
    problem = draw_problem(rng, rule=rule, n_venues=3, n_cells=5, has_terms=False)
    menus = [
        [n for n in range(option.ladder.maximum_units + 1) if option.fits(n)]
        for option in problem.options
    ]
    plans = np.array(
        [u for u in product(*menus) if keeps_limits(problem, np.array(u))], dtype=np.int64
    )
    values = ExposureModel(problem).values(plans.astype(np.float64))
    costs = np.array([spend_of(problem.options, plan).sum() for plan in plans])
    target = 0.6 * float(values.max())
    cheapest = costs[values >= target].min()
    found = find_least_budget(problem, target=target, rng=np.random.default_rng(1))
    assert found.solution.value >= target
    assert found.bound_cents <= cheapest
    # the budget is halved so often; what is left is a ten-thousandth of it
    assert cheapest <= found.solution.spend_cents.sum() <= cheapest * (1 + 1e-3)


def test_least_budget_and_most_result_agree() -> None:
    problem = replace(sample_problem(), is_whole=False, caps=np.array([4.0, 4.0]))
    model = ExposureModel(problem)
    found = find_least_budget(problem, target=1.0, rng=np.random.default_rng(1))
    budget = float(found.solution.spend_cents.sum())
    assert model.value(found.solution.units) == pytest.approx(1.0, rel=1e-3)
    assert budget == pytest.approx(found.problem.budget_cents)
    assert found.bound_cents == pytest.approx(budget, rel=0.05)
    # 1 % less money reaches less, whatever is bought
    prices = np.array([10_000.0, 10_000.0])
    grid = np.array(list(product(np.linspace(0, 4, 81), repeat=2)))
    grid = grid[grid @ prices <= 0.99 * budget]
    assert model.values(grid).max() < 1.0


def test_least_budget_of_a_target_out_of_reach_is_refused() -> None:
    rng = np.random.default_rng(1)
    with pytest.raises(BriefError, match="above the weight of all accounts"):
        find_least_budget(sample_problem(), target=5.0, rng=rng)
    with pytest.raises(BriefError, match="no plan can reach it"):
        find_least_budget(sample_problem(), target=3.9, rng=rng)
