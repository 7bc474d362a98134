"""The trial of a history's model on rows it was not learned from, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_choice import ModelChoice, choose_model, fit_chosen
from signoff.audience.fit.history_model import fit_history_model
from signoff.results import Estimate
from signoff.stats.calibration import calibration_error
from signoff.stats.discrimination import bootstrap_area, log_loss

__all__ = ["HistoryTrial", "try_by_entity", "try_later_period"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

N_FOLDS, N_DRAWS, LEVEL = 5, 500, 0.95


@dataclass(frozen=True)
class HistoryTrial:
    """What came out of the trial.

    Attributes:
        n_learned: Rows learned from.
        n_tried: Rows tried on.
        auc: Chance that a won row scores above a lost one.
        log_loss: Mean surprise of the calibrated scores.
        log_loss_constant: The same for the share won among the rows learned from.
        calibration_error: Mean distance between score and share won in ten groups of like scores.
        choice: Which kind of model was tried, and why.
    """

    n_learned: int
    n_tried: int
    auc: Estimate
    log_loss: Estimate
    log_loss_constant: float
    calibration_error: Estimate
    choice: ModelChoice


def try_later_period(
    columns: Sequence[PlainColumn],
    *,
    won: Floats,
    day: Floats,
    split: float,
    cluster: Places,
    rng: np.random.Generator,
) -> HistoryTrial:
    """Learn from the rows before a day and try the scores on the rows from that day on.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost, NaN not known.
        day: Day of each row.
        split: First day of the later period.
        cluster: Who each row belongs to, numbered from 0.
        rng: Source of chance for the intervals.

    Returns:
        The trial.
    """
    known = ~np.isnan(won)
    learn, late = known & (day < split), known & (day >= split)
    choice = choose_model(columns, won=won, learn=learn, day=day, cluster=cluster)
    model = fit_chosen(columns, won=won, learn=learn, day=day, has_trees=choice.has_trees)
    share = model.win_share(columns)[late]
    usual = np.full(len(share), won[learn].mean())
    told = _judge(share, usual, won=won[late], cluster=cluster[late], learned=learn, rng=rng)
    return replace(told, choice=choice)


def try_by_entity(
    columns: Sequence[PlainColumn], *, won: Floats, cluster: Places, rng: np.random.Generator
) -> HistoryTrial:
    """Try each fifth of the entities on what the others tell: for histories without a day.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost, NaN not known.
        cluster: Who each row belongs to, numbered from 0; an entity is never in two parts.
        rng: Source of chance for the folds and the intervals.

    Returns:
        The trial.
    """
    known = ~np.isnan(won)
    drawn = rng.permutation(int(cluster.max()) + 1).astype(np.float64)
    order = drawn[cluster]
    fold = drawn[cluster].astype(np.int64) % N_FOLDS
    share, usual = np.zeros(len(won)), np.zeros(len(won))
    for k in range(N_FOLDS):
        learn, mine = known & (fold != k), known & (fold == k)
        model = fit_history_model(columns, won=won, learn=learn, order=order, drifts=False)
        share[mine] = model.win_share(columns)[mine]
        usual[mine] = won[learn].mean()
    tried = (share[known], usual[known])
    return _judge(*tried, won=won[known], cluster=cluster[known], learned=known, rng=rng)


def _judge(
    share: Floats,
    usual: Floats,
    *,
    won: Floats,
    cluster: Places,
    learned: Flags,
    rng: np.random.Generator,
) -> HistoryTrial:
    blocks = np.unique(cluster, return_inverse=True)[1]
    surprise = _interval(
        lambda times: log_loss(share, n_won=won * times, n_lost=(1 - won) * times),
        blocks=blocks,
        rng=rng,
    )
    error = _interval(
        lambda times: calibration_error(share, n_won=won * times, n_lost=(1 - won) * times),
        blocks=blocks,
        rng=rng,
        is_lifted=True,
    )
    return HistoryTrial(
        n_learned=int(learned.sum()),
        n_tried=len(won),
        auc=bootstrap_area(
            share, n_won=won, n_lost=1.0 - won, cluster=blocks, rng=rng, n_draws=N_DRAWS
        ),
        log_loss=surprise,
        log_loss_constant=log_loss(usual, n_won=won, n_lost=1.0 - won),
        calibration_error=error,
        choice=ModelChoice(
            has_trees=False,
            why="a line: without a day there is no later part to try boosted trees on",
        ),
    )


def _interval(
    figure: Callable[[Floats], float],
    *,
    blocks: Places,
    rng: np.random.Generator,
    is_lifted: bool = False,
) -> Estimate:
    """Give a figure with its interval from redrawing whole entities.

    Args:
        figure: Gives the figure when each row counts so many times.
        blocks: Entity of each row.
        rng: Source of chance.
        is_lifted: Whether redrawing alone raises the figure; the interval is moved back by that.
    """
    n_blocks = int(blocks.max()) + 1
    share = np.full(n_blocks, 1.0 / n_blocks)
    drawn = [
        figure(rng.multinomial(n_blocks, share).astype(np.float64)[blocks]) for _ in range(N_DRAWS)
    ]
    tail = (1.0 - LEVEL) / 2.0
    value = figure(np.ones(len(blocks)))
    # redrawn rows are rougher than the rows, which lifts the calibration error of every draw
    lifted = max(0.0, float(np.mean(drawn)) - value) if is_lifted else 0.0
    low, high = np.quantile(np.array(drawn), [tail, 1.0 - tail]) - lifted
    return Estimate(value, max(0.0, min(float(low), value)), max(float(high), value), LEVEL)
