"""What no plan can exceed: a proof that does not rest on the plan found.

Concave measures: the Frank-Wolfe gap at the optimum of broken units. `every level`, `quorum`, most
of `uplift`, and more than one exposure needed, are not concave; there each account's chance is
replaced by something concave that is never below it, and the optimum of that is the bound:

- levels: with u = -log(chance that nobody of the level is reached), concave in units, the chance
  that all levels are reached is a product of 1 - exp(-u). The cone from the origin that touches it
  is never below it: at u, it is product(1 - exp(-t u)) / t at the t where that is greatest.
- quorum and uplift: see quorum_cuts.py and uplift_cuts.py.
- several exposures: P(N >= f) <= E[min(N, f)] / f, concave in units. And if each exposure is kept
  with a chance s, whoever has f of them keeps one with a chance of at least 1 - (1 - s)^f; so
  P(N >= f) <= P(one is kept) / (1 - (1 - s)^f), and one exposure is the case above.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, Context

import numpy as np

from signoff.brief import ApprovalRule
from signoff.stats.reach import Array
from signoff.venues.solver.continuous import climb
from signoff.venues.solver.envelope import EnvelopeModel
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import Relaxation, relax_money
from signoff.venues.solver.tangent import Tangent, touch

__all__ = ["bound_result", "find_tangents", "rounded_up"]

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
    tangents = find_tangents(problem, near=near)
    return rounded_up(min([ResultModel(problem).ceiling, *(t.most(money) for t in tangents)]))


def find_tangents(problem: PlanProblem, *, near: Array, n_cuts: int = N_CUTS) -> list[Tangent]:
    """Give planes that no schedule within the budget rises above.

    Args:
        problem: The problem.
        near: Units of a good schedule, around which the planes lie lowest.
        n_cuts: Rounds of cutting where the measure is not concave.

    Returns:
        Planes; those of a measure that is not concave hold up to the problem's budget.
    """
    money = relax_money(problem, slack_cents=len(problem.options))
    model = ResultModel(problem)
    if model.measure.is_concave:
        return [_concave_tangent(model, money, near=near)]
    thinnings = _THINNINGS if problem.exposures_needed > 1 else (1.0,)
    found: list[Tangent] = []
    for kept in thinnings:
        found += _thinned_tangents(problem, money, near=near, kept_share=kept, n_cuts=n_cuts)
    if problem.exposures_needed > 1:
        found += _envelope_tangents(problem, money, near=near, n_cuts=n_cuts)
    return found


def rounded_up(bound: float) -> float:
    """Round a bound up to nine digits, so that it stays one.

    >>> rounded_up(1.0000000001)
    1.00000001
    """
    return float(Context(prec=9, rounding=ROUND_CEILING).create_decimal_from_float(bound))


def _thinned_tangents(
    problem: PlanProblem, money: Relaxation, *, near: Array, kept_share: float, n_cuts: int
) -> Iterator[Tangent]:
    """Bound several exposures by one that is kept of them, each kept with a chance."""
    options = tuple(
        replace(option, exposures_per_unit=option.exposures_per_unit * kept_share)
        for option in problem.options
    )
    one_kept = 1.0 - (1.0 - kept_share) ** problem.exposures_needed
    once = replace(
        problem,
        exposures_needed=1,
        options=options,
        uplifts=tuple(uplift / one_kept for uplift in problem.uplifts),
    )
    model, share = ResultModel(once), one_kept ** _n_kept(problem)
    if model.measure.is_concave:
        yield _concave_tangent(model, money, near=near).divided(share)
    else:
        for tangent in _envelope_tangents(once, money, near=near, n_cuts=n_cuts):
            yield tangent.divided(share)


def _n_kept(problem: PlanProblem) -> int:
    """Give how many people must keep an exposure each for the account to count.

    Under the rule uplift none: there each role's uplift is raised instead, which makes up for it in
    every product of roles, since the gain is a sum of such products.
    """
    if problem.rule is ApprovalRule.EVERY_LEVEL:
        return len(set(problem.role_levels))
    if problem.rule is ApprovalRule.QUORUM:
        return problem.quorum_roles
    return 0 if problem.rule is ApprovalRule.UPLIFT else 1


def _concave_tangent(model: ResultModel, money: Relaxation, *, near: Array) -> Tangent:
    optimum = climb(model, money, start=np.clip(near, money.low, money.high))
    return touch(model, optimum.units)


def _envelope_tangents(
    problem: PlanProblem, money: Relaxation, *, near: Array, n_cuts: int
) -> Iterator[Tangent]:
    """Cut around the point, climb the cuts, cut there too; each average of cuts is a proof."""
    envelope = EnvelopeModel(problem, high=money.high)
    units = np.clip(near, money.low, money.high)
    for _ in range(n_cuts):
        envelope.add_cut(units)
        units = envelope.climb(money, start=units)
        yield touch(envelope, units, holds_to_cents=problem.budget_cents)
