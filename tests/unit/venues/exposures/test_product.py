"""Planes and covers hold for every schedule whose product lies between the two values."""

import numpy as np
import pytest
from numpy.typing import NDArray

from signoff.venues.exposures.approval import Approval
from signoff.venues.exposures.product import ProductCells
from signoff.venues.exposures.quorum_cells import QuorumCells

N_CELLS, N_FACTORS = 40, 4


def drawn(seed: int, *, has_lifts: bool) -> tuple[ProductCells, np.random.Generator]:
    rng = np.random.default_rng(seed)
    held = rng.random((N_CELLS, N_FACTORS)) < 0.7
    held[:, 0] = True
    lifts = np.where(held, rng.gamma(0.7, 2.0, held.shape), 0.0) if has_lifts else None
    rows = rng.gamma(0.6, 0.5, (N_CELLS, N_FACTORS, 6))
    return ProductCells(rows, held, lifts), rng


def exposed_of(rng: np.random.Generator, most: NDArray[np.float64]) -> NDArray[np.float64]:
    """Draw exposures of every size within the most."""
    return np.asarray(
        np.maximum(most * rng.random(most.shape) ** rng.choice([0.3, 1.0, 4.0]), 1e-5)
    )


@pytest.mark.parametrize("has_lifts", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_planes_lie_never_below_the_product(seed: int, has_lifts: bool) -> None:
    cells, rng = drawn(seed, has_lifts=has_lifts)
    most = rng.gamma(1.0, 3.0, (N_CELLS, N_FACTORS)) + 0.05
    top = cells.value(np.where(cells.held, most, 1.0))
    least = np.full(N_CELLS, cells.least)
    is_known = rng.random(N_CELLS) < 0.5
    low = np.where(is_known, least + (top - least) * rng.uniform(0.01, 0.5, N_CELLS), 0.0)
    high = np.maximum(low, least) + (top - np.maximum(low, least)) * rng.uniform(0.3, 1.0, N_CELLS)
    planes = cells.planes(
        np.where(cells.held, exposed_of(rng, most), 1.0), low=low, high=high, most=most
    )
    n_within = 0
    for _ in range(400):
        exposed = np.where(cells.held, exposed_of(rng, most), 1.0)
        value = cells.value(exposed)
        within = (value >= low) & (value <= high)
        n_within += int(within.sum())
        height = planes.height(np.where(cells.held, exposed, 0.0))
        assert (height[within] >= value[within] - 1e-12).all()
    assert n_within > 1_000


@pytest.mark.parametrize("seed", range(4))
def test_planes_are_close_where_they_are_asked_for(seed: int) -> None:
    # the bound of a single cell falls to its value as the two ends close in on it
    cells, rng = drawn(seed, has_lifts=False)
    most = np.full((N_CELLS, N_FACTORS), 4.0)
    exposed = np.where(cells.held, rng.uniform(0.3, 3.0, most.shape), 1.0)
    value = cells.value(exposed)
    planes = cells.planes(exposed, low=value * 0.999, high=value * 1.001, most=most)
    height = planes.height(np.where(cells.held, exposed, 0.0))
    assert height == pytest.approx(value, rel=3e-3, abs=1e-5)


@pytest.mark.parametrize("has_lifts", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_covers_hold_wherever_the_product_is_at_least_so_much(seed: int, has_lifts: bool) -> None:
    cells, rng = drawn(seed, has_lifts=has_lifts)
    most = np.full((N_CELLS, N_FACTORS), 6.0)
    top = cells.value(np.where(cells.held, most, 1.0))
    low = cells.least + (top - cells.least) * rng.uniform(0.05, 0.8, N_CELLS)
    covers = cells.covers(np.where(cells.held, exposed_of(rng, most), 1.0), low=low)
    n_kept = 0
    for _ in range(400):
        exposed = np.where(cells.held, exposed_of(rng, most), 1.0)
        kept = cells.value(exposed) >= low
        n_kept += int(kept.sum())
        assert ((covers * exposed).sum(axis=1)[kept] >= 1 - 1e-7).all()
    assert n_kept > 500


def test_part_of_uplifts_keeps_the_lifts_of_its_cells() -> None:
    cells, _ = drawn(1, has_lifts=True)
    exposed = np.ones((N_CELLS, N_FACTORS))
    places = np.array([3, 17])
    assert cells.part(places).value(exposed[places]) == pytest.approx(cells.value(exposed)[places])


def quorum(seed: int) -> tuple[QuorumCells, np.random.Generator]:
    cells, rng = drawn(seed, has_lifts=False)
    needed = np.minimum(rng.integers(1, N_FACTORS + 1, N_CELLS), cells.held.sum(axis=1))
    return QuorumCells(cells.rows, cells.held, needed), rng


def test_value_of_a_quorum_equals_the_rule() -> None:
    cells, rng = quorum(5)
    exposed = rng.uniform(0.1, 2.0, (N_CELLS, N_FACTORS))
    for cell in range(N_CELLS):
        rule = Approval("quorum", quorum=int(cells.needed[cell]))
        expected = float(rule.share(-np.expm1(-exposed[cell]), cells.held[cell]))
        assert cells.value(exposed)[cell] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(6))
def test_planes_and_covers_of_a_quorum_hold_everywhere(seed: int) -> None:
    cells, rng = quorum(seed)
    most = rng.gamma(1.0, 3.0, (N_CELLS, N_FACTORS)) + 0.05
    high = cells.value(np.where(cells.held, most, 1.0))
    low = high * rng.uniform(0.05, 0.8, N_CELLS)
    at = np.where(cells.held, exposed_of(rng, most), 1.0)
    planes = cells.planes(at, low=low, high=high, most=most)
    covers = cells.covers(at, low=low)
    for _ in range(300):
        exposed = np.where(cells.held, exposed_of(rng, most), 1.0)
        value = cells.value(exposed)
        height = planes.height(np.where(cells.held, exposed, 0.0))
        assert (height >= value - 1e-12).all()
        kept = value >= low
        assert ((covers * exposed).sum(axis=1)[kept] >= 1 - 1e-7).all()
