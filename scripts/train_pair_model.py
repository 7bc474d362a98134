# ruff: noqa: INP001 - a script, no part of a package
"""Train the model that says whether two records are one firm, on listed companies.

Usage: python scripts/train_pair_model.py LISTINGS.csv.gz [OUT.npz]

The listings come from JerBouma/FinanceDatabase (MIT); `soft` is the same for one company. The
model sees every pair three times: with all fields, with names alone, and with each field forgotten
by chance, so that it serves lists that know little.
"""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from signoff.audience.matching.blocking import block_pairs
from signoff.audience.matching.features import FEATURES, FIELDS, pair_features, plainly_different
from signoff.audience.matching.pair_model import PairModel
from signoff.audience.matching.records import AccountRecord, ComparedRecords, compare_records
from signoff.audience.matching.tokens import tabulate_words

OUT = Path(__file__).parents[1] / "src/signoff/audience/data/pair_model.npz"
COMMON = 4
MISSED_LOG_ODDS = 0.85
"""The labels leave out true pairs: readers said yes to most pairs that a model held at .3."""

_LIKE_TEXT = """
    ratio sorted_ratio set_ratio partial_ratio jaro_winkler joined_ratio joined_prefix
    plain_ratio label_ratio shared_weight_share alike_weight_share shared_weight
    first_word_alike form domain country city postcode industry
"""
LIKE = _LIKE_TEXT.split()
_UNLIKE_TEXT = """
    left_over_less left_over_more rarest_left_over_less rarest_left_over_more
    n_left_over_fewer n_left_over_more numbers_differ
"""
UNLIKE = _UNLIKE_TEXT.split()
FORGETTABLE = ("label_ratio", "label_prefix", *FIELDS[1:])


def main() -> None:
    """Train on all pairs and write the model."""
    records, entities = read_listings(Path(sys.argv[1]))
    compared = compare_records(records)
    frequencies = count_words(compared)
    pairs = block_pairs(compared)
    features = listing_features(compared, pairs)
    is_same = entities[pairs[:, 0]] == entities[pairs[:, 1]]
    fitted = fit_pairs(features, is_same, rng=np.random.default_rng(1))
    model = ship(fitted, frequencies=frequencies)
    trained = fitted.decision_function(features) + MISSED_LOG_ODDS
    gap = np.abs(model.log_odds(features) - trained).max()
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    out.write_bytes(model.to_bytes())
    sys.stdout.write(
        f"{len(pairs):,} pairs, {is_same.sum():,} the same; {out.stat().st_size:,} bytes; as "
        f"shipped at most {gap:.1e} of log odds from as trained\n"
    )


def read_listings(path: Path) -> tuple[list[AccountRecord], np.ndarray]:
    """Read the records and which company each belongs to."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    records = [
        AccountRecord(
            id=row["unique_id"],
            name=row["name"],
            website=row["website"],
            country=row["country"],
            city=row["city"],
            postcode=row["zipcode"],
            industry=row["sector"],
        )
        for row in rows
    ]
    return records, np.array([int(row["soft"]) for row in rows])


def count_words(compared: ComparedRecords) -> dict[str, int]:
    """Count in how many names each word stands, the rare ones left out."""
    counts = Counter(word for name in compared.names for word in set(name.core.split()))
    common = {word: n for word, n in sorted(counts.items()) if n >= COMMON and "," not in word}
    return {"": len(compared.names), **common}


def listing_features(compared: ComparedRecords, pairs: np.ndarray) -> np.ndarray:
    """Give the features of pairs; these names are themselves the list that words are counted in."""
    words = tabulate_words([name.core for name in compared.names], frequencies={})
    return pair_features(compared, words=words, pairs=pairs)


def fit_pairs(features: np.ndarray, is_same: np.ndarray, *, rng: np.random.Generator) -> Any:
    """Fit boosted trees; more likeness never speaks against, more left over never for."""
    kept, weights = thin_out(features, is_same, rng=rng)
    rows = features[kept]
    copies = np.concatenate([rows, forget(rows, 1.0, rng=rng), forget(rows, 0.5, rng=rng)])
    constraints = [1 if n in LIKE else -1 if n in UNLIKE else 0 for n in FEATURES]
    return HistGradientBoostingClassifier(
        max_iter=130,
        learning_rate=0.07,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=2.0,
        max_features=0.6,
        early_stopping=False,
        monotonic_cst=constraints,
        random_state=1,
    ).fit(copies, np.tile(is_same[kept], 3), sample_weight=np.tile(weights, 3))


def thin_out(
    features: np.ndarray, is_same: np.ndarray, *, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Keep one in ten of the plainly different pairs, which then count five times."""
    plain = plainly_different(features) & ~is_same
    kept = ~plain | (rng.random(len(features)) < 0.1)
    return np.flatnonzero(kept), np.where(plain, 10.0, 1.0)[kept]


def forget(rows: np.ndarray, share: float, *, rng: np.random.Generator) -> np.ndarray:
    """Give the rows with each field but the name unknown, in a share of them."""
    copy = rows.copy()
    for name in FORGETTABLE:
        copy[rng.random(len(rows)) < share, FEATURES.index(name)] = np.nan
    return copy


def ship(fitted: Any, *, frequencies: dict[str, int]) -> PairModel:
    """Give the fitted trees as arrays."""
    trees: Sequence[np.ndarray] = [found[0].nodes for found in fitted._predictors]  # noqa: SLF001 - where scikit-learn keeps its trees
    width = max(len(nodes) for nodes in trees)
    shape = (len(trees), width)
    arrays = {
        "feature": np.zeros(shape, dtype=np.uint8),
        "threshold": np.zeros(shape, dtype=np.float32),
        "goes_left": np.zeros(shape, dtype=np.bool_),
        "left": np.tile(np.arange(width, dtype=np.uint8), (len(trees), 1)),
        "right": np.tile(np.arange(width, dtype=np.uint8), (len(trees), 1)),
        "value": np.zeros(shape, dtype=np.float32),
    }
    for row, nodes in enumerate(trees):
        n, leaf = len(nodes), nodes["is_leaf"].astype(bool)
        arrays["feature"][row, :n] = nodes["feature_idx"]
        arrays["threshold"][row, :n] = np.minimum(nodes["num_threshold"], 3e38)
        arrays["goes_left"][row, :n] = nodes["missing_go_to_left"]
        for side in ("left", "right"):
            arrays[side][row, :n] = np.where(leaf, arrays[side][row, :n], nodes[side])
        arrays["value"][row, :n] = np.where(leaf, nodes["value"], 0)
    return PairModel(
        **arrays,
        baseline=float(np.ravel(fitted._baseline_prediction)[0]) + MISSED_LOG_ODDS,  # noqa: SLF001 - its own place too
        depth=max(int(nodes["depth"].max()) for nodes in trees),
        frequencies=frequencies,
    )


if __name__ == "__main__":
    main()
