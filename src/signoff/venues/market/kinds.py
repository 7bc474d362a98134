"""Kinds of people by role, profile and appetite, and the exposures that venues give them."""

import weakref
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.dense_kinds import DenseKinds
from signoff.venues.solver.lined_kinds import LinedKinds, find_lines

__all__ = ["PersonKinds", "person_kinds"]

_FEWEST_USES = 8
_FEWEST_KINDS = 20_000


class PersonKinds(Protocol):
    """All kinds of people of a problem."""

    def laid_out(self, by_profile: Array) -> Array:
        """Give values by profile, role and appetite in the order of the kinds."""
        ...

    def by_profile(self, by_kind: Array) -> Array:
        """Give values by kind as an array of profiles, roles and appetites."""
        ...

    def counts(self, shares: Array) -> Array:
        """Give the share of people with 0, 1 … exposures from all venues, by count and kind."""
        ...

    def replaced(self, counts: Array, venue: int, *, old: Array, new: Array) -> Array:
        """Give the counts once one venue has other units."""
        ...

    def count_slopes(
        self, counts: Array, shares: Array, *, slope: Array, count_weight: Array
    ) -> Array:
        """Give the derivative of a sum over kinds by each venue's shares."""
        ...

    def lines(self, line_of: NDArray[np.intp]) -> Any:
        """Lay out which line of a table tells of a venue, profile and role, for `redrawn`."""
        ...

    def redrawn(self, lines: Any, chances: Array) -> "PersonKinds":
        """Give the same kinds with other chances of being in an audience, by line of a table."""
        ...


_KEPT: dict[int, tuple["weakref.ref[Array]", PersonKinds]] = {}


def person_kinds(membership: Array) -> PersonKinds:
    """Give the kinds of a problem; laid out once for all problems that share the same array.

    Args:
        membership: Chance of being in a venue's audience, by venue, profile, role and appetite; it
            may not change afterwards.

    Returns:
        Kinds by lines where each line of a venue's audience tells of many groups and roles, else
        by blocks.

    >>> membership = np.full((1, 1, 1, 2), 0.5)
    >>> person_kinds(membership) is person_kinds(membership)
    True
    """
    key = id(membership)
    if key not in _KEPT:
        gone = weakref.ref(membership, lambda _: _KEPT.pop(key, None))
        _KEPT[key] = (gone, _laid(membership))
    return _KEPT[key][1]


def _laid(membership: Array) -> PersonKinds:
    if membership[:1].size >= _FEWEST_KINDS:
        line_of, table = find_lines(membership)
        if len(table) * _FEWEST_USES <= line_of.size:
            return LinedKinds(line_of, table)
    return DenseKinds(membership)
