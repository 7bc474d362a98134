"""Job titles as sparse rows of numbers: hashed pieces of words, and what the lexicon says."""

import functools
import zlib
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from signoff.audience.titles.lexicon import LEVELS, Hit, Term
from signoff.units import Function

__all__ = ["LEXICON_COLUMNS", "hash_stems", "lexicon_row", "lexicon_rows"]

FUNCTIONS = tuple(Function)
FUNCTION_INDEX = {function: place for place, function in enumerate(FUNCTIONS)}
LEVEL_INDEX = {level: place for place, level in enumerate(LEVELS)}
LEXICON_COLUMNS = 512
STRONG = 1.8
"""Weight from which a term is trusted on its own."""
PIECES = (3, 5)
"""Letters of the hashed pieces."""
PIECE_SCALE = 1.5
Stems = tuple[str, ...]
Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]


def hash_stems(titles: Sequence[Stems], *, bits: int) -> sp.csr_matrix:
    """Hash pieces of three and five letters, words, pairs of words, first and last word.

    Args:
        titles: Each title as stems.
        bits: The columns are two to this power.

    Returns:
        One row per title; pieces together and words together weigh alike in every title.

    >>> hash_stems([("achat",), ()], bits=10).shape
    (2, 1024)
    """
    n_titles = len(titles)
    piece_rows, piece_hashes = _letter_pieces(titles)
    word_rows, word_hashes = _word_pieces(titles)
    n_words = np.fromiter(map(len, titles), dtype=np.int64, count=n_titles)
    n_pieces = np.bincount(piece_rows, minlength=n_titles)
    values = np.concatenate(
        [
            (PIECE_SCALE / np.sqrt(np.maximum(n_pieces, 1)))[piece_rows],
            (1 / np.sqrt(np.maximum(n_words, 1)))[word_rows],
        ]
    ).astype(np.float32)
    rows = np.concatenate([piece_rows, word_rows])
    columns = np.concatenate([piece_hashes, word_hashes]) & np.uint32((1 << bits) - 1)
    return sp.csr_matrix((values, (rows, columns.astype(np.int64))), shape=(n_titles, 1 << bits))


@functools.lru_cache(maxsize=100_000)
def lexicon_row(hits: tuple[Hit, ...]) -> tuple[int, ...]:
    """Give the columns that are one for a title with these hits.

    >>> lexicon_row(())
    (19, 105, 249)
    """
    by_function = [hit for hit in hits if hit and hit.function]
    by_level = [hit for hit in hits if hit and hit.level]
    columns = {_function(hit) for hit in by_function} | {14 + _level(hit) for hit in by_level}
    function, level = len(FUNCTIONS), len(LEVELS)
    if by_function:
        best = max(by_function, key=lambda hit: hit.weight)
        function = _function(best)
        columns |= {20 + function, 40 + _function(by_function[0]), 60 + _function(by_function[-1])}
        if best.weight >= STRONG:
            columns.add(80 + function)
    else:
        columns.add(19)
    if by_level:
        top = max(by_level, key=lambda hit: (hit.rank, _level(hit)))
        level = _level(top)
        columns |= {110 + _level(by_level[0]), 120 + _level(by_level[-1])}
        columns.add(130 + level * 6 + min(top.rank, 5))
    columns |= {100 + level, 160 + function * 6 + level}
    if hits:
        columns |= {260 + _pair(hits[0]), 380 + _pair(hits[-1])}
    return tuple(sorted(columns))


def lexicon_rows(titles: Sequence[Sequence[Hit]]) -> sp.csr_matrix:
    """Give one row of zeros and ones per title.

    >>> lexicon_rows([[]]).sum()
    np.float32(3.0)
    """
    found = [lexicon_row(tuple(hits)) for hits in titles]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.fromiter((c for row in found for c in row), dtype=np.int64, count=int(ends[-1]))
    ones = np.ones(len(columns), dtype=np.float32)
    return sp.csr_matrix((ones, columns, ends), shape=(len(found), LEXICON_COLUMNS))


def _function(hit: Term) -> int:
    return FUNCTION_INDEX[hit.function] if hit.function else -1


def _level(hit: Term) -> int:
    return LEVEL_INDEX[hit.level] if hit.level else -1


def _pair(hit: Hit) -> int:
    return (_function(hit) + 1) * 6 + _level(hit) + 1 if hit else 95


def _letter_pieces(titles: Sequence[Stems]) -> tuple[Places, Hashes]:
    """Hash every run of letters, spaces included, that stays within one title."""
    text = b"".join(
        b"\0 " + " ".join(stems).encode("ascii", "ignore") + b" " if stems else b"\0"
        for stems in titles
    )
    letters = np.frombuffer(text + b"\0" * max(PIECES), dtype=np.uint8)
    title = np.cumsum(letters == 0)
    n_letters = len(text)
    hashes = np.zeros(len(letters), dtype=np.uint32)
    rows, found = [], []
    for size in range(1, max(PIECES) + 1):
        hashes *= np.uint32(16777619)
        hashes[: len(letters) - size + 1] ^= letters[size - 1 :].astype(np.uint32)
        if size in PIECES:
            inside = letters[:n_letters] != 0
            inside &= title[size - 1 : n_letters + size - 1] == title[:n_letters]
            rows.append(title[:n_letters][inside] - 1)
            found.append(_mix(hashes[:n_letters][inside] + np.uint32(size * 7919)))
    return np.concatenate(rows), np.concatenate(found)


def _word_pieces(titles: Sequence[Stems]) -> tuple[Places, Hashes]:
    """Hash words, pairs of neighbours, the first word and the last."""
    n_words = np.fromiter(map(len, titles), dtype=np.int64, count=len(titles))
    rows = np.repeat(np.arange(len(titles)), n_words)
    words = np.fromiter(
        (_hash_word(stem) for stems in titles for stem in stems), dtype=np.uint32, count=len(rows)
    )
    joined = rows[1:] == rows[:-1]
    first = np.concatenate([[True], ~joined])[: len(rows)]
    last = np.concatenate([~joined, [True]])[: len(rows)]
    pairs = (words[:-1] * np.uint32(31) + words[1:])[joined]
    hashed = [words, pairs, words[first] + np.uint32(12345), words[last] + np.uint32(54321)]
    return (
        np.concatenate([rows, rows[1:][joined], rows[first], rows[last]]),
        _mix(np.concatenate(hashed)),
    )


@functools.lru_cache(maxsize=200_000)
def _hash_word(stem: str) -> int:
    return zlib.crc32(stem.encode())


def _mix(hashes: Hashes) -> Hashes:
    """Spread a hash over all its bits (the finish of a public-domain integer hash)."""
    hashes = hashes ^ (hashes >> np.uint32(15))
    hashes = hashes * np.uint32(0x2C1B3C6D)
    hashes = hashes ^ (hashes >> np.uint32(12))
    hashes = hashes * np.uint32(0x297A2D39)
    mixed: Hashes = hashes ^ (hashes >> np.uint32(15))
    return mixed
