"""Whether a history is told by a line or by boosted trees: the line, unless trees prove better."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_model import HistoryModel, fit_history_model
from signoff.audience.fit.history_trees import TreeModel, fit_trees

__all__ = ["ModelChoice", "choose_model", "fit_chosen"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FIRST_SHARE, FEWEST_OF_EACH = 0.7, 20


@dataclass(frozen=True)
class ModelChoice:
    """Which kind of model is used.

    Attributes:
        has_trees: Whether boosted trees are used.
        why: The kind, and the figures that decided.
    """

    has_trees: bool
    why: str


def choose_model(
    columns: Sequence[PlainColumn],
    *,
    won: Floats,
    learn: Flags,
    day: Floats,
    cluster: NDArray[np.int64],
) -> ModelChoice:
    """Try boosted trees against a line on the latest 30 % of the rows learned from.

    Trees are used only when their log loss is lower by more than one standard error of the
    difference, counted by account, because deals of one account are alike.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost; shape (rows,).
        learn: Rows to learn from; all have an outcome.
        day: Day of each row.
        cluster: Who each row belongs to.

    Returns:
        The choice.
    """
    rows = np.flatnonzero(learn)
    rows = rows[np.argsort(day[rows], kind="stable")]
    first, late = np.split(rows, [int(FIRST_SHARE * len(rows))])
    counts = [(won[part] == kind).sum() for part in (first, late) for kind in (0, 1)]
    if min(counts) < FEWEST_OF_EACH:
        return ModelChoice(has_trees=False, why="a line: too few rows to try boosted trees on")
    flags = np.zeros(len(won), dtype=bool)
    flags[first] = True
    line = fit_history_model(columns, won=won, learn=flags, order=day, drifts=True)
    trees = fit_trees(columns, won=won, rows=first, order=day)
    if trees is None:
        return ModelChoice(has_trees=False, why="a line: nothing varies that trees could use")
    gain = _surprise(line.win_share(columns)[late], won=won[late])
    gain = gain - _surprise(trees.win_share(columns)[late], won=won[late])
    mean, error = float(gain.mean()), _error(gain, cluster=cluster[late])
    has_trees = mean > error
    kind = "boosted trees" if has_trees else "a line"
    way = "lower" if mean > 0 else "raise"
    why = (
        f"{kind}: on the latest part of the rows learned from, boosted trees {way} the log loss "
        f"by {abs(mean):.4f}, standard error {error:.4f}"
    )
    return ModelChoice(has_trees=has_trees, why=why)


def fit_chosen(
    columns: Sequence[PlainColumn], *, won: Floats, learn: Flags, day: Floats, has_trees: bool
) -> HistoryModel | TreeModel:
    """Learn the kind of model that was chosen.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost; shape (rows,).
        learn: Rows to learn from; all have an outcome.
        day: Day of each row.
        has_trees: Whether boosted trees were chosen.

    Returns:
        The model.
    """
    if has_trees:
        rows = np.flatnonzero(learn)
        rows = rows[np.argsort(day[rows], kind="stable")]
        trees = fit_trees(columns, won=won, rows=rows, order=day)
        if trees is not None:
            return trees
    return fit_history_model(columns, won=won, learn=learn, order=day, drifts=True)


def _surprise(share: Floats, *, won: Floats) -> Floats:
    sure = np.clip(np.where(won == 1, share, 1 - share), 1e-12, 1.0)
    return np.asarray(-np.log(sure))


def _error(gain: Floats, *, cluster: NDArray[np.int64]) -> float:
    """Give the standard error of a mean whose rows are alike within clusters."""
    place = np.unique(cluster, return_inverse=True)[1]
    sums = np.bincount(place, weights=gain - gain.mean())
    return float(np.sqrt((sums**2).sum()) / len(gain))
