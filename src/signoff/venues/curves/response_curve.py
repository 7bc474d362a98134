"""How response grows with the money spent at one venue, in each draw of what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from signoff.errors import DataError, Fault
from signoff.stats.reach import Array

__all__ = ["CurveShape", "ResponseCurve"]

_LEAST = 1e-12


class CurveShape(StrEnum):
    """How response saturates; z is money over the curve's scale."""

    EXPONENTIAL = "exponential"
    """1 - exp(-z)."""
    LOGISTIC = "logistic"
    """(1 - exp(-z)) / (1 + exp(-z))."""
    HILL = "hill"
    """z^k / (1 + z^k): Michaelis-Menten with exponent k = 1, shaped like an S above it."""


@dataclass(frozen=True, eq=False)
class ResponseCurve:
    """Response to the money spent at one venue, once carry-over has settled.

    Attributes:
        venue_id: Venue.
        shape: How response saturates.
        ceiling: Most response there can be, by draw, 0 or more.
        scale: Money at which z is 1, by draw, above 0, in the budget's currency.
        exponent: Exponent of a Hill curve, by draw, above 0; None: 1.
    """

    venue_id: str
    shape: CurveShape
    ceiling: Array
    scale: Array
    exponent: Array | None = None

    @property
    def powers(self) -> Array:
        """Exponent by draw."""
        return np.ones_like(self.scale) if self.exponent is None else self.exponent

    @property
    def is_concave(self) -> bool:
        """Whether more money always adds less, in every draw."""
        return self.shape is not CurveShape.HILL or bool((self.powers <= 1).all())

    def respond(self, money: float, *, every: int = 1) -> Array:
        """Give the response by draw.

        Args:
            money: Money spent, 0 or more.
            every: Take each so many-th draw alone.
        """
        z = max(money, 0.0) / self.scale[::every]
        if self.shape is CurveShape.EXPONENTIAL:
            share = -np.expm1(-z)
        elif self.shape is CurveShape.LOGISTIC:
            share = np.tanh(z / 2)
        else:
            power = z ** self.powers[::every]
            share = power / (1 + power)
        return np.asarray(self.ceiling[::every] * share)

    def slopes(self, money: float) -> tuple[Array, Array]:
        """Give the first and second derivative of the response by money, by draw."""
        z = np.maximum(money / self.scale, _LEAST)
        if self.shape is CurveShape.EXPONENTIAL:
            first = np.exp(-z)
            second = -first
        elif self.shape is CurveShape.LOGISTIC:
            share = np.tanh(z / 2)
            first = (1 - share**2) / 2
            second = -share * first
        else:
            k = self.powers
            power = z**k
            first = k * power / z / (1 + power) ** 2
            second = first / z * (k - 1 - (k + 1) * power) / (1 + power)
        return self.ceiling * first / self.scale, self.ceiling * second / self.scale**2

    def steepest(self, low: float, high: float) -> Array:
        """Give the steepest slope between two amounts of money, by draw."""
        ends = np.maximum(self.slopes(low)[0], self.slopes(high)[0])
        k = self.powers
        if self.is_concave:
            return ends
        turn = np.maximum((k - 1) / (k + 1), 0.0) ** (1 / k)
        is_inside = (turn * self.scale > low) & (turn * self.scale < high) & (k > 1)
        z = np.maximum(turn, _LEAST)
        peak = self.ceiling / self.scale * k * z ** (k - 1) / (1 + z**k) ** 2
        return np.where(is_inside, peak, ends)


def check_curves(curves: Sequence[ResponseCurve]) -> None:
    """Refuse curves that are none, all faults together.

    Args:
        curves: One for each venue.

    Raises:
        DataError: no curve, a venue twice, numbers out of range, or draws that differ in number.
    """
    faults = [fault for curve in curves for fault in _faults(curve, n_draws=len(curves[0].ceiling))]
    names = [curve.venue_id for curve in curves]
    faults += [
        Fault(
            f"venue {name} has {names.count(name)} curves", "each venue has one", "keep one", name
        )
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    if faults or not curves:
        raise DataError(
            f"{len(faults)} faults in response curves" if faults else "there is no response curve",
            why="money can be allocated by whole curves alone",
            fix="mend each as said below" if faults else "give one for each venue",
            faults=faults,
        )


def _faults(curve: ResponseCurve, *, n_draws: int) -> list[Fault]:
    numbers = {"ceiling": curve.ceiling, "scale": curve.scale, "exponent": curve.powers}
    where, found = f"curve of {curve.venue_id}", []
    for name, draws in numbers.items():
        least = "0 or more" if name == "ceiling" else "above 0"
        is_low = draws < 0 if name == "ceiling" else draws <= 0
        if len(draws) != n_draws or not len(draws):
            what = f"{name} has {len(draws)} draws, the first curve {n_draws}"
            found.append(Fault(what, "draws go together", "give each number in every draw", where))
        elif not np.isfinite(draws).all() or is_low.any():
            what = f"{name} goes from {draws.min():g} to {draws.max():g}"
            found.append(Fault(what, f"it is a number, {least}", "leave such draws out", where))
    return found
