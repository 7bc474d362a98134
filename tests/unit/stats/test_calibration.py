import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.calibration import fit_calibration


def test_fit_calibration_of_a_calibrated_score_keeps_it() -> None:
    odds = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    share = 1 / (1 + np.exp(-odds))
    line = fit_calibration(odds, n_won=100_000 * share, n_lost=100_000 * (1 - share))
    assert (line.shift, line.slope) == pytest.approx((0.0, 1.0), abs=1e-3)


def test_fit_calibration_makes_the_mean_agree() -> None:
    chance = np.random.default_rng(1)
    odds = chance.normal(size=200)
    won, lost = chance.integers(0, 4, 200).astype(float), chance.integers(0, 9, 200).astype(float)
    line = fit_calibration(odds, n_won=won, n_lost=lost)
    told = (line.chance_share(odds) * (won + lost)).sum() / (won + lost).sum()
    assert told == pytest.approx(won.sum() / (won + lost).sum(), abs=2e-3)


def test_fit_calibration_of_perfect_separation_stays_finite() -> None:
    line = fit_calibration(
        np.array([-1.0, 1.0]), n_won=np.array([0.0, 50.0]), n_lost=np.array([50.0, 0.0])
    )
    assert np.isfinite([line.shift, line.slope]).all()
    assert line.slope > 1


def test_fit_calibration_of_one_outcome_is_refused() -> None:
    with pytest.raises(ModelError, match="no cases of one outcome"):
        fit_calibration(np.zeros(2), n_won=np.ones(2), n_lost=np.zeros(2))
