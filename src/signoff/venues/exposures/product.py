"""Planes above a product of chances: what proves that no plan brings more.

A cell's chance is P(u) = product over factors of F(u_k), each F concave and log-concave in its mean
exposures u_k, which are linear in units: F = 1 - exp(-u), or 1 + lift (1 - exp(-u)). P is not
concave. Two kinds of planes lie above it while P is known to lie between two values:

- P is exp of something concave; between the two values exp lies below its chord, and the concave
  thing below its tangent.
- Along one direction of prices g the most that P can be for g . u = t is known in closed form (the
  steepness of each log factor is its price over a multiplier m), and rises first convexly, then
  concavely, because the elasticity of P in m falls. The least concave line above that curve is a
  plane above P. This holds for F = 1 - exp(-u) alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array

__all__ = ["Plane", "ProductCells"]

SMALLEST = 1e-5
_LARGEST = 600.0
_SAFETY = 1e-6
_N_HALVINGS = 22
_REACH = (14.0, 28.0)


@dataclass(frozen=True, eq=False)
class Plane:
    """Planes constant + slopes . u, one for each cell.

    Attributes:
        constant: Height where nobody is exposed.
        slopes: Rise by one more exposure of each factor, shape (cells, factors).
    """

    constant: Array
    slopes: Array

    def height(self, exposed: Array) -> Array:
        """Give the height of each plane at mean exposures."""
        return np.asarray(self.constant + (self.slopes * exposed).sum(axis=1))

    def lower(self, other: "Plane", exposed: Array) -> "Plane":
        """Give for each cell the plane that is lower at the exposures."""
        is_other = other.height(exposed) < self.height(exposed)
        return Plane(
            np.where(is_other, other.constant, self.constant),
            np.where(is_other[:, None], other.slopes, self.slopes),
        )


@dataclass(frozen=True, eq=False)
class ProductCells:
    """Cells whose chance is a product.

    Attributes:
        rows: Mean exposures by one unit, shape (cells, factors, venues).
        held: Which factors a cell has, shape (cells, factors).
        lifts: Lift of each factor of each cell; None: each factor is 1 - exp(-u) itself.
    """

    rows: Array
    held: NDArray[np.bool_]
    lifts: Array | None = None

    def part(self, cells: NDArray[np.int64]) -> "ProductCells":
        """Give some of the cells."""
        lifts = None if self.lifts is None else self.lifts[cells]
        return ProductCells(self.rows[cells], self.held[cells], lifts)

    @property
    def least(self) -> float:
        """Least that the product can be."""
        return 0.0 if self.lifts is None else 1.0

    def exposed(self, units: Array) -> Array:
        """Give mean exposures by cell and factor, a little above 0 at least."""
        return np.where(self.held, np.maximum(self.rows @ units, SMALLEST), 1.0)

    def value(self, exposed: Array) -> Array:
        """Give the product of each cell."""
        return np.exp(self.log(exposed))

    def planes(
        self, exposed: Array, *, low: Array, high: Array, most: Array, n_turns: int = 3
    ) -> Plane:
        """Give planes above each cell's product that lie low at the exposures.

        Args:
            exposed: Mean exposures, shape (cells, factors), above 0.
            low: Least that the product may be; 0 for nothing known.
            high: Most that it may be.
            most: Most exposures of each factor that any schedule gives.
            n_turns: Directions tried.

        Returns:
            Planes that no schedule rises above while each product lies between low and high.
        """
        best = self._chord_of_exp(exposed, low=low, high=high)
        if self.lifts is None:
            price = self._first_price(exposed, low)
            for turn in range(n_turns):
                curve = _Curve(price, self.held, most)
                line = _Line(curve, low=low, high=high)
                spent = curve.money_of(exposed)
                constant, slope = line.at(spent)
                found = Plane(constant, slope[:, None] * np.where(self.held, price, 0.0))
                best = best.lower(found, np.where(self.held, exposed, 0.0))
                if turn < n_turns - 1:
                    price = price * line.turn(exposed, spent)
        return Plane(best.constant + _SAFETY * np.maximum(high, 1.0), best.slopes)

    def covers(self, exposed: Array, *, low: Array) -> Array:
        """Give what exposures must keep for a product of at least so much.

        Args:
            exposed: Mean exposures, above 0: the directions looked from.
            low: Least product of each cell, above its least.

        Returns:
            Slopes q with q . u >= 1 wherever the product is at least `low`, shape (cells, factors).
        """
        shrink = _halved(
            lambda factor: self.log(self._scaled(exposed, factor)) < np.log(low),
            np.full(len(exposed), -20.0),
            np.full(len(exposed), 22.0),
            n=44,
        )[0]
        touch = self._scaled(exposed, shrink)
        steep = self.steepness(touch)
        return np.asarray(steep / np.maximum((steep * touch).sum(axis=1), 1e-300)[:, None])

    def _chord_of_exp(self, exposed: Array, *, low: Array, high: Array) -> Plane:
        start = np.maximum(low, self.least)
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = (high - start) / (np.log(high) - np.log(start))
        narrow = high <= start * (1 + 1e-9)
        rise = np.where(narrow, high, rise)
        steep = self.steepness(exposed)
        logs = self.log(exposed) - (steep * exposed).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            constant = start + rise * (logs - np.log(start))
        known = start > 0
        return Plane(
            np.where(known, constant, high), np.where(known[:, None], rise[:, None] * steep, 0.0)
        )

    def _first_price(self, exposed: Array, low: Array) -> Array:
        """Price of each factor: its steepness where the ray through the point touches its plane."""
        grow = _halved(
            lambda factor: self._elasticity(self._scaled(exposed, factor)) > 1.0,
            np.zeros(len(exposed)),
            np.full(len(exposed), 14.0),
            n=16,
        )[0]
        touch = np.minimum(self._scaled(exposed, np.where(low > 0, 0.0, grow)), 30.0)
        return np.where(self.held, np.maximum(self.steepness(touch), 1e-12), 1.0)

    def _elasticity(self, exposed: Array) -> Array:
        return np.asarray((exposed * self.steepness(exposed)).sum(axis=1))

    def _scaled(self, exposed: Array, log_factor: Array) -> Array:
        scaled = np.minimum(np.exp(log_factor)[:, None] * exposed, _LARGEST)
        return np.where(self.held, scaled, 1.0)

    def log(self, exposed: Array) -> Array:
        """Give the logarithm of each product."""
        hit = -np.expm1(-exposed)
        logs = np.log(hit) if self.lifts is None else np.log1p(self.lifts * hit)
        return np.asarray(np.where(self.held, logs, 0.0).sum(axis=1))

    def steepness(self, exposed: Array) -> Array:
        """Give the derivative of the logarithm of each factor; 0 for factors that a cell lacks."""
        if self.lifts is None:
            return np.where(self.held, 1.0 / np.expm1(np.minimum(exposed, _LARGEST)), 0.0)
        missed = np.exp(-exposed)
        return np.where(self.held, self.lifts * missed / (1.0 + self.lifts * (1 - missed)), 0.0)


class _Curve:
    """The most that each cell's product can be for the money, in one direction of prices."""

    def __init__(self, price: Array, held: NDArray[np.bool_], most: Array) -> None:
        self._price, self._held, self._most = price, held, most
        self._most_hit = -np.expm1(-most)
        log_price = np.log(price)
        self.start = np.where(held, log_price, np.inf).min(axis=1) - _REACH[0]
        self.end = np.where(held, log_price, -np.inf).max(axis=1) + _REACH[1]

    def part(self, cells: NDArray[np.int64]) -> "_Curve":
        """Give the curves of some cells."""
        return _Curve(self._price[cells], self._held[cells], self._most[cells])

    def money_of(self, exposed: Array) -> Array:
        """Give what mean exposures cost."""
        return np.asarray(np.add.reduce(self._held * self._price * exposed, axis=1))

    def value(self, multiplier: Array) -> Array:
        """Give the value for each cell's multiplier, a logarithm."""
        return self._product(np.exp(multiplier)[:, None] / self._price)

    def point(self, multiplier: Array) -> tuple[Array, Array, Array]:
        """Give value, money and exposures for each cell's multiplier, a logarithm."""
        ratio = np.exp(multiplier)[:, None] / self._price
        exposed = np.minimum(np.log1p(ratio), self._most)
        return self._product(ratio), self.money_of(exposed), exposed

    def split(self, value: Array) -> tuple[Array, Array]:
        """Give multipliers next to each other, the one below a value and the other not below."""
        return _halved(lambda at: self.value(at) < value, self.start, self.end, n=26)

    def _product(self, ratio: Array) -> Array:
        hit = np.minimum(ratio / (1.0 + ratio), self._most_hit)
        return np.asarray(np.multiply.reduce(np.where(self._held, hit, 1.0), axis=1))


class _Line:
    """The least concave line above each cell's curve, between two values."""

    def __init__(self, curve: _Curve, *, low: Array, high: Array) -> None:
        self._curve = curve
        left = curve.start.copy()
        known = np.flatnonzero(low > 0)
        if len(known):
            left[known] = curve.part(known).split(low[known])[0]
        value, money, exposed = curve.point(left)
        is_known = low > 0
        self._value = np.where(is_known, value, 0.0)
        self._money = np.where(is_known, money, 0.0)
        self._exposed = np.where(is_known[:, None], exposed, 0.0)
        self._at = _halved(self._is_short, left, curve.end, n=_N_HALVINGS)[1]
        self._is_open = np.ones(len(left), dtype=bool)
        self._close(np.flatnonzero(curve.value(self._at) > high), high)
        self._touch = curve.point(self._at)

    def _is_short(self, at: Array) -> NDArray[np.bool_]:
        """Say where a line from the left end still crosses the curve instead of touching it."""
        value, money, _ = self._curve.point(at)
        return np.asarray(
            value - self._value < value * np.exp(-at) * (money - self._money), dtype=bool
        )

    def _close(self, cells: NDArray[np.int64], high: Array) -> None:
        """End the line at the highest value where that comes before the touch."""
        if len(cells):
            self._at[cells] = self._curve.part(cells).split(high[cells])[1]
            self._is_open[cells] = False

    def at(self, money: Array) -> tuple[Array, Array]:
        """Give constant and slope of the line that is lowest where so much money is spent."""
        value, spent, _ = self._touch
        chord = (value - self._value) / np.maximum(spent - self._money, 1e-12)
        slope = np.where(self._is_open, np.maximum(chord, value * np.exp(-self._at)), chord)
        constant = self._value - slope * self._money
        self._beyond = self._is_open & (money > spent)
        if self._beyond.any():
            near = _halved(
                lambda at: self._curve.point(at)[1] < money,
                self._at,
                self._curve.end,
                n=_N_HALVINGS,
            )[0]
            value, spent, _ = self._curve.point(near)
            steep = value * np.exp(-near)
            constant = np.where(self._beyond, value - steep * spent, constant)
            slope = np.where(self._beyond, steep, slope)
        return constant, slope

    def turn(self, exposed: Array, money: Array) -> Array:
        """Give factors on the prices that bring the ends of the line towards the exposures."""
        _, spent, touched = self._touch
        share = (money - self._money) / np.maximum(spent - self._money, 1e-12)
        share = np.clip(share, 0.0, 1.0)[:, None]
        mixed = self._exposed * (1 - share) + touched * share
        factor = np.clip(mixed / np.maximum(exposed, 1e-9), 0.2, 5.0) ** 0.8
        return np.where(self._beyond[:, None], 1.0, factor)


def _halved(
    is_left: Callable[[Array], NDArray[np.bool_]], start: Array, end: Array, *, n: int
) -> tuple[Array, Array]:
    """Halve each interval so often; `is_left` holds at its start and not at its end."""
    for _ in range(n):
        middle = (start + end) / 2
        left = is_left(middle)
        start, end = np.where(left, middle, start), np.where(left, end, middle)
    return start, end
