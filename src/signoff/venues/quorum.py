"""The chance that at least so many roles of a committee are reached."""

from collections.abc import Sequence

import numpy as np

from signoff.stats.reach import Array

__all__ = ["count_shares", "quorum_chance", "quorum_slopes"]


def count_shares(hits: Sequence[Array], *, n_counts: int) -> tuple[list[Array], Array]:
    """Give the chance that 0, 1 … of some independent roles are reached, and that more are.

    Args:
        hits: Chance of each role, arrays of one shape; at least one.
        n_counts: Counts wanted apart, from 0 on.

    Returns:
        The chance of each count below `n_counts`, and the chance of `n_counts` or more. Only sums
        and products of chances: no digits are lost where it is small.

    Source: the Poisson binomial distribution, one role after the other.

    >>> exactly, more = count_shares([np.array(0.5), np.array(0.5)], n_counts=2)
    >>> [float(share) for share in exactly], float(more)
    ([0.25, 0.5], 0.25)
    """
    shape = np.shape(hits[0])
    exactly = [np.ones(shape), *(np.zeros(shape) for _ in range(n_counts - 1))]
    more = np.zeros(shape)
    for hit in hits:
        more = more + exactly[-1] * hit
        for count in range(n_counts - 1, 0, -1):
            exactly[count] = exactly[count] * (1 - hit) + exactly[count - 1] * hit
        exactly[0] = exactly[0] * (1 - hit)
    return exactly, more


def quorum_chance(hits: Array, *, needed: int) -> Array:
    """Give the chance that at least so many roles are reached.

    Args:
        hits: Chance that a role is reached, by cell, role and account appetite.
        needed: Fewest roles, 1 or more.

    Returns:
        The chance, by cell and account appetite.

    >>> quorum_chance(np.array([[[0.5], [0.5], [0.5]]]), needed=2)
    array([[0.5]])
    """
    return count_shares(list(np.moveaxis(hits, 1, 0)), n_counts=needed)[1]


def quorum_slopes(hits: Array, *, needed: int) -> Array:
    """Give what each role's chance adds to the quorum's: that it is the one that makes it.

    Args:
        hits: Chance that a role is reached, by cell, role and account appetite.
        needed: Fewest roles, 1 or more.

    Returns:
        By role, the chance that exactly one fewer than needed of the others are reached.

    >>> quorum_slopes(np.array([[[0.5], [0.25], [1.0]]]), needed=2).ravel()
    array([0.75, 0.5 , 0.5 ])
    """
    roles = list(np.moveaxis(hits, 1, 0))
    slopes = []
    for role in range(len(roles)):
        others = [hit for i, hit in enumerate(roles) if i != role]
        if others:
            slopes.append(count_shares(others, n_counts=needed)[0][-1])
        else:
            slopes.append(np.ones_like(roles[0]) if needed == 1 else np.zeros_like(roles[0]))
    return np.stack(slopes, axis=1)
