from decimal import Decimal

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.venues import FittedVenues, find_budget
from signoff.venues.sample import sample_fitted

CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def fitted() -> FittedVenues:
    return sample_fitted()


def test_find_budget_is_the_least_that_was_found(fitted: FittedVenues) -> None:
    for wanted in np.linspace(0.05, 0.999, 23) * fitted.rungs[-1].result:
        found = find_budget(fitted, wanted=float(wanted))
        assert found.budget is not None
        assert found.result is not None
        assert found.result.value >= wanted
        if found.budget > fitted.lowest_budget:
            assert fitted.at_budget(found.budget - CENT).result.value < wanted


def test_find_budget_proves_what_no_plan_can(fitted: FittedVenues) -> None:
    for wanted in np.linspace(0.05, 0.999, 23) * fitted.rungs[-1].result:
        found = find_budget(fitted, wanted=float(wanted))
        assert found.budget is not None
        assert found.proven_budget <= found.budget
        if found.proven_budget:
            assert fitted.bound_at(found.proven_budget) < wanted
            dearer = found.proven_budget + fitted.highest_budget / 500
            assert fitted.bound_at(min(dearer, fitted.highest_budget)) >= wanted


def test_find_budget_is_surer_with_more_money(fitted: FittedVenues) -> None:
    wanted = 0.5 * fitted.plan.result.value
    found = find_budget(fitted, wanted=wanted)
    assert found.budget is not None
    assert found.sure_budget is not None
    assert found.sure_budget >= found.budget
    assert fitted.chance_at(found.sure_budget, wanted=wanted) >= 0.9
    assert found.chance_share == fitted.chance_at(found.budget, wanted=wanted)


def test_find_budget_above_every_account_is_out_of_reach(fitted: FittedVenues) -> None:
    found = find_budget(fitted, wanted=2 * fitted.ceiling)
    assert (found.budget, found.result, found.lines) == (None, None, ())
    assert found.is_out_of_reach
    assert "no plan can" in found.text()


@pytest.mark.parametrize("wanted", [0.0, -1.0, float("nan"), float("inf")])
def test_find_budget_of_no_result_is_refused(fitted: FittedVenues, wanted: float) -> None:
    with pytest.raises(DataError, match="no result to reach"):
        find_budget(fitted, wanted=wanted)
