"""Find the schedule: climb with broken units, round, swap, and say how far the best could be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.bound import bound_result
from signoff.venues.solver.continuous import find_optima
from signoff.venues.solver.curve_places import CurvePlace, rising_places
from signoff.venues.solver.gap import share_above
from signoff.venues.solver.insertions import Effort, cheapest_units, improve_units, round_units
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import relax_money
from signoff.venues.terms.limits import excess_cents

__all__ = [
    "CURVE_SHARES",
    "Schedule",
    "committed_cents",
    "is_large",
    "plan_effort",
    "solve_plan",
    "trace_curve",
    "trace_schedules",
]

_LARGE, _N_CLIMBED = 1_000_000, 2
CURVE_SHARES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, eq=False)
class Schedule:
    """A plan of whole units, with what it brings and what no plan can exceed.

    Attributes:
        units: Units of each venue.
        spend_cents: Money of each venue.
        result: What it brings, in the unit of the objective.
        bound: What no schedule within the budget can exceed.
        n_starts: Starts that were climbed.
        n_ends: Different ends among them.
        packages: How many of each package are bought; their units and money count at the venues.
    """

    units: tuple[int, ...]
    spend_cents: tuple[int, ...]
    result: float
    bound: float
    n_starts: int
    n_ends: int
    packages: tuple[int, ...] = ()

    @property
    def gap_share(self) -> float:
        """How much more than the plan the best one could bring, as a share of the plan."""
        return share_above(self.result, self.bound)


def solve_plan(problem: PlanProblem, *, rng: np.random.Generator) -> Schedule:
    """Find whole units within the budget that bring most, and a bound on what any could bring.

    Args:
        problem: The problem; its fixed lines and floors fit the budget.
        rng: Source of the starts; the same state gives the same schedule.

    Returns:
        The schedule. Its gap is to a proven bound, not to a better plan that was found.

    Source: continuous climb after Staib and Jegelka (2017); rounding and swaps as local search.
    """
    kept = _buyable(problem)
    if not kept:
        nothing = (0,) * len(problem.options)
        return Schedule(nothing, nothing, result=0.0, bound=0.0, n_starts=0, n_ends=0)
    if len(kept) < len(problem.options):
        return _spread(solve_plan(problem.part(kept), rng=rng), kept, n=len(problem.options))
    model, money = ResultModel(problem), relax_money(problem)
    starts = _easier_optima(problem, rng=rng)
    large = is_large(problem)
    optima = find_optima(
        model, money, rng=rng, starts=starts, n_climbed=_N_CLIMBED if large else None
    )
    effort = plan_effort(problem)
    ends = _different([optimum.units for optimum in optima], money_scale=money.high)
    wholes = [round_units(model, units, effort=effort) for units in ends[: 2 if large else 4]]
    swapped = [
        improve_units(model, units, effort=replace(effort, n_kicks=0))
        for units in _best(model, wholes, n=1 if large else 2)
    ]
    units = improve_units(model, _best(model, swapped, n=1)[0], effort=effort)
    if excess_cents(problem.limits, problem.spend_cents(units)) > 0:
        units = improve_units(model, cheapest_units(problem), effort=effort)
    return _schedule(model, units, n_starts=len(optima), n_ends=len(ends))


def trace_curve(
    problem: PlanProblem, schedule: Schedule, *, rng: np.random.Generator
) -> tuple[CurvePlace, ...]:
    """Find what other budgets would bring, never less for more money.

    Args:
        problem: The problem at its own budget.
        schedule: The schedule found for it; it stands on the curve.
        rng: Source of the starts.

    Returns:
        Places by rising budget.
    """
    kept = _buyable(problem)
    if not kept:
        nothing = np.zeros(len(problem.options), dtype=np.int64)
        budgets = [round(problem.budget_cents * share) for share in CURVE_SHARES]
        return tuple(CurvePlace(cents, nothing, result=0.0) for cents in budgets)
    model = ResultModel(problem)
    return rising_places(
        [
            CurvePlace(budget, units, result=model.value(units.astype(np.float64)))
            for budget, units in trace_schedules(problem, schedule, rng=rng)
        ]
    )


def trace_schedules(
    problem: PlanProblem,
    schedule: Schedule,
    *,
    rng: np.random.Generator,
    shares: Sequence[float] = CURVE_SHARES,
) -> list[tuple[int, Units]]:
    """Find a schedule for each of some other budgets.

    Args:
        problem: The problem at its own budget; some venue of it can be bought.
        schedule: The schedule found for it; it is the one at the share 1.
        rng: Source of the starts.
        shares: Budgets as shares of the problem's, rising.

    Returns:
        Budget in cents and units of each venue; budgets below what is committed are left out.
    """
    kept = _buyable(problem)
    part = problem.part(kept)
    model, committed = ResultModel(part), committed_cents(problem)
    found: list[tuple[int, Units]] = []
    previous: Units | None = None
    for share in shares:
        budget = round(problem.budget_cents * share)
        if budget < committed:
            continue
        if share == 1.0:
            previous = np.array([schedule.units[v] for v in kept], dtype=np.int64)
        else:
            here = _quick(part, budget, rng=rng, before=previous)
            previous = _best(model, [u for u in (here, previous) if u is not None], n=1)[0]
        found.append((budget, _everywhere(previous, kept, n=len(problem.options))))
    return found


def committed_cents(problem: PlanProblem) -> int:
    """Give the money that fixed lines and floors take, whatever the budget."""
    return problem.cost_cents(cheapest_units(problem))


def plan_effort(problem: PlanProblem) -> Effort:
    """Look longer where a look costs little."""
    size = _size(problem)
    return Effort(
        n_tries=int(np.clip(1_000_000 / size, 4, 60)),
        n_rounds=8 if is_large(problem) else 30,
        n_kicks=int(np.clip(min(1_000_000 / size, 200 / len(problem.options)), 0, 60)),
    )


def _size(problem: PlanProblem) -> int:
    """Give about how many numbers one look at a schedule takes."""
    of_people = problem.membership[0].size * problem.exposures_needed
    return int(of_people + 4 * problem.cells.people.size)


def is_large(problem: PlanProblem) -> bool:
    """Whether a plan has to be found with few looks: tens of thousands of cells or more."""
    return _size(problem) > _LARGE


def _buyable(problem: PlanProblem) -> list[int]:
    return [
        v
        for v, o in enumerate(problem.options)
        if o.is_open or o.fixed_cents is not None or o.granted_units
    ]


def _spread(schedule: Schedule, kept: list[int], *, n: int) -> Schedule:
    units, spend = (
        dict(zip(kept, schedule.units, strict=True)),
        dict(zip(kept, schedule.spend_cents, strict=True)),
    )
    return replace(
        schedule,
        units=tuple(units.get(v, 0) for v in range(n)),
        spend_cents=tuple(spend.get(v, 0) for v in range(n)),
    )


def _everywhere(units: Units, kept: Sequence[int], *, n: int) -> Units:
    whole = np.zeros(n, dtype=np.int64)
    whole[kept] = units
    return whole


def _quick(
    problem: PlanProblem, budget_cents: int, *, rng: np.random.Generator, before: Units | None
) -> Units:
    smaller = replace(problem, budget_cents=budget_cents)
    model, money = ResultModel(smaller), relax_money(smaller)
    starts = [] if before is None else [money.scaled(before * money.unit_cents)]
    n_climbed = 1 if is_large(problem) else 2
    optimum = find_optima(model, money, rng=rng, starts=starts, n_climbed=n_climbed)[0]
    effort = replace(plan_effort(problem), n_rounds=3, n_kicks=0)
    return round_units(model, optimum.units, effort=effort)


def _easier_optima(problem: PlanProblem, *, rng: np.random.Generator) -> list[Array]:
    """Optima of fewer exposures needed, as starts: they show where several roles can be had."""
    starts: list[Array] = []
    if problem.measure().is_concave:
        return starts
    for needed in range(1, min(problem.exposures_needed, 3)):
        easier = replace(problem, exposures_needed=needed)
        found = find_optima(
            ResultModel(easier),
            relax_money(easier),
            rng=rng,
            starts=starts[-1:],
            n_climbed=1 if is_large(problem) else 2,
        )
        starts.append(found[0].units)
    return starts


def _schedule(model: ResultModel, units: Units, *, n_starts: int, n_ends: int) -> Schedule:
    options = model.problem.options
    result = model.value(units.astype(np.float64))
    bound = bound_result(model.problem, near=units.astype(np.float64))
    return Schedule(
        units=tuple(int(n) for n in units),
        spend_cents=tuple(o.cost_cents(int(n)) for o, n in zip(options, units, strict=True)),
        result=result,
        bound=max(bound, result),
        n_starts=n_starts,
        n_ends=n_ends,
    )


def _best(model: ResultModel, schedules: Sequence[Units], *, n: int) -> list[Units]:
    """Give the best schedules, dearest last among equals, so that the same seed gives the same."""
    keyed = {
        (-model.value(u.astype(np.float64)), model.problem.cost_cents(u), tuple(u.tolist())): u
        for u in schedules
    }
    return [keyed[key] for key in sorted(keyed)[:n]]


def _different(ends: Sequence[Array], *, money_scale: Array) -> list[Array]:
    kept: list[Array] = []
    scale = np.maximum(money_scale, 1.0)
    for units in ends:
        if all(np.abs((units - other) / scale).max() > 1e-3 for other in kept):
            kept.append(units)
    return kept
