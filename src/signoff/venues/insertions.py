"""From broken units to whole ones: round, fill up the money left, then swap between venues."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.objective import ResultModel, Standing
from signoff.venues.problem import VenueOption

__all__ = ["Effort", "Units", "improve_units", "round_units"]

Units = NDArray[np.int64]
Change = dict[int, int]


@dataclass(frozen=True)
class Effort:
    """How long to look for a better schedule; counted in tries, never in seconds.

    Attributes:
        n_tries: Changes judged exactly in each round, the most promising first.
        n_rounds: Most rounds of swaps.
        n_kicks: Times that one venue is forced to other units and the rest is bought anew.
    """

    n_tries: int
    n_rounds: int
    n_kicks: int


def round_units(model: ResultModel, units: Array, *, effort: Effort) -> Units:
    """Round broken units down to what is sold, then fill up the money left.

    Args:
        model: Judges schedules.
        units: Broken units within the money.
        effort: How long to look.

    Returns:
        Whole units that keep every minimum, step, floor and ceiling, and the budget.
    """
    options = model.problem.options
    whole = np.array(
        [_round_down(o, float(n)) for o, n in zip(options, units, strict=True)], dtype=np.int64
    )
    return _rebuild(model, whole, held=-1, effort=effort)


def improve_units(model: ResultModel, units: Units, *, effort: Effort) -> Units:
    """Swap units between venues, and buy anew around single ones, as long as that brings more.

    Args:
        model: Judges schedules.
        units: A schedule that keeps all limits.
        effort: How long to look.

    Returns:
        A schedule that keeps all limits and brings at least as much.
    """
    best = _swapped(model, units, effort=effort)
    value = model.value(best.astype(np.float64))
    kicks = _kicks(model, best)
    for n_done in range(effort.n_kicks):
        if n_done >= len(kicks):
            break
        held, n_units = kicks[n_done]
        start = _rebuild(model, _changed(best, {held: n_units}), held=held, effort=effort)
        found = _swapped(model, start, effort=effort)
        if (new := model.value(found.astype(np.float64))) > value * (1 + 1e-9):
            best, value, kicks = found, new, kicks[: n_done + 1] + _kicks(model, found)
    return best


def _swapped(model: ResultModel, units: Units, *, effort: Effort) -> Units:
    best = units
    for _ in range(effort.n_rounds):
        standing = model.stand(best.astype(np.float64))
        change = _best_change(model, standing, list(_swaps(model, best)), n_tries=effort.n_tries)
        if change is None:
            return best
        best = _fill(model, _changed(best, change), held=-1, effort=effort)
    return best


def _kicks(model: ResultModel, units: Units) -> list[tuple[int, int]]:
    """Every venue held at other units, those that promise most (or cost least) first."""
    standing = model.stand(units.astype(np.float64))
    budget = model.problem.budget_cents
    kicks = [
        (-_promise(model, standing, {venue: n}), venue, n)
        for venue, option in enumerate(model.problem.options)
        for n in {*_falls(option, int(units[venue])), *_raises(option, int(units[venue]), budget)}
    ]
    return [(venue, n) for _, venue, n in sorted(kicks)]


def _rebuild(model: ResultModel, units: Units, *, held: int, effort: Effort) -> Units:
    """Give up units until the money is enough, then fill up, leaving one venue as it is."""
    whole = units
    while model.problem.cost_cents(whole) > model.problem.budget_cents:
        cheaper = _cheapen(model, whole, held=held)
        if cheaper is None:
            return _fewest(model)
        whole = cheaper
    return _fill(model, whole, held=held, effort=effort)


def _fewest(model: ResultModel) -> Units:
    return np.array([option.fewest_units() for option in model.problem.options], dtype=np.int64)


def _fill(model: ResultModel, units: Units, *, held: int, effort: Effort) -> Units:
    """Spend what is left where a cent adds most, until nothing that fits adds anything."""
    for _ in range(20 * len(units)):
        spare = model.problem.budget_cents - model.problem.cost_cents(units)
        changes = [
            {venue: more}
            for venue, option in enumerate(model.problem.options)
            if venue != held
            for more in _raises(option, int(units[venue]), spare)
        ]
        if not changes:
            return units
        standing = model.stand(units.astype(np.float64))
        change = _best_change(
            model, standing, changes, n_tries=effort.n_tries, costs=_added_costs(model, units)
        )
        if change is None:
            return units
        units = _changed(units, change)
    return units


def _best_change(
    model: ResultModel,
    standing: Standing,
    changes: list[Change],
    *,
    n_tries: int,
    costs: "_AddedCosts | None" = None,
) -> Change | None:
    """Judge the most promising changes exactly; give the best that adds, by cent where costed."""
    promised = np.array([_promise(model, standing, change) for change in changes])
    per_cent = np.array([max(costs.of(change), 1) if costs else 1 for change in changes])
    best, best_gain = None, 1e-9 * max(standing.value, 1e-9)
    best_rate = 0.0
    for i in np.argsort(-promised / per_cent, kind="stable")[:n_tries]:
        gain = model.value_after(standing, changes[i]) - standing.value
        if gain > best_gain and gain / per_cent[i] > best_rate:
            best, best_rate = changes[i], gain / per_cent[i]
    return best


def _promise(model: ResultModel, standing: Standing, change: Change) -> float:
    gain = 0.0
    for venue, units in change.items():
        moved = model.share_after(venue, units) - standing.shares[:, venue]
        gain += float(standing.count_slopes[:, venue] @ moved)
    return gain


class _AddedCosts:
    def __init__(self, options: tuple[VenueOption, ...], units: Units) -> None:
        self._options, self._units = options, units

    def of(self, change: Change) -> int:
        return sum(
            self._options[venue].cost_cents(units)
            - self._options[venue].cost_cents(int(self._units[venue]))
            for venue, units in change.items()
        )


def _added_costs(model: ResultModel, units: Units) -> _AddedCosts:
    return _AddedCosts(model.problem.options, units)


def _swaps(model: ResultModel, units: Units) -> Iterator[Change]:
    """Take units from one venue and put the money into another, or just take other steps."""
    options = model.problem.options
    spare = model.problem.budget_cents - model.problem.cost_cents(units)
    for giver, option in enumerate(options):
        for fewer in _falls(option, int(units[giver])):
            freed = spare + option.cost_cents(int(units[giver])) - option.cost_cents(fewer)
            for taker, other in enumerate(options):
                if taker != giver:
                    for more in _raises(other, int(units[taker]), freed):
                        yield {giver: fewer, taker: more}


def _raises(option: VenueOption, units: int, spare_cents: int) -> list[int]:
    """More units worth a try: the next one, each price step, half of what fits, all that fits."""
    most = option.most_units(option.cost_cents(units) + spare_cents)
    if most <= units:
        return []
    steps = [low for low, _, _ in option.ladder.spans()]
    wanted = {units + 1, most, (units + most + 1) // 2, units + max(1, (most - units) // 8)}
    tried = {option.ladder.cheapest_units(n) for n in (*wanted, *steps) if units < n <= most}
    money = option.cost_cents(units) + spare_cents
    return sorted(n for n in tried if option.fits(n) and option.cost_cents(n) <= money)


def _falls(option: VenueOption, units: int) -> list[int]:
    """Fewer units worth a try: one less, each price step, half, none."""
    steps = [low for low, _, _ in option.ladder.spans()]
    wanted = {0, units - 1, units // 2, units - max(1, units // 8), *steps}
    fewer = (n for n in wanted if 0 <= n < units and option.fits(n))
    return sorted(n for n in fewer if option.cost_cents(n) < option.cost_cents(units))


def _round_down(option: VenueOption, units: float) -> int:
    fewest = option.fewest_units()
    steps = [low for low, _, _ in option.ladder.spans()]
    choices = {int(units + 1e-9), fewest, 0, *steps}
    fitting = [n for n in choices if n <= max(units + 1e-9, fewest) and option.fits(n)]
    return max(fitting, default=fewest)


def _cheapen(model: ResultModel, units: Units, *, held: int) -> Units | None:
    """Give up the step that loses least per cent; prices of single units exceed the lowest ones."""
    standing = model.stand(units.astype(np.float64))
    changes = [
        {venue: fewer}
        for venue, option in enumerate(model.problem.options)
        if venue != held
        for fewer in _falls(option, int(units[venue]))
    ]
    if not changes:
        return None
    costs = _added_costs(model, units)
    losses = [_promise(model, standing, change) / costs.of(change) for change in changes]
    return _changed(units, changes[int(np.argmin(losses))])


def _changed(units: Units, change: Change) -> Units:
    new = units.copy()
    for venue, n in change.items():
        new[venue] = n
    return new
