"""Approval rules worked out by hand on one account."""

import numpy as np
import pytest

from signoff.venues.committees import add_up_misses, combine_misses, sum_by_profile
from signoff.venues.problem import Cells, Combination, Measure

# One account of weight 10: two people in role 0 (each missed with chance .5), one in role 1 (.2),
# one in role 2 (.6). Roles 1 and 2 speak at the second level of approval.
MISS = np.array([0.5, 0.2, 0.6]).reshape(1, 3, 1)
CELLS = Cells(np.array([0]), np.array([[2.0, 1.0, 1.0]]), np.array([10.0]), np.array([4.0]))
ONE = np.array([1.0])


def combined(combination: Combination, miss: np.ndarray = MISS) -> tuple[float, np.ndarray]:
    measure = Measure(combination, 1, counts_answers=False, weight=CELLS.weight)
    return combine_misses(miss, CELLS, measure=measure, role_levels=(0, 1, 1), account_weight=ONE)


@pytest.mark.parametrize(
    ("combination", "expected"),
    [
        ("any", 10 * (1 - 0.25 * 0.2 * 0.6)),
        ("mean", 10 * (0.75 + 0.8 + 0.4) / 3),
        ("every_level", 10 * 0.75 * (1 - 0.2 * 0.6)),
        ("people", 10 * (2 * 0.5 + 0.8 + 0.4)),
    ],
)
def test_combine_misses_one_account_equals_hand_work(
    combination: Combination, expected: float
) -> None:
    assert combined(combination)[0] == pytest.approx(expected)


@pytest.mark.parametrize("combination", ["any", "mean", "every_level", "people"])
def test_add_up_misses_equals_combine_misses_to_the_last_digit(combination: Combination) -> None:
    rng, measure = (
        np.random.default_rng(3),
        Measure(combination, 1, counts_answers=False, weight=CELLS.weight),
    )
    for miss in rng.random((20, 1, 3, 1)):
        alone = add_up_misses(
            miss, CELLS, measure=measure, role_levels=(0, 1, 1), account_weight=ONE
        )
        assert alone == combined(combination, miss)[0]


@pytest.mark.parametrize("combination", ["any", "mean", "every_level", "people"])
def test_combine_misses_slopes_equal_finite_differences(combination: Combination) -> None:
    _, slopes = combined(combination)
    for role in range(3):
        step = np.zeros_like(MISS)
        step[0, role, 0] = 1e-6
        change = combined(combination, MISS + step)[0] - combined(combination, MISS - step)[0]
        assert slopes[0, role, 0] == pytest.approx(change / 2e-6, rel=1e-6)


def test_combine_misses_level_without_people_is_never_reached() -> None:
    cells = Cells(np.array([0]), np.array([[2.0, 0.0, 0.0]]), ONE, ONE)
    measure = Measure("every_level", 1, counts_answers=False, weight=ONE)
    value, _ = combine_misses(
        MISS, cells, measure=measure, role_levels=(0, 1, 1), account_weight=ONE
    )
    assert value == 0.0


def test_combine_misses_shared_appetite_makes_levels_coincide() -> None:
    """Two kinds of accounts, half reached surely and half never: levels come together or not."""
    miss = np.array([0.0, 1.0] * 3).reshape(1, 3, 2)
    measure = Measure("every_level", 1, counts_answers=False, weight=CELLS.weight)
    value, _ = combine_misses(
        miss, CELLS, measure=measure, role_levels=(0, 1, 1), account_weight=np.array([0.5, 0.5])
    )
    assert value == pytest.approx(5.0)  # independence would give 10 x .5 x .5


def test_sum_by_profile_profile_without_cells_gets_zero() -> None:
    cells = Cells(np.array([0, 0, 2]), np.ones((3, 1)), np.ones(3), np.ones(3))
    total = sum_by_profile(np.array([[1.0], [2.0], [4.0]]), cells, n_profiles=3)
    assert total.tolist() == [[3.0], [0.0], [4.0]]
