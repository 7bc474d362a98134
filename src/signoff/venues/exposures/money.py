"""The money side of a problem: limits on broken units, and whether whole units keep them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.relaxed import MoneyRows
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import excess_cents

__all__ = ["keeps_limits", "relax_limits", "spend_of", "within_limits"]

_HUGE = 1e15


def relax_limits(problem: ExposureProblem) -> MoneyRows:
    """Relax prices, minimum buys and whole units to their lowest price and to ranges.

    Args:
        problem: The problem.

    Returns:
        Limits that every schedule of the problem keeps; where units may be broken, exactly its
        limits. Whole units: half a cent for each venue is added, because costs are rounded to
        cents, and floors are left out, because a dearer price than the lowest may reach them.
    """
    if problem.is_whole:
        return _relaxed(problem)
    unit_cents = np.array([float(o.ladder.steps[0].unit_price) * 100 for o in problem.options])
    high = np.minimum(problem.caps, problem.budget_cents / unit_cents)
    return MoneyRows(
        unit_cents,
        np.zeros_like(high),
        high,
        _groups(problem),
        np.array(
            [limit.least_cents if limit.least_cents > 0 else -np.inf for limit in problem.limits]
        ),
        np.array([limit.most_cents for limit in problem.limits]),
    )


def _relaxed(problem: ExposureProblem) -> MoneyRows:
    options, slack = problem.options, 0.5 * len(problem.options)
    high = np.array([_most_units(option, problem.budget_cents) for option in options])
    low = np.array([float(option.fewest_units()) for option in options])
    prices = [o.ladder.lowest_price(max(int(n), 1)) for o, n in zip(options, high, strict=True)]
    is_fixed = np.array([option.fixed_cents is not None for option in options])
    committed = np.array([float(option.fixed_cents or 0) for option in options])
    groups = _groups(problem)
    most = np.array([limit.most_cents for limit in problem.limits]) - groups @ committed
    return MoneyRows(
        np.array([float(price) * 100 for price in prices]),
        low,
        np.maximum(high, low),
        groups * ~is_fixed,
        np.full(len(groups), -np.inf),
        np.minimum(most + slack, _HUGE),
    )


def _groups(problem: ExposureProblem) -> Array:
    counts = np.zeros((len(problem.limits), len(problem.options)))
    for row, limit in zip(counts, problem.limits, strict=True):
        row[list(limit.venues)] = 1.0
    return counts


def spend_of(options: Sequence[VenueOption], units: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give what whole units of each venue cost, in cents."""
    return np.array(
        [option.cost_cents(int(n)) for option, n in zip(options, units, strict=True)],
        dtype=np.int64,
    )


def keeps_limits(problem: ExposureProblem, units: NDArray[np.int64]) -> bool:
    """Say whether whole units keep every limit of the venues and of the problem."""
    fits = all(o.fits(int(n)) for o, n in zip(problem.options, units, strict=True))
    return fits and excess_cents(problem.limits, spend_of(problem.options, units)) == 0


def within_limits(units: Array, money: MoneyRows) -> Array:
    """Pull broken units that a climb left a hair above the limits back inside."""
    bounded = np.clip(units, money.low, money.high)
    for row, most in zip(money.rows, money.most_cents, strict=True):
        floor, spent = float(row @ money.low), float(row @ bounded)
        if spent > most and spent > floor:
            share = max(most - floor, 0.0) / (spent - floor)
            inside = money.low + (bounded - money.low) * share
            bounded = np.where(row > 0, inside, bounded)
    return np.asarray(bounded)


def _most_units(option: VenueOption, budget_cents: float) -> float:
    if option.fixed_cents is not None or not option.is_open:
        return float(option.fixed_units)
    ceiling = budget_cents if option.ceiling_cents is None else option.ceiling_cents
    return float(option.ladder.most_units(int(min(budget_cents, ceiling))))
