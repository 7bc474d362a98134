"""How many of each package to buy: each choice is a problem of its own, with units granted."""

from dataclasses import replace
from math import prod

import numpy as np

from signoff.venues.solver.curve_places import CurvePlace, rising_places
from signoff.venues.solver.package_bound import bound_packages
from signoff.venues.solver.package_choices import PackageChoices, cheapest_counts, is_allowed
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, plan_effort, solve_plan, trace_curve

__all__ = ["buy_plan", "hold_schedule", "trace_package_curve"]

_MOST_WHOLE = 16
_N_ROUNDS = 4
_LOOKS = 4
_LOOKED_AT = 16


def buy_plan(problem: PlanProblem, *, rng: np.random.Generator) -> Schedule:
    """Find units and packages within the budget that bring most, and a bound on what any could.

    Args:
        problem: The problem; its fixed lines and floors fit the budget.
        rng: Source of the starts; the same state gives the same schedule.

    Returns:
        The schedule, units had through packages counted among those of the venues. Few choices of
        packages in a small market are all searched whole, and the bound is the highest of theirs.
        Else one is, the others are looked at from the best so far, the most promising first, and
        the bound has a variable for each package.
    """
    if not problem.packages:
        return solve_plan(problem, rng=rng)
    choices = PackageChoices(problem, seed=int(rng.integers(2**63)))
    n_whole = min(_MOST_WHOLE, max(2, plan_effort(problem).n_tries ** 2 // 225))
    tries_all = prod(n + 1 for n in choices.most) <= n_whole
    if tries_all:
        for counts in choices.every():
            choices.solve(counts)
    else:
        _climb(choices, n_whole=n_whole)
    if not choices.found:
        return solve_plan(replace(problem, packages=()), rng=rng)
    best = choices.best
    near = np.array(best.units, dtype=np.float64)
    bound = (
        max(schedule.bound for schedule in choices.solved.values())
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
    none = (0,) * len(problem.packages)
    if any(schedule.packages) and is_allowed(problem, none):
        bare = replace(problem, packages=())
        for place in trace_curve(bare, solve_plan(bare, rng=rng), rng=rng):
            with_packages = found.get(place.budget_cents)
            if with_packages is None or place.result > with_packages.result:
                found[place.budget_cents] = place
    return rising_places(sorted(found.values(), key=lambda place: place.budget_cents))


def _climb(choices: PackageChoices, *, n_whole: int) -> None:
    """Go from choice to choice, each next to the best so far; then search the best ones whole."""
    start = cheapest_counts(choices.problem)
    if start is None:
        return
    choices.solve(start)
    if prod(n + 1 for n in choices.most) <= _LOOKED_AT * n_whole:
        first = choices.best
        for counts in choices.every():
            choices.look(counts, near=first, n_rounds=_N_ROUNDS)
    effort = plan_effort(choices.problem)
    n_looks = _LOOKS * (effort.n_tries // 4 + len(start))
    is_rising = True
    while is_rising and n_looks:
        best, is_rising = choices.best, False
        for counts in choices.promising(best)[:n_looks]:
            choices.look(counts, near=best, n_rounds=_N_ROUNDS)
            n_looks -= 1
            if choices.best is not best:
                is_rising = True
                break
    ranked = sorted(choices.found.values(), key=lambda found: (-found.result, found.packages))
    for found in ranked[: n_whole - 1]:
        choices.solve(found.packages)
    if choices.best.packages not in choices.solved:
        best = choices.best
        choices.look(best.packages, near=best, n_rounds=effort.n_rounds)
