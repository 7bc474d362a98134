from typing import Any

import numpy as np
import pytest

from signoff.stats.reach import Array
from signoff.venues.solver.relaxation import Relaxation, relax_money
from signoff.venues.solver.sharpening import TouchedPlanes, weigh_planes
from signoff.venues.solver.tangent import Tangent


class _Roof:
    """The lower of two planes: concave with an edge, where neither plane alone is lowest."""

    ceiling = 10.0

    def value(self, units: Array) -> float:
        return self.gradient(units)[0]

    def gradient(self, units: Array) -> tuple[float, Array]:
        rising, falling = 1.0 + units[0], 5.0 - units[0] + 0.1 * units[1]
        if rising < falling:
            return float(rising), np.array([1.0, 0.0])
        return float(falling), np.array([-1.0, 0.1])


def _money() -> Relaxation:
    return Relaxation(np.array([1.0, 1.0]), np.zeros(2), np.array([4.0, 1.0]), 4.0)


def test_weigh_planes_mean_is_lowest_at_an_edge() -> None:
    planes = [Tangent(1.0, np.array([1.0, 0.0])), Tangent(5.0, np.array([-1.0, 0.1]))]
    top, mean = weigh_planes(planes, _money())
    assert top is not None
    assert mean is not None
    assert top == pytest.approx([2.05, 1.0])
    assert mean.most(_money()) == pytest.approx(3.05)
    assert min(plane.most(_money()) for plane in planes) > 4.9


def test_weigh_planes_keeps_ceilings_of_groups() -> None:
    money = Relaxation(
        np.ones(2), np.zeros(2), np.full(2, 4.0), 4.0, np.array([[1.0, 0.0]]), np.array([1.0])
    )
    planes = [Tangent(0.0, np.array([2.0, 1.0]))]
    top, mean = weigh_planes(planes, money)
    assert top is not None
    assert mean is not None
    assert top == pytest.approx([1.0, 3.0])
    assert mean.most(money) == pytest.approx(5.0)


def test_touched_planes_lowest_reaches_the_top_of_a_roof() -> None:
    touched = TouchedPlanes(_Roof(), holds_to_cents=400)
    units = touched.climb(_money(), start=np.array([0.5, 0.0]))
    found = touched.lowest(_money(), near=units)
    assert min(plane.most(_money()) for plane in found) == pytest.approx(3.05, rel=1e-6)
    assert all(plane.holds_to_cents == 400 for plane in found)


def test_touched_planes_lowest_lies_above_the_measure(drawn: Any) -> None:
    money, rng = relax_money(drawn(1)), np.random.default_rng(1)
    for _ in range(5):
        slopes = rng.normal(size=(3, 5))

        class _Least:
            ceiling = 10.0

            def value(self, units: Array) -> float:
                return self.gradient(units)[0]

            def gradient(self, units: Array, slopes: Array = slopes) -> tuple[float, Array]:
                at = int(np.argmin(slopes @ units + np.arange(3)))
                return float(slopes[at] @ units + at), slopes[at]

        touched = TouchedPlanes(_Least())
        planes = touched.lowest(money, near=touched.climb(money, start=money.low))
        for _ in range(20):
            units = money.low + rng.uniform(size=5) * (money.high - money.low)
            heights = [plane.constant + plane.slopes @ units for plane in planes]
            assert min(heights) >= _Least().value(units) - 1e-9
