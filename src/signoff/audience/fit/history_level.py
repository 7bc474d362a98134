"""The level of a history's scores: set to the rate of the latest known rows."""

import numpy as np
from numpy.typing import NDArray

from signoff.stats.logistic import logistic

__all__ = ["latest_shift"]

Floats = NDArray[np.float64]

HALF_LIFE, SHRINKAGE_ROWS = 0.05, 20.0


def latest_shift(said: Floats, *, won: Floats, drifts: bool) -> float:
    """Give the shift of the log odds that meets the rate of the latest rows.

    A row counts half as much as one that came a twentieth of all rows later. The shift is drawn
    to that of all rows as if 20 rows stood for it, so that a short history is not led by chance.
    Half life and shrinkage were chosen by the calibration error on rolling parts of the rows
    learned from (docs/measured.md).

    Args:
        said: Log odds of each row, the earliest first.
        won: 1 won, 0 lost.
        drifts: Whether the order is time; without it all rows count alike.

    Returns:
        The shift.

    >>> won = np.array([1.0, 0.0] * 100 + [0.0] * 40)
    >>> bool(latest_shift(np.zeros(240), won=won, drifts=True) < -1)
    True
    """
    overall = _shift(said, won=won, weight=np.ones(len(won)))
    if not drifts:
        return overall
    age = np.arange(len(won))[::-1] / len(won)
    weight = 0.5 ** (age / HALF_LIFE)
    n_heard = float(weight.sum() ** 2 / (weight**2).sum())
    recent = _shift(said, won=won, weight=weight)
    return (n_heard * recent + SHRINKAGE_ROWS * overall) / (n_heard + SHRINKAGE_ROWS)


def _shift(said: Floats, *, won: Floats, weight: Floats) -> float:
    """Solve for the shift by halving; half a case of each outcome keeps it finite."""
    total, usual = float(weight.sum()), float(weight.mean())
    rate = (float((weight * won).sum()) + 0.5 * usual) / (total + usual)
    low, high = -30.0, 30.0
    for _ in range(60):
        middle = (low + high) / 2
        too_low = float((weight * logistic(said + middle)).sum()) / total < rate
        low, high = (middle, high) if too_low else (low, middle)
    return (low + high) / 2
