"""Least and most to spend on some venues together: the budget, groups, a reserve for a purpose."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SpendLimit", "excess_cents", "spare_cents"]


@dataclass(frozen=True)
class SpendLimit:
    """Money that some venues together take at least and at most.

    Attributes:
        name: What the limit is called, for the reader.
        venues: Places of the venues that it counts.
        least_cents: Least to spend on them.
        most_cents: Most to spend on them; whole cents wherever units are whole.
    """

    name: str
    venues: tuple[int, ...]
    least_cents: float = 0
    most_cents: float = 10**15


def excess_cents(limits: Sequence[SpendLimit], spend: NDArray[np.int64]) -> float:
    """Give by how much a spend breaks the limits, all of them together; 0: it keeps them.

    Args:
        limits: Limits.
        spend: Money of each venue, in cents.

    >>> excess_cents([SpendLimit("budget", (0, 1), most_cents=100)], np.array([70, 50]))
    20.0
    """
    total = 0.0
    for limit in limits:
        spent = int(spend[list(limit.venues)].sum())
        total += max(spent - limit.most_cents, 0) + max(limit.least_cents - spent, 0)
    return total


def spare_cents(limits: Sequence[SpendLimit], spend: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give how much more each venue may take by itself; below 0 where a limit is broken.

    Args:
        limits: Limits.
        spend: Money of each venue, in cents.

    >>> spare_cents([SpendLimit("budget", (0, 1), most_cents=100)], np.array([70, 10])).tolist()
    [20.0, 20.0]
    """
    spare = np.full(len(spend), 1e15)
    for limit in limits:
        members = list(limit.venues)
        spare[members] = np.minimum(spare[members], limit.most_cents - int(spend[members].sum()))
    return spare
