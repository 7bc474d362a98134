"""Sizes and powers against published numbers."""

import pytest
from pytest import approx  # noqa: PT013  # the golden tests read better so
from scipy.stats import fisher_exact

from signoff.errors import ModelError
from signoff.stats.power import (
    _exact_pvalues,
    arcsine_difference,
    design_effect,
    exact_power_share,
    n_per_arm,
    n_per_arm_pooled,
    power_share,
    power_share_pooled,
    smallest_permutation_pvalue,
    visible_share,
)


@pytest.mark.parametrize(
    ("share", "other", "n"),
    [
        # Sizes that a test needs (80 % power, two-sided 5 %), docs/explanation/holdout.md
        (0.10, 0.15, 680),
        (0.02, 0.03, 3788),
    ],
)
def test_n_per_arm_of_known_sizes_agrees(share: float, other: float, n: int) -> None:
    assert n_per_arm(share, other_share=other, alpha=0.05, power=0.8) == approx(n, abs=0.5)


@pytest.mark.parametrize(("share", "other", "n_accounts"), [(0.10, 0.15, 170), (0.05, 0.08, 262)])
def test_n_per_arm_with_six_people_an_account_agrees(
    share: float, other: float, n_accounts: int
) -> None:
    # the same page: six people each, intra-account correlation .1
    people = n_per_arm(share, other_share=other, alpha=0.05, power=0.8)
    effect = design_effect(6, intra_cluster_correlation=0.1)
    assert people * effect / 6 == approx(n_accounts, abs=0.5)


def test_n_per_arm_equals_pwr() -> None:
    # R: pwr.2p.test(h = ES.h(.50, .75), power = .90); stats.stackexchange.com/questions/83700
    assert n_per_arm(0.5, other_share=0.75, alpha=0.05, power=0.9) == approx(76.65, abs=0.005)


def test_power_share_equals_pwr() -> None:
    # R: pwr.2p.test(ES.h(.69, .68), n = 10000); stats.stackexchange.com/questions/258522
    power = power_share(0.69, other_share=0.68, n=10000, n_other=10000, alpha=0.05)
    assert power == approx(0.3310592, abs=1e-7)
    assert arcsine_difference(0.69, other_share=0.68) == approx(0.0215284, abs=1e-7)


def test_pooled_functions_equal_power_prop_test() -> None:
    # R: ?power.prop.test, examples 1 and 2: power = 0.740, n = 76.7 (76.71 in the thread above)
    assert power_share_pooled(0.5, other_share=0.75, n=50, alpha=0.05) == approx(0.740, abs=5e-4)
    n = n_per_arm_pooled(0.5, other_share=0.75, alpha=0.05, power=0.9)
    assert n == approx(76.71, abs=0.005)


def test_pooled_power_at_its_own_size_is_the_power_asked_for() -> None:
    n = n_per_arm_pooled(0.1, other_share=0.15, alpha=0.05, power=0.8)
    assert power_share_pooled(0.1, other_share=0.15, n=n, alpha=0.05) == approx(0.8, abs=1e-12)


def test_power_share_pooled_of_certain_outcomes_is_certain() -> None:
    assert power_share_pooled(0, other_share=1, n=5, alpha=0.05) == 1
    assert power_share_pooled(1, other_share=1, n=5, alpha=0.05) == 0.025


def test_power_share_of_unequal_arms_lies_below_that_of_equal_ones() -> None:
    even = power_share(0.1, other_share=0.2, n=100, n_other=100, alpha=0.05)
    uneven = power_share(0.1, other_share=0.2, n=180, n_other=20, alpha=0.05)
    assert uneven < even


def test_visible_share_is_the_inverse_of_n_per_arm() -> None:
    n = n_per_arm(0.05, other_share=0.08, alpha=0.05, power=0.8)
    found = visible_share(0.05, n_treated=n, n_control=n, alpha=0.05, power=0.8)
    assert found == approx(0.08, abs=1e-12)


def test_visible_share_of_tiny_arms_is_none() -> None:
    assert visible_share(0.5, n_treated=2, n_control=2, alpha=0.05, power=0.8) is None


@pytest.mark.parametrize(("n", "n_other"), [(7, 3), (5, 5), (12, 9)])
def test_exact_pvalues_equal_fishers_test(n: int, n_other: int) -> None:
    pvalues = _exact_pvalues(n, n_other)
    for x in range(n + 1):
        for y in range(n_other + 1):
            # scipy.stats.fisher_exact, two-sided
            expected = fisher_exact([[x, n - x], [y, n_other - y]]).pvalue
            assert pvalues[x, y] == approx(expected, rel=1e-9)


def test_exact_power_share_of_no_difference_stays_below_alpha() -> None:
    assert exact_power_share(0.3, other_share=0.3, n=40, n_other=10, alpha=0.05) <= 0.05


def test_exact_power_share_nears_the_normal_one_with_many_accounts() -> None:
    exact = exact_power_share(0.1, other_share=0.2, n=300, n_other=300, alpha=0.05)
    normal = power_share(0.1, other_share=0.2, n=300, n_other=300, alpha=0.05)
    assert exact == approx(normal, abs=0.03)


def test_smallest_permutation_pvalue_of_few_accounts_never_reaches_alpha() -> None:
    assert smallest_permutation_pvalue(4, n_control=2) == approx(1 / 15)


@pytest.mark.parametrize(
    "call",
    [
        lambda: n_per_arm(0.1, other_share=0.1, alpha=0.05, power=0.8),
        lambda: n_per_arm(0.1, other_share=1.1, alpha=0.05, power=0.8),
        lambda: n_per_arm(0.1, other_share=0.2, alpha=0, power=0.8),
        lambda: n_per_arm(0.1, other_share=0.2, alpha=0.05, power=1),
        lambda: n_per_arm_pooled(0.1, other_share=0.1, alpha=0.05, power=0.8),
        lambda: power_share(0.1, other_share=0.2, n=0, n_other=4, alpha=0.05),
        lambda: design_effect(0.5, intra_cluster_correlation=0.1),
        lambda: design_effect(2, intra_cluster_correlation=-1),
        lambda: smallest_permutation_pvalue(0, n_control=1),
    ],
)
def test_values_outside_their_range_raise_model_error(call: object) -> None:
    with pytest.raises(ModelError):
        call()  # type: ignore[operator]
