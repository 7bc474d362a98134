"""One cut of a concave stand-in: a plane in how surely roles are reached."""

from dataclasses import dataclass

import numpy as np

from signoff.stats.reach import Array

__all__ = ["Cut", "lowest_cut"]


@dataclass(frozen=True, eq=False)
class Cut:
    """For each cell and account appetite, something never below what its account counts for.

    Attributes:
        constant: By cell and appetite.
        on_log: What u = -log(1 - hit) of a role is multiplied with, by cell, appetite and role.
        on_hit: What the chance of reaching a role is multiplied with, likewise.
    """

    constant: Array
    on_log: Array
    on_hit: Array

    def value(self, log: Array, hit: Array) -> Array:
        """Give the cut's height, by cell and appetite."""
        return np.asarray(
            self.constant + (self.on_log * log).sum(axis=2) + (self.on_hit * hit).sum(axis=2)
        )


def lowest_cut(cuts: list[Cut], *, log: Array, hit: Array) -> Cut:
    """Choose the lowest cut at a point, for each cell and appetite by itself.

    Args:
        cuts: Cuts; the first of equals is kept.
        log: u of each role there, by cell, appetite and role.
        hit: Chance of reaching each role there.

    Returns:
        The cut.

    >>> one, zero = np.ones((1, 1)), np.zeros((1, 1, 2))
    >>> flat, rising = Cut(one, zero, zero), Cut(0 * one, zero, zero + 1)
    >>> lowest_cut([flat, rising], log=zero, hit=zero + 0.2).value(zero, zero + 0.2)
    array([[0.4]])
    """
    heights = np.stack([cut.value(log, hit) for cut in cuts])
    chosen = np.argmin(heights, axis=0)
    pick = [chosen == i for i in range(len(cuts))]
    constant = np.select(pick, [cut.constant for cut in cuts])
    wide = [where[..., None] for where in pick]
    return Cut(
        constant,
        np.select(wide, [cut.on_log for cut in cuts]),
        np.select(wide, [cut.on_hit for cut in cuts]),
    )
