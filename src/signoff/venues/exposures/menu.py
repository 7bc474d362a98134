"""Every number of units that may be bought at each venue, and every schedule of a small problem."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.solver.problem import VenueOption

__all__ = ["Menu", "list_menus", "list_schedules"]

Menu = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Units by rising number, and what they cost in cents."""

_LONGEST = 60


def list_menus(problem: ExposureProblem) -> list[Menu] | None:
    """Give all that each venue sells within the budget; None where that is too long a list."""
    menus = []
    for option in problem.options:
        most = option.most_units(int(problem.budget_cents))
        if most > _LONGEST:
            return None
        units = np.array([n for n in range(most + 1) if option.fits(n)], dtype=np.int64)
        cost = np.array([option.cost_cents(int(n)) for n in units], dtype=np.int64)
        menus.append((units, cost))
    return menus


def list_schedules(
    problem: ExposureProblem, menus: Sequence[Menu], *, most: int
) -> NDArray[np.int64] | None:
    """Give every schedule of whole units that keeps all limits.

    Args:
        problem: The problem.
        menus: What each venue sells.
        most: Most schedules to list.

    Returns:
        Units, shape (schedules, venues); None where there are more.
    """
    found = np.zeros((1, 0), dtype=np.int64)
    spent = np.zeros((1, len(problem.limits)))
    counts = np.zeros((len(problem.limits), len(menus)))
    for row, limit in zip(counts, problem.limits, strict=True):
        row[list(limit.venues)] = 1.0
    ceilings = np.array([limit.most_cents for limit in problem.limits])
    for venue, (units, cost) in enumerate(menus):
        if len(found) * len(units) > 4 * most:
            return None
        wider = np.repeat(spent, len(units), axis=0)
        wider += np.tile(cost, len(spent))[:, None] * counts[:, venue]
        kept = (wider <= ceilings).all(axis=1)
        found = np.column_stack(
            [np.repeat(found, len(units), axis=0)[kept], np.tile(units, len(spent))[kept]]
        )
        spent = wider[kept]
    floors = np.array([limit.least_cents for limit in problem.limits])
    found = found[(spent >= floors).all(axis=1)]
    return None if len(found) > most else found


@lru_cache(maxsize=4096)
def worth_trying(option: VenueOption, units: int, money_cents: int) -> tuple[int, ...]:
    """Numbers of units worth a try instead of some: the next ones, steps, halves, all, none.

    Args:
        option: Venue.
        units: Units now.
        money_cents: Most that this venue may cost.

    Returns:
        Other numbers that keep the venue's own limits.
    """
    most = option.most_units(money_cents)
    steps = [low for low, _, _ in option.ladder.spans]
    wanted = {0, units - 1, units + 1, units // 2, most, (units + most + 1) // 2, *steps}
    wanted |= {units + max(1, (most - units) // 8), units - max(1, units // 8)}
    wanted |= {option.cheapest_units()}
    tried = {n for n in wanted if 0 <= n <= max(most, units) and n != units}
    return tuple(sorted(n for n in tried if option.fits(n)))
