import numpy as np
import pytest
from scipy.stats import nbinom

from signoff.errors import ModelError
from signoff.stats.adstock import carry_over, carry_over_weights


def test_carry_over_weights_peak_at_once_is_geometric() -> None:
    found = carry_over_weights(decay_share=0.6, n_weeks=10)
    assert np.allclose(found[1:] / found[:-1], 0.6)
    assert found.sum() == pytest.approx(1.0)


def test_carry_over_weights_are_the_negative_binomial() -> None:
    # mode of a negative binomial of shape r and decay d: floor((r - 1) d / (1 - d)) = 2
    shape = 1 + 2.5 * 0.3 / 0.7
    expected = nbinom.pmf(np.arange(60), shape, 0.3)
    found = carry_over_weights(decay_share=0.7, peak_week=2, n_weeks=60)
    assert np.allclose(found, expected / expected.sum(), atol=1e-12)


@pytest.mark.parametrize("decay", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("peak", [1, 2, 5])
def test_carry_over_weights_peak_lies_where_it_was_asked_for(decay: float, peak: int) -> None:
    found = carry_over_weights(decay_share=decay, peak_week=peak, n_weeks=100)
    assert found.argmax() == peak


def test_carry_over_weights_nothing_kept_works_at_once() -> None:
    assert carry_over_weights(decay_share=0.0, n_weeks=3).tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("decay", "peak", "weeks"), [(1.0, 0, 5), (-0.1, 0, 5), (0.5, -1, 5), (0.5, 0, 0), (0.0, 2, 5)]
)
def test_carry_over_weights_outside_the_range_are_refused(
    decay: float, peak: float, weeks: int
) -> None:
    with pytest.raises(ModelError, match="carry-over of"):
        carry_over_weights(decay_share=decay, peak_week=peak, n_weeks=weeks)


def test_carry_over_keeps_the_sum_of_each_series() -> None:
    causes = np.random.default_rng(1).gamma(1.0, 1.0, (12, 3))
    weights = carry_over_weights(decay_share=0.7, peak_week=2)
    found = carry_over(causes, weights)
    assert found.shape == (12 + 25, 3)
    assert np.allclose(found.sum(axis=0), causes.sum(axis=0))
