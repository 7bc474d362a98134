"""Shares that are known with an interval, and draws of what they may be."""

import numpy as np

from signoff.stats.reach import Array

__all__ = ["Z90", "draw_share", "logit_spread", "middle_interval"]

Z90 = 1.6448536269514722  # 95 % point of the normal: a 90 % interval lies within plus and minus it


def logit_spread(share: Array, *, low: Array, high: Array) -> Array:
    """Standard deviations on the logit scale, below and above a share, from its 90 % interval.

    Args:
        share: Best single values, 0 to 1.
        low: Lower ends, not above `share`.
        high: Upper ends, not below `share`.

    Returns:
        Two rows of standard deviations, 0 or more: below the share, and above it. No share is
        known to be 0 or 1, so an end there counts as a hundredth of the way from that end to the
        share.

    >>> logit_spread(np.array([0.2]), low=np.array([0.2]), high=np.array([0.2]))
    array([[0.],
           [0.]])
    """
    middle = np.asarray(share, dtype=np.float64)
    least = np.maximum(low, middle / 100)
    most = np.minimum(high, 1 - (1 - middle) / 100)
    return np.stack([_logit(middle) - _logit(least), _logit(most) - _logit(middle)]) / Z90


def draw_share(share: Array, *, spread: Array, normal: Array) -> Array:
    """Move shares on the logit scale by so many standard deviations.

    Args:
        share: Best single values, 0 to 1; 0 stays 0, and 1 stays 1.
        spread: Standard deviations below and above, as `logit_spread` gives them.
        normal: Standard normal draws, same shape as `share` or one that stretches to it.

    Returns:
        Shares from 0 to 1; over many draws their median is `share`, and 90 % of them lie in the
        interval behind `spread`, 5 % on each side of it.

    Source: logit-normal distribution (Aitchison and Shen 1980), with a spread for each side, since
    few stated intervals lie evenly around their value.

    >>> draw_share(np.array([0.5]), spread=np.ones((2, 1)), normal=np.array([0.0]))
    array([0.5])
    """
    middle = np.asarray(share, dtype=np.float64)
    moved = 1.0 / (1.0 + np.exp(-(_logit(middle) + np.where(normal < 0, *spread) * normal)))
    return np.where((middle > 0) & (middle < 1), moved, middle)


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
