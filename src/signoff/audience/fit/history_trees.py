"""Boosted trees on a history, for where traits act together and a line cannot say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_level import latest_shift
from signoff.audience.fit.traits import learn_encoding
from signoff.stats.logistic import logistic

__all__ = ["TreeModel", "fit_trees"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SEED, N_TREES, LEARNING_RATE, MOST_LEAVES, FEWEST_ROWS = 1, 100, 0.05, 8, 20
HALF_LIFE, MOST_ROWS = 0.25, 20_000


@dataclass(frozen=True)
class TreeModel:
    """What was learned.

    Attributes:
        names: The columns, in the order of the design.
        codes: For each category its common values, numbered from 0.
        usual: Design of the usual row: the median, or the commonest value.
        trees: The fitted trees.
        shift: What sets the scores to the latest known rate.
    """

    names: tuple[str, ...]
    codes: Mapping[str, Mapping[str, int]]
    usual: Floats
    trees: Any
    shift: float

    def win_share(self, columns: Sequence[PlainColumn]) -> Floats:
        """Give the calibrated probability of each row."""
        said = self.trees.decision_function(self._design(columns)) + self.shift
        return np.asarray(logistic(said))

    def added(self, columns: Sequence[PlainColumn]) -> dict[str, Floats]:
        """Give what each column adds to the log odds, against its usual value in the same row."""
        design = self._design(columns)
        said = self.trees.decision_function(design)
        told = {}
        for place, name in enumerate(self.names):
            changed = design.copy()
            changed[:, place] = self.usual[place]
            told[name] = np.asarray(said - self.trees.decision_function(changed))
        return told

    def _design(self, columns: Sequence[PlainColumn]) -> Floats:
        named = {column.name: column for column in columns}
        return _design([named[name] for name in self.names], codes=self.codes)


def fit_trees(
    columns: Sequence[PlainColumn], *, won: Floats, rows: NDArray[np.int64], order: Floats
) -> TreeModel | None:
    """Learn small boosted trees; the latest rows weigh most and set the level.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost; shape (rows,).
        rows: Places of the rows to learn from, the earliest first; the latest 20,000 are used.
        order: Day of each row.

    Returns:
        The trees; None when no column varies.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    rows = rows[-MOST_ROWS:]
    learn = np.zeros(len(won), dtype=bool)
    learn[rows] = True
    kept = learn_encoding(columns, learn=learn, fewest_rows=FEWEST_ROWS).kept
    codes = {name: {v: k for k, v in enumerate(sorted(values))} for name, values in kept.items()}
    design = _design(columns, codes=codes)[rows]
    varies = [len(np.unique(one[np.isfinite(one)])) > 1 for one in design.T]
    used = [column for column, so in zip(columns, varies, strict=True) if so]
    if not used:
        return None
    design = design[:, varies]
    age = (order[rows[-1]] - order[rows]) / max(float(order[rows[-1]] - order[rows[0]]), 1e-9)
    trees = HistGradientBoostingClassifier(
        learning_rate=LEARNING_RATE,
        max_iter=N_TREES,
        max_leaf_nodes=MOST_LEAVES,
        min_samples_leaf=FEWEST_ROWS,
        l2_regularization=1.0,
        categorical_features=[column.name in codes for column in used],
        early_stopping=False,
        random_state=SEED,
    ).fit(design, won[rows], sample_weight=0.5 ** (age / HALF_LIFE))
    said = trees.decision_function(design)
    shift = latest_shift(said, won=won[rows], drifts=True)
    usual = np.array([_usual(design[:, k], is_code=c.name in codes) for k, c in enumerate(used)])
    return TreeModel(tuple(column.name for column in used), codes, usual, trees, shift)


def _design(
    columns: Sequence[PlainColumn], *, codes: Mapping[str, Mapping[str, int]]
) -> NDArray[np.float64]:
    """Give numbers as they are and categories as codes; what is rare has one code for all."""
    return np.column_stack(
        [_codes(c, codes[c.name]) if c.name in codes else c.numbers for c in columns]
    )


def _codes(column: PlainColumn, codes: Mapping[str, int]) -> Floats:
    rare = len(codes)
    return np.array([codes.get(text, rare) if text else np.nan for text in column.texts.tolist()])


def _usual(values: Floats, *, is_code: bool) -> float:
    known = values[np.isfinite(values)]
    if is_code:
        items, counts = np.unique(known, return_counts=True)
        return float(items[np.argmax(counts)])
    return float(np.median(known))
