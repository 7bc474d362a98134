"""The line behind a history's scores: learned from earlier rows, set to the latest known rate."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_level import latest_shift
from signoff.audience.fit.traits import PlainEncoding, encode_columns, learn_encoding
from signoff.stats.calibration import Calibration, fit_calibration
from signoff.stats.discrimination import log_loss
from signoff.stats.logistic import LogisticFit, fit_logistic

__all__ = ["HistoryModel", "fit_history_model"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PENALTIES = (0.03, 0.1, 0.3, 1.0)
HALF_LIVES = (0.5, 0.25, 0.125)
FEWEST_ROWS, TUNE_SHARE, MOST_ROWS = 20, 0.7, 40_000
N_BLOCKS, DRIFT_SCALE = 10, 3.0
STEEPEST = 1.5


@dataclass(frozen=True)
class HistoryModel:
    """What was learned.

    Attributes:
        encoding: How columns become features.
        line: Log odds of the features; its intercept is 0.
        usual: Mean of each feature among the rows learned from.
        calibration: Line that sets the scores to the latest known rate.
    """

    encoding: PlainEncoding
    line: LogisticFit
    usual: Floats
    calibration: Calibration

    def log_odds(self, columns: Sequence[PlainColumn]) -> Floats:
        """Give the log odds of each row, before calibration."""
        told: Floats = self.line.intercept + self.parts(columns).sum(axis=1)
        return told

    def win_share(self, columns: Sequence[PlainColumn]) -> Floats:
        """Give the calibrated probability of each row."""
        return self.calibration.chance_share(self.log_odds(columns))

    def added(self, columns: Sequence[PlainColumn]) -> dict[str, Floats]:
        """Give what each column adds to the calibrated log odds, against the usual row."""
        parts = self.parts(columns) * self.calibration.slope
        names = [feature.column for feature in self.encoding.features]
        return {
            name: np.asarray(parts[:, [other == name for other in names]].sum(axis=1))
            for name in dict.fromkeys(names)
        }

    def parts(self, columns: Sequence[PlainColumn]) -> Floats:
        """Give what each feature adds to the log odds, against the usual row."""
        weights = np.array(self.line.weights[: len(self.usual)])
        design = encode_columns(columns, encoding=self.encoding)
        return np.asarray((design - self.usual) * weights)


def fit_history_model(
    columns: Sequence[PlainColumn], *, won: Floats, learn: Flags, order: Floats, drifts: bool
) -> HistoryModel:
    """Learn a line from some rows of a history.

    The penalty is chosen on the latest part of these rows, by log loss, and the slope of the
    calibration comes from there too. Lines that forget old rows at several speeds are averaged: a
    mean of forecasts is safer than the one that was best so far (Bates and Granger 1969). The
    level is that of the latest rows.

    Args:
        columns: The columns that may be used.
        won: 1 won, 0 lost; shape (rows,).
        learn: Rows to learn from; all have an outcome.
        order: Day of each row, or its place in a drawn order.
        drifts: Whether the order is time, so that the rate may drift.

    Returns:
        The model.
    """
    rows = np.flatnonzero(learn)
    rows = rows[np.argsort(order[rows], kind="stable")][-MOST_ROWS:]
    first = np.zeros(len(won), dtype=bool)
    first[rows[: int(TUNE_SHARE * len(rows))]] = True
    late = rows[int(TUNE_SHARE * len(rows)) :]
    penalty, slope = _choose(
        columns, won=won, rows=rows, first=first, late=late, order=order, drifts=drifts
    )
    used = np.zeros(len(won), dtype=bool)
    used[rows] = True
    encoding = learn_encoding(columns, learn=used, fewest_rows=FEWEST_ROWS)
    design = encode_columns(columns, encoding=encoding)[rows]
    weights = _learn_weights(
        design, won=won[rows], order=order[rows], inverse_penalty=penalty, drifts=drifts
    )
    usual = design.mean(axis=0)
    said = slope * ((design - usual) @ weights)
    shift = latest_shift(said, won=won[rows], drifts=drifts)
    line = LogisticFit(0.0, tuple(weights.tolist()))
    return HistoryModel(encoding, line, usual, Calibration(shift, slope))


def _choose(
    columns: Sequence[PlainColumn],
    *,
    won: Floats,
    rows: NDArray[np.int64],
    first: Flags,
    late: NDArray[np.int64],
    order: Floats,
    drifts: bool,
) -> tuple[float, float]:
    """Choose the penalty by log loss on the later part of the rows; and the slope it needs."""
    learned = np.flatnonzero(first)
    learned = learned[np.argsort(order[learned], kind="stable")]
    met = {"n_won": won[late], "n_lost": 1 - won[late]}
    both = min(won[learned].sum(), (1 - won[learned]).sum(), won[late].sum(), met["n_lost"].sum())
    if both < 1 or len(rows) < 40:
        return PENALTIES[0], 1.0
    encoding = learn_encoding(columns, learn=first, fewest_rows=FEWEST_ROWS)
    design = encode_columns(columns, encoding=encoding)
    best, kept = np.inf, (PENALTIES[0], 1.0)
    for penalty in PENALTIES:
        weights = _learn_weights(
            design[learned],
            won=won[learned],
            order=order[learned],
            inverse_penalty=penalty,
            drifts=drifts,
        )
        said = design[late] @ weights
        told = fit_calibration(said, **met) if np.ptp(said) > 1e-9 else Calibration(0.0, 1.0)
        surprise = log_loss(told.chance_share(said), **met)
        if surprise < best:
            best, kept = surprise, (penalty, float(np.clip(told.slope, 0.0, STEEPEST)))
    return kept


def _learn_weights(
    design: Floats, *, won: Floats, order: Floats, inverse_penalty: float, drifts: bool
) -> Floats:
    """Learn from rows in their order; with drift, later rows weigh more and rates are levelled."""
    n = design.shape[1]
    if not drifts:
        met = {"n_won": won, "n_lost": 1 - won}
        return np.array(fit_logistic(design, **met, inverse_penalty=inverse_penalty).weights)
    levelled = np.column_stack([design, _drift(won)])
    age = (order[-1] - order) / max(float(order[-1] - order[0]), 1e-9)
    lines = []
    for half_life in HALF_LIVES:
        weight = 0.5 ** (age / half_life)
        weight = weight * (len(won) / weight.sum()) ** 0.5
        met = {"n_won": weight * won, "n_lost": weight * (1 - won)}
        lines.append(fit_logistic(levelled, **met, inverse_penalty=inverse_penalty).weights[:n])
    return np.asarray(np.array(lines).mean(axis=0))


def _drift(won: Floats) -> Floats:
    """Give the log odds of the usual row at each place of the order, so that traits need not."""
    drift = np.empty(len(won))
    for block in np.array_split(np.arange(len(won)), min(N_BLOCKS, len(won))):
        rate = _smooth_rate(won[block])
        drift[block] = DRIFT_SCALE * np.log(rate / (1 - rate))
    return np.asarray(drift - drift.mean())


def _smooth_rate(won: Floats) -> float:
    return float((won.sum() + 0.5) / (len(won) + 1.0))
