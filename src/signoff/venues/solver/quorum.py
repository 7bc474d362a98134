"""The chance that at least so many roles of a committee are reached."""

from signoff.stats.poisson_binomial import count_shares, pivotal_shares
from signoff.stats.reach import Array

__all__ = ["quorum_chance", "quorum_slopes"]


def quorum_chance(hits: Array, *, needed: int) -> Array:
    """Give the chance that at least so many roles are reached.

    Args:
        hits: Chance that a role is reached, roles on the first axis.
        needed: Fewest roles, 1 or more.

    Returns:
        The chance; the other axes are those of `hits`.

    >>> import numpy as np
    >>> quorum_chance(np.array([[0.5], [0.5], [0.5]]), needed=2)
    array([0.5])
    """
    return count_shares(list(hits), n_counts=needed)[1]


def quorum_slopes(hits: Array, *, needed: int) -> Array:
    """Give what each role's chance adds to the quorum's: that it is the one that makes it.

    Args:
        hits: Chance that a role is reached, roles on the first axis.
        needed: Fewest roles, 1 or more.

    Returns:
        By role, the chance that exactly one fewer than needed of the others are reached.

    >>> import numpy as np
    >>> quorum_slopes(np.array([[0.5], [0.25], [1.0]]), needed=2).ravel()
    array([0.75, 0.5 , 0.5 ])
    """
    return pivotal_shares(list(hits), needed=needed)
