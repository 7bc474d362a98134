"""Numbers that cannot be used are refused with a reason, never turned into a result."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.calibration import fit_calibration
from signoff.stats.discrimination import area_under_curve, bootstrap_area, log_loss
from signoff.stats.logistic import fit_logistic
from signoff.stats.power import (
    arcsine_difference,
    design_effect,
    exact_power_share,
    n_per_arm,
    power_share,
    smallest_permutation_pvalue,
    visible_share,
)

ONE, TWO = np.ones(2), np.array([[0.0], [1.0]])
EDGE = {"alpha": 0.05, "power": 0.8}


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: fit_logistic(TWO, n_won=ONE, n_lost=0 * ONE, inverse_penalty=1),
        lambda: fit_logistic(TWO, n_won=ONE, n_lost=ONE, inverse_penalty=0),
        lambda: fit_logistic(TWO * math.nan, n_won=ONE, n_lost=ONE, inverse_penalty=1),
        lambda: area_under_curve(np.array([math.nan, 1.0]), n_won=ONE, n_lost=ONE),
        lambda: area_under_curve(ONE, n_won=0 * ONE, n_lost=ONE),
        lambda: bootstrap_area(
            ONE, n_won=ONE, n_lost=ONE, cluster=np.arange(2), rng=rng(), n_draws=0
        ),
        lambda: bootstrap_area(
            ONE, n_won=ONE, n_lost=ONE, cluster=np.arange(2), rng=rng(), level_share=95
        ),
        lambda: log_loss(ONE, n_won=0 * ONE, n_lost=0 * ONE),
        lambda: fit_calibration(ONE, n_won=ONE, n_lost=0 * ONE),
        lambda: arcsine_difference(math.nan, other_share=0.1),
        lambda: design_effect(math.nan, intra_cluster_correlation=0.1),
        lambda: design_effect(math.inf, intra_cluster_correlation=0.1),
        lambda: design_effect(3, intra_cluster_correlation=-0.1),
        lambda: n_per_arm(0.1, other_share=0.1, **EDGE),
        lambda: n_per_arm(0.1, other_share=0.2, alpha=0, power=0.8),
        lambda: power_share(0.1, other_share=0.2, n=math.inf, n_other=3, alpha=0.05),
        lambda: power_share(0.1, other_share=0.2, n=math.nan, n_other=3, alpha=0.05),
        lambda: visible_share(1.1, n_treated=9, n_control=9, **EDGE),
        lambda: exact_power_share(0.1, other_share=0.2, n=0, n_other=3, alpha=0.05),
        lambda: smallest_permutation_pvalue(0, n_control=3),
    ],
)
def test_a_number_outside_its_range_is_refused_with_a_reason(call: Callable[[], object]) -> None:
    with pytest.raises(ModelError) as caught:
        call()
    fault = caught.value.fault
    assert all((fault.what, fault.why, fault.fix))


def test_bootstrap_area_whose_draws_never_have_both_outcomes_says_so() -> None:
    class Stubborn:
        def multinomial(self, n: int, _share: object) -> np.ndarray:
            return np.array([n, 0])

    with pytest.raises(ModelError, match="no draw had both outcomes"):
        bootstrap_area(
            np.array([0.0, 1.0]),
            n_won=np.array([0.0, 1.0]),
            n_lost=np.array([1.0, 0.0]),
            cluster=np.array([0, 1]),
            rng=Stubborn(),  # type: ignore[arg-type]
        )


def test_fit_logistic_without_features_is_the_odds() -> None:
    line = fit_logistic(np.zeros((2, 0)), n_won=3 * ONE, n_lost=ONE, inverse_penalty=1)
    assert line.intercept == pytest.approx(math.log(3))
    assert line.weights == ()


def test_fit_logistic_meets_the_conditions_of_its_optimum() -> None:
    # by hand: at the optimum the residuals sum to 0, and each feature's residuals to weight / C
    chance = rng()
    features = chance.normal(size=(60, 3))
    won = chance.integers(1, 20, 60).astype(float)
    lost = chance.integers(1, 20, 60).astype(float)
    for inverse_penalty in (0.01, 1.0, 100.0):
        line = fit_logistic(features, n_won=won, n_lost=lost, inverse_penalty=inverse_penalty)
        expected = (won + lost) / (1 + np.exp(-line.log_odds(features)))
        assert (won - expected).sum() == pytest.approx(0, abs=1e-6)
        pull = features.T @ (won - expected)
        assert pull == pytest.approx(np.array(line.weights) / inverse_penalty, abs=1e-5)


def test_area_under_curve_equals_the_mann_whitney_statistic() -> None:
    from scipy.stats import mannwhitneyu

    chance = rng()
    score, won = chance.integers(0, 6, 200).astype(float), chance.integers(0, 2, 200).astype(float)
    statistic = mannwhitneyu(score[won == 1], score[won == 0]).statistic
    expected = statistic / (won.sum() * (1 - won).sum())
    assert area_under_curve(score, n_won=won, n_lost=1 - won) == pytest.approx(expected, abs=1e-12)


def test_exact_power_share_equals_a_sum_over_fishers_tests() -> None:
    from scipy.stats import binom, fisher_exact

    n, other, share, base, alpha = 7, 5, 0.8, 0.2, 0.1
    expected = sum(
        binom.pmf(a, n, share) * binom.pmf(b, other, base)
        for a in range(n + 1)
        for b in range(other + 1)
        if fisher_exact([[a, n - a], [b, other - b]]).pvalue <= alpha
    )
    found = exact_power_share(share, other_share=base, n=n, n_other=other, alpha=alpha)
    assert found == pytest.approx(expected, abs=1e-12)


def test_fit_calibration_recovers_a_known_line() -> None:
    said = np.linspace(-3, 3, 40)
    n = np.full(40, 1e6)
    share = 1 / (1 + np.exp(-(-0.7 + 0.4 * said)))
    line = fit_calibration(said, n_won=n * share, n_lost=n * (1 - share))
    assert (line.shift, line.slope) == pytest.approx((-0.7, 0.4), abs=1e-4)
