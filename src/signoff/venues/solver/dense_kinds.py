"""Exposures of all kinds of people, where venues reach each group and role in a way of its own.

A venue reaches few roles in few groups of accounts, so most chances of being in an audience are
nought. People are laid out by role in blocks that fit a processor's cache; a block knows the venues
that reach anybody in it and looks at no other. Sums run in one fixed order over einsum rather than
matrix products, whose last digit depends on how many threads the machine lends.

With x the chance of being in a venue's audience and s the shares of that audience by exposures, a
venue multiplies the generating function of the counts by 1 - x (1 - s0) + x (s1 z + s2 z^2 ...).
The logarithm of the product is a sum over venues in y = x / (1 - x (1 - s0)); up to three counts
are read from sums of powers of y, all venues at once.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array

__all__ = ["DenseKinds", "add_venue", "weigh_rests", "without_venue"]

_FEW, _BLOCK = 4096, 512
_MOST_BY_SERIES = 3


@dataclass(frozen=True, eq=False)
class _Block:
    """Neighbouring kinds.

    Attributes:
        place: Where they stand among all.
        venues: Venues that reach any of them, rising.
        inside: Chance of being in the audience, by these venues and kinds.
    """

    place: slice
    venues: NDArray[np.intp]
    inside: Array


class DenseKinds:
    """All kinds of people of a problem, by role, profile and appetite.

    Args:
        membership: Chance of being in a venue's audience, by venue, profile, role and appetite.
    """

    def __init__(self, membership: Array) -> None:
        n_venues, n_profiles, n_roles, n_nodes = membership.shape
        self._shape = (n_roles, n_profiles, n_nodes)
        self.n_kinds = n_roles * n_profiles * n_nodes
        self._order = _alike_together(membership)
        by_role = membership[:, self._order].transpose(0, 2, 1, 3).reshape(n_venues, self.n_kinds)
        self._blocks = [_block(by_role, place) for place in _places(self._shape)]
        self._runs: dict[int, list[tuple[slice, Array]]] = {}

    def laid_out(self, by_profile: Array) -> Array:
        """Give values by profile, role and appetite in the order of the kinds."""
        return np.asarray(by_profile[self._order].transpose(1, 0, 2).ravel())

    def by_profile(self, by_kind: Array) -> Array:
        """Give values by kind as an array of profiles, roles and appetites."""
        found = np.empty((self._shape[1], self._shape[0], self._shape[2]))
        found[self._order] = by_kind.reshape(self._shape).transpose(1, 0, 2)
        return found

    def lines(self, line_of: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """Lay out which line of a table tells of a venue, profile and role, for `redrawn`."""
        n_roles, n_profiles, n_nodes = self._shape
        by_role = line_of[:, self._order].transpose(0, 2, 1).reshape(-1, n_roles * n_profiles)
        return [
            by_role[block.venues, block.place.start // n_nodes : block.place.stop // n_nodes]
            for block in self._blocks
        ]

    def redrawn(self, lines: Sequence[NDArray[np.intp]], chances: Array) -> "DenseKinds":
        """Give the same kinds with other chances of being in an audience.

        Args:
            lines: What `lines` gave.
            chances: Chance by line of the table and appetite; above 0 nowhere but where it was.
        """
        twin = copy(self)
        twin._runs = {}  # noqa: SLF001 - of its own class
        twin._blocks = [  # noqa: SLF001 - of its own class
            replace(block, inside=np.take(chances, rows, axis=0).reshape(block.inside.shape))
            for block, rows in zip(self._blocks, lines, strict=True)
        ]
        return twin

    def counts(self, shares: Array) -> Array:
        """Give the share of people with 0, 1 … exposures from all venues together.

        Args:
            shares: The same by venue alone, among the people of its audience.

        Returns:
            Shares by count and kind.
        """
        counts = np.zeros((len(shares), self.n_kinds))
        counts[0] = 1.0
        is_bought = shares[0] < 1
        for block in self._blocks:
            rows = np.flatnonzero(is_bought[block.venues])
            if len(rows):
                multiply = _series if len(shares) <= _MOST_BY_SERIES else _product
                multiply(counts[:, block.place], block.inside[rows], shares[:, block.venues[rows]])
        return counts

    def replaced(self, counts: Array, venue: int, *, old: Array, new: Array) -> Array:
        """Give the counts once one venue has other units.

        Args:
            counts: Shares by count and kind.
            venue: The venue.
            old: Share of its audience with 0, 1 … exposures by now.
            new: The same afterwards.
        """
        after = counts.copy()
        if venue not in self._runs:
            self._runs[venue] = _runs(self._blocks, venue)
        for place, inside in self._runs[venue]:
            part = after[:, place]
            if old[0] < 1:
                part = without_venue(part, inside, old)
            if new[0] < 1:
                add_venue(part, inside, new)
            after[:, place] = part
        return after

    def count_slopes(
        self, counts: Array, shares: Array, *, slope: Array, count_weight: Array
    ) -> Array:
        """Give the derivative of a sum over kinds by each venue's shares.

        Args:
            counts: Shares by count and kind.
            shares: The same by venue alone.
            slope: Derivative of the sum by each kind's weighted count.
            count_weight: Weight of each count.

        Returns:
            Derivatives, shaped as `shares`.
        """
        rest = np.zeros_like(shares)
        rests = _series_rests if len(shares) <= _MOST_BY_SERIES else _product_rests
        for block in self._blocks:
            part, steep = counts[:, block.place], slope[block.place]
            rest[:, block.venues] += rests(part, steep, block.inside, shares[:, block.venues])
        return weigh_rests(rest, count_weight=count_weight)


def weigh_rests(rest: Array, *, count_weight: Array) -> Array:
    """Give the derivative by each count of one venue, from what the others leave.

    Args:
        rest: Sums of the others' counts, counts first.
        count_weight: Weight of each count in all.

    Returns:
        For each count, the sum over the others' counts of the weight of both together.
    """
    found = np.zeros_like(rest)
    for count in range(len(rest)):
        for extra in range(len(rest) - count):
            found[count] += count_weight[count + extra] * rest[extra]
    return found


def _alike_together(membership: Array) -> NDArray[np.intp]:
    """Order profiles so that those that the same few venues reach are neighbours."""
    if not len(membership):
        return np.arange(membership.shape[1])
    reaches = np.asarray(membership.any(axis=(2, 3)))
    narrowest_last = np.argsort(-reaches.sum(axis=1), kind="stable")
    return np.lexsort(reaches[narrowest_last])


def _places(shape: tuple[int, int, int]) -> list[slice]:
    """Cut kinds into blocks: parts of one role each; few kinds are one block."""
    n_roles, n_profiles, n_nodes = shape
    of_role = n_profiles * n_nodes
    if n_roles * of_role <= _FEW:
        return [slice(0, n_roles * of_role)]
    n_parts = -(-of_role // _BLOCK)
    cuts = [n_nodes * (n_profiles * i // n_parts) for i in range(n_parts + 1)]
    return [
        slice(role * of_role + low, role * of_role + high)
        for role in range(n_roles)
        for low, high in pairwise(cuts)
    ]


def _block(by_role: Array, place: slice) -> _Block:
    inside = by_role[:, place]
    venues = np.flatnonzero(inside.any(axis=1))
    return _Block(place, venues, np.ascontiguousarray(inside[venues]))


def _series(counts: Array, inside: Array, shares: Array) -> None:
    """Add the exposures of several venues to the counts, 0 so far, in place."""
    fall = inside * (shares[0] - 1.0)[:, None]
    fall += 1.0
    counts[0] = np.multiply.reduce(fall, axis=0)
    if len(counts) == 1:
        return
    odds = np.divide(inside, fall, out=fall)
    once = np.einsum("v,vk->k", shares[1], odds)
    counts[1] = counts[0] * once
    if len(counts) > 2:
        twice = np.einsum("v,vk->k", shares[2], odds)
        odds *= odds
        twice += (once * once - np.einsum("v,vk->k", shares[1] ** 2, odds)) / 2
        counts[2] = counts[0] * twice


def _series_rests(counts: Array, steep: Array, inside: Array, shares: Array) -> Array:
    """Sum, over kinds, the chance of being in the audience and having each count without it."""
    weighted = counts * steep
    rest: Array = np.empty_like(shares)
    is_bought = shares[0] < 1
    rest[:, ~is_bought] = np.einsum("fk,vk->fv", weighted, inside[~is_bought])
    if is_bought.any():
        rest[:, is_bought] = _bought_rests(weighted, inside[is_bought], shares[:, is_bought])
    return rest


def _bought_rests(weighted: Array, inside: Array, shares: Array) -> Array:
    fall = inside * (shares[0] - 1.0)[:, None]
    fall += 1.0
    odds = np.divide(inside, fall, out=fall)
    rest: Array = np.einsum("fk,vk->fv", weighted, odds)
    if len(weighted) > 1:
        power = odds * odds
        square = np.einsum("fk,vk->fv", weighted[:-1], power)
        rest[1:] -= shares[1] * square
        if len(weighted) > 2:
            power *= odds
            rest[2] += shares[1] ** 2 * np.einsum("k,vk->v", weighted[0], power)
            rest[2] -= shares[2] * square[0]
    return rest


def _product(counts: Array, inside: Array, shares: Array) -> None:
    """Do as `_series` does, venue by venue, for any number of counts."""
    for row, share in zip(inside, shares.T, strict=True):
        add_venue(counts, row, share)


def _product_rests(counts: Array, steep: Array, inside: Array, shares: Array) -> Array:
    """Do as `_series_rests` does, venue by venue, for any number of counts."""
    rests = [
        np.einsum("fk,k->f", without_venue(counts, row, share), row * steep)
        for row, share in zip(inside, shares.T, strict=True)
    ]
    return np.stack(rests, axis=1) if rests else np.zeros_like(shares)


def _runs(blocks: Sequence[_Block], venue: int) -> list[tuple[slice, Array]]:
    """Give neighbouring blocks that a venue reaches as one stretch each, with its chances."""
    runs: list[tuple[slice, list[Array]]] = []
    for block in blocks:
        row = int(np.searchsorted(block.venues, venue))
        if row < len(block.venues) and block.venues[row] == venue:
            if runs and runs[-1][0].stop == block.place.start:
                joined = slice(runs[-1][0].start, block.place.stop)
                runs[-1] = (joined, [*runs[-1][1], block.inside[row]])
            else:
                runs.append((block.place, [block.inside[row]]))
    return [(place, np.concatenate(parts)) for place, parts in runs]


def add_venue(counts: Array, inside: Array, share: Array) -> None:
    """Add one venue's exposures to the counts, in place.

    Args:
        counts: Shares by count and kind.
        inside: Chance of being in the venue's audience, by kind.
        share: Share of that audience with 0, 1 … exposures.
    """
    none = 1.0 - inside * (1.0 - share[0])
    for count in range(len(share) - 1, -1, -1):
        counts[count] *= none
        for extra in range(1, count + 1):
            counts[count] += counts[count - extra] * (inside * share[extra])


def without_venue(counts: Array, inside: Array, share: Array) -> Array:
    """Give the counts without one venue's exposures.

    Args:
        counts: Shares by count and kind.
        inside: Chance of being in the venue's audience, by kind.
        share: Share of that audience with 0, 1 … exposures.

    Returns:
        Shares by count and kind, the venue left out.
    """
    none = 1.0 - inside * (1.0 - share[0])
    rest = np.empty_like(counts)
    for count in range(len(share)):
        left = counts[count]
        for extra in range(1, count + 1):
            left = left - rest[count - extra] * (inside * share[extra])
        np.divide(left, none, out=rest[count])
    return rest
