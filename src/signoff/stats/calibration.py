"""Turn a score that ranks well into a probability that can be taken at its word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError
from signoff.stats.logistic import logistic

__all__ = ["Calibration", "calibration_error", "fit_calibration"]

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


def calibration_error(
    chance_share: Floats, *, n_won: Floats, n_lost: Floats, n_bins: int = 10
) -> float:
    """Give how far probabilities lie from what happened, on the mean over groups of like ones.

    Args:
        chance_share: Shape (cells,), probabilities.
        n_won: Won cases of each cell.
        n_lost: Lost cases of each cell.
        n_bins: Groups of about equally many cells in the order of their probability, from 1.

    Returns:
        Mean distance between mean probability and share won, weighted by cases, 0 to 1.

    Raises:
        ModelError: no case at all.

    Source: Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using
    Bayesian binning, AAAI: expected calibration error, with bins of equal size.

    >>> calibration_error(np.array([0.1, 0.9]), n_won=np.array([20.0, 90.0]),
    ...     n_lost=np.array([80.0, 10.0]), n_bins=2).__round__(3)
    0.05
    """
    n = n_won + n_lost
    if n.sum() <= 0:
        raise ModelError(
            "there are no cases",
            why="a mean over none is not defined",
            fix="give at least one won or lost case",
        )
    order = np.argsort(chance_share, kind="stable")
    gaps = (n * chance_share - n_won)[order]
    parts = np.array_split(gaps, min(max(n_bins, 1), len(gaps)))
    return float(sum(abs(part.sum()) for part in parts) / n.sum())
