"""What no plan can exceed: a proof that does not rest on the plan found.

Concave measures: the Frank-Wolfe gap at the optimum of broken units. `every level`, and more than
one exposure needed, are not concave; there each account's chance is replaced by something concave
that is never below it, and the optimum of that is the bound:

- levels: with u = -log(chance that nobody of the level is reached), concave in units, the chance
  that all levels are reached is a product of 1 - exp(-u). The cone from the origin that touches it
  is never below it: at u, it is product(1 - exp(-t u)) / t at the t where that is greatest.
- several exposures: P(N >= f) <= E[min(N, f)] / f, concave in units; and P(N >= f) <= P(N >= 1).
"""

from dataclasses import replace

import numpy as np

from signoff.brief import ApprovalRule
from signoff.stats.reach import Array
from signoff.venues.continuous import climb, vertex_gap
from signoff.venues.envelope import EnvelopeModel
from signoff.venues.objective import ResultModel
from signoff.venues.problem import PlanProblem
from signoff.venues.relaxation import Relaxation, relax_money

__all__ = ["bound_result"]

N_CUTS = 6


def bound_result(problem: PlanProblem, *, near: Array) -> float:
    """Give what no schedule within the budget can exceed.

    Args:
        problem: The problem.
        near: Units of a good schedule: the proof is sharpest around it, and true whatever it is.

    Returns:
        A bound in the unit of the objective, never above the weight of all accounts (or people).
    """
    money = relax_money(problem, slack_cents=len(problem.options))
    model = ResultModel(problem)
    bounds = [model.ceiling]
    if model.measure.is_concave:
        bounds.append(_concave_bound(model, money, near=near))
    else:
        once = replace(problem, exposures_needed=1)
        if problem.rule is ApprovalRule.EVERY_LEVEL:
            bounds.append(_envelope_bound(once, money, near=near))
        else:
            bounds.append(_concave_bound(ResultModel(once), money, near=near))
        if problem.exposures_needed > 1:
            bounds.append(_envelope_bound(problem, money, near=near))
    return min(bounds)


def _concave_bound(model: ResultModel, money: Relaxation, *, near: Array) -> float:
    optimum = climb(model, money, start=np.clip(near, money.low, money.high))
    value, gradient = model.gradient(optimum.units)
    return value + vertex_gap(gradient, optimum.units, money=money)


def _envelope_bound(problem: PlanProblem, money: Relaxation, *, near: Array) -> float:
    """Cut around the point, climb the cuts, cut there too; each average of cuts is a proof."""
    envelope = EnvelopeModel(problem, high=money.high)
    best, units = np.inf, np.clip(near, money.low, money.high)
    for _ in range(N_CUTS):
        envelope.add_cut(units)
        units = envelope.climb(money, start=units)
        value, gradient = envelope.gradient(units)
        best = min(best, value + vertex_gap(gradient, units, money=money))
    return float(best)
