import numpy as np
import pytest

from signoff.stats.shares import draw_share, logit_spread, middle_interval

NORMAL = np.random.default_rng(3).standard_normal(40_000)


def drawn(share: float, low: float, high: float) -> np.ndarray:
    spread = logit_spread(np.array(share), low=np.array(low), high=np.array(high))
    return draw_share(np.array(share), spread=spread, normal=NORMAL)


@pytest.mark.parametrize(
    ("low", "share", "high"), [(0.1, 0.5, 0.9), (0.1, 0.2, 0.7), (0.01, 0.15, 0.2), (0.2, 0.2, 0.4)]
)
def test_draw_share_ends_of_the_middle_ninety_percent_are_those_stated(
    low: float, share: float, high: float
) -> None:
    found = np.quantile(drawn(share, low, high), [0.05, 0.5, 0.95])
    assert found == pytest.approx([low, share, high], rel=0.03)


def test_draw_share_lower_end_of_zero_does_not_lift_the_upper_one() -> None:
    draws = drawn(0.2, 0.0, 0.3)
    assert np.mean(draws > 0.3) == pytest.approx(0.05, abs=0.005)
    assert np.quantile(draws, 0.05) == pytest.approx(0.002, rel=0.1)  # a hundredth of the share


def test_draw_share_upper_end_of_one_does_not_lower_the_lower_one() -> None:
    draws = drawn(0.9, 0.8, 1.0)
    assert np.mean(draws < 0.8) == pytest.approx(0.05, abs=0.005)
    assert draws.max() < 1.0


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_draw_share_ends_of_the_scale_stay(end: float) -> None:
    assert np.all(drawn(end, 0.0, 1.0) == end)


def test_draw_share_known_share_does_not_move() -> None:
    assert drawn(0.3, 0.3, 0.3) == pytest.approx(np.full(len(NORMAL), 0.3))


def test_logit_spread_sides_differ_where_the_interval_leans() -> None:
    below, above = logit_spread(np.array(0.1), low=np.array(0.05), high=np.array(0.5))
    assert above > 2 * below > 0


def test_middle_interval_holds_the_middle() -> None:
    low, high = middle_interval(np.linspace(0.0, 1.0, 1001), level_share=0.5)
    assert (low, high) == (pytest.approx(0.25), pytest.approx(0.75))
