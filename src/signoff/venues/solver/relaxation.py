"""The money side of a plan when units may be broken: every venue at its lowest price."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.problem import PlanProblem, VenueOption

__all__ = ["Relaxation", "relax_money", "relax_options"]

_NO_CEILING = 10**15


@dataclass(frozen=True, eq=False)
class Relaxation:
    """Limits that every plan of whole units keeps, and broken ones too.

    Attributes:
        unit_cents: Lowest price of a unit within reach of the budget.
        low: Fewest units.
        high: Most units.
        spare_cents: Money left once every venue has its fewest units.
        groups: 1 where a ceiling of a group counts a venue, shape (groups, venues).
        group_cents: Most that each group may cost at the lowest prices, beyond its fewest units.
    """

    unit_cents: Array
    low: Array
    high: Array
    spare_cents: float
    groups: Array = field(default_factory=lambda: np.empty((0, 0)))
    group_cents: Array = field(default_factory=lambda: np.empty(0))

    def best_vertex(self, gradient: Array) -> Array:
        """Units that gain most along a gradient: money goes where a cent adds most.

        Args:
            gradient: Gain by one more unit of each venue.
        """
        if len(self.groups):
            return self._best_in_groups(gradient)
        units = self.low.copy()
        spare = self.spare_cents
        for venue in np.argsort(-gradient / self.unit_cents, kind="stable"):
            if gradient[venue] <= 0 or spare <= 0:
                break
            more = min(self.high[venue] - self.low[venue], spare / self.unit_cents[venue])
            units[venue] += more
            spare -= more * self.unit_cents[venue]
        return units

    def within_groups(self, units: Array) -> Array:
        """Units of groups above their ceilings, cut back in proportion.

        Args:
            units: Units, between fewest and most.
        """
        cut = units
        for counts, most in zip(self.groups, self.group_cents, strict=True):
            spent = float((counts * self.unit_cents) @ (cut - self.low))
            if spent > most:
                share = max(most, 0.0) / spent
                cut = np.where(counts > 0, self.low + (cut - self.low) * share, cut)
        return cut

    def _best_in_groups(self, gradient: Array) -> Array:
        """Solve the linear programme of several limits, a hair wider so that it stays a bound."""
        from scipy.optimize import linprog

        solver: Any = linprog
        rows = np.vstack([self.unit_cents, self.groups * self.unit_cents])
        found = solver(
            -gradient,
            A_ub=rows,
            b_ub=np.concatenate([[self.spare_cents], self.group_cents]) * (1 + 1e-9) + 1e-6,
            bounds=np.column_stack([np.zeros_like(self.high), self.high - self.low]),
        )
        if found.x is None:
            return self.high
        return np.asarray(self.low + np.maximum(found.x, 0.0))

    def scaled(self, direction: Array) -> Array:
        """Units that spend all the money in the proportions of a direction, as far as they go."""
        units = self.low.copy()
        spare, free = self.spare_cents, (self.high > self.low) & (direction > 0)
        while spare > 1e-6 and free.any():
            part = np.where(free, direction, 0.0)
            wanted = spare * part / part.sum() / self.unit_cents
            more = np.minimum(wanted, self.high - units)
            units += more
            spare -= float(more @ self.unit_cents)
            free &= self.high - units > 1e-9 * self.high
        return self.within_groups(units)


def relax_money(problem: PlanProblem, *, slack_cents: float = 0.0) -> Relaxation:
    """Relax prices, minimum buys and whole units to their lowest price and to ranges.

    Args:
        problem: The problem; its fixed lines and floors fit the budget.
        slack_cents: Added to the money, to make up for prices rounded to cents in a bound.

    Returns:
        Limits that hold for every schedule of whole units that the problem allows. Floors of groups
        are left out: dearer prices than the lowest may reach them.
    """
    money = relax_options(
        problem.options, budget_cents=problem.budget_cents, slack_cents=slack_cents
    )
    ceilings = [limit for limit in problem.limits if limit.most_cents < _NO_CEILING]
    if not ceilings:
        return money
    groups = np.zeros((len(ceilings), len(problem.options)))
    most = []
    for row, limit in zip(groups, ceilings, strict=True):
        free = [v for v in limit.venues if problem.options[v].fixed_cents is None]
        members = [problem.options[v] for v in limit.venues]
        committed = sum((option.fixed_cents or 0) + option.granted_cents for option in members)
        row[free] = 1.0
        floor = float((row * money.unit_cents) @ money.low)
        most.append(limit.most_cents - committed - floor + slack_cents)
    return replace(money, groups=groups, group_cents=np.array(most))


def relax_options(
    options: Sequence[VenueOption], *, budget_cents: int, slack_cents: float = 0.0
) -> Relaxation:
    """Relax what can be bought within a budget, as `relax_money` does for a whole problem.

    Args:
        options: What can be bought; fixed lines and floors fit the budget.
        budget_cents: Most to spend.
        slack_cents: Added to the money.

    Returns:
        Limits that hold for every schedule of whole units within the budget.
    """
    low = np.array([option.fewest_units() for option in options], dtype=np.float64)
    committed = [
        option.cost_cents(int(n)) if option.fixed_cents is not None else 0
        for option, n in zip(options, low, strict=True)
    ]
    free_cents = budget_cents - sum(committed)
    floors = [
        option.cost_cents(option.cheapest_units()) if option.fixed_cents is None else 0
        for option in options
    ]
    high = np.array(
        [
            max(option.most_units(free_cents - sum(floors) + floor), int(n))
            for option, floor, n in zip(options, floors, low, strict=True)
        ],
        dtype=np.float64,
    )
    unit_cents = np.array([_lowest_cents(o, int(n)) for o, n in zip(options, high, strict=True)])
    is_free = np.array([option.fixed_cents is None for option in options], dtype=bool)
    granted = sum(o.granted_cents for o, free in zip(options, is_free, strict=True) if free)
    spare = free_cents - granted - float((low * unit_cents)[is_free].sum()) + slack_cents
    return Relaxation(unit_cents, low, high, max(spare, 0.0))


def _lowest_cents(option: VenueOption, most_units: int) -> float:
    return float(option.ladder.lowest_price(max(most_units, 1))) * 100
