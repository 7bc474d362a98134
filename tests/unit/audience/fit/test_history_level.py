"""The level of scores: the rate of the latest rows, drawn to that of all."""

import numpy as np
import pytest

from signoff.audience.fit.history_level import latest_shift


def test_latest_shift_follows_the_latest_rows() -> None:
    won = np.concatenate([np.tile([1.0, 0.0], 1000), np.tile([1.0, 0.0, 0.0, 0.0], 250)])
    shift = latest_shift(np.zeros(len(won)), won=won, drifts=True)
    assert shift == pytest.approx(np.log(1 / 3), abs=0.05)


def test_latest_shift_without_time_is_the_rate_of_all_rows() -> None:
    won = np.array([1.0] * 30 + [0.0] * 70)
    shift = latest_shift(np.zeros(100), won=won, drifts=False)
    assert shift == pytest.approx(np.log(30.5 / 70.5), abs=1e-9)


def test_latest_shift_of_a_short_history_is_drawn_to_all_rows() -> None:
    won = np.array([1.0, 0.0] * 40 + [0.0] * 10)
    said = np.zeros(90)
    overall = latest_shift(said, won=won, drifts=False)
    recent = latest_shift(said, won=won, drifts=True)
    assert recent < overall - 0.5
    assert recent > np.log(0.5 / 10.5)
