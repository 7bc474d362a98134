"""How well a score tells those who bought from those who did not."""

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError
from signoff.results import Estimate

__all__ = ["area_under_curve", "bootstrap_area", "log_loss"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def area_under_curve(score: Floats, *, n_won: Floats, n_lost: Floats) -> float:
    """Give the chance that a won case scores above a lost one; ties count half.

    Args:
        score: Shape (cells,), any scale, higher means likelier to be won.
        n_won: Won cases of each cell, 0 or more.
        n_lost: Lost cases of each cell, 0 or more.

    Returns:
        Area under the receiver operating characteristic, 0 to 1; 0.5 tells nothing.

    Raises:
        ModelError: no won case or no lost case, or a score that is not finite.

    Source: Hanley and McNeil (1982), Radiology 143(1): the area equals the Wilcoxon statistic.

    >>> area_under_curve(np.array([0.1, 0.9]), n_won=np.array([1.0, 3.0]), n_lost=np.ones(2))
    0.625
    """
    won, lost = float(n_won.sum()), float(n_lost.sum())
    if won <= 0 or lost <= 0:
        raise ModelError(
            "there are no cases of one outcome",
            why="a score can only be tried where some cases were won and some were lost",
            fix="give a longer period, or more deals",
        )
    if not np.isfinite(score).all():
        raise ModelError(
            "a score is not finite",
            why="it cannot be ranked",
            fix="score every case, or leave it out of all three",
        )
    order, starts = _tie_groups(score)
    return _area(n_won[order], n_lost[order], starts=starts)


def bootstrap_area(
    score: Floats,
    *,
    n_won: Floats,
    n_lost: Floats,
    cluster: Integers,
    rng: np.random.Generator,
    n_draws: int = 1000,
    level_share: float = 0.95,
) -> Estimate:
    """Give the area under the curve with an interval from redrawing whole clusters.

    Cases of one account are alike, so accounts are drawn, not cases.

    Args:
        score: Shape (cells,).
        n_won: Won cases of each cell.
        n_lost: Lost cases of each cell.
        cluster: Cluster of each cell, numbered from 0.
        rng: Source of chance.
        n_draws: Draws, 100 or more for a steady interval.
        level_share: Level of the interval, 0 to 1.

    Returns:
        The area with its percentile interval; draws without both outcomes are left out.

    Raises:
        ModelError: no won case or no lost case, in the whole or in every draw; no draws; a level
            outside its range.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.

    >>> chance = np.random.default_rng(1)
    >>> n, bought = np.ones(400), np.repeat([1.0, 0.0], 200)
    >>> told = bootstrap_area(bought, n_won=bought, n_lost=n - bought,
    ...     cluster=np.arange(400) % 40, rng=chance, n_draws=100)
    >>> (told.value, told.low, told.high)
    (1.0, 1.0, 1.0)
    """
    value = area_under_curve(score, n_won=n_won, n_lost=n_lost)
    if n_draws < 1 or not 0 < level_share < 1:
        raise ModelError(
            f"{n_draws} draws at the level {level_share}",
            why="an interval needs draws, and a level between 0 and 1",
            fix="give n_draws from 100 and a level_share such as 0.95",
        )
    order, starts = _tie_groups(score)
    won, lost, blocks = n_won[order], n_lost[order], cluster[order]
    n_clusters = int(cluster.max()) + 1
    share = np.full(n_clusters, 1.0 / n_clusters)
    areas = []
    for _ in range(n_draws):
        times = rng.multinomial(n_clusters, share).astype(np.float64)[blocks]
        drawn_won, drawn_lost = won * times, lost * times
        if drawn_won.sum() > 0 and drawn_lost.sum() > 0:
            areas.append(_area(drawn_won, drawn_lost, starts=starts))
    if not areas:
        raise ModelError(
            "no draw had both outcomes",
            why="won and lost cases lie in clusters of their own, too few to redraw",
            fix="give more clusters, or more draws",
        )
    tail = (1.0 - level_share) / 2.0
    low, high = np.quantile(np.array(areas), [tail, 1.0 - tail])
    return Estimate(value, float(low), float(high), level_share)


def log_loss(chance_share: Floats, *, n_won: Floats, n_lost: Floats) -> float:
    """Give the mean surprise of probabilities that met these outcomes; less is better.

    Args:
        chance_share: Probability of winning in each cell, between 0 and 1.
        n_won: Won cases of each cell.
        n_lost: Lost cases of each cell.

    Returns:
        Mean of minus the natural logarithm of the probability given to what happened.

    Raises:
        ModelError: no case at all.

    Source: Good (1952), Rational decisions, JRSS B 14(1): the logarithmic score.

    >>> round(log_loss(np.array([0.5]), n_won=np.array([3.0]), n_lost=np.array([1.0])), 4)
    0.6931
    """
    total = float(n_won.sum() + n_lost.sum())
    if total <= 0:
        raise ModelError(
            "there are no cases",
            why="a mean over none is not defined",
            fix="give at least one won or lost case",
        )
    safe = np.clip(chance_share, 1e-12, 1.0 - 1e-12)
    return float(-(n_won * np.log(safe) + n_lost * np.log1p(-safe)).sum() / total)


def _tie_groups(score: Floats) -> tuple[Integers, Integers]:
    order = np.argsort(score, kind="stable")
    ranked = score[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    return order, starts


def _area(won: Floats, lost: Floats, *, starts: Integers) -> float:
    won_here = np.add.reduceat(won, starts)
    lost_here = np.add.reduceat(lost, starts)
    lost_below = np.cumsum(lost_here) - lost_here
    pairs = (won_here * (lost_below + lost_here / 2.0)).sum()
    return float(pairs / (won_here.sum() * lost_here.sum()))
