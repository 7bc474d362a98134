"""What no schedule of a problem can exceed, and a better schedule where the proof meets one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.exposures.broken import climb
from signoff.venues.exposures.factors import factor_cells, n_factored
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import relax_limits
from signoff.venues.exposures.planes import climb_planes, touch_planes
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.relaxed import MoneyRows
from signoff.venues.exposures.tree import Proof, ProofEffort, prove

__all__ = ["Bound", "ProofKind", "bound_schedules", "proof_effort"]

_THINNINGS = (1.0, 0.6)
_MOST_PRODUCTS = 600
_MOST_NUMBERS = 40_000_000

Polish = Callable[[Array], tuple[Array, float]]


class ProofKind(StrEnum):
    """How it is known that no schedule brings more."""

    ENUMERATED = "enumerated"
    """Every schedule was tried."""
    CONCAVE = "concave"
    """More of everything always adds less, so that a tangent plane bounds all."""
    BRANCHED = "branched"
    """Concave planes above each cell, sharpened by splitting."""
    PLANES = "planes"
    """Concave planes above all cells together, without splitting."""
    CEILING = "ceiling"
    """Every role of every account within reach."""


@dataclass(frozen=True, eq=False)
class Bound:
    """What no schedule exceeds.

    Attributes:
        value: The bound, in the unit of the result.
        kind: How it is known.
        n_splits: Splits made.
        units: Units of the best schedule met on the way; empty: none was looked for.
    """

    value: float
    kind: ProofKind
    n_splits: int
    units: Array


def proof_effort(problem: ExposureProblem) -> ProofEffort:
    """Look longer where a look costs little: most of a minute on one core at 100 cells.

    >>> from signoff.venues.exposures.sample import sample_problem
    >>> proof_effort(sample_problem()).n_splits
    600
    """
    size = n_factored(problem) * problem.exposure.shape[1]
    return ProofEffort(n_splits=int(np.clip(296_000 / size, 20, 600)))


def bound_schedules(
    problem: ExposureProblem, *, best: tuple[Array, float], polish: Polish, effort: ProofEffort
) -> Bound:
    """Give what no schedule within the limits can exceed.

    Args:
        problem: The problem.
        best: Units of the best schedule known, and what they bring: the proof is sharpest around
            it, and true whatever it is.
        polish: Goes from broken units to a schedule of the problem and what it brings.
        effort: How long to look.

    Returns:
        The lowest of the bounds that fit the rule. Where the mean over the worst draws counts, the
        mean over all draws is bounded, which is never below it.
    """
    over_all = replace(problem, draw_share=1.0)
    money = relax_limits(problem)
    if problem.is_concave:
        plane = touch_planes(ExposureModel(over_all), money, start=best[0])
        return Bound(plane, ProofKind.CONCAVE, 0, np.empty(0))
    found = [
        _thinned(over_all, money, best=best, polish=polish, effort=effort, kept_share=kept)
        for kept in (_THINNINGS if problem.exposures_needed > 1 else (1.0,))
    ]
    ceiling = Bound(ExposureModel(problem).ceiling, ProofKind.CEILING, 0, np.empty(0))
    return min([*found, ceiling], key=lambda bound: bound.value)


def _thinned(
    problem: ExposureProblem,
    money: MoneyRows,
    *,
    best: tuple[Array, float],
    polish: Polish,
    effort: ProofEffort,
    kept_share: float,
) -> Bound:
    """Bound several exposures by one that is kept of them, each kept with a chance."""
    if problem.approval.rule in {"any", "mean"}:
        once = replace(problem, exposure=problem.exposure * kept_share, exposures_needed=1)
        one_kept = 1.0 - (1.0 - kept_share) ** problem.exposures_needed
        plane = touch_planes(ExposureModel(once), money, start=best[0]) / one_kept
        return Bound(plane, ProofKind.CONCAVE, 0, np.empty(0))
    if n_factored(problem) > _MOST_PRODUCTS:
        return _unsplit(problem, money, best=best, kept_share=kept_share)
    factored = factor_cells(problem, kept_share=kept_share)
    proof: Proof = prove(
        factored.cells,
        factored.weight,
        money=money,
        high=factored.high,
        best=(best[0], best[1] + factored.less),
        polish=partial(_shifted, polish, factored.less),
        effort=effort,
    )
    kind = ProofKind.BRANCHED if proof.n_splits else ProofKind.PLANES
    return Bound(proof.bound - factored.less, kind, proof.n_splits, proof.units)


def _shifted(polish: Polish, less: float, units: Array) -> tuple[Array, float]:
    polished, value = polish(units)
    return polished, value + less


def _unsplit(
    problem: ExposureProblem, money: MoneyRows, *, best: tuple[Array, float], kept_share: float
) -> Bound:
    if n_factored(problem) * problem.exposure[0].size > _MOST_NUMBERS:
        return Bound(np.inf, ProofKind.CEILING, 0, np.empty(0))
    factored = factor_cells(problem, kept_share=kept_share)
    value = climb_planes(factored, money, start=best[0], aim=best[1] + factored.less)
    return Bound(value - factored.less, ProofKind.PLANES, 0, np.empty(0))


def polish_broken(model: ExposureModel, money: MoneyRows, units: Array) -> tuple[Array, float]:
    """Climb from broken units."""
    end = climb(model, money, start=units, n_steps=40)
    return end.units, end.value
