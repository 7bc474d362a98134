import numpy as np
import pytest

from signoff.stats.worst_draws import worst_interval, worst_mean, worst_weights

RESULTS = np.random.default_rng(3).gamma(2.0, 1.0, 200)


def test_worst_mean_share_one_is_the_mean() -> None:
    assert worst_mean(RESULTS, share=1) == pytest.approx(RESULTS.mean())


def test_worst_mean_share_of_less_than_one_draw_is_the_worst_draw() -> None:
    assert worst_mean(RESULTS, share=0.001) == RESULTS.min()


@pytest.mark.parametrize("share", [0.001, 0.05, 0.1, 1 / 3, 0.5, 0.999, 1])
def test_worst_weights_weigh_to_the_worst_mean_and_exceed_their_cap_nowhere(share: float) -> None:
    weights = worst_weights(RESULTS, share=share)
    assert weights @ RESULTS == pytest.approx(worst_mean(RESULTS, share=share))
    assert weights.sum() == pytest.approx(1)
    assert weights.max() <= 1 / max(share * len(RESULTS), 1) + 1e-12


def test_worst_mean_equals_the_dual_by_linear_programming() -> None:
    from scipy.optimize import linprog

    n, share = len(RESULTS), 0.13
    cap = 1 / (share * n)
    found = linprog(RESULTS, A_eq=np.ones((1, n)), b_eq=[1], bounds=[(0, cap)] * n)
    assert worst_mean(RESULTS, share=share) == pytest.approx(found.fun)


def test_worst_interval_covers_the_true_tail_mean_about_nine_times_of_ten() -> None:
    rng, share = np.random.default_rng(0), 0.2
    truth = -1.39981  # mean of a standard normal below its 20 % point: -phi(z) / 0.2
    inside = 0
    for _ in range(1000):
        low, high = worst_interval(rng.normal(size=200), share=share)
        inside += low <= truth <= high
    assert 860 <= inside <= 930
