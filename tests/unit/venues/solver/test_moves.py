from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.moves import falls, list_moves, raises, swaps
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import VenueOption

LADDER = Ladder((PriceStep(1, Decimal(100)), PriceStep(5, Decimal(70))), 2, 40)
OPTION = VenueOption("v", LADDER, 1.0, 0.1)


def test_raises_from_nothing_include_minimum_and_all_that_fits() -> None:
    found = raises(OPTION, 0, 100_000)
    assert found[0] == 2 or found[0] == LADDER.cheapest_units(1)
    assert found[-1] == 14
    assert all(LADDER.cost_cents(n) <= 100_000 for n in found)


def test_raises_take_the_later_step_where_it_costs_less() -> None:
    assert 4 not in raises(OPTION, 2, 20_000)  # five cost 350, four 400
    assert 5 in raises(OPTION, 2, 20_000)


def test_raises_no_money_gives_none() -> None:
    assert raises(OPTION, 2, 0) == []


def test_falls_cost_less_and_fit() -> None:
    assert falls(OPTION, 5) == [0, 2]
    assert falls(OPTION, 0) == []


def test_falls_committed_line_gives_none() -> None:
    fixed = VenueOption("v", LADDER, 1.0, 0.1, fixed_cents=50_000)
    assert falls(fixed, fixed.fixed_units) == []


def test_list_moves_promise_is_the_gain_to_first_order(drawn: Any) -> None:
    model = ResultModel(drawn(2, exposures_needed=3, n_venues=4))
    units = np.array([1, 2, 3, 0])
    standing = model.stand(units.astype(float))
    moves = list_moves(model, standing, units, to=[(0, 2), (3, 2), (1, 0)])
    assert moves.cost[2] < 0 < moves.cost[0]
    for i in range(3):
        change = moves.change(i)
        gain = model.value_after(standing, change) - standing.value
        assert np.sign(moves.promise[i]) == np.sign(gain)


def test_swaps_keep_the_budget_and_change_two_venues(drawn: Any) -> None:
    problem = drawn(6, budget_cents=70_000)
    model = ResultModel(problem)
    units = np.array([2, 0, 2, 0, 0])
    standing = model.stand(units.astype(float))
    found = swaps(model, standing, units, n_best=50)
    assert found
    for change in found:
        changed = units.copy()
        for venue, n in change.items():
            changed[venue] = n
        assert len(change) == 2
        assert problem.cost_cents(changed) <= 70_000


def test_swaps_nothing_bought_gives_none(drawn: Any) -> None:
    model = ResultModel(drawn(6))
    nothing = np.zeros(5, dtype=np.int64)
    assert swaps(model, model.stand(np.zeros(5)), nothing, n_best=5) == []


@pytest.mark.parametrize("n_best", [0, 1, 3])
def test_swaps_give_no_more_than_asked(drawn: Any, n_best: int) -> None:
    model = ResultModel(drawn(6))
    units = np.array([2, 2, 0, 0, 0])
    assert len(swaps(model, model.stand(units.astype(float)), units, n_best=n_best)) <= n_best
