import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.reach import (
    nbd_count_shares,
    nbd_count_slopes,
    nbd_reach_share,
    sainsbury_reach_share,
)


@pytest.mark.parametrize("mean", [0.0, 0.01, 1.0, 40.0])
def test_nbd_count_shares_any_mean_equals_scipy(mean: float) -> None:
    from scipy.stats import nbinom

    expected = nbinom.pmf(np.arange(6), 2.0, 2.0 / (2.0 + mean))
    assert nbd_count_shares(np.array(mean), shape=2.0, n_counts=6) == pytest.approx(expected)


def test_nbd_count_shares_large_shape_is_poisson() -> None:
    shares = nbd_count_shares(np.array(1.5), shape=1e7, n_counts=2)
    assert shares == pytest.approx([np.exp(-1.5), 1.5 * np.exp(-1.5)], rel=1e-5)


def test_nbd_count_slopes_equal_finite_differences() -> None:
    mean = np.array([0.3, 2.0])
    high, low = (nbd_count_shares(mean + d, shape=0.7, n_counts=4) for d in (1e-6, -1e-6))
    slopes = nbd_count_slopes(mean, shape=0.7, n_counts=4)
    assert slopes == pytest.approx((high - low) / 2e-6, rel=1e-5, abs=1e-8)


def test_nbd_reach_share_more_exposures_needed_is_less() -> None:
    mean = np.array([0.5, 3.0])
    once, thrice = (nbd_reach_share(mean, shape=2.0, exposures_needed=f) for f in (1, 3))
    assert np.all(thrice < once)


@pytest.mark.parametrize(("mean", "shape"), [(-0.1, 1.0), (1.0, 0.0), (np.nan, 1.0)])
def test_nbd_reach_share_outside_range_is_refused(mean: float, shape: float) -> None:
    with pytest.raises(ModelError, match="mean exposures"):
        nbd_reach_share(np.array(mean), shape=shape)


def test_sainsbury_no_venue_reaches_nobody() -> None:
    assert sainsbury_reach_share(np.array([])) == 0.0


def test_nbd_reach_share_no_exposure_needed_is_refused() -> None:
    with pytest.raises(ModelError, match="0 exposures are needed"):
        nbd_reach_share(np.array(1.0), shape=2.0, exposures_needed=0)
