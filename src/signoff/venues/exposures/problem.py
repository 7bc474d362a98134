"""The planning problem in the terms of exposures: whom each unit meets how often."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.approval import Approval
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["Appetite", "ExposureProblem"]


@dataclass(frozen=True, eq=False)
class Appetite:
    """Points that stand for how much more or less accounts see than the average.

    Attributes:
        factor: Factor on all exposures of an account, mean 1 over the weights.
        weight: Share of the accounts at each point, sums to 1.
    """

    factor: Array
    weight: Array


def _alike() -> Appetite:
    return Appetite(np.ones(1), np.ones(1))


@dataclass(frozen=True, eq=False)
class ExposureProblem:
    """Everything a plan is found from, without a workspace.

    Attributes:
        weight: Value of each cell, all its accounts together.
        people: People by cell and role; a role without people is not part of the committee.
        segment: Place of each cell's segment in `exposure`.
        exposure: Mean exposures of one person by one unit, shape (segments, roles, venues).
        approval: How reached roles add up.
        exposures_needed: Exposures that make a person count; a role is reached with one of them.
        options: What can be bought at each venue.
        limits: Least and most to spend, the budget first.
        is_whole: False: units may be broken; then each ladder has one price, and what is agreed
            with single venues stands in the limits.
        caps: Most units of each venue where units may be broken; empty elsewhere.
        appetite: What makes accounts differ; its points are shared by the people of one account.
        draws: Factor on the exposures of each venue in each draw, shape (draws, venues); empty:
            exposures are taken as known.
        draw_share: Share of the draws, the worst for a plan, whose mean is maximised; 1: all.
    """

    weight: Array
    people: Array
    segment: NDArray[np.int64]
    exposure: Array
    approval: Approval
    exposures_needed: int
    options: tuple[VenueOption, ...]
    limits: tuple[SpendLimit, ...]
    is_whole: bool = True
    caps: Array = field(default_factory=lambda: np.empty(0))
    appetite: Appetite = field(default_factory=_alike)
    draws: Array = field(default_factory=lambda: np.empty((0, 0)))
    draw_share: float = 1.0

    @property
    def budget_cents(self) -> float:
        """Most to spend in all."""
        return self.limits[0].most_cents

    @property
    def is_concave(self) -> bool:
        """Whether more of everything always adds less: then the optimum found is proven."""
        return self.exposures_needed == 1 and self.approval.rule in {"any", "mean"}
