"""Words of names as arrays, and how the words of two names are alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["WORD_FEATURES", "WordTable", "tabulate_words", "word_features"]

MOST_WORDS = 8
LETTERS_COMPARED = 8
NO_ABBREVIATION = 9

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

WORD_FEATURES = (
    "n_words_fewer",
    "n_words_more",
    "shared_weight_share",
    "alike_weight_share",
    "shared_weight",
    "rarest_shared",
    "left_over_less",
    "left_over_more",
    "rarest_left_over_less",
    "rarest_left_over_more",
    "n_left_over_fewer",
    "n_left_over_more",
    "first_word_alike",
    "first_word_weight",
    "numbers_differ",
    "shortest_abbreviation",
    "order_kept",
)
"""Of the two names of a pair, what is less and what is more; so that their order is no matter."""


@dataclass(frozen=True)
class WordTable:
    """The words of many names, at most eight of each; arrays of shape (names, words).

    Attributes:
        ids: A number per word, -1 beyond the last.
        heads: First eight letters as one number, the first letter foremost.
        lengths: How many letters count, at most eight.
        weights: Inverse document frequency; 0 beyond the last.
        is_number: Whether the word has a digit.
    """

    ids: NDArray[np.int32]
    heads: NDArray[np.uint64]
    lengths: NDArray[np.uint8]
    weights: Floats
    is_number: NDArray[np.bool_]


def tabulate_words(cores: Sequence[str], *, frequencies: Mapping[str, int]) -> WordTable:
    """Give the words of names as arrays.

    Args:
        cores: Names without legal form, plain words.
        frequencies: In how many names of a large list each word stands; "" is that list's size.

    >>> tabulate_words(["acme tools"], frequencies={"": 1}).ids[0, :3].tolist()
    [0, 1, -1]
    """
    known: dict[str, int] = {}
    ids = np.full((len(cores), MOST_WORDS), -1, dtype=np.int32)
    for row, core in enumerate(cores):
        for place, word in enumerate(core.split()[:MOST_WORDS]):
            ids[row, place] = known.setdefault(word, len(known))
    words = [word.encode() for word in known]
    counted = np.bincount(ids[ids >= 0], minlength=len(known))
    background = np.array([frequencies.get(word, 0) for word in known], dtype=np.float64)
    size = len(cores) + frequencies.get("", 0)
    weights = np.log((size + 1.0) / (counted + background + 0.5))
    heads = [int.from_bytes(w[:LETTERS_COMPARED].ljust(8, b"\0"), "big") for w in words]
    lengths = [min(len(word), LETTERS_COMPARED) for word in words]
    return WordTable(
        ids=ids,
        heads=_spread(np.array(heads, dtype=np.uint64), ids),
        lengths=_spread(np.array(lengths, dtype=np.uint8), ids),
        weights=_spread(np.clip(weights, 0.1, 9.0).astype(np.float32), ids),
        is_number=_spread(np.array([any(map(str.isdigit, w)) for w in known], dtype=np.bool_), ids),
    )


def _spread(values: NDArray[Any], ids: NDArray[np.int32]) -> NDArray[Any]:
    """Put each word's value in its places; nothing where there is no word."""
    return np.append(values, np.zeros(1, dtype=values.dtype))[ids]


def word_features(table: WordTable, *, left: Places, right: Places) -> Floats:
    """Give how the words of pairs of names are alike: one row a pair, columns WORD_FEATURES.

    Two words are alike when they are equal or one is the other's beginning ("tech", "technology").

    Args:
        table: The words of all names.
        left: Row of one name of each pair.
        right: Row of the other.

    >>> table = tabulate_words(["acme", "acme tools"], frequencies={"": 9})
    >>> word_features(table, left=np.array([0]), right=np.array([1]))[0, :2].tolist()
    [1.0, 2.0]
    """
    same, begins, common = _compare_words(table, left, right)
    alike = same | begins
    weight_a, weight_b = table.weights[left], table.weights[right]
    is_alike_a, is_alike_b = alike.any(2), alike.any(1)
    shared = weight_a * same.any(2)
    total = np.maximum(weight_a.sum(1) + weight_b.sum(1), 0.1)
    alike_weight = (weight_a * is_alike_a).sum(1) + (weight_b * is_alike_b).sum(1)
    n_a, n_b = (table.ids[left] >= 0).sum(1), (table.ids[right] >= 0).sum(1)
    rest_a, rest_b = weight_a * ~is_alike_a, weight_b * ~is_alike_b
    numbers = (table.is_number[left] & ~is_alike_a).any(1).astype(np.float32)
    numbers += (table.is_number[right] & ~is_alike_b).any(1)
    columns = (
        *_less_and_more(n_a, n_b),
        2 * shared.sum(1) / total,
        alike_weight / total,
        shared.sum(1),
        shared.max(1),
        *_less_and_more(rest_a.sum(1), rest_b.sum(1)),
        *_less_and_more(rest_a.max(1), rest_b.max(1)),
        *_less_and_more((rest_a > 0).sum(1), (rest_b > 0).sum(1)),
        same[:, 0, 0].astype(np.float32) + alike[:, 0, 0],
        np.minimum(weight_a[:, 0], weight_b[:, 0]),
        numbers,
        np.where(begins & ~same, common, NO_ABBREVIATION).min((1, 2)),
        np.einsum("nii->n", alike.astype(np.float32)) / np.maximum(np.minimum(n_a, n_b), 1),
    )
    return np.column_stack(columns).astype(np.float32)


def _compare_words(
    table: WordTable, left: Places, right: Places
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.uint8]]:
    """Compare each word of one name with each of the other: equal, beginning, letters of it."""
    a, b = table.ids[left][:, :, None], table.ids[right][:, None, :]
    there = (a >= 0) & (b >= 0)
    common = np.minimum(table.lengths[left][:, :, None], table.lengths[right][:, None, :])
    beyond = np.uint64(8) * (np.uint64(LETTERS_COMPARED) - common.astype(np.uint64))
    apart = table.heads[left][:, :, None] ^ table.heads[right][:, None, :]
    begins = there & (np.right_shift(apart, np.minimum(beyond, np.uint64(63))) == 0)
    # "Agence 1" is no beginning of "Agence 12"
    begins &= ~(table.is_number[left][:, :, None] | table.is_number[right][:, None, :])
    return (a == b) & there, begins, common


def _less_and_more(a: NDArray[Any], b: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    return np.minimum(a, b), np.maximum(a, b)
