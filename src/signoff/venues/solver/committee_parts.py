"""Parts of committees: the people in a few roles at accounts of one profile, each part once.

Many committees differ as wholes but share their parts: of 100,000 cells, the two roles of one level
of approval have a few thousand. What is worked out for a part is looked up by every committee that
has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.problem import Cells

__all__ = ["CommitteePart", "list_parts", "whole_part"]

_FEW_ROWS = 64
_CELLS_PER_ROW = 8
_WEIGHTS_KEPT = 2


@dataclass(frozen=True, eq=False)
class CommitteePart:
    """Some roles of all committees: each different part once.

    Attributes:
        roles: The roles, as indexes.
        profile: Audience profile of each part, rising.
        people: People by part and role.
        place: Part of each cell.
    """

    roles: tuple[int, ...]
    profile: NDArray[np.int64]
    people: Array
    place: NDArray[np.intp]
    _present: NDArray[np.int64] = field(init=False, repr=False)
    _starts: NDArray[np.intp] = field(init=False, repr=False)
    _weights: list[tuple[Array, Array]] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        present, starts = np.unique(self.profile, return_index=True)
        object.__setattr__(self, "_present", present)
        object.__setattr__(self, "_starts", starts)

    def misses(self, logs: Array) -> Array:
        """Give the chance that nobody of a part counts.

        Args:
            logs: Log of the chance that a person does not, by role, account appetite and profile.

        Returns:
            Chances by account appetite and part.
        """
        own = self.logs(logs)
        return np.asarray(np.exp(own, out=own))

    def logs(self, logs: Array) -> Array:
        """Give the logs of what `misses` gives."""
        own = np.zeros((logs.shape[1], len(self.profile)))
        for i, role in enumerate(self.roles):
            own += np.take(logs[role], self.profile, axis=1) * self.people[:, i]
        return own

    def by_cell(self, by_part: Array) -> Array:
        """Look up, for each cell, what its part has; by account appetite in front."""
        return np.asarray(np.take(by_part, self.place, axis=1))

    def summed(self, by_cell: Array) -> Array:
        """Add up, for each part, what its cells have; by account appetite in front."""
        n = len(self.profile)
        return np.stack([np.bincount(self.place, weights=row, minlength=n) for row in by_cell])

    def weight_of(self, weight: Array) -> Array:
        """Add up the weight of each part's cells; remembered for the arrays asked for last."""
        for known, sums in self._weights:
            if known is weight:
                return sums
        self._weights.insert(0, (weight, self.summed(weight[None, :])[0]))
        del self._weights[_WEIGHTS_KEPT:]
        return self._weights[0][1]

    def add_slopes(self, total: Array, *, slopes: Array, misses: Array) -> None:
        """Add derivatives by the chances of parts to those by the logs of persons.

        Args:
            total: Derivatives by role, account appetite and profile; changed in place.
            slopes: Derivatives by `misses`.
            misses: What `misses` gave.
        """
        self.add_log_slopes(total, slopes * misses)

    def add_log_slopes(self, total: Array, by_log: Array) -> None:
        """Add derivatives by the logs of parts to those by the logs of persons.

        Args:
            total: Derivatives by role, account appetite and profile; changed in place.
            by_log: Derivatives by what `logs` gives.
        """
        for i, role in enumerate(self.roles):
            sums = np.add.reduceat(by_log * self.people[:, i], self._starts, axis=1)
            total[role][:, self._present] += sums


_KEPT: "WeakKeyDictionary[Cells, dict[tuple[int, ...], list[CommitteePart]]]" = WeakKeyDictionary()


def list_parts(cells: Cells, roles: Sequence[int]) -> list[CommitteePart]:
    """Split committees into parts, as few as pay; worked out once for the same cells.

    Args:
        cells: Accounts.
        roles: Roles that are looked at together, as indexes.

    Returns:
        Parts that hold each of these roles once.

    >>> cells = Cells(np.array([0, 0]), np.array([[1.0, 2.0], [1.0, 3.0]]), np.ones(2), np.ones(2))
    >>> [(part.roles, part.place.tolist()) for part in list_parts(cells, [0, 1])]
    [((0, 1), [0, 1])]
    """
    kept = _KEPT.setdefault(cells, {})
    key = tuple(roles)
    if key not in kept:
        kept[key] = _split(cells, key)
    return kept[key]


def whole_part(cells: Cells, roles: Sequence[int]) -> CommitteePart:
    """Give roles as one part, however many different ones there are; worked out once.

    Args:
        cells: Accounts.
        roles: Roles, as indexes.
    """
    kept = _KEPT.setdefault(cells, {})
    key = (-1, *roles)
    if key not in kept:
        kept[key] = [_part(cells, tuple(roles))]
    return kept[key][0]


def _split(cells: Cells, roles: tuple[int, ...]) -> list[CommitteePart]:
    most = max(_FEW_ROWS, len(cells.profile) // _CELLS_PER_ROW)
    parts: list[CommitteePart] = []
    for role in roles:
        wider = _part(cells, (*parts[-1].roles, role)) if parts else None
        if wider is not None and len(wider.profile) <= most:
            parts[-1] = wider
        else:
            parts.append(_part(cells, (role,)))
    return parts


def _part(cells: Cells, roles: tuple[int, ...]) -> CommitteePart:
    keys = np.column_stack([cells.profile, *(cells.people[:, role] for role in roles)])
    order = np.lexsort(keys.T[::-1])
    is_new = np.ones(len(keys), dtype=bool)
    is_new[1:] = (np.diff(keys[order], axis=0) != 0).any(axis=1)
    place = np.empty(len(keys), dtype=np.intp)
    place[order] = np.cumsum(is_new) - 1
    first = order[is_new]
    return CommitteePart(roles, cells.profile[first], cells.people[first][:, list(roles)], place)
