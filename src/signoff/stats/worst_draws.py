"""The mean over the worst share of some draws, which a cautious reader looks at."""

import numpy as np

from signoff.stats.reach import Array
from signoff.stats.shares import Z90

__all__ = ["worst_interval", "worst_mean", "worst_weights"]


def worst_weights(results: Array, *, share: float) -> Array:
    """Give the weight of each draw in the mean over the worst share of them.

    Args:
        results: Result in each draw, the lower the worse.
        share: Share of the draws, above 0, to 1; less than one draw counts as one.

    Returns:
        Weights, 1 in all: even over the worst draws, less for the last one where the share does
        not end between two draws, 0 for the rest. No other even weights give a lower mean.

    Source: Rockafellar and Uryasev (2002), conditional value at risk for general distributions.

    >>> worst_weights(np.array([5.0, 1.0, 3.0]), share=0.5).round(3).tolist()
    [0.0, 0.667, 0.333]
    """
    n_worst = max(share * len(results), 1.0)
    weights = np.zeros(len(results))
    order = np.argsort(results, kind="stable")
    weights[order] = np.clip(n_worst - np.arange(len(results)), 0.0, 1.0)
    return np.asarray(weights / weights.sum())


def worst_mean(results: Array, *, share: float) -> float:
    """Give the mean over the worst share of the draws (expected shortfall).

    Args:
        results: Result in each draw, the lower the worse.
        share: Share of the draws, above 0, to 1; 1: the mean of all.

    >>> worst_mean(np.array([5.0, 1.0, 3.0]), share=1 / 3), worst_mean(np.arange(4.0), share=1)
    (1.0, 1.5)
    """
    n_worst = max(share * len(results), 1.0)
    rising = np.sort(results)
    whole = min(int(n_worst + 1e-9), len(rising))
    rest = n_worst - whole if whole < len(rising) else 0.0
    tail = rising[:whole].sum() + (rest * rising[whole] if rest > 1e-9 else 0.0)
    return float(tail / n_worst)


def worst_interval(results: Array, *, share: float) -> tuple[float, float]:
    """Give how far the mean over the worst draws may lie off because the draws are so many.

    Args:
        results: Result in each draw.
        share: Share of the draws.

    Returns:
        Ends of a 90 % interval around `worst_mean`.

    Source: large-sample variance of the empirical tail mean (Brazauskas et al. 2008).

    >>> low, high = worst_interval(np.arange(100.0), share=0.1)
    >>> round(low, 1), round(high, 1)
    (1.4, 7.6)
    """
    middle = worst_mean(results, share=share)
    end = float(np.quantile(results, share))
    below = np.maximum(end - results, 0.0)
    error = float(below.std() / (share * np.sqrt(len(results))))
    return middle - Z90 * error, middle + Z90 * error
