"""The plan whose worst draws bring most on average.

The plan of highest expected result is the start. The draws that are worst for a plan pull the best
single values towards them; the plan for that problem is a start too, and so on from the plan found
(draws are weighed anew, as in the dual of conditional value at risk). Where the measure is concave
the broken plan behind the bound is one more. From the best of these, units are swapped between
venues as long as the mean over the worst draws rises: every change is judged in the draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from signoff.stats.reach import Array
from signoff.stats.worst_draws import worst_mean, worst_weights
from signoff.venues.caution.bound import CautiousBound, bound_worst
from signoff.venues.caution.drawn_problems import DrawnProblems
from signoff.venues.caution.worst_model import WorstModel
from signoff.venues.solver.insertions import Effort, improve_units, round_units
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, is_large, plan_effort
from signoff.venues.terms.limits import excess_cents

__all__ = ["CautiousSchedule", "find_cautious"]

_N_TILTS, _N_TILTS_LARGE, _N_IMPROVED = 3, 1, 2
_LIGHT_ROUNDS = 4
_MOST_NUMBERS = 20_000_000  # chances kept in memory for all draws in which changes are judged
_MORE_DRAWS = 1.5
_MANY_NUMBERS = 1_000_000  # above it a look takes long: fewer are taken
_EFFORT = Effort(n_tries=12, n_rounds=6, n_kicks=6)
_SMALL_EFFORT = Effort(n_tries=6, n_rounds=3, n_kicks=0)
_LEAST_GAIN = 1e-9

_Key = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class CautiousSchedule:
    """The plan found, and what no plan's worst draws can exceed.

    Attributes:
        schedule: Units and money; its bound is that on expected results.
        worst_mean: Mean over the worst share of its draws.
        bound: What no plan within the budget can exceed there.
    """

    schedule: Schedule
    worst_mean: float
    bound: float


def find_cautious(
    problem: PlanProblem,
    drawn: DrawnProblems,
    *,
    share: float,
    start: Schedule,
    rng: np.random.Generator,
) -> CautiousSchedule:
    """Find whole units whose worst draws bring most on average, and a bound on what any could.

    Args:
        problem: The problem at the best single values.
        drawn: The same as each draw has it.
        share: Share of the draws whose mean counts, the worst ones for a plan; above 0, to 1.
        start: A plan that keeps all limits, such as the one of highest expected result.
        rng: Source of the starts of plans for tilted problems.

    Returns:
        The plan; its worst draws never bring less on average than those of the start.

    Source: Rockafellar and Uryasev (2000).
    """
    return _Search(problem, drawn, share=share, start=start).run(rng)


class _Search:
    """All plans looked at, judged in every draw.

    Args:
        problem: The problem at the best single values.
        drawn: The same as each draw has it.
        share: Share of the draws whose mean counts.
        start: A plan that keeps all limits.
    """

    def __init__(
        self, problem: PlanProblem, drawn: DrawnProblems, *, share: float, start: Schedule
    ) -> None:
        self._problem, self._drawn, self._share = problem, drawn, share
        self._start = start
        self._found: dict[_Key, _Plan] = {}
        self._add([self._plan(start)])

    def run(self, rng: np.random.Generator) -> CautiousSchedule:
        """Look at plans for tilted problems, then swap from the best of all."""
        self._tilt(rng)
        bound: CautiousBound | None = None
        if self._problem.measure().is_concave:
            bound = self._bound()
        if self._is_small():
            for place, plan in enumerate(self._ranked()[: 1 if self._is_long() else _N_IMPROVED]):
                broken = bound.units if bound and not place else None
                self._improve(plan, broken=broken)
        best, bound = self._ranked()[0], bound or self._bound()
        value = self._value(best)
        return CautiousSchedule(self._schedule(best), value, max(bound.most, value))

    def _tilt(self, rng: np.random.Generator) -> None:
        """Plan for the draws that are worst for the best plan so far, and for what that finds."""
        pulled = np.zeros(self._drawn.n_draws)
        plan = self._ranked()[0]
        for n_done in range(_N_TILTS_LARGE if is_large(self._problem) else _N_TILTS):
            pulled += worst_weights(plan.results, share=self._share)
            tilted = self._drawn.tilted(pulled / (n_done + 1))
            tilted = replace(tilted, budget_cents=self._problem.budget_cents)
            plan = self._moved(plan, tilted) if n_done else self._plan(buy_plan(tilted, rng=rng))
            if plan.key in self._found:
                break
            self._add([plan])
            plan = self._found.get(plan.key) or self._ranked()[0]

    def _moved(self, plan: "_Plan", tilted: PlanProblem) -> "_Plan":
        """Give where swaps lead from a plan in a tilted problem, its packages held."""
        own = self._split(plan)[1]
        effort = replace(_effort(tilted), n_rounds=_LIGHT_ROUNDS, n_kicks=0)
        units = improve_units(ResultModel(self._held(tilted, plan)), own, effort=effort)
        return _Plan(units + plan.units - own, plan.packages)

    def _improve(self, plan: "_Plan", *, broken: Array | None) -> None:
        """Swap units beside a plan's packages, judged in the draws that may be the worst."""
        held, own = self._split(plan)
        draws = self._near_draws()
        share = max(self._share * self._drawn.n_draws, 1.0) / len(draws)
        problems = [self._held(self._at(d), plan) for d in draws]
        model = WorstModel(held, problems, share=min(share, 1.0))
        effort = _SMALL_EFFORT if self._is_long() else _effort(self._problem)
        starts = [own]
        if broken is not None:
            starts.append(round_units(model, broken, effort=replace(effort, n_kicks=0)))
        for units in starts:
            better = improve_units(model, units, effort=effort)
            self._add([_Plan(better + plan.units - own, plan.packages)])

    def _at(self, draw: int) -> PlanProblem:
        return replace(self._drawn.problem(draw), budget_cents=self._problem.budget_cents)

    def _near_draws(self) -> list[int]:
        """Give draws that are the worst, or next to them, for some good plan."""
        n_worst = max(self._share * self._drawn.n_draws, 1.0)
        n_near = min(int(np.ceil(n_worst * _MORE_DRAWS)) + 8, self._drawn.n_draws)
        near: set[int] = set()
        for plan in self._ranked()[:_N_IMPROVED]:
            near |= set(np.argsort(plan.results, kind="stable")[:n_near].tolist())
        return sorted(near)

    def _is_small(self) -> bool:
        return self._n_numbers() <= _MOST_NUMBERS

    def _is_long(self) -> bool:
        return self._n_numbers() > _MANY_NUMBERS

    def _n_numbers(self) -> int:
        """Give how many chances a look at a plan in the draws goes through."""
        return self._problem.membership.size * len(self._near_draws())

    def _bound(self) -> CautiousBound:
        near = self._ranked()[0].units.astype(np.float64)
        return bound_worst(self._problem, self._drawn, near=near, share=self._share)

    def _plan(self, schedule: Schedule) -> "_Plan":
        packages = schedule.packages or (0,) * len(self._problem.packages)
        return _Plan(np.array(schedule.units, dtype=np.int64), packages)

    def _add(self, plans: Sequence["_Plan"]) -> None:
        new = [plan for plan in plans if plan.key not in self._found and self._keeps(plan)]
        results = self._drawn.judge([plan.units.astype(np.float64) for plan in new])
        for plan, by_draw in zip(new, results, strict=True):
            self._found[plan.key] = replace(plan, results=by_draw)

    def _keeps(self, plan: "_Plan") -> bool:
        if not self._found:
            return True  # the start keeps them by what it is
        held, own = self._split(plan)
        spend = held.spend_cents(own)
        fits = all(o.fits(int(n)) for o, n in zip(held.options, own, strict=True))
        within = int(spend.sum()) <= held.budget_cents
        return fits and within and excess_cents(held.limits, spend) == 0

    def _value(self, plan: "_Plan") -> float:
        return worst_mean(plan.results, share=self._share)

    def _ranked(self) -> list["_Plan"]:
        """Give the plans found, best first; the start before what is better by rounding alone."""
        plans = list(self._found.values())
        least = abs(self._value(plans[0])) * _LEAST_GAIN
        return sorted(plans, key=lambda plan: (plan is plans[0]) * -least - self._value(plan))

    def _schedule(self, plan: "_Plan") -> Schedule:
        if plan is next(iter(self._found.values())):
            return self._start
        held, own = self._split(plan)
        spend = held.spend_cents(own)
        return replace(
            self._start,
            units=tuple(plan.units.tolist()),
            spend_cents=tuple(spend.tolist()),
            packages=plan.packages,
            result=ResultModel(held).value(own.astype(np.float64)),
        )

    def _split(self, plan: "_Plan") -> tuple[PlanProblem, Units]:
        """Give the problem beside a plan's packages, and what it buys there."""
        packages = self._problem.packages
        granted = granted_units(packages, plan.packages, n_venues=len(plan.units))
        return self._held(self._problem, plan), plan.units - granted

    def _held(self, problem: PlanProblem, plan: "_Plan") -> PlanProblem:
        return hold_packages(problem, plan.packages) if problem.packages else problem


@dataclass(frozen=True, eq=False)
class _Plan:
    """One plan.

    Attributes:
        units: Units of each venue, those of packages counted.
        packages: How many of each package.
        results: Its result in each draw.
    """

    units: Units
    packages: tuple[int, ...]
    results: Array = field(default_factory=lambda: np.empty(0))

    @property
    def key(self) -> _Key:
        """Tell plans apart."""
        return tuple(self.units.tolist()), self.packages


def _effort(problem: PlanProblem) -> Effort:
    usual = plan_effort(problem)
    return Effort(
        n_tries=min(usual.n_tries, _EFFORT.n_tries),
        n_rounds=min(usual.n_rounds, _EFFORT.n_rounds),
        n_kicks=min(usual.n_kicks // 2, _EFFORT.n_kicks),
    )
