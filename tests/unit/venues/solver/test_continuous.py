from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.solver.continuous import climb, draw_starts, find_optima
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import relax_money
from signoff.venues.solver.tangent import touch

CONCAVE = [{"rule": ApprovalRule.ANY}, {"rule": ApprovalRule.MEAN}, {"objective": Objective.LEADS}]


@pytest.mark.parametrize("case", CONCAVE, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_find_optima_concave_problem_is_proven(drawn: Any, case: Any, seed: int) -> None:
    problem = drawn(seed, **case)
    model, money = ResultModel(problem), relax_money(problem)
    best = find_optima(model, money, rng=np.random.default_rng(0))[0]
    assert touch(model, best.units).most(money) <= (1 + 2e-3) * best.value


def test_find_optima_ends_come_best_first(drawn: Any) -> None:
    problem = drawn(2, exposures_needed=3)
    optima = find_optima(ResultModel(problem), relax_money(problem), rng=np.random.default_rng(0))
    values = [optimum.value for optimum in optima]
    assert len(values) == 6
    assert values == sorted(values, reverse=True)


def test_climb_never_ends_below_its_start(drawn: Any) -> None:
    rng = np.random.default_rng(3)
    for seed in range(5):
        problem = drawn(seed, exposures_needed=3)
        model, money = ResultModel(problem), relax_money(problem)
        for start in draw_starts(model, money, rng=rng, n_starts=3):
            end = climb(model, money, start=start)
            assert end.value >= model.value(start)
            assert (end.units * money.unit_cents).sum() <= money.spare_cents * (1 + 1e-9)


def test_climb_no_money_stays_where_it_is(drawn: Any) -> None:
    problem = drawn(1, budget_cents=0)
    end = climb(ResultModel(problem), relax_money(problem), start=np.zeros(5))
    assert end.units.tolist() == [0.0] * 5


def test_draw_starts_none_is_empty_and_useless_venues_are_left_out(drawn: Any) -> None:
    problem = drawn(1)
    problem.membership[2] = 0.0
    model, money = ResultModel(problem), relax_money(problem)
    starts = draw_starts(model, money, rng=np.random.default_rng(0), n_starts=8)
    assert len(starts) == 8
    assert all(start.sum() > 0 for start in starts)
    assert all(start[2] == 0 for start in starts)


def test_draw_starts_no_useful_venue_gives_nothing_bought(drawn: Any) -> None:
    problem = drawn(1)
    problem.membership[:] = 0.0
    starts = draw_starts(
        ResultModel(problem), relax_money(problem), rng=np.random.default_rng(0), n_starts=2
    )
    assert [start.sum() for start in starts] == [0.0, 0.0]
