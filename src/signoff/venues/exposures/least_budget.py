"""The least money that reaches a result, and the money below which no plan does, by proof."""

from dataclasses import dataclass, replace

import numpy as np

from signoff.errors import BriefError
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.solve import Solution, solve_exposures
from signoff.venues.exposures.tree import ProofEffort

__all__ = ["LeastBudget", "find_least_budget"]

_N_HALVINGS = 14
_LIGHT = ProofEffort(n_splits=0)
_N_PROOFS = 5
_N_CLIMBED = 6
_PROOF = ProofEffort(n_splits=40)


@dataclass(frozen=True, eq=False)
class LeastBudget:
    """The cheapest plan found that reaches a result.

    Attributes:
        problem: The problem with the budget that the plan needs.
        solution: The plan.
        bound_cents: No plan for less money reaches the result, by proof.
    """

    problem: ExposureProblem
    solution: Solution
    bound_cents: float


def find_least_budget(
    problem: ExposureProblem, *, target: float, rng: np.random.Generator
) -> LeastBudget:
    """Find the least money that reaches a result.

    Args:
        problem: The problem; its budget is the most it may cost.
        target: Result to reach, in the unit of the problem's weights.
        rng: Source of starts; the same state gives the same plan.

    Returns:
        The cheapest plan found, and a proof of how much cheaper one could be.

    Raises:
        BriefError: no plan within the budget was found that reaches it.

    >>> from signoff.venues.exposures.sample import sample_problem
    >>> found = find_least_budget(sample_problem(), target=2.0, rng=np.random.default_rng(1))
    >>> found.solution.value >= 2.0, found.bound_cents <= float(found.solution.spend_cents.sum())
    (True, True)
    """
    most = _all_cents(problem)
    first = solve_exposures(_with_budget(problem, most), rng=rng, effort=_LIGHT)
    if first.value < target:
        raise _out_of_reach(problem, first, target)
    low, best = 0.0, first
    high = min(most, float(first.spend_cents.sum()))
    bounds = {most: first.bound}
    for _ in range(_N_HALVINGS):
        if high - low <= 1e-4 * high:
            break
        middle = (low + high) / 2
        if problem.is_whole:
            middle = float(int(middle))
        found = _try(problem, middle, rng=rng, n_climbed=None if problem.is_concave else _N_CLIMBED)
        if found is None:
            low = middle
            bounds[middle] = 0.0
            continue
        bounds[middle] = found.bound
        if found.value >= target:
            best, high = found, min(middle, float(found.spend_cents.sum()))
        else:
            low = middle
    proven = max((cents for cents, bound in bounds.items() if bound < target), default=0.0)
    budget = float(best.spend_cents.sum())
    proven = _proven(problem, target, between=(min(proven, budget), budget), rng=rng)
    return LeastBudget(_with_budget(problem, budget), best, proven)


def _proven(
    problem: ExposureProblem,
    target: float,
    *,
    between: tuple[float, float],
    rng: np.random.Generator,
) -> float:
    """Give money for which no plan reaches the target, as near to the plan's as a look shows."""
    low, high = between
    for _ in range(_N_PROOFS):
        if high - low <= 1e-3 * high:
            break
        middle = float(int((low + high) / 2)) if problem.is_whole else (low + high) / 2
        found = _try(problem, middle, rng=rng, effort=_PROOF, n_climbed=2)
        if found is None or found.bound < target:
            low = middle
        else:
            high = middle
    return low


def _try(
    problem: ExposureProblem,
    cents: float,
    *,
    rng: np.random.Generator,
    effort: ProofEffort = _LIGHT,
    n_climbed: int | None = None,
) -> Solution | None:
    """Give the best plan for so much money; None where none keeps the limits."""
    try:
        return solve_exposures(
            _with_budget(problem, cents), rng=rng, effort=effort, n_climbed=n_climbed
        )
    except BriefError:
        return None


def _with_budget(problem: ExposureProblem, cents: float) -> ExposureProblem:
    budget = replace(problem.limits[0], most_cents=cents)
    return replace(problem, limits=(budget, *problem.limits[1:]))


def _all_cents(problem: ExposureProblem) -> float:
    """Give the money that buys everything there is, within the budget."""
    if problem.is_whole:
        most = [
            max(o.ladder.cost_cents(n) for low, high, _ in o.ladder.spans for n in (low, high))
            for o in problem.options
        ]
        return min(float(sum(most)), problem.budget_cents)
    prices = np.array([float(o.ladder.steps[0].unit_price) * 100 for o in problem.options])
    caps = np.where(np.isfinite(problem.caps), problem.caps, 1e9)
    return min(float(np.dot(prices, caps)), problem.budget_cents)


def _out_of_reach(problem: ExposureProblem, found: Solution, target: float) -> BriefError:
    ceiling = ExposureModel(problem).ceiling
    if ceiling < target:
        return BriefError(
            f"the target {target:g} is above the weight of all accounts, {ceiling:.6g}",
            why="no plan brings more than every account",
            fix=f"set a target below {ceiling:.6g}",
            where="money.target",
        )
    proven = "no plan can reach it" if found.bound < target else "no plan was found that does"
    return BriefError(
        f"the target {target:g} is not reached: the best plan found brings {found.value:.6g}",
        why=f"{proven} with all the money and units there are",
        fix="lower the target, raise the budget or the maximum units, or add venues",
        where="money.target",
    )
