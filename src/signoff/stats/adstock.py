"""How long what happened in one week works on: geometric, or with a delayed peak."""

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = ["carry_over", "carry_over_weights"]


def carry_over_weights(*, decay_share: float, peak_week: float = 0.0, n_weeks: int = 26) -> Array:
    """Share of an effect that falls in each week after what caused it.

    Args:
        decay_share: Part kept from week to week in the long run, 0 <= decay_share < 1.
        peak_week: Week of the largest share, 0 or more; 0: at once, and geometric from there.
        n_weeks: Weeks looked at, 1 or more; what would fall later is spread over these.

    Returns:
        Shares by week, from the week of the cause on; they sum to 1.

    Raises:
        ModelError: a parameter outside its range, or a delayed peak of what does not last.

    Source: Pascal (negative binomial) distributed lag, Solow (1960); with a peak at once it is the
    geometric lag of Koyck (1954). Its shape is set so that the mode lies at `peak_week`.

    >>> carry_over_weights(decay_share=0.5, n_weeks=3)
    array([0.57142857, 0.28571429, 0.14285714])
    >>> int(carry_over_weights(decay_share=0.5, peak_week=2).argmax())
    2
    """
    if not 0 <= decay_share < 1 or peak_week < 0 or n_weeks < 1 or (peak_week and not decay_share):
        raise ModelError(
            what=f"carry-over of {decay_share}, peak in week {peak_week}, {n_weeks} weeks",
            why="what is kept from week to week lies from 0 to below 1, and an effect that does "
            "not last has no later peak",
            fix="give decay_share from 0 to below 1, peak_week of 0 or more, and 1 week or more",
        )
    shape = 1.0
    if peak_week:
        shape += (peak_week + 0.5) * (1 - decay_share) / decay_share
    weeks: Array = np.arange(1.0, n_weeks)
    growth = decay_share * (weeks + shape - 1) / weeks
    weights = np.cumprod(np.concatenate([[1.0], growth]))
    return np.asarray(weights / weights.sum())


def carry_over(cause: Array, weights: Array) -> Array:
    """Spread each week's cause over the weeks in which it works.

    Args:
        cause: By week and, if there is one, by series; any additive unit.
        weights: Shares by week after the cause, as `carry_over_weights` gives them.

    Returns:
        Effects by week, as many weeks more as the weights have after the first; they sum to what
        the causes sum to.

    >>> carry_over(np.array([8.0, 0.0]), np.array([0.75, 0.25]))
    array([6., 2., 0.])
    """
    causes = np.asarray(cause, dtype=np.float64)
    n_weeks, n_lags = len(causes), len(weights)
    effect = np.zeros((n_weeks + n_lags - 1, *causes.shape[1:]))
    for lag, weight in enumerate(weights):
        effect[lag : lag + n_weeks] += weight * causes
    return effect
