"""From broken units to whole ones: round, fill up the money left, then swap between venues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.moves import Change, Units, falls, list_moves, raises, swaps
from signoff.venues.solver.objective import ResultModel, Standing
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.terms.feasible import cheapest_plan
from signoff.venues.terms.limits import excess_cents, free_cents, spare_cents

__all__ = [
    "Effort",
    "changed_units",
    "cheapest_units",
    "cut_units",
    "fill_units",
    "improve_units",
    "round_units",
]

_LEAST_GAIN = 1e-9
_RAISES_TRIED = 12
_FEWEST_STEPS = 8


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
        ((held, n_units),) = kicks[n_done].items()
        start = _rebuild(model, changed_units(best, {held: n_units}), held=held, effort=effort)
        found = _swapped(model, start, effort=effort)
        if (new := model.value(found.astype(np.float64))) > value * (1 + _LEAST_GAIN):
            best, value, kicks = found, new, kicks[: n_done + 1] + _kicks(model, found)
    return best


def _swapped(model: ResultModel, units: Units, *, effort: Effort) -> Units:
    best = units
    for _ in range(effort.n_rounds):
        standing = model.stand(best.astype(np.float64))
        most, chosen = standing.value * (1 + _LEAST_GAIN), None
        for change in swaps(model, standing, best, n_best=effort.n_tries):
            value = model.value_after(standing, change)
            if value > most:
                most, chosen = value, change
        if chosen is None:
            return best
        best = _fill(model, changed_units(best, chosen), held=-1, effort=effort)
    return best


def _kicks(model: ResultModel, units: Units) -> list[Change]:
    """Every venue held at other units, those that promise most (or cost least) first."""
    standing = model.stand(units.astype(np.float64))
    budget = model.problem.budget_cents
    pairs = [
        (v, n)
        for v, option in enumerate(model.problem.options)
        for n in sorted({*falls(option, int(units[v])), *raises(option, int(units[v]), budget)})
    ]
    moves = list_moves(model, standing, units, to=pairs)
    return [moves.change(int(i)) for i in np.argsort(-moves.promise, kind="stable")]


def fill_units(
    model: ResultModel, units: Units, *, effort: Effort, held: int = -1
) -> Iterator[Units]:
    """Spend what is left where a cent adds most, until nothing that fits adds anything.

    Args:
        model: Judges schedules.
        units: A schedule that keeps all limits.
        effort: How long to look.
        held: Venue that stays as it is; -1: none.

    Yields:
        The schedule after each purchase, dearer and better than the one before.
    """
    for _ in range(20 * len(units)):
        spare = model.problem.spare_cents(units)
        pairs = [
            (v, n)
            for v, option in enumerate(model.problem.options)
            if v != held and option.is_open
            for n in raises(option, int(units[v]), int(spare[v]))
        ]
        change = _best_raise(model, units, pairs, n_tries=min(effort.n_tries, _RAISES_TRIED))
        if change is None:
            return
        units = changed_units(units, change)
        yield units


def cut_units(model: ResultModel, units: Units) -> Iterator[Units]:
    """Give up step by step what loses least per cent, until the budget is kept.

    Args:
        model: Judges schedules.
        units: A schedule that keeps all limits but the budget.

    Yields:
        The schedule after each step, cheaper than the one before; the last one keeps the budget
        unless nothing more can be given up.
    """
    while model.problem.cost_cents(units) > model.problem.budget_cents:
        cheaper = _cheapen(model, model.stand(units.astype(np.float64)), units, held=-1)
        if cheaper is None:
            return
        units = cheaper
        yield units


def _fill(model: ResultModel, units: Units, *, held: int, effort: Effort) -> Units:
    return [units, *fill_units(model, units, effort=effort, held=held)][-1]


def _best_raise(
    model: ResultModel, units: Units, pairs: Sequence[tuple[int, int]], *, n_tries: int
) -> Change | None:
    """Judge the raises that promise most per cent exactly; give the one that adds most per cent."""
    if not pairs:
        return None
    standing = model.stand(units.astype(np.float64))
    moves = list_moves(model, standing, units, to=pairs)
    cents = np.maximum(moves.cost, 1)
    best, best_rate = None, 0.0
    for i in np.argsort(-moves.promise / cents, kind="stable")[:n_tries].tolist():
        gain = model.value_after(standing, moves.change(i)) - standing.value
        if gain > _LEAST_GAIN * standing.value and gain / cents[i] > best_rate:
            best, best_rate = i, gain / cents[i]
    return None if best is None else moves.change(best)


def _rebuild(model: ResultModel, units: Units, *, held: int, effort: Effort) -> Units:
    """Give up units until the money is enough, then fill up, leaving one venue as it is."""
    within = _cut_ceilings(model, units)
    whole = _raise_floors(model, within) if within is not None else None
    standing = None
    while whole is not None and model.problem.cost_cents(whole) > model.problem.budget_cents:
        standing = standing or model.stand(units.astype(np.float64))
        excess = model.problem.cost_cents(whole) - model.problem.budget_cents
        whole = _cheapen(model, standing, whole, held=held, freed_cents=excess / _FEWEST_STEPS)
    if whole is None:
        return cheapest_units(model.problem)
    return _fill(model, whole, held=held, effort=effort)


def _cut_ceilings(model: ResultModel, units: Units) -> Units | None:
    """Give up units of groups that cost more than their ceilings; None where that cannot be."""
    problem, cut = model.problem, units
    for limit in problem.limits:
        members = list(limit.venues)
        while (excess := problem.spend_cents(cut)[members].sum() - limit.most_cents) > 0:
            standing = model.stand(cut.astype(np.float64))
            freed = float(excess) / _FEWEST_STEPS
            cheaper = _cheapen(model, standing, cut, held=-1, among=members, freed_cents=freed)
            if cheaper is None:
                return None
            cut = cheaper
    return cut


def _raise_floors(model: ResultModel, units: Units) -> Units | None:
    """Buy for groups that cost less than their floors, whatever the budget; None if none fits."""
    problem, raised = model.problem, units
    for limit in problem.limits:
        members = [v for v in limit.venues if problem.options[v].is_open]
        spent = int(problem.spend_cents(raised)[list(limit.venues)].sum())
        while spent < limit.least_cents:
            spare = spare_cents(problem.limits, problem.spend_cents(raised))
            pairs = [
                (v, n)
                for v in members
                for n in raises(problem.options[v], int(raised[v]), int(min(spare[v], 10**12)))
            ]
            if not pairs:
                return None
            moves = list_moves(model, model.stand(raised.astype(np.float64)), raised, to=pairs)
            enough = moves.cost >= limit.least_cents - spent
            rate = moves.promise / np.maximum(moves.cost, 1)
            pick = (
                np.argmin(np.where(enough, moves.cost, np.inf)) if enough.any() else rate.argmax()
            )
            raised = changed_units(raised, moves.change(int(pick)))
            spent = int(problem.spend_cents(raised)[list(limit.venues)].sum())
    return raised


def _cheapen(
    model: ResultModel,
    standing: Standing,
    units: Units,
    *,
    held: int,
    among: Sequence[int] | None = None,
    freed_cents: float = 0.0,
) -> Units | None:
    """Give up the step that loses least per cent of those that free so much money, if any do.

    None when nothing can be given up.
    """
    problem = model.problem
    spend = problem.spend_cents(units)
    free = free_cents(problem.limits, spend)
    pairs = [
        (v, n)
        for v, option in enumerate(problem.options)
        if v != held and (among is None or v in among)
        for n in {*falls(option, int(units[v])), *_to_floor(option, int(units[v]), free[v])}
        if spend[v] - option.cost_cents(n) <= free[v]
    ]
    if not pairs:
        return None
    moves = list_moves(model, standing, units, to=sorted(pairs))
    enough = -moves.cost >= min(freed_cents, float(-moves.cost.min()))
    rate = np.where(enough, moves.promise / moves.cost, np.inf)
    return changed_units(units, moves.change(int(np.argmin(rate))))


def _to_floor(option: VenueOption, units: int, free_cents: float) -> list[int]:
    """Fewest units of a venue that leave its group at its floor, where that is next to reach."""
    cost = option.cost_cents(units)
    if option.fixed_cents is not None or free_cents >= cost:
        return []
    fewest = option.ladder.fewest_units(int(cost - free_cents), at_most_cents=cost - 1)
    return [fewest] if fewest is not None and fewest < units and option.fits(fewest) else []


def _round_down(option: VenueOption, units: float) -> int:
    fewest = option.fewest_units()
    steps = [low for low, _, _ in option.ladder.spans]
    choices = {int(units + 1e-9), fewest, 0, *steps}
    fitting = [n for n in choices if n <= max(units + 1e-9, fewest) and option.fits(n)]
    return max(fitting, default=fewest)


def cheapest_units(problem: PlanProblem) -> Units:
    """Give the cheapest schedule that keeps all floors and commitments.

    Args:
        problem: The problem; some schedule keeps its limits.
    """
    alone = np.array([option.cheapest_units() for option in problem.options], dtype=np.int64)
    if excess_cents(problem.limits, problem.spend_cents(alone)) == 0:
        return alone
    found = cheapest_plan(problem.options, problem.limits)
    return alone if found is None else found


def changed_units(units: Units, change: Change) -> Units:
    """Give a schedule with new units at some venues.

    >>> changed_units(np.array([1, 2]), {0: 5}).tolist()
    [5, 2]
    """
    new = units.copy()
    for venue, n in change.items():
        new[venue] = n
    return new
