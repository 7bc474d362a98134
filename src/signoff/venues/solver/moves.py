"""Changes of a schedule worth a try, and what each promises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.objective import ResultModel, Standing
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.terms.limits import keeps_pairs

__all__ = ["Change", "Moves", "Units", "falls", "list_moves", "raises", "swaps"]

Units = NDArray[np.int64]
Change = dict[int, int]
_MONEY_LEVELS = 12


@dataclass(frozen=True, eq=False)
class Moves:
    """New units of single venues, with what they cost and promise.

    Attributes:
        venue: Venue of each move.
        units: Its new units.
        cost: Money that the move takes, in cents; below 0 where it frees money.
        promise: Gain, if all else stood still: exact to first order.
    """

    venue: NDArray[np.int64]
    units: NDArray[np.int64]
    cost: NDArray[np.int64]
    promise: Array

    def change(self, i: int) -> Change:
        """Give one move as new units by venue."""
        return {int(self.venue[i]): int(self.units[i])}


def list_moves(
    model: ResultModel, standing: Standing, units: Units, *, to: Iterable[tuple[int, int]]
) -> Moves:
    """Give moves their cost and their promise.

    Args:
        model: Judges schedules.
        standing: Where the schedule stands.
        units: The schedule.
        to: Venue and new units of each move.

    Returns:
        The moves, in the same order.
    """
    pairs = np.array(list(to), dtype=np.int64).reshape(-1, 2)
    venue, new = pairs[:, 0], pairs[:, 1]
    options = model.problem.options
    cost = [
        options[v].cost_cents(n) - options[v].cost_cents(int(units[v])) for v, n in pairs.tolist()
    ]
    promise = model.promises(standing, venue=venue, units=new)
    return Moves(venue, new, np.array(cost, dtype=np.int64), promise)


def swaps(model: ResultModel, standing: Standing, units: Units, *, n_best: int) -> Sequence[Change]:
    """Give the most promising ways to take units from one venue and buy others for the money.

    Args:
        model: Judges schedules.
        standing: Where the schedule stands.
        units: The schedule.
        n_best: How many to give.

    Returns:
        Changes of two venues each, most promising first.
    """
    problem = model.problem
    spare = problem.budget_cents - problem.cost_cents(units)
    fall_pairs = [(v, n) for v, o in enumerate(problem.options) for n in falls(o, int(units[v]))]
    fall = list_moves(model, standing, units, to=fall_pairs)
    if not len(fall.venue):
        return []
    money = spare - fall.cost
    rise_pairs = _rises(problem, units, money=sorted(set(money.tolist())))
    rise = list_moves(model, standing, units, to=rise_pairs)
    if not len(rise.venue):
        return []
    promise = fall.promise[:, None] + rise.promise
    allowed = (rise.cost <= money[:, None]) & (fall.venue[:, None] != rise.venue)
    if problem.limits:
        allowed &= keeps_pairs(
            problem.limits,
            problem.spend_cents(units),
            falls=(fall.venue, fall.cost),
            rises=(rise.venue, rise.cost),
        )
    promise = np.where(allowed, promise, -np.inf).ravel()
    best = np.argsort(-promise, kind="stable")[:n_best]
    places = [divmod(int(i), len(rise.venue)) for i in best if np.isfinite(promise[i])]
    return [{**fall.change(f), **rise.change(r)} for f, r in places]


def raises(option: VenueOption, units: int, spare_cents: int) -> list[int]:
    """More units worth a try: the next ones, each price step, half of what fits, all that fits.

    Args:
        option: Venue.
        units: Units now.
        spare_cents: Money to spend.

    Returns:
        New units that keep the venue's limits and the money.
    """
    money = option.cost_cents(units) + spare_cents
    most = option.most_units(money)
    if most <= units:
        return []
    steps = [low for low, _, _ in option.ladder.spans]
    next_units = units + max(1, (most - units) // 8)
    wanted = {next_units, most, (units + most + 1) // 2}
    tried = {option.ladder.cheapest_units(n) for n in (*wanted, *steps) if units < n <= most}
    return sorted(n for n in tried if option.fits(n) and option.cost_cents(n) <= money)


def falls(option: VenueOption, units: int) -> list[int]:
    """Fewer units worth a try: one less, each price step, half, the cheapest, none.

    Args:
        option: Venue.
        units: Units now.

    Returns:
        New units that keep the venue's limits and cost less.
    """
    if units == 0 or option.fixed_cents is not None:
        return []
    steps = [low for low, _, _ in option.ladder.spans]
    wanted = {0, units - 1, units // 2, units - max(1, units // 8), option.cheapest_units(), *steps}
    fewer = (n for n in wanted if 0 <= n < units and option.fits(n))
    return sorted(n for n in fewer if option.cost_cents(n) < option.cost_cents(units))


def _rises(problem: PlanProblem, units: Units, *, money: list[int]) -> list[tuple[int, int]]:
    """Raises for the most money, and all that fits for some lesser amounts."""
    pairs: set[tuple[int, int]] = set()
    levels = money[:: 1 + len(money) // _MONEY_LEVELS]
    for v, option in enumerate(problem.options):
        now = int(units[v])
        if not option.is_open or option.fixed_cents is not None:
            continue
        cost = option.cost_cents(now)
        pairs.update((v, n) for n in raises(option, now, money[-1]))
        pairs.update((v, n) for cents in levels if (n := option.most_units(cost + cents)) > now)
    return sorted(pairs)
