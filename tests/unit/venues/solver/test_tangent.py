from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import relax_money
from signoff.venues.solver.tangent import Tangent, bound_within, touch


def test_touch_concave_measure_lies_below_the_plane_everywhere(drawn: Any) -> None:
    problem, rng = drawn(3, rule=ApprovalRule.ANY), np.random.default_rng(0)
    model, at = ResultModel(problem), np.array([1.0, 0.5, 2.0, 0.0, 3.0])
    plane = touch(model, at)
    assert plane.constant + plane.slopes @ at == pytest.approx(model.value(at))
    for units in rng.uniform(0, 6, (50, 5)):
        assert model.value(units) <= plane.constant + plane.slopes @ units + 1e-12


def test_most_is_reached_within_the_money_and_no_schedule_exceeds_it(drawn: Any) -> None:
    problem = drawn(5)
    money, rng = relax_money(problem), np.random.default_rng(1)
    plane = Tangent(2.0, rng.uniform(0, 3, 5))
    most = plane.most(money)
    for direction in rng.dirichlet(np.ones(5), 50):
        assert plane.slopes @ money.scaled(direction) + 2.0 <= most + 1e-9


def test_divided_divides_height_and_slopes_and_keeps_the_budget() -> None:
    half = Tangent(4.0, np.array([2.0, 6.0]), holds_to_cents=700).divided(2.0)
    assert (half.constant, half.slopes.tolist(), half.holds_to_cents) == (2.0, [1.0, 3.0], 700)


def test_bound_within_passes_over_planes_that_do_not_hold(drawn: Any) -> None:
    problem = drawn(5)
    money = relax_money(problem)
    low = Tangent(1.0, np.zeros(5), holds_to_cents=problem.budget_cents - 1)
    high = Tangent(3.0, np.zeros(5), holds_to_cents=problem.budget_cents)
    found = {
        cents: bound_within([low, high], money, budget_cents=cents, ceiling=9.0)
        for cents in (problem.budget_cents - 1, problem.budget_cents, problem.budget_cents + 1)
    }
    assert list(found.values()) == [1.0, 3.0, 9.0]
