"""A problem's cells as products of chances, one for each point of appetite and each draw."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.product import ProductCells
from signoff.venues.exposures.quorum_cells import QuorumCells

__all__ = ["Factored", "factor_cells", "n_factored"]


@dataclass(frozen=True, eq=False)
class Factored:
    """Cells whose weighted values add up to what a schedule brings, or to more.

    Attributes:
        cells: Cells with planes above their values.
        weight: Weight of each.
        less: Number to take from the sum.
        high: Most that each value can be.
    """

    cells: ProductCells | QuorumCells
    weight: Array
    less: float
    high: Array


def n_factored(problem: ExposureProblem) -> int:
    """Give how many products there would be."""
    return len(problem.weight) * len(problem.appetite.weight) * max(len(problem.draws), 1)


def factor_cells(problem: ExposureProblem, *, kept_share: float = 1.0) -> Factored:
    """Give the products of a problem.

    Args:
        problem: The problem; its rule is no mean.
        kept_share: Where several exposures are needed, each is kept with this chance; whoever has
            f of them keeps one with a chance of at least 1 - (1 - s)^f, so that a product over one
            kept exposure, divided by that for each factor, is never below the chance.

    Returns:
        Products that add up to what a schedule brings, or to more.
    """
    rows = problem.exposure[problem.segment] * problem.people[:, :, None] * kept_share
    held = problem.people > 0
    approval = problem.approval
    weight, less = problem.weight, 0.0
    if approval.rule == "every_level":
        rows = np.stack([rows[:, roles].sum(axis=1) for roles in approval.level_rows], axis=1)
        held = np.stack([held[:, roles].any(axis=1) for roles in approval.level_rows], axis=1)
    rows, weight = _spread(problem, rows, weight)
    held = np.tile(held, (len(weight) // len(held), 1))
    if approval.rule == "uplift":
        less = approval.base_share * float(weight.sum())
        weight = weight * approval.base_share
    n_needed = approval.quorum if approval.rule == "quorum" else 1
    can_win = (held.sum(axis=1) >= n_needed) & (weight > 0)
    rows, held, weight = rows[can_win], held[can_win], weight[can_win]
    one_kept = 1.0 - (1.0 - kept_share) ** problem.exposures_needed
    if approval.rule == "quorum":
        needed = np.full(len(held), approval.quorum)
        return Factored(
            QuorumCells(rows, held, needed), weight / one_kept**needed, 0.0, one_kept**needed
        )
    if approval.rule == "uplift":
        lifts = np.array(approval.lifts) / one_kept
        cells = ProductCells(rows, held, np.where(held, lifts, 0.0))
        return Factored(cells, weight, less, np.full(len(weight), np.inf))
    high = one_kept ** held.sum(axis=1)
    return Factored(ProductCells(rows, held), weight / high, 0.0, high)


def _spread(problem: ExposureProblem, rows: Array, weight: Array) -> tuple[Array, Array]:
    """Repeat the cells for each point of appetite and each draw."""
    parts = list(_points(problem))
    return (
        np.concatenate([rows * factor for factor, _ in parts]),
        np.concatenate([weight * share for _, share in parts]),
    )


def _points(problem: ExposureProblem) -> Iterator[tuple[Array, float]]:
    draws = problem.draws if len(problem.draws) else np.ones((1, len(problem.options)))
    for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
        for draw in draws:
            yield factor * draw, float(share) / len(draws)
