"""How many of several independent things happen."""

from collections.abc import Sequence

import numpy as np

from signoff.stats.reach import Array

__all__ = ["count_shares"]


def count_shares(chances: Sequence[Array], *, n_counts: int) -> tuple[list[Array], Array]:
    """Give the chance that 0, 1 … of several independent things happen, and that more do.

    Args:
        chances: Chance of each of them, arrays of one shape; at least one.
        n_counts: Counts wanted apart, from 0 on.

    Returns:
        The chance of each count below `n_counts`, and the chance of `n_counts` or more. Only sums
        and products of chances: no digits are lost where it is small.

    Source: the Poisson binomial distribution, one after the other.

    >>> exactly, more = count_shares([np.array(0.5), np.array(0.5)], n_counts=2)
    >>> [float(share) for share in exactly], float(more)
    ([0.25, 0.5], 0.25)
    """
    shape = np.shape(chances[0])
    exactly = [np.ones(shape), *(np.zeros(shape) for _ in range(n_counts - 1))]
    more = np.zeros(shape)
    for chance in chances:
        more = more + exactly[-1] * chance
        for count in range(n_counts - 1, 0, -1):
            exactly[count] = exactly[count] * (1 - chance) + exactly[count - 1] * chance
        exactly[0] = exactly[0] * (1 - chance)
    return exactly, more
