"""In what two records of firms are alike, for many pairs at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, fuzz, process

from signoff.audience.matching.records import ComparedRecords
from signoff.audience.matching.tokens import WORD_FEATURES, WordTable, word_features

__all__ = ["CONTEXT", "FEATURES", "FIELDS", "pair_features", "plainly_different"]

CHUNK = 25_000
N_THREADS = 2
STRONG = 0.75
HARDLY_A_WORD = 0.25
HARDLY_A_SEQUENCE = 60

FIELDS = ("form", "domain", "country", "city", "postcode", "industry")
"""Fields that agree (1), differ (0) or are not known on both sides (not a number)."""

_LETTERS = (
    "ratio",
    "sorted_ratio",
    "set_ratio",
    "partial_ratio",
    "jaro_winkler",
    "joined_ratio",
    "joined_prefix",
    "plain_ratio",
    "label_ratio",
    "label_prefix",
    "initials",
    "length_share",
    "shorter_length",
)
CONTEXT = ("behind_best_less", "behind_best_more", "n_strong_fewer", "n_strong_more")
"""How this pair stands among the other pairs of its two records."""

FEATURES = (*_LETTERS, *WORD_FEATURES, *FIELDS, *CONTEXT)

Floats = NDArray[np.float32]
Pairs = NDArray[np.int64]


def pair_features(records: ComparedRecords, *, words: WordTable, pairs: Pairs) -> Floats:
    """Give in what the records of each pair are alike: one row a pair, columns FEATURES.

    Args:
        records: Compared records.
        words: The words of their names.
        pairs: Two rows of records each.

    >>> from signoff.audience.matching.records import AccountRecord, compare_records
    >>> from signoff.audience.matching.tokens import tabulate_words
    >>> found = compare_records([AccountRecord("1", "Acme Ltd"), AccountRecord("2", "ACME")])
    >>> words = tabulate_words([name.core for name in found.names], frequencies={})
    >>> float(pair_features(found, words=words, pairs=np.array([[0, 1]]))[0, 0])
    100.0
    """
    found = np.empty((len(pairs), len(FEATURES)), dtype=np.float32)
    n_context = len(CONTEXT)
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        found[start : start + len(part), :-n_context] = np.column_stack(
            (
                _letters(records, part),
                word_features(words, left=part[:, 0], right=part[:, 1]),
                _agreements(records, part),
            )
        )
    place = FEATURES.index
    alike = found[:, place("alike_weight_share")]
    letters = found[:, place("sorted_ratio")] + found[:, place("joined_ratio")]
    likeness = ((alike + letters / 100) / 3).astype(np.float32)
    found[:, -n_context:] = _context(likeness, pairs, n_records=len(records.names))
    return found


def plainly_different(features: Floats) -> NDArray[np.bool_]:
    """Say which pairs have hardly a word or a letter sequence in common, nor a domain.

    Args:
        features: One row a pair, columns FEATURES.

    >>> plainly_different(np.zeros((1, len(FEATURES)), dtype=np.float32)).tolist()
    [True]
    """
    place = FEATURES.index
    found: NDArray[np.bool_] = (
        (features[:, place("alike_weight_share")] < HARDLY_A_WORD)
        & (features[:, place("set_ratio")] < HARDLY_A_SEQUENCE)
        & (features[:, place("domain")] != 1)
    )
    return found


def _letters(records: ComparedRecords, pairs: Pairs) -> Floats:
    cores = [name.core for name in records.names]
    a, b = _both(cores, pairs)
    joined_a, joined_b = _both(records.joined, pairs)
    plain = _both([name.plain for name in records.names], pairs)
    lengths = np.array([(len(x), len(y)) for x, y in zip(joined_a, joined_b, strict=True)])
    shorter, longer = lengths.min(1), np.maximum(lengths.max(1), 1)
    prefix = _like(joined_a, joined_b, distance.Prefix.similarity)
    label_ratio, label_prefix = _labels(records, pairs)
    columns = (
        _like(a, b, fuzz.ratio),
        _like(a, b, fuzz.token_sort_ratio),
        _like(a, b, fuzz.token_set_ratio),
        _like(a, b, fuzz.partial_ratio),
        _like(a, b, distance.JaroWinkler.similarity),
        _like(joined_a, joined_b, fuzz.ratio),
        prefix / np.maximum(shorter, 1),
        _like(*plain, fuzz.ratio),
        label_ratio,
        label_prefix,
        np.array([_initials(x, y) for x, y in zip(a, b, strict=True)]),
        shorter / longer,
        shorter,
    )
    return np.column_stack(columns).astype(np.float32)


def _both(values: Sequence[str], pairs: Pairs) -> tuple[list[str], list[str]]:
    left, right = pairs.T.tolist()
    return [values[row] for row in left], [values[row] for row in right]


def _like(a: Sequence[str], b: Sequence[str], scorer: Any) -> Floats:
    return process.cpdist(a, b, scorer=scorer, dtype=np.float32, workers=N_THREADS)


def _labels(records: ComparedRecords, pairs: Pairs) -> tuple[Floats, Floats]:
    """Compare the name in one record's domain with the other record's name, both ways."""
    ratios, prefixes = [], []
    for side in (0, 1):
        labels = [records.labels[row] for row in pairs[:, side].tolist()]
        joined = [records.joined[row] for row in pairs[:, 1 - side].tolist()]
        known = np.array([bool(label) for label in labels])
        ratios.append(np.where(known, _like(labels, joined, fuzz.ratio), np.nan))
        prefix = _like(labels, joined, distance.Prefix.similarity)
        prefixes.append(np.where(known, prefix, np.nan))
    return np.fmax(*ratios), np.fmax(*prefixes)


def _initials(a: str, b: str) -> int:
    """Count the letters of one name's first word that are the initials of the other's words."""
    short, long = sorted((a.split(), b.split()), key=len)
    if not short or len(long) == len(short) or len(short[0]) < 2:
        return 0
    initials = "".join(word[0] for word in long)
    return len(short[0]) if initials.startswith(short[0]) else 0


def _agreements(records: ComparedRecords, pairs: Pairs) -> Floats:
    columns = []
    for field in FIELDS:
        a, b = records.codes[field][pairs.T]
        columns.append(np.where((a < 0) | (b < 0), np.nan, a == b))
    return np.column_stack(columns).astype(np.float32)


def _context(likeness: Floats, pairs: Pairs, *, n_records: int) -> Floats:
    """Say how far each pair is behind the best other pair of either record, and of how many."""
    rows = pairs.T.ravel()
    values = np.tile(likeness, 2)
    order = np.lexsort((-values, rows))
    ordered_rows, ordered = rows[order], values[order]
    is_first = np.diff(ordered_rows, prepend=-1) != 0
    is_second = np.append(False, is_first[:-1]) & ~is_first
    best, second = np.zeros(n_records), np.zeros(n_records)
    best[ordered_rows[is_first]] = ordered[is_first]
    second[ordered_rows[is_second]] = ordered[is_second]
    n_strong = np.bincount(rows, weights=values > STRONG, minlength=n_records)[pairs]
    rival = np.where(likeness[:, None] >= best[pairs] - 1e-6, second[pairs], best[pairs])
    behind = rival - likeness[:, None]
    columns = (behind.min(1), behind.max(1), n_strong.min(1), n_strong.max(1))
    return np.column_stack(columns).astype(np.float32)
