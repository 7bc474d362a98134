"""How long things take, and how they end: piecewise constant hazards with competing outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError

__all__ = ["HazardCells", "HazardFit", "count_cells", "fit_hazards"]

Floats = NDArray[np.float64]
MOST_ROUNDS = 60
CLOSE_ENOUGH = 1e-9
LONGEST_STEP = 5.0
"""A log rate moves at most so far in one round, so that no round overshoots into overflow."""
SMOOTHNESS = 0.1
"""Weight of the squared step between log rates of neighbouring intervals: as one event in ten."""
NEVER = -30.0
"""Log rate of an outcome that was never seen."""


@dataclass(frozen=True)
class HazardCells:
    """Spells counted by what they have in common and by interval since their start.

    Attributes:
        starts: Start of each interval in days, from 0, rising; the last has no end.
        features: Shape (patterns, features): what spells of one pattern have in common.
        days: Shape (patterns, intervals): days that spells of the pattern passed in the interval.
        n_ended: Shape (patterns, intervals, outcomes): how many ended there, by outcome.
    """

    starts: tuple[float, ...]
    features: Floats
    days: Floats
    n_ended: Floats


@dataclass(frozen=True)
class HazardFit:
    """Rates a day of each outcome, by interval and features.

    Attributes:
        starts: Start of each interval in days.
        log_rates: Shape (outcomes, intervals): log rate a day where all features are 0.
        weights: Shape (outcomes, features): change of the log rate for one unit of each feature.
        errors: Standard errors of the weights, same shape.
    """

    starts: tuple[float, ...]
    log_rates: Floats
    weights: Floats
    errors: Floats

    def shares_ended(self, features: Floats, *, days: Floats) -> Floats:
        """Give the share that has ended by each outcome after so many days.

        Args:
            features: Shape (rows, features).
            days: Shape (times,), at least 0.

        Returns:
            Shape (rows, times, outcomes), 0 to 1; the rest has not ended yet.
        """
        curve = _Curve(self, features)
        return np.stack([curve.shares(float(day)) for day in days], axis=1)

    def final_shares(self, features: Floats) -> Floats:
        """Give the share that ends by each outcome at last, shape (rows, outcomes).

        >>> fit = HazardFit((0.0,), np.log([[0.2], [0.1]]), np.zeros((2, 0)), np.zeros((2, 0)))
        >>> fit.final_shares(np.zeros((1, 0))).round(3)
        array([[0.667, 0.333]])
        """
        return _Curve(self, features).final

    def quantiles(self, features: Floats, *, outcome: int, shares: Sequence[float]) -> Floats:
        """Give the days within which a share of those that end by one outcome have ended.

        Args:
            features: Shape (rows, features).
            outcome: Which outcome.
            shares: Shares above 0 and below 1, 0.5 for the median.

        Returns:
            Days, shape (rows, shares).

        >>> fit = HazardFit((0.0,), np.log([[0.2]]), np.zeros((1, 0)), np.zeros((1, 0)))
        >>> fit.quantiles(np.zeros((1, 0)), outcome=0, shares=(0.5,)).round(3)  # log(2) / 0.2
        array([[3.466]])
        """
        curve = _Curve(self, features)
        return np.stack([curve.days_until(outcome, share) for share in shares], axis=1)


class _Curve:
    """What a fit says about rows of features, worked out interval by interval."""

    def __init__(self, fit: HazardFit, features: Floats) -> None:
        effects = features @ fit.weights.T
        self.starts = np.array(fit.starts)
        self.rates = np.exp(fit.log_rates.T[None, :, :] + effects[:, None, :])
        self.total = self.rates.sum(axis=2)
        widths = np.append(np.diff(self.starts), np.inf)
        self.left_after = np.exp(-self.total * widths)
        at_start = np.cumprod(self.left_after, axis=1)
        self.left = np.concatenate([np.ones((len(features), 1)), at_start[:, :-1]], axis=1)
        part = self.rates / self.total[:, :, None]
        self.gained = part * (self.left * (1 - self.left_after))[:, :, None]
        before = np.cumsum(self.gained, axis=1)
        self.before = np.concatenate([np.zeros_like(before[:, :1]), before[:, :-1]], axis=1)
        self.final = before[:, -1]

    def shares(self, day: float) -> Floats:
        """Give the share ended by each outcome at a day, shape (rows, outcomes)."""
        here = int(np.searchsorted(self.starts, day, side="right")) - 1
        ended = self.left[:, here] * -np.expm1(-self.total[:, here] * (day - self.starts[here]))
        part = self.rates[:, here] / self.total[:, here, None]
        shares: Floats = self.before[:, here] + part * ended[:, None]
        return shares

    def days_until(self, outcome: int, share: float) -> Floats:
        """Give the days until a share of those that end by an outcome have ended, by row."""
        wanted = share * self.final[:, outcome]
        before = self.before[:, :, outcome]
        here = (before <= wanted[:, None]).sum(axis=1) - 1
        rows = np.arange(len(wanted))
        total, rate = self.total[rows, here], self.rates[rows, here, outcome]
        still = (wanted - before[rows, here]) * total / (rate * self.left[rows, here])
        days: Floats = self.starts[here] - np.log1p(-np.minimum(still, 1 - 1e-12)) / total
        return days


def count_cells(
    features: Floats,
    *,
    pattern: NDArray[Any],
    interval: NDArray[Any],
    outcome: NDArray[Any],
    n_spells: Floats,
    days_within: Floats,
    starts: Sequence[float],
    n_outcomes: int,
) -> HazardCells:
    """Turn spells counted by where they ended into days and ends by pattern and interval.

    A spell passed the whole of each interval before the one it ended in, so one count per
    pattern, interval and outcome holds all there is to know, however many spells there are.

    Args:
        features: Shape (patterns, features).
        pattern: Pattern of each count.
        interval: Interval in which its spells ended, or were last seen.
        outcome: How they ended; -1 for those last seen without an end.
        n_spells: How many they are.
        days_within: Their days in that interval, summed.
        starts: Start of each interval in days, from 0, rising.
        n_outcomes: How many outcomes there are.

    Returns:
        The cells.

    >>> cells = count_cells(np.zeros((1, 0)), pattern=np.array([0, 0]), interval=np.array([0, 1]),
    ...     outcome=np.array([-1, 0]), n_spells=np.array([1.0, 2.0]),
    ...     days_within=np.array([0.5, 3.0]), starts=(0.0, 1.0), n_outcomes=1)
    >>> cells.days, cells.n_ended[0, :, 0]
    (array([[2.5, 3. ]]), array([0., 2.]))
    """
    shape = (len(features), len(starts))
    seen, within = np.zeros(shape), np.zeros(shape)
    np.add.at(seen, (pattern, interval), n_spells)
    np.add.at(within, (pattern, interval), days_within)
    later = seen[:, ::-1].cumsum(axis=1)[:, ::-1] - seen
    widths = np.append(np.diff(starts), 0.0)
    n_ended = np.zeros((*shape, n_outcomes))
    ended = outcome >= 0
    np.add.at(n_ended, (pattern[ended], interval[ended], outcome[ended]), n_spells[ended])
    return HazardCells(tuple(map(float, starts)), features, within + later * widths, n_ended)


def fit_hazards(cells: HazardCells, *, ridge: float = 0.0) -> HazardFit:
    """Fit the rate of each outcome; the others end a spell as being last seen does.

    Args:
        cells: Days and ends by pattern and interval.
        ridge: Weight of the squared weights of features, at least 0.

    Returns:
        The rates.

    Raises:
        ModelError: nothing ended, or no time passed.

    Source: piecewise exponential model, the likelihood of a Poisson regression with the days as
    exposure (Holford 1980; Laird and Olivier 1981); with many intervals its weights are those of
    Cox's model. Causes are told apart by their own hazards (Prentice and others 1978).

    >>> cells = HazardCells((0.0,), np.array([[0.0], [1.0]]), np.array([[100.0], [100.0]]),
    ...     np.array([[[10.0]], [[20.0]]]))
    >>> fit_hazards(cells).weights.round(3)  # log(2)
    array([[0.693]])
    """
    if cells.days.sum() <= 0 or cells.n_ended.sum() <= 0:
        raise ModelError(
            "no spell ended",
            why="how long something takes is learned from what came to an end",
            fix="give a longer period, or check which activities end a spell",
        )
    n_outcomes = cells.n_ended.shape[2]
    fits = [_fit_outcome(cells, outcome, ridge=ridge) for outcome in range(n_outcomes)]
    return HazardFit(
        cells.starts,
        np.array([fit[0] for fit in fits]),
        np.array([fit[1] for fit in fits]).reshape(n_outcomes, -1),
        np.array([fit[2] for fit in fits]).reshape(n_outcomes, -1),
    )


def _fit_outcome(
    cells: HazardCells, outcome: int, *, ridge: float
) -> tuple[Floats, Floats, Floats]:
    """Give log rates by interval, weights and their standard errors of one outcome."""
    ended = cells.n_ended[:, :, outcome]
    n_intervals, n_features = len(cells.starts), cells.features.shape[1]
    if ended.sum() <= 0:
        return (np.full(n_intervals, NEVER), np.zeros(n_features), np.full(n_features, np.inf))
    roughness = _roughness(n_intervals)
    rates = np.full(n_intervals, np.log(ended.sum() / cells.days.sum()))
    weights = np.zeros(n_features)
    for _round in range(MOST_ROUNDS):
        expected = cells.days * np.exp(rates[None, :] + (cells.features @ weights)[:, None])
        slope, curvature = _score(cells.features, ended - expected, expected)
        slope[:n_intervals] -= roughness @ rates
        curvature[:n_intervals, :n_intervals] += roughness
        slope[n_intervals:] -= ridge * weights
        curvature[n_intervals:, n_intervals:] += ridge * np.eye(n_features)
        curvature[np.diag_indices_from(curvature)] += 1e-9
        step = np.linalg.solve(curvature, slope)
        step *= LONGEST_STEP / max(LONGEST_STEP, float(np.abs(step).max()))
        rates, weights = rates + step[:n_intervals], weights + step[n_intervals:]
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    spread = np.sqrt(np.diag(np.linalg.inv(curvature))[n_intervals:])
    return rates, weights, spread


def _score(features: Floats, rest: Floats, expected: Floats) -> tuple[Floats, Floats]:
    """Give slope and curvature of the log likelihood, intervals first, then features."""
    n_intervals = rest.shape[1]
    by_pattern = expected.sum(axis=1)
    slope = np.concatenate([rest.sum(axis=0), features.T @ rest.sum(axis=1)])
    curvature = np.zeros((len(slope), len(slope)))
    curvature[:n_intervals, :n_intervals] = np.diag(expected.sum(axis=0))
    cross = expected.T @ features
    curvature[:n_intervals, n_intervals:] = cross
    curvature[n_intervals:, :n_intervals] = cross.T
    curvature[n_intervals:, n_intervals:] = features.T @ (features * by_pattern[:, None])
    return slope, curvature


def _roughness(n_intervals: int) -> Floats:
    """Give the matrix whose form is the sum of squared steps between neighbours."""
    steps = np.diff(np.eye(n_intervals), axis=0)
    rough: Floats = SMOOTHNESS * steps.T @ steps
    return rough
