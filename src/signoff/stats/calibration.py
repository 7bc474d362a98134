"""Turn a score that ranks well into a probability that can be taken at its word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError
from signoff.stats.logistic import logistic

__all__ = ["Calibration", "fit_calibration"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Calibration:
    """A straight line from the model's log odds to calibrated log odds.

    Attributes:
        shift: Added to the log odds.
        slope: Multiplies the log odds; below 1 where the model was too sure of itself.
    """

    shift: float
    slope: float

    def chance_share(self, log_odds: Floats) -> Floats:
        """Give calibrated probabilities.

        >>> Calibration(0.0, 1.0).chance_share(np.array([0.0]))
        array([0.5])
        """
        return logistic(self.shift + self.slope * log_odds)


def fit_calibration(log_odds: Floats, *, n_won: Floats, n_lost: Floats) -> Calibration:
    """Fit the line that makes predicted and observed shares agree on a later period.

    One pseudo case of each outcome keeps the fit finite when the score separates perfectly.

    Args:
        log_odds: Shape (cells,), what the model said.
        n_won: Won cases of each cell.
        n_lost: Lost cases of each cell.

    Returns:
        The line.

    Raises:
        ModelError: no won case or no lost case.

    Source: Platt (1999), Probabilistic outputs for support vector machines, with his smoothed
    targets; solved by Newton's method.

    >>> said, n = np.array([-2.0, 2.0]), np.array([100.0, 100.0])
    >>> line = fit_calibration(said, n_won=n * [0.4, 0.6], n_lost=n * [0.6, 0.4])
    >>> line.chance_share(said).round(2)  # the model was far too sure
    array([0.4, 0.6])
    """
    won, lost = float(n_won.sum()), float(n_lost.sum())
    if won <= 0 or lost <= 0:
        raise ModelError(
            "there are no cases of one outcome",
            why="probabilities can only be compared with outcomes where both occur",
            fix="give a longer period, or more deals",
        )
    high, low = (won + 1.0) / (won + 2.0), 1.0 / (lost + 2.0)
    n = n_won + n_lost
    target = n_won * high + n_lost * low
    line = np.array([np.log((won + 1.0) / (lost + 1.0)), 0.0])
    design = np.column_stack([np.ones_like(log_odds), log_odds])
    for _ in range(100):
        chance = logistic(design @ line)
        gradient = design.T @ (target - n * chance)
        curvature = (design * (n * chance * (1.0 - chance))[:, None]).T @ design
        step = np.linalg.solve(curvature + 1e-10 * np.eye(2), gradient)
        line = line + np.clip(step, -2.0, 2.0)
        if float(np.abs(step).max()) < 1e-12:
            break
    return Calibration(float(line[0]), float(line[1]))
