import numpy as np
import pytest

from signoff.errors import ModelError
from signoff.stats.poisson import poisson_reach_share, poisson_reach_slope


def test_poisson_reach_share_of_two_exposures_is_what_is_reckoned_by_hand() -> None:
    one = 1 - np.exp(-1.5) * (1 + 1.5)
    found = poisson_reach_share(np.array(1.5), people=np.array(3.0), exposures_needed=2)
    assert float(found) == pytest.approx(1 - (1 - one) ** 3, rel=1e-12)


@pytest.mark.parametrize("needed", [1, 2, 5])
@pytest.mark.parametrize("people", [0.0, 0.5, 1.0, 40.0])
def test_poisson_reach_slope_equals_differences(needed: int, people: float) -> None:
    exposed, crowd = np.array([0.05, 0.7, 3.0]), np.array(people)
    slope = poisson_reach_slope(exposed, people=crowd, exposures_needed=needed)
    higher, lower = (
        poisson_reach_share(exposed + step, people=crowd, exposures_needed=needed)
        for step in (1e-6, -1e-6)
    )
    assert slope == pytest.approx((higher - lower) / 2e-6, rel=1e-5, abs=1e-8)


def test_poisson_reach_of_any_size_stays_finite() -> None:
    exposed = np.array([0.0, 1e-300, 1e3, 1e9])
    for needed in (1, 3):
        for people in (0.0, 1.0, 1e6):
            share = poisson_reach_share(exposed, people=np.array(people), exposures_needed=needed)
            slope = poisson_reach_slope(exposed, people=np.array(people), exposures_needed=needed)
            assert np.isfinite(share).all()
            assert np.isfinite(slope).all()
            assert ((share >= 0) & (share <= 1)).all()


def test_poisson_reach_without_exposures_needed_is_refused() -> None:
    with pytest.raises(ModelError):
        poisson_reach_share(np.array(1.0), people=np.array(1.0), exposures_needed=0)
