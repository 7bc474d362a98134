"""Bounds on net reach that hold for every audience with the reaches and duplications given."""

import numpy as np

from signoff.stats.reach import Array

__all__ = ["insertion_bounds"]


def insertion_bounds(
    first_share: Array, *, n_insertions: Array, least_both: Array, most_both: Array
) -> tuple[float, float]:
    """Least and most net reach of a schedule, whatever the audience is like.

    Args:
        first_share: Reach of one insertion of each venue, 0 to 1.
        n_insertions: Insertions in each, 0 or more.
        least_both: Square matrix: least share of people who meet one insertion of each of two
            venues; on its diagonal, of two insertions of the same venue.
        most_both: The most of them; where a duplication is known, both are the same.

    Returns:
        Lower and upper bound, each insertion counted as an audience of its own.

    Source: Dawson and Sankoff (1967) below, from the sums of audiences and of their pairs; Hunter
    (1976) above: the sum less the heaviest tree of pairs.

    >>> both = np.array([[0.5, 0.25], [0.25, 0.5]])
    >>> insertion_bounds(
    ...     np.array([0.5, 0.5]), n_insertions=np.array([1, 1]), least_both=both, most_both=both
    ... )
    (0.75, 0.75)
    """
    count = np.asarray(n_insertions, dtype=np.int64)
    bought = count > 0
    first, count = np.asarray(first_share, dtype=np.float64)[bought], count[bought]
    if not len(first):
        return 0.0, 0.0
    least, most = least_both[np.ix_(bought, bought)], most_both[np.ix_(bought, bought)]
    single = float(count @ first)
    apart = most - np.diag(np.diag(most))
    double = float(count @ apart @ count) / 2
    double += float((count * (count - 1) / 2) @ np.diag(most))
    lower = max(_dawson_sankoff(single, double), float(first.max()))
    within = float((count - 1) @ np.diag(least))
    upper = single - within - _heaviest_tree(least)
    return min(lower, 1.0), max(min(upper, 1.0), min(lower, 1.0))


def _dawson_sankoff(single: float, double: float) -> float:
    if single <= 0:
        return 0.0
    depth = np.floor(2 * double / single) + 1
    return float(2 / (depth + 1) * single - 2 / (depth * (depth + 1)) * double)


def _heaviest_tree(weight: Array) -> float:
    """Sum of the tree through all venues with the most duplication (Prim's algorithm)."""
    size = len(weight)
    is_in = np.zeros(size, dtype=bool)
    is_in[0] = True
    nearest = weight[0].copy()
    total = 0.0
    for _ in range(size - 1):
        chosen = int(np.argmax(np.where(is_in, -np.inf, nearest)))
        total += float(nearest[chosen])
        is_in[chosen] = True
        nearest = np.maximum(nearest, weight[chosen])
    return total
