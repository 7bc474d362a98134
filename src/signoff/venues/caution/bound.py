"""What no plan's mean over its worst draws can exceed.

Draws weighted by anything that adds up to 1 and exceeds 1 / (draws x share) nowhere have a mean
that is never below the mean over the worst share of them (the dual of conditional value at risk).
So planes above the results of single draws, weighted so, are a plane above every plan. Which
weights make the lowest one is a linear programme; its solution is then taken as weights alone, so
that the proof rests on nothing that a solver rounded.

Where the measure is concave the planes of all draws touch at one point, the programme's optimum
says where to touch next (Kelley 1960), and bound and best broken plan close in on each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.stats.worst_draws import worst_mean
from signoff.venues.caution.drawn_problems import DrawnProblems
from signoff.venues.solver.bound import find_tangents, rounded_up
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_bound import find_package_tangents, list_offers
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import Relaxation, relax_money, relax_options
from signoff.venues.solver.tangent import Tangent, touch

__all__ = ["CautiousBound", "bound_worst"]

_N_TOUCHED = 12
_CLOSE_SHARE = 5e-4
_N_CUTS = 1
_MORE_TOUCHED, _MORE_CUT = 3.0, 1.1
_MOST_NUMBERS = 20_000_000  # chances of being in audiences, over all draws looked at


@dataclass(frozen=True, eq=False)
class CautiousBound:
    """What no plan's mean over its worst draws can exceed.

    Attributes:
        most: The bound, rounded up to nine digits.
        units: Broken units at which the proof is sharpest; None where nothing was climbed.
    """

    most: float
    units: Array | None


def bound_worst(
    problem: PlanProblem, drawn: DrawnProblems, *, near: Array, share: float
) -> CautiousBound:
    """Give what no plan's mean over its worst draws can exceed.

    Args:
        problem: The problem at the best single values.
        drawn: The same as each draw has it.
        near: Units of a good plan, those of packages counted: the proof is sharpest around it.
        share: Share of the draws, above 0, to 1.

    Returns:
        A bound in the unit of the objective, true of every plan within the budget.
    """
    if problem.membership.size > _MOST_NUMBERS:
        return CautiousBound(rounded_up(ResultModel(problem).ceiling), None)
    worst = np.argsort(drawn.judge([near])[0], kind="stable")
    kept = _buyable(problem)
    part = problem if problem.packages else problem.part(kept)
    proof = _Proof(part, n_draws=drawn.n_draws, share=share)
    units = None
    if problem.measure().is_concave and not problem.packages:
        most = int(_MOST_NUMBERS / problem.membership.size)
        draws = worst[: max(min(proof.n_needed(_MORE_TOUCHED), most), proof.n_needed(1.0))]
        models = [(d, ResultModel(drawn.problem(d).part(kept))) for d in draws.tolist()]
        units = np.zeros(len(near))
        units[kept] = _close_in(proof, models, near=near[kept])
    else:
        for d in worst[: proof.n_needed(_MORE_CUT)].tolist():
            each = drawn.problem(d)
            planes = (
                find_package_tangents(each, near=near, n_cuts=_N_CUTS)
                if problem.packages
                else find_tangents(each.part(kept), near=near[kept], n_cuts=_N_CUTS)
            )
            proof.add(d, list(planes))
        proof.lower()
    return CautiousBound(rounded_up(min(proof.most, ResultModel(problem).ceiling)), units)


def _buyable(problem: PlanProblem) -> list[int]:
    return [
        v
        for v, option in enumerate(problem.options)
        if option.is_open or option.fixed_cents is not None or option.granted_units
    ]


def _close_in(proof: "_Proof", models: Sequence[tuple[int, ResultModel]], *, near: Array) -> Array:
    """Touch all draws at one point after another; give the best of these points."""
    money = proof.money
    best = point = np.clip(near, money.low, money.high)
    value = -np.inf
    for _ in range(_N_TOUCHED):
        planes = [(d, touch(model, point)) for d, model in models]
        heights = np.array([plane.constant + plane.slopes @ point for _, plane in planes])
        here = worst_mean(heights, share=proof.share_of(len(heights)))
        if here > value:
            best, value = point, here
        for d, plane in planes:
            proof.add(d, [plane])
        step = proof.lower()
        if step is None or proof.most - value <= _CLOSE_SHARE * abs(value):
            break
        point = (best + step) / 2
    return best


class _Proof:
    """Planes of draws, and the lowest plane that weights of theirs make.

    Args:
        problem: What can be bought for which money.
        n_draws: All draws.
        share: Share of them whose mean counts.
    """

    def __init__(self, problem: PlanProblem, *, n_draws: int, share: float) -> None:
        offers = list_offers(problem) if problem.packages else problem.options
        slack = len(offers)
        self.money: Relaxation = (
            relax_options(offers, budget_cents=problem.budget_cents, slack_cents=slack)
            if problem.packages
            else relax_money(problem, slack_cents=slack)
        )
        self._n_worst = max(share * n_draws, 1.0)
        self._n_draws = n_draws
        self._draws: list[int] = []
        self._planes: list[Tangent] = []
        self.most = np.inf

    def n_needed(self, factor: float) -> int:
        """Give how many draws to look at: enough for weights, and some next to them."""
        return min(int(np.ceil(self._n_worst * factor)) + 2, self._n_draws)

    def share_of(self, n_draws: int) -> float:
        """Give the share that the worst draws are of some of them."""
        return min(self._n_worst / n_draws, 1.0)

    def add(self, draw: int, planes: Sequence[Tangent]) -> None:
        """Add planes above the results of one draw."""
        self._draws += [draw] * len(planes)
        self._planes += planes

    def lower(self) -> Array | None:
        """Find weights that make the lowest plane; give where the planes together are highest."""
        step, weights = self._solve()
        if weights is None:
            return None
        constant = float(weights @ [plane.constant for plane in self._planes])
        slopes = weights @ np.array([plane.slopes for plane in self._planes])
        self.most = min(self.most, Tangent(constant, slopes).most(self.money))
        return step

    def _solve(self) -> tuple[Array | None, Array | None]:
        """Solve max over plans of min over weights; give the plan, and a weight of each plane."""
        from scipy.optimize import linprog

        solver: Any = linprog
        draws, place = np.unique(self._draws, return_inverse=True)
        slopes = np.array([plane.slopes for plane in self._planes])
        constants = np.array([plane.constant for plane in self._planes])
        n_planes, n_units = slopes.shape
        size = max(float(np.abs(constants).max()), float(np.abs(slopes).max()), 1e-300)
        room = self.money.high - self.money.low
        by_draw = np.zeros((n_planes, len(draws)))
        by_draw[np.arange(n_planes), place.ravel()] = -1.0
        rows = np.hstack([-slopes * room / size, np.ones((n_planes, 1)), by_draw])
        limits = (constants + slopes @ self.money.low) / size
        cents = self.money.unit_cents * room
        costs = np.vstack([cents, *(group * cents for group in self.money.groups)])
        most = np.concatenate([[self.money.spare_cents], self.money.group_cents])
        scale = np.maximum(np.abs(most), 1.0)
        idle = np.zeros((len(costs), 1 + len(draws)))
        cap = 1.0 / self._n_worst
        found = solver(
            np.concatenate([np.zeros(n_units), [-1.0], np.full(len(draws), cap)]),
            A_ub=np.vstack([rows, np.hstack([costs / scale[:, None], idle])]),
            b_ub=np.concatenate([limits, np.maximum(most / scale, 0.0)]),
            bounds=[(0, 1)] * n_units + [(None, None)] + [(0, None)] * len(draws),
            method="highs",
        )
        if found.x is None:
            return None, None
        weights = np.maximum(-np.asarray(found.ineqlin.marginals)[:n_planes], 0.0)
        return self.money.low + room * found.x[:n_units], self._allowed(weights, place.ravel())

    def _allowed(self, weights: Array, place: NDArray[np.intp]) -> Array | None:
        """Give weights that keep what they must to the last digit; None where none were found."""
        cap = 1.0 / self._n_worst
        total = np.bincount(place, weights)
        even = np.minimum(total, cap)
        short = 1.0 - even.sum()
        spare = cap - even
        if spare.sum() < short - 1e-12 or not total.sum():
            return None
        even += spare * (max(short, 0.0) / max(spare.sum(), 1e-300))
        even /= even.sum()
        n_planes = np.bincount(place)
        by_plane = np.where(total[place] > 0, weights / np.maximum(total[place], 1e-300), 0.0)
        by_plane = np.where(total[place] > 0, by_plane, 1.0 / n_planes[place])
        return np.asarray(by_plane * even[place])
