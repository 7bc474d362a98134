"""Cells that meet the same, put together: a plan cannot tell them apart."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.problem import ExposureProblem

__all__ = ["merge_cells"]


def merge_cells(problem: ExposureProblem) -> ExposureProblem:
    """Put cells of the same people and exposures together, and drop those that weigh nothing.

    Args:
        problem: The problem.

    Returns:
        A problem in which every plan brings the same.

    >>> from signoff.venues.exposures.sample import sample_problem
    >>> twice = replace(
    ...     sample_problem(), people=np.ones((2, 2)), exposure=np.ones((2, 2, 2)),
    ...     segment=np.array([0, 1])
    ... )
    >>> merge_cells(twice).weight.tolist()
    [4.0]
    """
    rows = problem.exposure.reshape(len(problem.exposure), -1)
    first, segment = _alike(rows)
    counts = problem.weight > 0
    cells = np.column_stack([segment[problem.segment], problem.people])[counts]
    kept, place = _alike(cells)
    if len(kept) == len(problem.weight):
        return problem
    weight = np.zeros(len(kept))
    np.add.at(weight, place, problem.weight[counts])
    return replace(
        problem,
        weight=weight,
        people=problem.people[counts][kept],
        segment=segment[problem.segment[counts][kept]],
        exposure=problem.exposure[first],
    )


def _alike(rows: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the places of the first of all rows that are alike, and which of these each row is."""
    whole = np.ascontiguousarray(rows, dtype=np.float64) + 0.0
    keys = whole.view([("", np.void, whole.shape[1] * 8)])[:, 0]
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return first[order], rank[place]
