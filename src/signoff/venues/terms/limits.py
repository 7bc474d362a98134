"""Least and most to spend on some venues together: the budget, groups, a reserve for a purpose."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SpendLimit", "excess_cents", "free_cents", "keeps_pairs", "spare_cents"]


@dataclass(frozen=True)
class SpendLimit:
    """Money that some venues together take at least and at most.

    Attributes:
        name: What the limit is called, for the reader.
        venues: Places of the venues that it counts.
        least_cents: Least to spend on them.
        most_cents: Most to spend on them; whole cents wherever units are whole.
        where: Place where the reader set it, as faults name places.
    """

    name: str
    venues: tuple[int, ...]
    least_cents: float = 0
    most_cents: float = 10**15
    where: str = ""


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


def free_cents(limits: Sequence[SpendLimit], spend: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give how much each venue may give up by itself before a floor is broken; 0 or more.

    Args:
        limits: Limits.
        spend: Money of each venue, in cents.

    >>> free_cents([SpendLimit("brand", (0,), least_cents=50)], np.array([70, 10])).tolist()[0]
    20.0
    """
    free = np.full(len(spend), 1e15)
    for limit in limits:
        members = list(limit.venues)
        spent = int(spend[members].sum())
        free[members] = np.minimum(free[members], max(spent - limit.least_cents, 0))
    return free


def keeps_pairs(
    limits: Sequence[SpendLimit],
    spend: NDArray[np.int64],
    *,
    falls: tuple[NDArray[np.int64], NDArray[np.int64]],
    rises: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.bool_]:
    """Say which pairs of a fall and a rise break no limit more than it is broken now.

    Args:
        limits: Limits.
        spend: Money of each venue, in cents.
        falls: Venue of each fall, and the money that it takes (below 0).
        rises: Venue of each rise, and the money that it takes.

    Returns:
        Shape (falls, rises).

    >>> limits = [SpendLimit("print", (0,), most_cents=100)]
    >>> fall, rise = (np.array([1]), np.array([-50])), (np.array([0, 2]), np.array([60, 60]))
    >>> keeps_pairs(limits, np.array([70, 50, 0]), falls=fall, rises=rise).tolist()
    [[False, True]]
    """
    kept = np.ones((len(falls[0]), len(rises[0])), dtype=bool)
    for limit in limits:
        spent = int(spend[list(limit.venues)].sum())
        down = np.where(np.isin(falls[0], limit.venues), falls[1], 0)
        up = np.where(np.isin(rises[0], limit.venues), rises[1], 0)
        after = spent + down[:, None] + up
        kept &= (after <= max(limit.most_cents, spent)) & (after >= min(limit.least_cents, spent))
    return kept
