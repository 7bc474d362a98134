"""Planes above the chance that at least so many roles are reached.

Whoever has k of R roles reached has one reached among any R - k + 1 of them; so the chance is never
above 1 - exp(-the sum of the R - k + 1 smallest mean exposures), which is concave. Nor is it above
the expected number of reached roles over k (Markov), concave as well.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.approval import Approval
from signoff.venues.exposures.product import SMALLEST, Plane

__all__ = ["QuorumCells"]


@dataclass(frozen=True, eq=False)
class QuorumCells:
    """Cells that are won once so many of their roles are reached.

    Attributes:
        rows: Mean exposures by one unit, shape (cells, roles, venues).
        held: Which roles a cell has, shape (cells, roles).
        needed: Roles that must be reached, 1 or more.
    """

    rows: Array
    held: NDArray[np.bool_]
    needed: NDArray[np.int64]

    def part(self, cells: NDArray[np.int64]) -> "QuorumCells":
        """Give some of the cells."""
        return QuorumCells(self.rows[cells], self.held[cells], self.needed[cells])

    def exposed(self, units: Array) -> Array:
        """Give mean exposures by cell and role, a little above 0 at least."""
        return np.where(self.held, np.maximum(self.rows @ units, SMALLEST), 1.0)

    def value(self, exposed: Array) -> Array:
        """Give the chance of each cell."""
        reached = -np.expm1(-exposed)
        chance = np.zeros(len(exposed))
        for needed in np.unique(self.needed):
            rows = self.needed == needed
            rule = Approval("quorum", quorum=int(needed))
            chance[rows] = rule.share(reached[rows], self.held[rows])
        return chance

    def planes(
        self, exposed: Array, *, low: Array, high: Array, most: Array, n_turns: int = 1
    ) -> Plane:
        """Give planes above each chance that lie low at the exposures.

        Args:
            exposed: Mean exposures, shape (cells, roles).
            low: Not used: no plane rests on it.
            high: Most that the chance may be.
            most: Not used.
            n_turns: Not used: each plane has one direction.

        Returns:
            Planes that no schedule rises above.
        """
        del low, most, n_turns
        flat = Plane(high, np.zeros_like(exposed))
        best = self._fewest(exposed).lower(self._expected(exposed), exposed)
        return best.lower(flat, exposed)

    def covers(self, exposed: Array, *, low: Array) -> Array:
        """Give what exposures must keep for a chance of at least so much.

        Args:
            exposed: Mean exposures: the side looked from.
            low: Least chance of each cell, above 0.

        Returns:
            Slopes q with q . u >= 1 wherever the chance is at least `low`.
        """
        least = -np.log1p(-np.minimum(low, 1 - 1e-12))
        return self._smallest(exposed) / least[:, None]

    def _smallest(self, exposed: Array) -> Array:
        """Mark the R - k + 1 least exposed roles."""
        n_marked = self.held.sum(axis=1) - self.needed + 1
        order = np.argsort(np.where(self.held, exposed, np.inf), axis=1, kind="stable")
        rank = np.argsort(order, axis=1, kind="stable")
        return np.where(self.held & (rank < n_marked[:, None]), 1.0, 0.0)

    def _fewest(self, exposed: Array) -> Plane:
        marked = self._smallest(exposed)
        total = (marked * exposed).sum(axis=1)
        missed = np.exp(-total)
        return Plane(1.0 - missed - missed * total, missed[:, None] * marked)

    def _expected(self, exposed: Array) -> Plane:
        missed = np.where(self.held, np.exp(-exposed), 0.0) / self.needed[:, None]
        reached = np.where(self.held, -np.expm1(-exposed), 0.0).sum(axis=1) / self.needed
        return Plane(reached - (missed * exposed).sum(axis=1), missed)
