import numpy as np
import pytest

from signoff.stats.shares import draw_share, logit_spread, middle_interval


def test_draw_share_ninety_percent_lie_in_the_interval() -> None:
    normal = np.random.default_rng(3).standard_normal(20_000)
    low, high = 0.1, 0.1 / (0.1 + 0.9 * (1 / 81))  # odds 1/9 and 9: symmetric about one half
    spread = logit_spread(np.array(low), np.array(high))
    draws = draw_share(np.array(0.5), spread=spread, normal=normal)
    assert np.mean((draws > low) & (draws < high)) == pytest.approx(0.9, abs=0.01)


def test_draw_share_zero_stays_zero() -> None:
    assert draw_share(np.array([0.0]), spread=np.array([2.0]), normal=np.array([3.0]))[0] == 0.0


def test_middle_interval_holds_the_middle() -> None:
    low, high = middle_interval(np.linspace(0.0, 1.0, 1001), level_share=0.5)
    assert (low, high) == (pytest.approx(0.25), pytest.approx(0.75))
