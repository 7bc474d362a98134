"""Planes above a product of chances that know what money can buy: the tightest for each cell.

The planes of `product` know the most of each role's exposures alone. Here all roles of a cell share
one budget and the venues' own ends. The units planned are taken for a mixture of units that win the
cell and units that do not; what is dear in the mixture gives a direction s. Along it, the most
that the logarithm of the product can be for s . units = t is concave, so that a few tangents, each
found by a climb and true whatever the climb misses, bound the product by pieces of exp of a line.
Exp lies below its chords: the upper hull of the ends of the pieces is a plane above the product.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.product import SMALLEST, ProductCells

__all__ = ["Room", "VenuePlane", "venue_planes"]

_SHARES = np.array([0.05, 0.15, 0.35, 0.6, 0.85])
_STEEPNESS = np.array([0.0, 0.5, 0.8, 0.93, 1.0, 1.08, 1.25, 1.7, 3.0, 8.0])
_N_HALVINGS = 8
_LEAST = 1e-9
_SAFETY = 1e-6


@dataclass(frozen=True, eq=False)
class VenuePlane:
    """Planes constant + slopes . units, one for each cell.

    Attributes:
        constant: Height where nothing is bought.
        slopes: Rise by one more unit of each venue, shape (cells, venues).
    """

    constant: Array
    slopes: Array


@dataclass(frozen=True, eq=False)
class Room:
    """Units that may be bought: between two ends of each venue, for so much money.

    Attributes:
        low: Fewest units, shape (venues,) or (cells, venues).
        high: Most units, alike.
        price: Money by one unit, above 0.
        money: Most money.
    """

    low: Array
    high: Array
    price: Array
    money: float

    def best(self, slopes: Array) -> tuple[Array, Array]:
        """Give the units where slopes . units is most, and what more money would add.

        Args:
            slopes: Shape (cells, venues).
        """
        rate = slopes / self.price
        order = np.argsort(-rate, axis=1, kind="stable")
        rate = np.take_along_axis(rate, order, axis=1)
        width = np.broadcast_to((self.high - self.low) * self.price, slopes.shape)
        width = np.take_along_axis(width, order, axis=1) * (rate > 0)
        spare = np.maximum(self.money - (self.low * self.price).sum(axis=-1), 0.0)
        spare = np.broadcast_to(spare, len(slopes))[:, None]
        after = np.cumsum(width, axis=1)
        taken = np.empty_like(slopes)
        np.put_along_axis(taken, order, np.clip(spare - after + width, 0.0, width), axis=1)
        last = (after < spare - _LEAST).sum(axis=1)
        at = np.minimum(last, slopes.shape[1] - 1)[:, None]
        added = np.maximum(np.take_along_axis(rate, at, axis=1)[:, 0], 0.0)
        return self.low + taken / self.price, np.where(last < slopes.shape[1], added, 0.0)

    def of_mixture(self, units: Array, share: Array) -> "Room":
        """Give where units must lie to be so large a share of a mixture that makes some units."""
        low = np.maximum(self.low, (units - (1 - share) * self.high) / share)
        high = np.minimum(self.high, (units - (1 - share) * self.low) / share)
        return Room(low, np.maximum(low, high), self.price, self.money)


@dataclass(frozen=True, eq=False)
class _Top:
    """Where climbs ended.

    Attributes:
        ceiling: What no units in the room exceed.
        logs: Logarithm of each product there.
        units: Units.
        slopes: Derivative of the logarithm by unit.
        added: What more money would add.
    """

    ceiling: Array
    logs: Array
    units: Array
    slopes: Array
    added: Array


def venue_planes(
    cells: ProductCells, room: Room, *, at: Array, low: Array, high: Array, n_steps: int
) -> VenuePlane:
    """Give planes above each cell's product that lie low at some units.

    Args:
        cells: Cells without lifts.
        room: Units that may be bought; its ends are the same for all cells.
        at: Units of each venue, within the room.
        low: Least that the product may be; 0 for nothing known.
        high: Most that it may be, not below the least.
        n_steps: Steps of each climb; more give lower planes.

    Returns:
        Planes that no units in the room rise above while each product lies between low and high.
    """
    direction, start = _direction(cells, room, at=at, low=low, high=high, n_steps=n_steps)
    n = len(_STEEPNESS)
    less = (_STEEPNESS[:, None] * direction[:, None, :]).reshape(-1, len(at))
    repeated = cells.part(np.repeat(np.arange(len(low)), n))
    top = _climb(repeated, room, less=less, start=np.repeat(start, n, axis=0), n_steps=n_steps)
    ends = [
        (direction * room.best(sign * direction)[0]).sum(axis=1, keepdims=True) for sign in (-1, 1)
    ]
    constant, slope = _hull(
        top.ceiling.reshape(-1, n), ends=ends, at=direction @ at, low=low, high=high
    )
    return VenuePlane(constant + _SAFETY, slope[:, None] * direction)


def _direction(
    cells: ProductCells, room: Room, *, at: Array, low: Array, high: Array, n_steps: int
) -> tuple[Array, Array]:
    """Give for each cell the direction that tells the best mixture apart, and its winning units."""
    n = len(_SHARES)
    coarse = np.tile(_SHARES, (len(low), 1))
    found = _Mixtures(cells, room, at=at, shares=coarse, n_steps=n_steps)
    best = found.values(low, high).argmax(axis=1)
    below, above = _SHARES[np.maximum(best - 1, 0)], _SHARES[np.minimum(best + 1, n - 1)]
    fine = np.stack([(below + _SHARES[best]) / 2, (_SHARES[best] + above) / 2], axis=1)
    near = _Mixtures(cells, room, at=at, shares=fine, n_steps=n_steps)
    values = np.concatenate([found.values(low, high), near.values(low, high)], axis=1)
    best = values.argmax(axis=1)
    is_near = (best >= n)[:, None]
    direction = np.where(is_near, near.direction(best - n), found.direction(best))
    return direction, np.where(is_near, near.units(best - n), found.units(best))


class _Mixtures:
    """Units that win each cell as parts of a mixture, for several shares of the mixture."""

    def __init__(
        self, cells: ProductCells, room: Room, *, at: Array, shares: Array, n_steps: int
    ) -> None:
        self._room, self._shares = room, shares
        self._within = room.of_mixture(at, shares.reshape(-1, 1))
        repeated = cells.part(np.repeat(np.arange(len(shares)), shares.shape[1]))
        start = np.clip(np.tile(at, (shares.size, 1)), self._within.low, self._within.high)
        nothing = np.zeros_like(start)
        self._top = _climb(repeated, self._within, less=nothing, start=start, n_steps=n_steps)

    def values(self, low: Array, high: Array) -> Array:
        """Give what each mixture is worth, shape (cells, shares)."""
        won = np.minimum(np.exp(self._top.logs).reshape(self._shares.shape), high[:, None])
        return np.asarray(self._shares * won + (1 - self._shares) * low[:, None])

    def units(self, place: NDArray[np.int64]) -> Array:
        """Give the winning units of one mixture for each cell."""
        return self._top.units[self._rows(place)]

    def direction(self, place: NDArray[np.int64]) -> Array:
        """Give what is dear in one mixture for each cell: what the winning units lack."""
        rows = self._rows(place)
        dear = self._top.slopes[rows] - self._top.added[rows, None] * self._room.price
        lacks = (dear > 0) & (self._within.high[rows] < self._room.high - _LEAST)
        spares = (dear < 0) & (self._within.low[rows] > self._room.low + _LEAST)
        return np.where(lacks | spares, dear, 0.0)

    def _rows(self, place: NDArray[np.int64]) -> NDArray[np.int64]:
        n_cells, n_shares = self._shares.shape
        return np.asarray(np.arange(n_cells) * n_shares + np.clip(place, 0, n_shares - 1))


def _climb(cells: ProductCells, room: Room, *, less: Array, start: Array, n_steps: int) -> _Top:
    """Climb log product - less . units within the room, with a ceiling that holds at every step.

    Source: conditional gradients (Frank and Wolfe 1956); their gap is a ceiling.
    """
    units, ceiling = start, np.full(len(start), np.inf)
    for step in range(n_steps):
        exposed = _exposed(cells, units)
        slopes = np.matmul(cells.steepness(exposed)[:, None, :], cells.rows)[:, 0]
        towards, added = room.best(slopes - less)
        logs = cells.log(exposed)
        ahead = towards - units
        ceiling = np.minimum(
            ceiling, logs - (less * units).sum(axis=1) + ((slopes - less) * ahead).sum(axis=1)
        )
        if step == n_steps - 1:
            break
        rise = np.matmul(cells.rows, ahead[:, :, None])[:, :, 0]
        share = _step(cells, exposed, rise=rise, paid=(less * ahead).sum(axis=1))
        units = units + share[:, None] * ahead
    return _Top(ceiling, logs, units, slopes, added)


def _exposed(cells: ProductCells, units: Array) -> Array:
    found = np.matmul(cells.rows, units[:, :, None])[:, :, 0]
    return np.where(cells.held, np.maximum(found, SMALLEST), 1.0)


def _step(cells: ProductCells, exposed: Array, *, rise: Array, paid: Array) -> Array:
    """Give how far to go towards the best units: where the rise ends."""
    start, end = np.zeros(len(exposed)), np.ones(len(exposed))
    rise = np.where(cells.held, rise, 0.0)
    for _ in range(_N_HALVINGS):
        middle = (start + end) / 2
        at = np.maximum(exposed + middle[:, None] * rise, SMALLEST)
        rises = (cells.steepness(at) * rise).sum(axis=1) > paid
        start, end = np.where(rises, middle, start), np.where(rises, end, middle)
    return start


def _hull(
    ceiling: Array, *, ends: list[Array], at: Array, low: Array, high: Array
) -> tuple[Array, Array]:
    """Give constant and slope of the line above exp of the least of some lines, low at one place.

    Args:
        ceiling: Line i of a cell's logarithm is ceiling i + steepness i x t.
        ends: Least and most t of each cell.
        at: Where the line is to be low.
        low: Least value; the line need not lie above smaller ones.
        high: Most value.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        log_low, log_high = np.log(low)[:, None], np.log(high)[:, None]
        first, second = np.triu_indices(len(_STEEPNESS), 1)
        crossings = (ceiling[:, second] - ceiling[:, first]) / (
            _STEEPNESS[first] - _STEEPNESS[second]
        )
        full = (log_high - ceiling[:, 1:]) / _STEEPNESS[1:]
        lowest = ((log_low - ceiling[:, 1:]) / _STEEPNESS[1:]).max(axis=1, keepdims=True)
    left, right = np.clip(np.where(low[:, None] > 0, lowest, -np.inf), *ends), ends[1]
    places = np.concatenate([left, right, np.clip(crossings, left, right)], axis=1)
    places = np.concatenate([places, np.clip(np.nan_to_num(full), left, right)], axis=1)
    logs = (ceiling[:, None, :] + _STEEPNESS * places[:, :, None]).min(axis=2)
    values = np.exp(np.minimum(logs, log_high))
    slope = _hull_slope(places, values, np.clip(at[:, None], left, right))
    return np.asarray((values - slope[:, None] * places).max(axis=1)), slope


def _hull_slope(places: Array, values: Array, at: Array) -> Array:
    """Give the slope of the upper hull of some points, over one place."""
    order = np.argsort(places, axis=1, kind="stable")
    places = np.take_along_axis(places, order, axis=1)
    values = np.take_along_axis(values, order, axis=1)
    width = places[:, None, :] - places[:, :, None]
    is_around = (places <= at + _LEAST)[:, :, None] & (places >= at - _LEAST)[:, None, :]
    is_around &= width > _LEAST
    rise = (values[:, None, :] - values[:, :, None]) / np.where(is_around, width, 1.0)
    height = values[:, :, None] + rise * (at - places)[:, :, None]
    flat = np.where(is_around, height, -np.inf).reshape(len(values), -1)
    best = flat.argmax(axis=1)[:, None]
    slope = np.take_along_axis(rise.reshape(len(values), -1), best, axis=1)[:, 0]
    return np.where(np.isfinite(flat.max(axis=1)), slope, 0.0)
