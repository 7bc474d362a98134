"""What no plan can exceed: a proof that does not rest on the plan found.

Concave measures: the Frank-Wolfe gap at the optimum of broken units. `every level`, and more than
one exposure needed, are not concave; there each account's chance is replaced by something concave
that is never below it, and the optimum of that is the bound:

- levels: with u = -log(chance that nobody of the level is reached), concave in units, the chance
  that all levels are reached is a product of 1 - exp(-u). The cone from the origin that touches it
  is never below it: at u, it is product(1 - exp(-t u)) / t at the t where that is greatest.
- several exposures: P(N >= f) <= E[min(N, f)] / f, concave in units. And if each exposure is kept
  with a chance s, whoever has f of them keeps one with a chance of at least 1 - (1 - s)^f; so
  P(N >= f) <= P(one is kept) / (1 - (1 - s)^f), and one exposure is the case above.
"""

from dataclasses import replace
from decimal import ROUND_CEILING, Context

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
_THINNINGS = (1.0, 0.6)


def bound_result(problem: PlanProblem, *, near: Array) -> float:
    """Give what no schedule within the budget can exceed.

    Args:
        problem: The problem.
        near: Units of a good schedule: the proof is sharpest around it, and true whatever it is.

    Returns:
        A bound in the unit of the objective, never above the weight of all accounts (or people),
        rounded up to nine digits: the last ones of the climb depend on the machine's threads.
    """
    money = relax_money(problem, slack_cents=len(problem.options))
    model = ResultModel(problem)
    bounds = [model.ceiling]
    if model.measure.is_concave:
        bounds.append(_concave_bound(model, money, near=near))
        return _rounded_up(min(bounds))
    thinnings = _THINNINGS if problem.exposures_needed > 1 else (1.0,)
    bounds += [_thinned_bound(problem, money, near=near, kept_share=kept) for kept in thinnings]
    if problem.exposures_needed > 1:
        bounds.append(_envelope_bound(problem, money, near=near))
    return _rounded_up(min(bounds))


def _rounded_up(bound: float) -> float:
    return float(Context(prec=9, rounding=ROUND_CEILING).create_decimal_from_float(bound))


def _thinned_bound(
    problem: PlanProblem, money: Relaxation, *, near: Array, kept_share: float
) -> float:
    """Bound several exposures by one that is kept of them, each kept with a chance."""
    options = tuple(
        replace(option, exposures_per_unit=option.exposures_per_unit * kept_share)
        for option in problem.options
    )
    once = replace(problem, exposures_needed=1, options=options)
    one_kept = 1.0 - (1.0 - kept_share) ** problem.exposures_needed
    if problem.rule is ApprovalRule.EVERY_LEVEL:
        n_levels = len(set(problem.role_levels))
        return _envelope_bound(once, money, near=near) / one_kept**n_levels
    return _concave_bound(ResultModel(once), money, near=near) / one_kept


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
