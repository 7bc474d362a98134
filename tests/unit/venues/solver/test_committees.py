"""Approval rules worked out by hand on one account."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from signoff.venues.solver.committees import add_up_misses, combine_misses, sum_by_profile
from signoff.venues.solver.problem import Cells, Combination, Measure

# One account of weight 10: two people in role 0 (each missed with chance .5), one in role 1 (.2),
# one in role 2 (.6). Roles 1 and 2 speak at the second level of approval.
MISS = np.array([0.5, 0.2, 0.6]).reshape(1, 3, 1)
CELLS = Cells(np.array([0]), np.array([[2.0, 1.0, 1.0]]), np.array([10.0]), np.array([4.0]))
ONE = np.array([1.0])


RULES: tuple[Combination, ...] = ("any", "mean", "every_level", "quorum", "uplift", "people")


def measured(combination: Combination, **changes: Any) -> Measure:
    terms = {"quorum_roles": 2, "base_share": 0.1, "uplifts": (1.0, 0.0, 0.5), **changes}
    return Measure(combination, 1, counts_answers=False, weight=CELLS.weight, **terms)


def combined(
    combination: Combination, miss: np.ndarray = MISS, **changes: Any
) -> tuple[float, np.ndarray]:
    measure = measured(combination, **changes)
    return combine_misses(miss, CELLS, measure=measure, role_levels=(0, 1, 1), account_weight=ONE)


@pytest.mark.parametrize(
    ("combination", "expected"),
    [
        ("any", 10 * (1 - 0.25 * 0.2 * 0.6)),
        ("mean", 10 * (0.75 + 0.8 + 0.4) / 3),
        ("every_level", 10 * 0.75 * (1 - 0.2 * 0.6)),
        # Roles are reached with .75, .8 and .4: two or more of them.
        (
            "quorum",
            10 * (0.75 * 0.8 * 0.6 + 0.75 * 0.2 * 0.4 + 0.25 * 0.8 * 0.4 + 0.75 * 0.8 * 0.4),
        ),
        ("uplift", 10 * 0.1 * ((1 + 0.75) * (1 + 0.5 * 0.4) - 1)),
        ("people", 10 * (2 * 0.5 + 0.8 + 0.4)),
    ],
)
def test_combine_misses_one_account_equals_hand_work(
    combination: Combination, expected: float
) -> None:
    assert combined(combination)[0] == pytest.approx(expected)


@pytest.mark.parametrize("combination", RULES)
def test_add_up_misses_equals_combine_misses_to_the_last_digit(combination: Combination) -> None:
    rng, measure = np.random.default_rng(3), measured(combination)
    for miss in rng.random((20, 1, 3, 1)):
        alone = add_up_misses(
            miss, CELLS, measure=measure, role_levels=(0, 1, 1), account_weight=ONE
        )
        assert alone == combined(combination, miss)[0]


@pytest.mark.parametrize("combination", RULES)
def test_combine_misses_slopes_equal_finite_differences(combination: Combination) -> None:
    _, slopes = combined(combination)
    for role in range(3):
        step = np.zeros_like(MISS)
        step[0, role, 0] = 1e-6
        change = combined(combination, MISS + step)[0] - combined(combination, MISS - step)[0]
        assert slopes[0, role, 0] == pytest.approx(change / 2e-6, rel=1e-6)


@pytest.mark.parametrize(("needed", "rule"), [(1, "any"), (3, "every_level")])
def test_combine_misses_quorum_of_one_is_any_and_of_all_is_every_level(
    needed: int, rule: Combination
) -> None:
    for miss in np.random.default_rng(needed).random((20, 1, 3, 1)):
        terms = {"quorum_roles": needed}
        value, slopes = combined("quorum", miss, **terms)
        same, same_slopes = combine_misses(
            miss, CELLS, measure=measured(rule), role_levels=(0, 1, 2), account_weight=ONE
        )
        assert value == pytest.approx(same, rel=1e-12)
        assert slopes == pytest.approx(same_slopes, rel=1e-12)


def test_combine_misses_quorum_above_the_roles_is_never_met() -> None:
    value, slopes = combined("quorum", quorum_roles=4)
    assert value == 0.0
    assert not slopes.any()


def test_combine_misses_uplift_of_one_role_is_its_share_of_any() -> None:
    """Base .1 and uplift .5: each account is approved .05 more often where its role is reached."""
    cells = Cells(np.array([0]), np.array([[2.0]]), CELLS.weight, CELLS.n_accounts)
    for miss in np.random.default_rng(5).random((10, 1, 1, 1)):
        gain, reached = (
            combine_misses(
                miss,
                cells,
                measure=measured(rule, uplifts=(0.5,)),
                role_levels=(0,),
                account_weight=ONE,
            )
            for rule in ("uplift", "any")
        )
        assert gain[0] == pytest.approx(0.05 * reached[0], rel=1e-12)
        assert gain[1] == pytest.approx(0.05 * reached[1], rel=1e-12)


def test_combine_misses_uplift_follows_a_count_of_every_case() -> None:
    """The mean of the product over reached roles, case by case, equals the product of means."""
    uplifts, hits = (0.7, 0.2, 1.3), (0.75, 0.8, 0.4)
    mean = 0.0
    for reached in product((0, 1), repeat=3):
        chance = np.prod([h if r else 1 - h for h, r in zip(hits, reached, strict=True)])
        mean += chance * np.prod([1 + b * r for b, r in zip(uplifts, reached, strict=True)])
    value, _ = combined("uplift", uplifts=uplifts)
    assert value == pytest.approx(10 * 0.1 * (mean - 1), rel=1e-12)


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
