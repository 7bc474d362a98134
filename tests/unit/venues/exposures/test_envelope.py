"""Planes that share one budget hold for all units in the room, and lie below those that do not."""

import numpy as np
import pytest
from numpy.typing import NDArray

from signoff.venues.exposures.envelope import Room, venue_planes
from signoff.venues.exposures.product import ProductCells

N_CELLS, N_FACTORS, N_VENUES = 30, 4, 8


def drawn(seed: int) -> tuple[ProductCells, Room, np.random.Generator]:
    rng = np.random.default_rng(seed)
    held = rng.random((N_CELLS, N_FACTORS)) < 0.7
    held[:, 0] = True
    rows = rng.gamma(0.6, 0.5, (N_CELLS, N_FACTORS, N_VENUES))
    rows *= rng.random(rows.shape) < 0.5
    low = rng.uniform(0, 0.5, N_VENUES) * (rng.random(N_VENUES) < 0.3)
    high = low + rng.uniform(0.2, 4.0, N_VENUES)
    price = rng.uniform(0.05, 0.4, N_VENUES)
    money = price @ low + rng.uniform(0.2, 0.9) * (price @ (high - low))
    return ProductCells(rows, held), Room(low, high, price, float(money)), rng


def units_of(room: Room, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw units that spend the money on a few venues, as far as their ends allow."""
    venues = rng.permutation(N_VENUES)[: rng.integers(1, N_VENUES + 1)]
    units = room.low.copy()
    spare = room.money - room.price @ room.low
    units[venues] += rng.dirichlet(np.ones(len(venues))) * spare / room.price[venues]
    return np.asarray(np.minimum(units, room.high))


@pytest.mark.parametrize("n_steps", [2, 20])
@pytest.mark.parametrize("seed", range(8))
def test_venue_planes_lie_never_below_the_product(seed: int, n_steps: int) -> None:
    # whether or not the climbs arrive
    cells, room, rng = drawn(seed)
    schedules = [units_of(room, rng) for _ in range(400)]
    values = np.array([cells.value(cells.exposed(units)) for units in schedules])
    low = np.where(rng.random(N_CELLS) < 0.5, 0.0, np.quantile(values, 0.4, axis=0))
    high = np.maximum(np.quantile(values, 0.95, axis=0), low)
    planes = venue_planes(cells, room, at=units_of(room, rng), low=low, high=high, n_steps=n_steps)
    heights = planes.constant + np.array(schedules) @ planes.slopes.T
    within = (values >= low) & (values <= high)
    assert within.sum() > 5_000
    assert (heights >= values)[within].all()


@pytest.mark.parametrize("seed", range(4))
def test_venue_planes_close_in_on_the_product_with_the_ends_of_the_venues(seed: int) -> None:
    cells, room, rng = drawn(seed)
    at = units_of(room, rng)
    near = Room(np.maximum(at - 1e-3, 0.0), at + 1e-3, room.price, room.money + 1.0)
    value = cells.value(cells.exposed(at))
    planes = venue_planes(
        cells, near, at=at, low=np.zeros(N_CELLS), high=np.ones(N_CELLS), n_steps=20
    )
    assert planes.constant + planes.slopes @ at == pytest.approx(value, rel=0.02, abs=1e-4)


def test_venue_planes_see_that_one_budget_pays_for_every_role() -> None:
    # two roles, each with a venue of its own: half the money for each, not all of it twice
    cells = ProductCells(np.array([[[1.0, 0.0], [0.0, 1.0]]]), np.ones((1, 2), dtype=bool))
    room = Room(np.zeros(2), np.full(2, 2.0), np.full(2, 0.5), 1.0)
    planes = venue_planes(cells, room, at=np.ones(2), low=np.zeros(1), high=np.ones(1), n_steps=20)
    assert planes.constant + planes.slopes @ np.ones(2) == pytest.approx(
        (1 - np.exp(-1.0)) ** 2, rel=0.01
    )
