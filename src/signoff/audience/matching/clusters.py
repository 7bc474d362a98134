"""Pairs to firms: what is linked stands together, unless its members contradict each other."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["join_pairs"]

LEAST_MEAN = 0.45
UNSEEN = 0.1

Tally = dict[int, tuple[float, int]]


class _Groups:
    """Groups of rows that grow, with the likeness summed between each two of them."""

    def __init__(self, size: int) -> None:
        self.root = list(range(size))
        self.size = [1] * size
        self.between: list[Tally] = [{} for _ in range(size)]
        self.apart: list[set[int]] = [set() for _ in range(size)]

    def find(self, row: int) -> int:
        while self.root[row] != row:
            self.root[row] = self.root[self.root[row]]
            row = self.root[row]
        return row

    def note(self, a: int, b: int, *, share: float) -> None:
        for one, other in ((a, b), (b, a)):
            total, count = self.between[one].get(other, (0.0, 0))
            self.between[one][other] = (total + share, count + 1)

    def mean(self, a: int, b: int) -> float:
        """Give the mean likeness between two groups; as many unseen pairs as seen ones count."""
        total, count = self.between[a].get(b, (0.0, 0))
        unseen = min(self.size[a] * self.size[b] - count, count)
        return (total + UNSEEN * unseen) / max(count + unseen, 1)

    def join(self, a: int, b: int) -> None:
        if len(self.between[a]) + len(self.apart[a]) < len(self.between[b]) + len(self.apart[b]):
            a, b = b, a
        self.root[b] = a
        self.size[a] += self.size[b]
        for other, (total, count) in self.between[b].items():
            self.between[other].pop(b)
            if other != a:
                seen_total, seen = self.between[a].get(other, (0.0, 0))
                self.between[a][other] = (seen_total + total, seen + count)
                self.between[other][a] = self.between[a][other]
        for other in self.apart[b]:
            self.apart[other].discard(b)
            self.apart[other].add(a)
        self.apart[a] |= self.apart[b]
        self.between[b], self.apart[b] = {}, set()


def join_pairs(
    pairs: NDArray[np.int64],
    shares: NDArray[np.float64],
    *,
    size: int,
    threshold_share: float,
    confirmed: Iterable[tuple[int, int]] = (),
    rejected: Iterable[tuple[int, int]] = (),
) -> NDArray[np.int64]:
    """Give the group of each row.

    The likeliest pairs join first. Two groups join only while the mean likeness between them, not
    just that of one pair, holds: so that a chain of likenesses does not make one firm of many.

    Args:
        pairs: Two rows each, first below second.
        shares: How likely each pair is one firm, 0 to 1.
        size: Number of rows.
        threshold_share: A pair joins from this likeness on.
        confirmed: Pairs that always stand together.
        rejected: Pairs that never do; they must not contradict the confirmed ones.

    Returns:
        For each row the lowest row of its group.

    >>> chain = np.array([[0, 1], [1, 2], [0, 2]])
    >>> join_pairs(chain, np.array([0.9, 0.8, 0.0]), size=3, threshold_share=0.5).tolist()
    [0, 0, 2]
    """
    groups = _Groups(size)
    for a, b in rejected:
        groups.apart[a].add(b)
        groups.apart[b].add(a)
    seen = shares > UNSEEN / 2
    reach = _reach(pairs[shares >= threshold_share], size=size)
    counted = seen | (reach[pairs[:, 0]] & reach[pairs[:, 1]])
    listed = list(zip(pairs[counted].tolist(), shares[counted].tolist(), strict=True))
    for (a, b), share in listed:
        groups.note(a, b, share=share)
    for a, b in confirmed:
        one, other = groups.find(a), groups.find(b)
        if one != other:
            groups.join(one, other)
    linked = sorted((item for item in listed if item[1] >= threshold_share), key=_likeliest_first)
    for (a, b), _ in linked:
        one, other = groups.find(a), groups.find(b)
        if one == other or other in groups.apart[one]:
            continue
        if groups.mean(one, other) >= LEAST_MEAN:
            groups.join(one, other)
    return _lowest(np.array([groups.find(row) for row in range(size)], dtype=np.int64))


def _likeliest_first(item: tuple[list[int], float]) -> tuple[float, list[int]]:
    return -item[1], item[0]


def _reach(linked: NDArray[np.int64], *, size: int) -> NDArray[np.bool_]:
    """Say which rows any link touches; likeness between others decides nothing."""
    found = np.zeros(size, dtype=np.bool_)
    found[linked.ravel()] = True
    return found


def _lowest(roots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Name each group by its lowest row."""
    lowest = np.full(len(roots), len(roots), dtype=np.int64)
    np.minimum.at(lowest, roots, np.arange(len(roots)))
    return lowest[roots]
