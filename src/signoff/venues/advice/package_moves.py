"""Better schedules near a plan: its own packages, and those with one package more or less."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from signoff.venues.solver.insertions import cheapest_units
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.terms.limits import excess_cents

__all__ = ["Found", "improve_packages", "keeps_limits", "list_package_moves"]

_MOST_MOVED = 6
Improve = Callable[[PlanProblem, Units], Units]


@dataclass(frozen=True, eq=False)
class Found:
    """A schedule, units had through packages counted among those of the venues.

    Attributes:
        units: Units of each venue.
        value: What it brings.
    """

    units: Units
    value: float


def improve_packages(
    whole: PlanProblem, counts: Sequence[int], units: Units, *, improve: Improve
) -> Found:
    """Seek the best schedule near a plan, with its packages and with one more or less of each.

    Args:
        whole: The problem, packages among what can be bought.
        counts: How many of each package the plan buys.
        units: What it buys beside them.
        improve: Seeks a better schedule beside packages that are held, from one that is given.
    """
    held = hold_packages(whole, counts) if whole.packages else whole
    best = _found(whole, counts, held, improve(held, units))
    for moved in list_package_moves(whole, counts):
        beside = hold_packages(whole, moved)
        starts = [start for start in (units, cheapest_units(beside)) if keeps_limits(beside, start)]
        for start in starts[:1]:
            found = _found(whole, moved, beside, improve(beside, start))
            best = found if found.value > best.value else best
    return best


def list_package_moves(whole: PlanProblem, counts: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Give the choices with one package more or less than a plan, as far as venues sell them.

    Args:
        whole: The problem.
        counts: How many of each package the plan buys.

    Yields:
        Choices; where there are many packages, of those that the plan buys and of the first others.
    """
    order = sorted(range(len(counts)), key=lambda p: (counts[p] == 0, p))[:_MOST_MOVED]
    maxima = np.array([option.ladder.maximum_units for option in whole.options])
    for p in order:
        for step in (1, -1):
            moved = (*counts[:p], counts[p] + step, *counts[p + 1 :])
            if not 0 <= moved[p] <= whole.packages[p].ladder.maximum_units:
                continue
            granted = granted_units(whole.packages, moved, n_venues=len(whole.options))
            is_open = all(o.is_open for o, g in zip(whole.options, granted, strict=True) if g)
            if is_open and np.all(granted <= maxima):
                yield moved


def keeps_limits(problem: PlanProblem, units: Units) -> bool:
    """Say whether a schedule keeps every limit.

    Args:
        problem: A problem without packages.
        units: Units of each venue.
    """
    spend = problem.spend_cents(units)
    fits = all(o.fits(int(n)) for o, n in zip(problem.options, units, strict=True))
    within = int(spend.sum()) <= problem.budget_cents
    return fits and within and excess_cents(problem.limits, spend) == 0


def _found(whole: PlanProblem, counts: Sequence[int], held: PlanProblem, units: Units) -> Found:
    granted = granted_units(whole.packages, counts, n_venues=len(whole.options))
    value = ResultModel(held).value(units.astype(np.float64))
    return Found(units + granted, value)
