"""Exposures of all kinds of people, where one line of an audience tells of many groups and roles.

A venue states its audience in a few lines, each for many groups of accounts, and groups of one
country differ in few of them. What is summed over venues is therefore summed once for the lines
that most groups of a cluster have, and each group adds what its own lines make different.

With x the chance of being in an audience, s its shares by exposures and y = x / (1 - x (1 - s0)), a
venue multiplies the generating function of the counts by (1 - x (1 - s0)) (1 + s1 y z + s2 y z^2
...); logarithms of such products are sums over venues.
"""

from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.dense_kinds import DenseKinds, add_venue, weigh_rests, without_venue

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["LinedKinds", "find_lines"]

_MOST_BY_SERIES = 3
_FAR_SHARE = 0.25

Lines = NDArray[np.intp]


def find_lines(membership: Array) -> tuple[Lines, Array]:
    """Find the different lines of a membership.

    Args:
        membership: Chance of being in a venue's audience, by venue, profile, role and appetite.

    Returns:
        Line of each venue, profile and role (-1: nobody is in the audience), and the chances of
        each line by appetite.

    >>> line_of, table = find_lines(np.array([[[[0.5, 0.6], [0.0, 0.0], [0.5, 0.6]]]]))
    >>> line_of.ravel().tolist(), table.tolist()
    ([0, -1, 0], [[0.5, 0.6]])
    """
    line_of = np.full(membership.shape[:3], -1, dtype=np.intp)
    tables, n_lines = [np.zeros((0, membership.shape[3]))], 0
    for venue, chances in enumerate(membership):
        reached = chances.any(axis=2)
        rows = chances[reached]
        first, place = _different(rows)
        line_of[venue][reached] = place + n_lines
        tables.append(rows[first])
        n_lines += len(first)
    return line_of, np.concatenate(tables)


def _different(rows: Array) -> tuple[Lines, Lines]:
    """Give the first of each different row, and which one each row is."""
    key = np.ascontiguousarray(rows[:, [0, rows.shape[1] // 2, -1]]).view("f8,f8,f8").ravel()
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    if np.array_equal(rows[first][place], rows):
        return first, place
    _, first, place = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return first, place.ravel()


class LinedKinds:
    """Kinds by profile, role and appetite.

    Args:
        line_of: Line of each venue, profile and role; -1: nobody is in the audience.
        table: Chance of being in the audience, by line and appetite; each line is of one venue.
    """

    def __init__(self, line_of: Lines, table: Array) -> None:
        self._shape = (*line_of.shape[1:], table.shape[1])
        self._by_row = line_of.reshape(len(line_of), -1).T
        self._table = table
        self._venue = np.zeros(len(table), dtype=np.intp)
        for venue, lines in enumerate(self._by_row.T):
            self._venue[lines[lines >= 0]] = venue
        cluster, typical = _clusters(self._by_row, self._venue, shape=line_of.shape)
        self._whole, self._parts = _sums(cluster, typical, self._by_row, n_lines=len(table))
        self._cluster = cluster
        self._own: dict[int, tuple[Lines, Array]] = {}

    def laid_out(self, by_profile: Array) -> Array:
        """Give values by profile, role and appetite in the order of the kinds."""
        return np.asarray(by_profile.ravel())

    def by_profile(self, by_kind: Array) -> Array:
        """Give values by kind as an array of profiles, roles and appetites."""
        return by_kind.reshape(self._shape)

    def lines(self, line_of: Lines) -> "LinedKinds":
        """Lay out which line of a table tells of a venue, profile and role, for `redrawn`."""
        is_reached = self._by_row.T.reshape(line_of.shape) >= 0
        n_lines = int(line_of.max(initial=-1)) + 1
        return LinedKinds(np.where(is_reached, line_of, -1), np.zeros((n_lines, self._shape[2])))

    def redrawn(self, lines: "LinedKinds", chances: Array) -> "LinedKinds":
        """Give the same kinds with other chances of being in an audience.

        Args:
            lines: What `lines` gave.
            chances: Chance by line of the table and appetite.
        """
        twin = copy(lines)
        twin._table, twin._own = chances, {}  # noqa: SLF001 - of its own class
        return twin

    def counts(self, shares: Array) -> Array:
        """Give the share of people with 0, 1 … exposures from all venues together.

        Args:
            shares: The same by venue alone, among the people of its audience.

        Returns:
            Shares by count and kind.
        """
        if len(shares) > _MOST_BY_SERIES:
            dense = self._dense()
            by_dense = dense.counts(shares)
            return np.stack([self.laid_out(dense.by_profile(part)) for part in by_dense])
        fall, steps = self._line_steps(shares)
        logs = [np.log(fall)]
        for n in range(1, len(shares)):
            mixed = [k * logs[k] * steps[n - k] for k in range(1, n)]
            logs.append(steps[n] - sum(mixed) / n if mixed else steps[n])
        wide = np.concatenate(logs, axis=1)
        summed = (self._whole @ wide)[self._cluster] + self._parts @ wide
        parts = np.split(summed, len(shares), axis=1)
        counts = np.empty((len(shares), *parts[0].shape))
        counts[0] = np.exp(parts[0])
        for n in range(1, len(shares)):
            counts[n] = sum(k * parts[k] * counts[n - k] for k in range(1, n + 1)) / n
        return counts.reshape(len(shares), -1)

    def replaced(self, counts: Array, venue: int, *, old: Array, new: Array) -> Array:
        """Give the counts once one venue has other units.

        Args:
            counts: Shares by count and kind.
            venue: The venue.
            old: Share of its audience with 0, 1 … exposures by now.
            new: The same afterwards.
        """
        if venue not in self._own:
            lines = self._by_row[:, venue]
            rows = np.flatnonzero(lines >= 0)
            self._own[venue] = rows, self._table[lines[rows]].ravel()
        rows, inside = self._own[venue]
        after = counts.copy().reshape(len(counts), -1, self._shape[2])
        part = after[:, rows].reshape(len(counts), -1)
        if old[0] < 1:
            part = without_venue(part, inside, old)
        if new[0] < 1:
            add_venue(part, inside, new)
        after[:, rows] = part.reshape(len(counts), len(rows), -1)
        return after.reshape(counts.shape)

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
        if len(shares) > _MOST_BY_SERIES:
            dense = self._dense()
            laid = dense.laid_out(self.by_profile(slope))
            moved = np.stack([dense.laid_out(self.by_profile(part)) for part in counts])
            return dense.count_slopes(moved, shares, slope=laid, count_weight=count_weight)
        n, nodes = len(shares), self._shape[2]
        steep = (counts * slope).reshape(n, -1, nodes).transpose(1, 0, 2).reshape(-1, n * nodes)
        of_cluster = np.zeros((self._whole.shape[0], n * nodes))
        np.add.at(of_cluster, self._cluster, steep)
        by_line = np.split(self._parts.T @ steep + self._whole.T @ of_cluster, n, axis=1)
        fall, _ = self._line_steps(shares)
        odds = self._table / fall
        share = shares[:, self._venue, None]
        powers = [odds]
        for count in range(1, n):
            mixed = sum(share[k] * powers[count - k] for k in range(1, count + 1))
            powers.append(-odds * mixed)
        rest = np.zeros((n, len(self._venue)))
        for count in range(n):
            for k in range(count + 1):
                rest[count] += np.einsum("la,la->l", powers[count - k], by_line[k])
        return self._by_venue(rest, count_weight=count_weight, n_venues=shares.shape[1])

    def _by_venue(self, rest: Array, *, count_weight: Array, n_venues: int) -> Array:
        by_venue = [np.bincount(self._venue, row, minlength=n_venues) for row in rest]
        sums = np.stack(by_venue).astype(np.float64)
        return weigh_rests(sums, count_weight=count_weight)

    def _line_steps(self, shares: Array) -> tuple[Array, list[Array]]:
        """Chance of no exposure by line and appetite, and s y for each count above."""
        of_line = shares[:, self._venue, None]
        fall = 1.0 - self._table * (1.0 - of_line[0])
        odds = self._table / fall
        return fall, [fall, *(of_line[n] * odds for n in range(1, len(shares)))]

    def _dense(self) -> DenseKinds:
        table = np.concatenate([self._table, np.zeros((1, self._shape[2]))])
        return DenseKinds(table[self._by_row.T].reshape(-1, *self._shape))


def _clusters(by_row: Lines, venue: Lines, *, shape: tuple[int, ...]) -> tuple[Lines, Lines]:
    """Put profiles and roles with nearly the same lines together, and give each's typical lines."""
    n_roles = shape[2]
    leaders: list[list[int]] = [[] for _ in range(n_roles)]
    number: dict[int, int] = {}
    cluster = np.zeros(len(by_row), dtype=np.intp)
    for row, lines in enumerate(by_row):
        own = leaders[row % n_roles]
        far = (by_row[own] != lines).sum(axis=1) if own else np.array([shape[0] + 1])
        if far.min() > _FAR_SHARE * shape[0] * ((lines >= 0).mean() + 0.05):
            own.append(row)
            number[row] = cluster[row] = len(number)
        else:
            cluster[row] = number[own[int(np.argmin(far))]]
    typical = np.stack([_typical(by_row[cluster == c], venue) for c in range(len(number))])
    return cluster, typical


def _typical(lines: Lines, venue: Lines) -> Lines:
    """Give the line that most of some rows have, by venue."""
    often = np.bincount(lines[lines >= 0], minlength=len(venue))
    order = np.lexsort((-often, venue))
    present, first = np.unique(venue[order], return_index=True)
    best = np.full(lines.shape[1], -1, dtype=np.intp)
    best[present] = order[first]
    is_few = np.where(best >= 0, often[best], 0) < (lines < 0).sum(axis=0)
    return np.where(is_few, -1, best)


def _sums(
    cluster: Lines, typical: Lines, by_row: Lines, *, n_lines: int
) -> "tuple[csr_array[Any], csr_array[Any]]":
    """Give what sums lines into clusters, and what makes each row differ from its cluster."""
    from scipy.sparse import coo_array

    rows, venues = np.nonzero(typical >= 0)
    ones = np.ones(len(rows))
    whole = coo_array((ones, (rows, typical[rows, venues])), shape=(len(typical), n_lines))
    of_row = typical[cluster]
    places, lines, signs = [], [], []
    for side, sign in ((by_row, 1.0), (of_row, -1.0)):
        rows, venues = np.nonzero((by_row != of_row) & (side >= 0))
        places.append(rows)
        lines.append(side[rows, venues])
        signs.append(np.full(len(rows), sign))
    where = (np.concatenate(places), np.concatenate(lines))
    parts = coo_array((np.concatenate(signs), where), shape=(len(by_row), n_lines))
    return whole.tocsr(), parts.tocsr()
