"""Why a row of a history scores as it does: what moves its odds, in words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_model import HistoryModel
from signoff.audience.fit.history_trees import TreeModel

__all__ = ["tell_reasons"]

MOST_REASONS, SMALLEST = 3, 0.05


def tell_reasons(
    model: HistoryModel | TreeModel, columns: Sequence[PlainColumn]
) -> list[tuple[str, ...]]:
    """Say what moves each row's odds of winning, against the usual row.

    Args:
        model: As learned.
        columns: The columns it was learned from, with the rows to explain.

    Returns:
        For each row up to three reasons, the strongest first; none where nothing moves its odds
        by more than 5 %.
    """
    added = model.added(columns)
    used = [column for column in columns if column.name in added]
    if not used:
        return [()] * (len(columns[0].texts) if columns else 0)
    sums = np.column_stack([added[column.name] for column in used])
    strongest = np.argsort(-np.abs(sums), axis=1, kind="stable")[:, :MOST_REASONS]
    return [_tell(used, row=row, sums=sums[row], places=strongest[row]) for row in range(len(sums))]


def _tell(
    used: Sequence[PlainColumn],
    *,
    row: int,
    sums: NDArray[np.float64],
    places: NDArray[np.int64],
) -> tuple[str, ...]:
    told = []
    for place in places.tolist():
        added = float(sums[place])
        if abs(added) < SMALLEST:
            continue
        value = used[place].texts[row] or "empty"
        way, share = ("raises", np.expm1(added)) if added > 0 else ("lowers", -np.expm1(added))
        told.append(f"{used[place].name} {value} {way} the odds by {100 * share:.0f} %")
    return tuple(told)
