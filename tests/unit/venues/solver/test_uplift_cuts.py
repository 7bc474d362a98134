"""Cuts above the rule uplift are never below it, and touch where it is concave."""

import numpy as np
import pytest

from signoff.stats.reach import Array
from signoff.venues.solver.uplift import uplift_gain
from signoff.venues.solver.uplift_cuts import conjugate_gain, cut_uplift

LIFTS = [(0.5, 0.3), (2.0, 1.0, 0.0), (5.0, 5.0, 5.0, 5.0), (0.2, 9.0, 0.01, 40.0, 3.0)]


def gain(log: Array, uplifts: tuple[float, ...]) -> Array:
    return uplift_gain(np.moveaxis(-np.expm1(-log), 2, 0), base_share=0.01, uplifts=uplifts)


def drawn_logs(rng: np.random.Generator, *, n_roles: int) -> Array:
    shape = (50, 1, n_roles)
    return rng.gamma(0.7, 1.0, shape) * (rng.random(shape) < 0.85) * rng.choice([0.1, 1, 4], shape)


@pytest.mark.parametrize("is_once", [True, False])
@pytest.mark.parametrize("uplifts", LIFTS)
def test_cut_uplift_is_never_below_the_gain(uplifts: tuple[float, ...], is_once: bool) -> None:
    rng = np.random.default_rng(len(uplifts))
    most = drawn_logs(rng, n_roles=len(uplifts))
    here, top = most * rng.random(most.shape), -np.expm1(-most)
    cut = cut_uplift(here, top, base_share=0.01, uplifts=uplifts, is_once=is_once)
    assert is_once or not cut.on_log.any()
    for _ in range(400):
        log = (
            most
            * rng.choice([0.0, 1.0, rng.random()], most.shape)
            * rng.random(most.shape) ** (rng.choice([0, 1, 3]))
        )
        excess = cut.value(log, -np.expm1(-log)) - gain(log, uplifts)
        assert excess.min() >= -1e-12


def test_cut_uplift_small_uplifts_touch_at_the_point() -> None:
    """With uplift / (1 + uplift) adding up to less than 1 the gain is concave: a tangent."""
    log = np.array([[[0.4, 0.1]], [[2.0, 0.7]]])
    cut = cut_uplift(log, np.ones_like(log), base_share=0.01, uplifts=(0.5, 0.3), is_once=True)
    here = cut.value(log, -np.expm1(-log))
    assert here == pytest.approx(gain(log, (0.5, 0.3)), rel=1e-6)


def test_cut_uplift_at_the_corners_of_the_box_is_exact() -> None:
    top = np.array([[[0.5, 0.25, 0.8]]])
    for hits in ([0.5, 0.25, 0.8], [0.0, 0.25, 0.8], [0.5, 0.0, 0.0]):
        log = -np.log1p(-np.array([[hits]]))
        cut = cut_uplift(log, top, base_share=0.01, uplifts=(1.0, 2.0, 0.5), is_once=False)
        assert cut.value(log, np.array([[hits]])) == pytest.approx(gain(log, (1.0, 2.0, 0.5)))


def test_conjugate_gain_equals_a_search_by_brute_force() -> None:
    rng = np.random.default_rng(4)
    by_role = np.array([4.0, 6.0])
    grid = np.linspace(0.0, 6.0, 601)
    first, second = np.meshgrid(grid, grid, indexing="ij")
    heights = (1 + 4 * (1 - np.exp(-first))) * (1 + 6 * (1 - np.exp(-second))) - 1
    for slopes in rng.uniform(1.0, 25.0, (40, 2)):
        found = float(conjugate_gain(slopes, by_role=by_role))
        brute = float((heights - slopes[0] * first - slopes[1] * second).max())
        assert found >= brute - 1e-9
        assert found == pytest.approx(max(brute, 0.0), abs=0.1)  # of at most 34
