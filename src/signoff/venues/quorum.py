"""The chance that at least so many roles of a committee are reached."""

import numpy as np

from signoff.stats.poisson_binomial import count_shares
from signoff.stats.reach import Array

__all__ = ["quorum_chance", "quorum_slopes"]


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
