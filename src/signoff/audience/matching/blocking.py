"""Which pairs of records are worth comparing at all."""

from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from signoff.audience.matching.records import ComparedRecords

__all__ = ["block_pairs"]

NEAREST = 12
MOST_SHARED = 300
LARGEST_BLOCK = 12
CHUNK = 2_000
LEAST_LIKENESS = 0.15
SHORTEST_NAME = 3
SHORTEST_WORD = 4
LONGEST_INITIALS = 6
SAME_NAMED = 3
"""Records of one name that are each compared with those of a near name."""

Pairs = NDArray[np.int64]


def block_pairs(records: ComparedRecords, *, nearest: int = NEAREST) -> Pairs:
    """Give the pairs of records that may be one firm: shape (pairs, 2), first below second.

    Args:
        records: Compared records.
        nearest: How many names nearest to each are compared with it.

    Returns:
        Pairs with the same domain, the same name, initials or a name in a domain, and those
        nearest by the rare letter sequences of their names.

    >>> from signoff.audience.matching.records import AccountRecord, compare_records
    >>> found = compare_records([AccountRecord("1", "Acme Ltd"), AccountRecord("2", "ACME")])
    >>> block_pairs(found).tolist()
    [[0, 1]]
    """
    size = len(records.names)
    found = [
        _near([name.core for name in records.names], nearest=nearest),
        *(_keyed(keys) for keys in _keys(records)),
    ]
    pairs = np.concatenate(found)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    low, high = pairs.min(1), pairs.max(1)
    packed = np.unique(low * size + high)
    return np.column_stack(np.divmod(packed, max(size, 1)))


def _keys(records: ComparedRecords) -> Iterator[list[tuple[int, str]]]:
    """Give (record, key) lists; records with the same key are compared."""
    yield [(i, d) for i, d in enumerate(records.domains) if d]
    yield [(i, j) for i, j in enumerate(records.joined) if j]
    labels = [(i, label) for i, label in enumerate(records.labels) if len(label) >= SHORTEST_NAME]
    firsts = [(i, n.core.split()[0]) for i, n in enumerate(records.names) if n.core]
    yield labels + [(i, j) for i, j in enumerate(records.joined) if len(j) >= SHORTEST_NAME]
    yield labels + [(i, f) for i, f in firsts if len(f) >= SHORTEST_WORD]
    initials = [
        (i, "".join(w[0] for w in n.core.split()))
        for i, n in enumerate(records.names)
        if n.core.count(" ") + 1 >= SHORTEST_NAME
    ]
    yield initials + [(i, f) for i, f in firsts if SHORTEST_NAME <= len(f) <= LONGEST_INITIALS]


def _keyed(keys: list[tuple[int, str]]) -> Pairs:
    """Pair records with one key: all in a small block, neighbours in a large one."""
    known: dict[str, int] = {}
    if not keys:
        return np.zeros((0, 2), dtype=np.int64)
    rows = np.array([row for row, _ in keys], dtype=np.int64)
    codes = np.array([known.setdefault(key, len(known)) for _, key in keys], dtype=np.int64)
    order = np.lexsort((rows, codes))
    rows, codes = rows[order], codes[order]
    found = []
    for step in range(1, LARGEST_BLOCK + 1):
        here = codes[step:] == codes[:-step]
        if not here.any():
            break
        found.append(np.column_stack((rows[:-step][here], rows[step:][here])))
    return np.concatenate(found) if found else np.zeros((0, 2), dtype=np.int64)


def _near(names: list[str], *, nearest: int) -> Pairs:
    """Pair each name with the nearest by rare letter sequences; records of one name share these."""
    cores: dict[str, list[int]] = {}
    for row, core in enumerate(names):
        if core:
            cores.setdefault(core, []).append(row)
    if not cores:
        return np.zeros((0, 2), dtype=np.int64)
    grams = _gram_matrix(list(cores))
    bearers = np.full((len(cores), SAME_NAMED), -1, dtype=np.int64)
    for place, rows in enumerate(cores.values()):
        bearers[place, : len(rows)] = rows[:SAME_NAMED]
    other = grams.T.tocsr()
    found: list[Pairs] = []
    for start in range(0, grams.shape[0], CHUNK):
        near = _nearest(grams[start : start + CHUNK] @ other, nearest=nearest, start=start)
        found.extend(_spread(near, bearers))
    return np.concatenate(found)


def _spread(near: Pairs, bearers: Pairs) -> Iterator[Pairs]:
    """Give the pairs of records that bear two near names, the first few of each name."""
    for one, other in product(range(bearers.shape[1]), repeat=2):
        rows = np.column_stack((bearers[near[:, 0], one], bearers[near[:, 1], other]))
        yield rows[(rows >= 0).all(1)]


def _nearest(likeness: sparse.csr_matrix, *, nearest: int, start: int) -> Pairs:
    """Give (row, column) of the highest entries of each row, itself left out."""
    counts = np.diff(likeness.indptr)
    row = np.repeat(np.arange(likeness.shape[0]), counts)
    column, value = likeness.indices.astype(np.int64), likeness.data
    keep = (column != row + start) & (value > LEAST_LIKENESS)
    row, column, value = row[keep], column[keep], value[keep]
    order = np.lexsort((column, -value, row))
    row, column = row[order], column[order]
    firsts = np.searchsorted(row, np.arange(likeness.shape[0]))
    rank = np.arange(len(row)) - firsts[row]
    top = rank < nearest
    return np.column_stack((row[top] + start, column[top]))


def _gram_matrix(cores: list[str]) -> sparse.csr_matrix:
    """Weigh the rare letter sequences of each name; the common ones count in its length only."""
    known: dict[str, int] = {}
    indices: list[int] = []
    ends = [0]
    for core in cores:
        indices.extend(known.setdefault(gram, len(known)) for gram in _grams(core))
        ends.append(len(indices))
    columns, starts = np.array(indices, dtype=np.int32), np.array(ends)
    frequency = np.bincount(columns, minlength=len(known))
    weight = np.log((len(cores) + 1) / frequency).astype(np.float32)
    length = np.sqrt(np.add.reduceat(weight[columns] ** 2, starts[:-1]))
    weight[(frequency > MOST_SHARED) | (frequency == 1)] = 0
    data = weight[columns] / np.repeat(np.maximum(length, 1e-6), np.diff(starts))
    matrix = sparse.csr_matrix(
        (data.astype(np.float32), columns, starts), shape=(len(cores), len(known))
    )
    matrix.eliminate_zeros()
    return matrix


def _grams(core: str) -> set[str]:
    """Give the sequences of three and five letters, the words, and beginnings of two words."""
    words, text = core.split(), f" {core} "
    found = {text[start : start + 3] for start in range(len(text) - 2)}
    found.update(text[start : start + 5] for start in range(len(text) - 4))
    found.update(f"{one[:4]}~{other[:4]}" for one, other in pairwise(words))
    found.update(f"={word}" for word in words)
    return found
