"""Shares that are known with an interval, and draws of what they may be."""

import numpy as np

from signoff.stats.reach import Array

__all__ = ["draw_share", "logit_spread", "middle_interval"]

_Z90 = 1.6448536269514722  # 95 % point of the normal: a 90 % interval lies within plus and minus it


def logit_spread(low: Array, high: Array) -> Array:
    """Standard deviation on the logit scale of a share with this 90 % interval.

    Args:
        low: Lower ends, 0 to 1.
        high: Upper ends, not below `low`.

    Returns:
        Standard deviations, 0 or more.

    >>> logit_spread(np.array([0.2]), np.array([0.2]))
    array([0.])
    """
    return np.asarray((_logit(high) - _logit(low)) / (2 * _Z90))


def draw_share(share: Array, *, spread: Array, normal: Array) -> Array:
    """Move shares on the logit scale by so many standard deviations.

    Args:
        share: Best single values, 0 to 1; 0 stays 0.
        spread: Standard deviations on the logit scale, same shape.
        normal: Standard normal draws, same shape or one that stretches to it.

    Returns:
        Shares from 0 to 1; their median over many draws is `share`.

    Source: logit-normal distribution (Aitchison and Shen 1980).

    >>> draw_share(np.array([0.5]), spread=np.array([1.0]), normal=np.array([0.0]))
    array([0.5])
    """
    moved = 1.0 / (1.0 + np.exp(-(_logit(share) + spread * normal)))
    return np.where(np.asarray(share) > 0, moved, 0.0)


def middle_interval(draws: Array, *, level_share: float = 0.9) -> tuple[float, float]:
    """Ends of the interval that holds the middle share of the draws.

    Args:
        draws: Draws of one number.
        level_share: Share held, 0 to 1.

    Returns:
        Lower and upper end.

    >>> tuple(round(end, 6) for end in middle_interval(np.arange(101.0)))
    (5.0, 95.0)
    """
    tail = (1 - level_share) / 2
    low, high = np.quantile(draws, [tail, 1 - tail])
    return float(low), float(high)


def _logit(share: Array) -> Array:
    bounded = np.clip(np.asarray(share, dtype=np.float64), 1e-9, 1 - 1e-9)
    return np.asarray(np.log(bounded) - np.log1p(-bounded))
