"""How many of several independent things happen."""

from collections.abc import Sequence

import numpy as np

from signoff.stats.reach import Array

__all__ = ["count_shares", "pivotal_shares"]


def count_shares(chances: Sequence[Array], *, n_counts: int) -> tuple[Array, Array]:
    """Give the chance that 0, 1 … of several independent things happen, and that more do.

    Args:
        chances: Chance of each of them, arrays of one shape; at least one.
        n_counts: Counts wanted apart, from 0 on.

    Returns:
        The chance of each count below `n_counts`, counts on the first axis, and the chance of
        `n_counts` or more. Only sums and products of chances: no digits are lost where it is small.

    Source: the Poisson binomial distribution, one after the other.

    >>> exactly, more = count_shares([np.array(0.5), np.array(0.5)], n_counts=2)
    >>> [float(share) for share in exactly], float(more)
    ([0.25, 0.5], 0.25)
    """
    exactly = _nothing_yet(chances, n_counts=n_counts)
    more = np.zeros(np.shape(chances[0]))
    for chance in chances:
        more += exactly[-1] * chance
        _count_one(exactly, chance)
    return exactly, more


def pivotal_shares(chances: Sequence[Array], *, needed: int) -> Array:
    """Give, for each of several independent things, the chance that it makes up a number of them.

    Args:
        chances: Chance of each of them, arrays of one shape; at least one.
        needed: The number, 1 or more.

    Returns:
        By thing, the chance that of the others exactly one fewer than needed happen: by so much the
        chance that `needed` or more do rises with its own.

    >>> pivotal_shares([np.array(0.5), np.array(0.25), np.array(1.0)], needed=2)
    array([0.75, 0.5 , 0.5 ])
    """
    before, after = (_nothing_yet(chances, n_counts=needed) for _ in range(2))
    found = np.empty((len(chances), *np.shape(chances[0])))
    heads = []
    for chance in chances:
        heads.append(before.copy())
        _count_one(before, chance)
    for place in range(len(chances) - 1, -1, -1):
        found[place] = np.einsum("k...,k...->...", heads[place], after[::-1])
        _count_one(after, chances[place])
    return found


def _nothing_yet(chances: Sequence[Array], *, n_counts: int) -> Array:
    exactly = np.zeros((n_counts, *np.shape(chances[0])))
    exactly[0] = 1.0
    return exactly


def _count_one(exactly: Array, chance: Array) -> None:
    """Take one more thing into the chances of each count, in place."""
    moved = exactly[:-1] * chance
    exactly *= 1 - chance
    exactly[1:] += moved
