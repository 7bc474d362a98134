"""How many of each package to buy: each choice is a problem of its own, with units granted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import prod

import numpy as np

from signoff.venues.solver.curve_places import CurvePlace, rising_places
from signoff.venues.solver.insertions import cheapest_units
from signoff.venues.solver.package_bound import bound_packages
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, solve_plan, trace_curve
from signoff.venues.terms.limits import excess_cents

__all__ = ["buy_plan", "hold_schedule", "trace_package_curve"]

_ALL_TRIED = 16
_MOST_TRIED = 24

Counts = tuple[int, ...]


def buy_plan(problem: PlanProblem, *, rng: np.random.Generator) -> Schedule:
    """Find units and packages within the budget that bring most, and a bound on what any could.

    Args:
        problem: The problem; its fixed lines and floors fit the budget.
        rng: Source of the starts; the same state gives the same schedule.

    Returns:
        The schedule, units had through packages counted among those of the venues. Up to 16
        choices of packages are all tried, and the bound is the highest of theirs; of more, those
        one package away from the best so far, and the bound has a variable for each package.
    """
    if not problem.packages:
        return solve_plan(problem, rng=rng)
    seed = int(rng.integers(2**63))
    most = _most_counts(problem)
    found: dict[Counts, Schedule] = {}
    tries_all = prod(n + 1 for n in most) <= _ALL_TRIED
    if tries_all:
        for counts in product(*(range(n + 1) for n in most)):
            _try(problem, counts, found=found, seed=seed)
    else:
        _climb(problem, most, found=found, seed=seed)
    if not found:
        return solve_plan(replace(problem, packages=()), rng=rng)
    best = min(found.values(), key=lambda s: (-s.result, sum(s.spend_cents), s.packages))
    near = np.array(best.units, dtype=np.float64)
    bound = (
        max(schedule.bound for schedule in found.values())
        if tries_all
        else bound_packages(problem, near=near)
    )
    return replace(best, bound=max(bound, best.result))


def hold_schedule(problem: PlanProblem, schedule: Schedule) -> tuple[PlanProblem, Schedule]:
    """Give the problem beside a plan's packages, and what the plan buys there.

    Args:
        problem: The problem that was solved.
        schedule: Its solution.
    """
    if not problem.packages:
        return problem, schedule
    counts = schedule.packages or (0,) * len(problem.packages)
    granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
    own = tuple(int(n - g) for n, g in zip(schedule.units, granted, strict=True))
    return hold_packages(problem, counts), replace(schedule, units=own)


def trace_package_curve(
    problem: PlanProblem, schedule: Schedule, *, rng: np.random.Generator
) -> tuple[CurvePlace, ...]:
    """Find what other budgets would bring, with the plan's packages or with none.

    Args:
        problem: The problem at its own budget.
        schedule: The schedule found for it; it stands on the curve.
        rng: Source of the starts.

    Returns:
        Places by rising budget; their units hold those of the packages.
    """
    held, own = hold_schedule(problem, schedule)
    granted = np.array(schedule.units, dtype=np.int64) - np.array(own.units, dtype=np.int64)
    found = {
        place.budget_cents: replace(place, units=place.units + granted)
        for place in trace_curve(held, own, rng=rng)
    }
    if any(schedule.packages):
        bare = replace(problem, packages=())
        for place in trace_curve(bare, solve_plan(bare, rng=rng), rng=rng):
            with_packages = found.get(place.budget_cents)
            if with_packages is None or place.result > with_packages.result:
                found[place.budget_cents] = place
    return rising_places(sorted(found.values(), key=lambda place: place.budget_cents))


def _most_counts(problem: PlanProblem) -> Counts:
    """Give how many of each package the budget and the venues allow by themselves."""
    return tuple(package.ladder.most_units(problem.budget_cents) for package in problem.packages)


def _try(
    problem: PlanProblem, counts: Counts, *, found: dict[Counts, Schedule], seed: int
) -> Schedule | None:
    """Solve beside some packages; None where they break a limit."""
    if counts not in found and _is_allowed(problem, counts):
        schedule = solve_plan(hold_packages(problem, counts), rng=np.random.default_rng(seed))
        granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
        units = tuple(int(n + g) for n, g in zip(schedule.units, granted, strict=True))
        found[counts] = replace(schedule, units=units, packages=counts)
    return found.get(counts)


def _is_allowed(problem: PlanProblem, counts: Counts) -> bool:
    """Whether some plan with so many packages keeps every limit."""
    granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
    maxima = [option.ladder.maximum_units for option in problem.options]
    if any(g > most for g, most in zip(granted.tolist(), maxima, strict=True) if g):
        return False
    held = hold_packages(problem, counts)
    units = cheapest_units(held)
    spend = held.spend_cents(units)
    fits = all(option.fits(int(n)) for option, n in zip(held.options, units, strict=True))
    within = int(spend.sum()) <= held.budget_cents
    return fits and within and excess_cents(held.limits, spend) == 0


def _climb(
    problem: PlanProblem, most: Sequence[int], *, found: dict[Counts, Schedule], seed: int
) -> None:
    """Try choices one package away from the best so far, and all or half of each by itself."""
    none = (0,) * len(most)
    best = _try(problem, none, found=found, seed=seed)
    for p, n in enumerate(most):
        for count in sorted({n, (n + 1) // 2} - {0}):
            alone = (*none[:p], count, *none[p + 1 :])
            best = _better(best, _try(problem, alone, found=found, seed=seed))
    is_rising = True
    while is_rising and best is not None and len(found) < _MOST_TRIED:
        before = best
        for counts in _neighbours(best.packages, most):
            if len(found) < _MOST_TRIED:
                best = _better(best, _try(problem, counts, found=found, seed=seed))
        is_rising = best is not before


def _better(first: Schedule | None, second: Schedule | None) -> Schedule | None:
    if first is None or second is None:
        return first or second
    return second if second.result > first.result else first


def _neighbours(counts: Counts, most: Sequence[int]) -> list[Counts]:
    changed = [
        (*counts[:p], count + step, *counts[p + 1 :])
        for p, count in enumerate(counts)
        for step in (1, -1)
    ]
    return [new for new in changed if all(0 <= n <= m for n, m in zip(new, most, strict=True))]
