"""What no plan can exceed: a proof that does not rest on the plan found.

Concave measures: the Frank-Wolfe gap at the optimum of broken units. `every level`, `quorum`, most
of `uplift`, and more than one exposure needed, are not concave; there each account's chance is
replaced by something concave that is never below it, and the optimum of that is the bound:

- levels: with u = -log(chance that nobody of the level is reached), concave in units, the chance
  that all levels are reached is a product of 1 - exp(-u). The cone from the origin that touches it
  is never below it: at u, it is product(1 - exp(-t u)) / t at the t where that is greatest.
- quorum and uplift: see quorum_cuts.py and uplift_cuts.py.
- several exposures: something concave in units stands for -log P(N < f) (see repeat_table.py), and
  the rest is as with one exposure. Beyond three exposures, or where that would be too large, also:
  P(N >= f) <= E[min(N, f)] / f, concave in units. And if each exposure is kept with a chance s,
  whoever has f of them keeps one with a chance of at least 1 - (1 - s)^f; so
  P(N >= f) <= P(one is kept) / (1 - (1 - s)^f), and one exposure is the case above.
"""

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
from signoff.venues.solver.repeat_table import MOST_LAID_OUT, RepeatTable, lay_out_repeats
from signoff.venues.solver.repeats import RepeatModel
from signoff.venues.solver.sharpening import TouchedPlanes
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


def find_tangents(
    problem: PlanProblem, *, near: Array, n_cuts: int = N_CUTS, shares_money: bool = True
) -> list[Tangent]:
    """Give planes that no schedule within the budget rises above.

    Args:
        problem: The problem.
        near: Units of a good schedule, around which the planes lie lowest.
        n_cuts: Rounds of sharpening where the measure is not concave.
        shares_money: Whether the units of all venues together cost no more than the budget; False:
            each venue by itself keeps its limits, as where packages hold several venues' units.

    Returns:
        Planes; those of a measure that is not concave hold up to the problem's budget.
    """
    money = relax_money(problem, slack_cents=len(problem.options))
    model = ResultModel(problem)
    if model.measure.is_concave:
        return [_concave_tangent(model, money, near=near)]
    if model.measure.exposures_needed == 1:
        return _envelope_tangents(problem, money, near=near, n_cuts=n_cuts)
    found = _repeated_tangents(problem, money, near=near, n_cuts=n_cuts, shares_money=shares_money)
    if not found or problem.exposures_needed > MOST_LAID_OUT:
        found = found + _thinned_tangents(problem, money, near=near, n_cuts=n_cuts)
        found += _envelope_tangents(problem, money, near=near, n_cuts=n_cuts)
    return found


def rounded_up(bound: float) -> float:
    """Round a bound up to nine digits, so that it stays one.

    >>> rounded_up(1.0000000001)
    1.00000001
    """
    return float(Context(prec=9, rounding=ROUND_CEILING).create_decimal_from_float(bound))


def _repeated_tangents(
    problem: PlanProblem, money: Relaxation, *, near: Array, n_cuts: int, shares_money: bool
) -> list[Tangent]:
    """Bound several exposures by what stands for them; nothing where that would be too large."""
    table = lay_out_repeats(problem, money, shares_money=shares_money)
    if table is None:
        return []
    if not replace(problem, exposures_needed=1).measure().is_concave:
        return _envelope_tangents(problem, money, near=near, n_cuts=n_cuts, table=table)
    touched = TouchedPlanes(RepeatModel(problem, table), holds_to_cents=problem.budget_cents)
    units = touched.climb(money, start=np.clip(near, money.low, money.high))
    return touched.lowest(money, near=units)


def _thinned_tangents(
    problem: PlanProblem, money: Relaxation, *, near: Array, n_cuts: int
) -> list[Tangent]:
    """Bound several exposures by one that is kept of them, each kept with a chance."""
    found: list[Tangent] = []
    for kept_share in _THINNINGS:
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
            found.append(_concave_tangent(model, money, near=near).divided(share))
        else:
            planes = _envelope_tangents(once, money, near=near, n_cuts=n_cuts)
            found += [plane.divided(share) for plane in planes]
    return found


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
    problem: PlanProblem,
    money: Relaxation,
    *,
    near: Array,
    n_cuts: int,
    table: RepeatTable | None = None,
) -> list[Tangent]:
    """Cut around the point, climb the cuts, cut there too; all planes met, weighed, are a proof."""
    envelope = EnvelopeModel(problem, high=money.high, table=table)
    touched = TouchedPlanes(envelope, holds_to_cents=problem.budget_cents)
    units = np.clip(near, money.low, money.high)
    for _ in range(n_cuts):
        envelope.add_cut(units)
        units = touched.climb(money, start=units)
    return touched.lowest(money, near=units)
