"""Find the schedule that brings most within all limits, and say how far the best could be."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from signoff.errors import BriefError
from signoff.stats.reach import Array
from signoff.venues.exposures.bounds import (
    Bound,
    ProofKind,
    bound_schedules,
    polish_broken,
    proof_effort,
)
from signoff.venues.exposures.broken import find_ends
from signoff.venues.exposures.menu import list_menus, list_schedules
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import relax_limits, spend_of
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.tree import ProofEffort
from signoff.venues.exposures.whole import Whole, WholeSearch

__all__ = ["Solution", "solve_exposures"]

_MOST_SCHEDULES = 400_000
_MOST_JUDGED = 400_000_000
_DIFFERENT_SHARE = 1e-3
_SMALL = 200_000


@dataclass(frozen=True, eq=False)
class Solution:
    """A schedule, with what it brings and what no schedule can exceed.

    Attributes:
        units: Units of each venue; whole where they must be.
        spend_cents: Money of each venue.
        value: What they bring.
        bound: What no schedule within the limits exceeds.
        proof: How that is known.
        n_starts: Starts that were climbed.
        n_ends: Different ends among them.
        n_splits: Splits of the proof.
    """

    units: Array
    spend_cents: Array
    value: float
    bound: float
    proof: ProofKind
    n_starts: int
    n_ends: int
    n_splits: int

    @property
    def gap_share(self) -> float:
        """How much more than the plan the best one could bring, as a share of the plan."""
        if self.value <= 0:
            return 0.0 if self.bound <= 0 else float("inf")
        return max(0.0, self.bound / self.value - 1.0)


def solve_exposures(
    problem: ExposureProblem,
    *,
    rng: np.random.Generator,
    effort: ProofEffort | None = None,
    n_climbed: int | None = None,
) -> Solution:
    """Find the schedule that brings most within all limits.

    Args:
        problem: The problem.
        rng: Source of starts and kicks; the same state gives the same schedule.
        effort: How long to look for a lower bound; None: as long as `proof_effort` says.
        n_climbed: Starts to climb; None: 2 where the optimum is proven, else 40, or 12 in large
            problems.

    Returns:
        The schedule, its bound, and how that is proven.

    Raises:
        BriefError: no schedule keeps the limits, or the rule cannot be used with these roles.

    >>> from signoff.venues.exposures.sample import sample_problem
    >>> found = solve_exposures(sample_problem(), rng=np.random.default_rng(1))
    >>> found.units.tolist(), found.proof.value
    ([3.0, 3.0], 'enumerated')
    """
    problem.approval.check(n_roles=problem.people.shape[1])
    if problem.is_whole:
        tried = _enumerated(problem)
        if tried is not None:
            return tried
    wanted = n_climbed or (2 if problem.is_concave else _n_climbed(problem))
    effort = effort or proof_effort(problem)
    if problem.is_whole:
        return _solve_whole(problem, rng=rng, effort=effort, n_climbed=wanted)
    return _solve_broken(problem, rng=rng, effort=effort, n_climbed=wanted)


def _solve_broken(
    problem: ExposureProblem, *, rng: np.random.Generator, effort: ProofEffort, n_climbed: int
) -> Solution:
    model, money = ExposureModel(problem), relax_limits(problem)
    ends = find_ends(model, money, rng=rng, n_climbed=n_climbed)
    best = ends[0]
    if not np.isfinite(best.value):
        raise _no_schedule()
    polish = partial(polish_broken, model, money)
    bound = bound_schedules(problem, best=(best.units, best.value), polish=polish, effort=effort)
    units, value = best.units, best.value
    if len(bound.units) and model.value(bound.units) > value:
        units, value = bound.units, model.value(bound.units)
    n_ends = _n_different([end.units for end in ends], money.high)
    spend = units * money.unit_cents
    return _solution(units, spend, value=value, bound=bound, n_starts=len(ends), n_ends=n_ends)


def _solve_whole(
    problem: ExposureProblem, *, rng: np.random.Generator, effort: ProofEffort, n_climbed: int
) -> Solution:
    model, money = ExposureModel(problem), relax_limits(problem)
    search = WholeSearch(model)
    broken = replace(problem, is_whole=False, caps=money.high)
    ends = find_ends(ExposureModel(broken), money, rng=rng, n_climbed=n_climbed)
    wholes = [search.round(end.units) for end in ends[:4]]
    wholes.append(search.fill(search.stand(search.cheapest())))
    first = max(wholes, key=lambda whole: (-whole.excess_cents, whole.value))
    best = search.search(first, rng=rng, n_kicks=_n_kicks(problem))
    if best.excess_cents > 0:
        raise _no_schedule()

    def polish(units: Array) -> tuple[Array, float]:
        found = search.round(units)
        value = found.value if found.excess_cents == 0 else -np.inf
        return found.units.astype(np.float64), value

    start = (best.units.astype(np.float64), best.value)
    bound = bound_schedules(problem, best=start, polish=polish, effort=effort)
    if len(bound.units):
        best = _better(search, best, bound.units)
    n_ends = _n_different([end.units for end in ends], money.high)
    spend = spend_of(problem.options, best.units).astype(np.float64)
    return _solution(
        best.units.astype(np.float64),
        spend,
        bound=bound,
        value=best.value,
        n_starts=len(ends),
        n_ends=n_ends,
    )


def _better(search: WholeSearch, best: Whole, units: Array) -> Whole:
    other = search.improve(search.stand(units.round().astype(np.int64)))
    return other if other.beats(best) else best


def _enumerated(problem: ExposureProblem) -> Solution | None:
    """Try every schedule where there are few enough."""
    menus = list_menus(problem)
    if menus is None:
        return None
    model = ExposureModel(problem)
    size = problem.people.size * len(problem.appetite.weight) * max(len(problem.draws), 1)
    most = min(_MOST_SCHEDULES, _MOST_JUDGED // size)
    schedules = list_schedules(problem, menus, most=most)
    if schedules is None:
        return None
    if not len(schedules):
        raise _no_schedule()
    values = model.values(schedules.astype(np.float64))
    top = np.flatnonzero(values >= values.max() * (1 - 1e-12))
    costs = [float(spend_of(problem.options, schedules[place]).sum()) for place in top]
    units = schedules[top[int(np.argmin(costs))]].astype(np.float64)
    value = model.value(units)
    spend = spend_of(problem.options, units.astype(np.int64)).astype(np.float64)
    bound = Bound(value, ProofKind.ENUMERATED, 0, np.empty(0))
    return _solution(units, spend, value=value, bound=bound, n_starts=0, n_ends=0)


def _solution(
    units: Array,
    spend: Array,
    *,
    value: float,
    bound: Bound,
    n_starts: int,
    n_ends: int,
) -> Solution:
    return Solution(
        units=units,
        spend_cents=spend,
        value=value,
        bound=max(bound.value, value),
        proof=bound.kind,
        n_starts=n_starts,
        n_ends=n_ends,
        n_splits=bound.n_splits,
    )


def _n_climbed(problem: ExposureProblem) -> int:
    """Climb oftener where a climb costs little; from 12 starts the best was missed at times."""
    size = problem.people.size * len(problem.options)
    size *= len(problem.appetite.weight) * max(len(problem.draws), 1)
    return 40 if size <= _SMALL else 12


def _n_kicks(problem: ExposureProblem) -> int:
    """Look longer where a look costs little."""
    size = problem.people.size * len(problem.appetite.weight) * max(len(problem.draws), 1)
    return int(np.clip(40_000 / size, 4, 40))


def _n_different(ends: list[Array], scale: Array) -> int:
    kept: list[Array] = []
    for units in ends:
        size = np.maximum(scale, 1e-9)
        if all(np.abs((units - other) / size).max() > _DIFFERENT_SHARE for other in kept):
            kept.append(units)
    return len(kept)


def _no_schedule() -> BriefError:
    return BriefError(
        "no plan keeps all the limits",
        why="floors, ceilings, commitments, minimum buys and the budget contradict each other",
        fix="loosen one of them",
        where="limits",
    )
