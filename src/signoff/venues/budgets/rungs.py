"""Schedules for every budget, found once: each dearer and better than the one before.

Full climbs are made at a few budgets. Between them schedules are bought up from the cheaper
neighbour and cut down from the dearer one, purchase by purchase, and improved by a few swaps. What
costs more and brings less than another is dropped, so that more money never brings less.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np

from signoff.venues.solver.insertions import (
    Effort,
    changed_units,
    cheapest_units,
    cut_units,
    fill_units,
    improve_units,
)
from signoff.venues.solver.moves import Units, raises
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import (
    CURVE_SHARES,
    Schedule,
    committed_cents,
    plan_effort,
    trace_schedules,
)
from signoff.venues.terms.limits import excess_cents

__all__ = ["Rung", "climb_rungs"]

_CLIMBED_SHARES = (*CURVE_SHARES, 2.5)
_STEPS = 1_200  # venues times budgets that are looked at: few venues leave time for fine steps
_FEWEST_BUDGETS, _MOST_BUDGETS = 40, 120
_FEW_VENUES, _N_KICKS = 15, 4
_N_TRIES = 8
_N_ROUNDS = 2


@dataclass(frozen=True, eq=False)
class Rung:
    """One schedule that no cheaper one found beats.

    Attributes:
        units: Units of each venue.
        cost_cents: What it costs.
        from_cents: Budget from which it is the answer: its cost, or just above the plan's budget
            where it costs no more than the plan and was found to bring more.
        result: What it brings.
    """

    units: Units
    cost_cents: int
    from_cents: int
    result: float


def climb_rungs(
    problem: PlanProblem, schedule: Schedule, *, rng: np.random.Generator
) -> tuple[Rung, ...]:
    """Find schedules from committed money alone up to two and a half times the budget.

    Args:
        problem: The problem at the plan's budget.
        schedule: The plan; at its budget it is the answer, whatever else is found.
        rng: Source of the starts.

    Returns:
        Schedules by rising budget, each bringing more than the one before; the plan among them.
    """
    plan = np.array(schedule.units, dtype=np.int64)
    if not any(o.is_open or o.fixed_cents is not None for o in problem.options):
        return (Rung(plan, 0, 0, schedule.result),)
    pool, committed = _Pool(problem), committed_cents(problem)
    for units in [plan, *_first_buys(problem)]:
        pool.add(units)
    for _, units in trace_schedules(problem, schedule, rng=rng, shares=_CLIMBED_SHARES):
        pool.add(units)
    budgets = [committed, *(b for b in _list_budgets(problem) if b > committed)]
    for budget in budgets:
        pool.buy_up(budget)
    for budget, dearer in reversed([*pairwise(budgets)]):
        pool.cut_down(budget, from_cents=dearer)
    return _rising(pool.found, plan=plan, budget_cents=problem.budget_cents)


def _first_buys(problem: PlanProblem) -> Iterator[Units]:
    """Give what is committed alone, with every single buy, and with smallest buys two by two.

    With little money the best schedule is one of these, and buying step by step misses it: where
    every level must be reached, no first step shows the way.
    """
    nothing = cheapest_units(problem)
    yield nothing
    spare = problem.budget_cents - problem.cost_cents(nothing)
    firsts = []
    for v, option in enumerate(problem.options):
        if not option.is_open or option.fixed_cents is not None:
            continue
        more = raises(option, int(nothing[v]), spare)
        firsts += [(v, n) for n in more[:1]]
        yield from (changed_units(nothing, {v: n}) for n in more)
    for (v, n), (w, m) in combinations(firsts, 2):
        yield changed_units(nothing, {v: n, w: m})


def _list_budgets(problem: PlanProblem) -> list[int]:
    """Give budgets to look at, closer together below the plan's than above it."""
    n_wanted = _STEPS // max(len(problem.options), 1)
    n = min(max(n_wanted, _FEWEST_BUDGETS), _MOST_BUDGETS)
    shares = [*np.linspace(0, 1.5, 3 * n // 4 + 1)[1:], *np.linspace(1.5, 2.5, n // 4 + 1)[1:]]
    return sorted({problem.budget_cents, *(round(problem.budget_cents * s) for s in shares)})


class _Pool:
    """All schedules found, with what they cost and bring."""

    def __init__(self, problem: PlanProblem) -> None:
        self._problem = problem
        self._model = ResultModel(problem)
        effort = plan_effort(problem)
        n_tries = min(effort.n_tries, _N_TRIES)
        n_kicks = _N_KICKS if len(problem.options) <= _FEW_VENUES else 0
        self._effort = Effort(n_tries=n_tries, n_rounds=_N_ROUNDS, n_kicks=n_kicks)
        self.found: dict[tuple[int, ...], tuple[int, float]] = {}

    def add(self, units: Units) -> None:
        """Take a schedule in that keeps the limits of groups."""
        key = tuple(int(n) for n in units)
        spend = self._problem.spend_cents(units)
        if key not in self.found and excess_cents(self._problem.limits, spend) == 0:
            value = self._model.value(units.astype(np.float64))
            self.found[key] = (self._problem.cost_cents(units), value)

    def buy_up(self, budget_cents: int) -> None:
        """Buy from the best schedule within a budget until the budget is used, then swap."""
        self._improve(self._best(budget_cents), budget_cents=budget_cents)

    def cut_down(self, budget_cents: int, *, from_cents: int) -> None:
        """Cut the best schedule of a dearer budget until this one is kept, then buy and swap."""
        start = self._best(from_cents)
        steps = [start, *cut_units(self._within(budget_cents), start)]
        self._add_all(steps)
        if self._problem.cost_cents(steps[-1]) <= budget_cents:
            self._improve(steps[-1], budget_cents=budget_cents)

    def _improve(self, units: Units, *, budget_cents: int) -> None:
        model = self._within(budget_cents)
        steps = [units, *fill_units(model, units, effort=self._effort)]
        self._add_all([*steps, improve_units(model, steps[-1], effort=self._effort)])

    def _add_all(self, schedules: Sequence[Units]) -> None:
        for units in schedules:
            self.add(units)

    def _within(self, budget_cents: int) -> ResultModel:
        return ResultModel(replace(self._problem, budget_cents=budget_cents))

    def _best(self, budget_cents: int) -> Units:
        fitting = [(v, -c, key) for key, (c, v) in self.found.items() if c <= budget_cents]
        return np.array(max(fitting)[2], dtype=np.int64)


def _rising(
    found: Mapping[tuple[int, ...], tuple[int, float]], *, plan: Units, budget_cents: int
) -> tuple[Rung, ...]:
    """Keep what no cheaper schedule equals; the plan stays, whatever equals or beats it."""
    plan_key = tuple(int(n) for n in plan)
    plan_cost, plan_result = found[plan_key]
    rungs = [Rung(plan, plan_cost, plan_cost, plan_result)]
    for key, (cost, result) in found.items():
        beats = cost <= budget_cents and result >= plan_result
        if key != plan_key:
            start = budget_cents + 1 if beats else cost
            rungs.append(Rung(np.array(key, dtype=np.int64), cost, start, result))
    rungs.sort(key=lambda rung: (rung.from_cents, -rung.result, rung.cost_cents, tuple(rung.units)))
    kept: list[Rung] = []
    for rung in rungs:
        if not kept or rung.result > kept[-1].result:
            kept.append(rung)
    starts_empty = kept[0].cost_cents == 0 and len(kept) > 1
    return tuple(kept[1:] if starts_empty else kept)
