"""A sample of a large problem's cells and draws, on which schedules are compared quickly."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.problem import ExposureProblem

__all__ = ["sample_cells"]

Places = NDArray[np.int64]
_LARGE = 30_000
_N_NUMBERS = 12_000
_FEWEST_CELLS = 500
_N_DRAWS = 24


def sample_cells(model: ExposureModel, *, rng: np.random.Generator) -> ExposureModel:
    """Give a model of some cells, drawn by weight, and of some draws, that stand for all.

    Args:
        model: Judges schedules of all cells.
        rng: Source of chance; the same state gives the same sample.

    Returns:
        A model whose values are near those of the whole one; that one itself where it is small.
        Heavy cells are all kept, the others share what is left of the weight (systematic sampling
        with a chance by size).
    """
    problem = model.problem
    n_draws = max(len(problem.draws), 1)
    if problem.people.size * n_draws <= _LARGE:
        return model
    if n_draws > 2 * _N_DRAWS:
        n_draws = max(_N_DRAWS, int(_N_DRAWS / 2 / problem.draw_share))
        some = rng.permutation(len(problem.draws))[:n_draws]
        problem = replace(problem, draws=problem.draws[np.sort(some)])
    size = len(problem.appetite.weight) * n_draws * problem.people.shape[1]
    n_kept = max(_FEWEST_CELLS, _N_NUMBERS // size)
    if len(problem.weight) > 2 * n_kept:
        problem = _part(problem, *_draw(problem.weight, n_kept, rng=rng))
    return model if problem is model.problem else ExposureModel(problem)


def _draw(weight: Array, n_kept: int, *, rng: np.random.Generator) -> tuple[Places, Array]:
    """Draw places with a chance by weight, and give the weight that each stands for."""
    chance = np.minimum(weight * (n_kept / weight.sum()), 1.0)
    for _ in range(20):
        is_sure = chance >= 1.0
        left = n_kept - int(is_sure.sum())
        others = float(weight[~is_sure].sum())
        if left <= 0 or others <= 0:
            break
        raised = np.where(is_sure, 1.0, np.minimum(weight * (left / others), 1.0))
        if np.array_equal(raised, chance):
            break
        chance = raised
    order = rng.permutation(len(weight))
    steps = np.floor(np.cumsum(chance[order]) + rng.random())
    kept = np.sort(order[np.diff(steps, prepend=0.0) > 0])
    return kept, np.asarray(weight[kept] / chance[kept])


def _part(problem: ExposureProblem, kept: Places, weight: Array) -> ExposureProblem:
    segments, segment = np.unique(problem.segment[kept], return_inverse=True)
    return replace(
        problem,
        weight=weight,
        people=problem.people[kept],
        segment=segment,
        exposure=problem.exposure[segments],
    )
