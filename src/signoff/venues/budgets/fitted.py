"""A plan of venues fitted once for every budget: each answer is then looked up, not computed anew.

All schedules, their results, the draws behind their intervals and the planes behind their bounds
are found when it is made. What is left is a few thousand numbers, without accounts or names, which
a page can hold in memory and a file can keep.
"""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from signoff.errors import DataError
from signoff.results import Estimate
from signoff.stats.reach import Array
from signoff.stats.shares import middle_interval
from signoff.units import CommitteeRole
from signoff.venues.budgets.curve import (
    BudgetAnswer,
    BudgetPoint,
    IntervalBasis,
    RoleShare,
    VenueUnits,
)
from signoff.venues.budgets.rungs import Rung
from signoff.venues.solver.bound import rounded_up
from signoff.venues.solver.problem import VenueOption
from signoff.venues.solver.relaxation import relax_options
from signoff.venues.solver.tangent import Tangent, bound_within
from signoff.venues.terms.terms import to_cents

__all__ = ["DrawPoints", "FittedVenues", "PlanStand"]

_N_POINTS = 60


@dataclass(frozen=True, eq=False)
class DrawPoints:
    """Draws of the totals of a few schedules, as ratios to their best single numbers.

    Attributes:
        from_cents: Budget from which each of these schedules is the answer, rising.
        ratio: Ratios by schedule, total and draw; 1 where the best number is 0.
    """

    from_cents: Array
    ratio: Array

    def at(self, from_cents: int) -> Array:
        """Give the ratios for the schedule that is the answer from a budget on."""
        place, share = self._place(from_cents)
        low, high = self.ratio[place], self.ratio[min(place + 1, len(self.ratio) - 1)]
        return np.asarray((1 - share) * low + share * high)

    def ends(self, from_cents: int) -> Array:
        """Give the ends of the 90 % intervals as ratios, shape (2, totals).

        Ends are put between the neighbours' ends; those of averaged draws would lie too close
        where the neighbours buy different venues.
        """
        place, share = self._place(from_cents)
        low, high = self._ends[place], self._ends[min(place + 1, len(self._ends) - 1)]
        return np.asarray((1 - share) * low + share * high)

    @cached_property
    def _ends(self) -> Array:
        return np.quantile(self.ratio, [0.05, 0.95], axis=2).transpose(1, 0, 2)

    def _place(self, from_cents: int) -> tuple[int, float]:
        places = np.arange(len(self.from_cents), dtype=np.float64)
        place = float(np.interp(from_cents, self.from_cents, places))
        return int(place), place - int(place)


@dataclass(frozen=True, eq=False)
class PlanStand:
    """The plan that the fit starts from.

    Attributes:
        place: Its place among the schedules.
        budget_cents: Its budget.
        result: Its result.
        covered_accounts: Accounts covered.
        role_reach: Reach of each role.
        bound: What no plan within its budget can exceed.
    """

    place: int
    budget_cents: int
    result: Estimate
    covered_accounts: Estimate
    role_reach: tuple[Estimate, ...]
    bound: float


@dataclass(frozen=True, eq=False)
class FittedVenues:
    """Answers any budget from the plan's committed money up to two and a half times its budget.

    Attributes:
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        roles: Roles of the committee.
        n_accounts: Accounts advertised to.
        options: What can be bought at each venue.
        rungs: Schedules by rising budget, each bringing more than the one before.
        totals: Result, accounts covered and reach by role of each schedule.
        draws: Draws of the same totals at a few schedules.
        tangents: Planes that no schedule rises above.
        ceiling: What no schedule of any budget can exceed.
        plan: The plan that the fit starts from.
        seed: Seed of starts and draws.
        offers: What bounds count as buyable: venues, then packages; none in fits of plans without.
    """

    currency: str
    objective: str
    result_unit: str
    roles: tuple[CommitteeRole, ...]
    n_accounts: int
    options: tuple[VenueOption, ...]
    rungs: tuple[Rung, ...]
    totals: Array
    draws: DrawPoints
    tangents: tuple[Tangent, ...]
    ceiling: float
    plan: PlanStand
    seed: int
    offers: tuple[VenueOption, ...] = ()

    @property
    def lowest_budget(self) -> Decimal:
        """Least that can be asked for: the first schedule that buys anything."""
        return _money(self.rungs[0].from_cents)

    @property
    def highest_budget(self) -> Decimal:
        """Most that can be asked for."""
        return _money(self.highest_cents)

    @property
    def highest_cents(self) -> int:
        """Most that can be asked for, in cents."""
        return round(2.5 * self.plan.budget_cents)

    @cached_property
    def curve(self) -> tuple[BudgetPoint, ...]:
        """What budgets bring, from the lowest to the highest; the plan's budget is among them."""
        low, high = self.rungs[0].from_cents, self.highest_cents
        budgets = {*np.linspace(low, high, _N_POINTS).round().astype(int).tolist()}
        return tuple(self._point(cents) for cents in sorted({*budgets, self.plan.budget_cents}))

    @property
    def plan_draws(self) -> tuple[float, ...]:
        """The plan's result in each draw."""
        return tuple(self._result_draws(self.plan.place).tolist())

    def at_budget(self, budget: Decimal) -> BudgetAnswer:
        """Give the plan for another budget; the same budget always gives the same answer.

        Args:
            budget: Most to spend, in the plan's currency, committed money included.

        Returns:
            Units, money, result with interval, and a bound that no plan within the budget exceeds.
            At the plan's own budget, the plan. More budget never brings less.

        Raises:
            DataError: the budget lies outside what was fitted.
        """
        cents = to_cents(budget)
        self._check_range(budget, cents=cents)
        place = self._place(cents)
        point = self._point(cents)
        return BudgetAnswer(
            budget=_money(cents),
            currency=self.currency,
            objective=self.objective,
            result_unit=self.result_unit,
            lines=self._lines(place),
            total_spend=point.total_spend,
            result=point.result,
            difference=self._difference(place),
            bound=point.bound,
            covered_accounts=self._covered(place),
            n_accounts=self.n_accounts,
            reach_by_role=self._reach(place),
            interval_basis=self._basis(place),
            is_plan=place == self.plan.place and cents == self.plan.budget_cents,
        )

    def bound_at(self, budget: Decimal) -> float:
        """Give what no plan within a budget can exceed, by proof.

        Args:
            budget: Most to spend.

        Raises:
            DataError: the budget lies outside what was fitted.
        """
        cents = to_cents(budget)
        self._check_range(budget, cents=cents)
        return self._bound(self._place(cents), cents=cents)

    def chance_at(self, budget: Decimal, *, wanted: float) -> float:
        """Give the share of the draws in which the plan for a budget reaches a result.

        Args:
            budget: Most to spend.
            wanted: The result, in the unit of the objective.

        Raises:
            DataError: the budget lies outside what was fitted.
        """
        cents = to_cents(budget)
        self._check_range(budget, cents=cents)
        return float((self._result_draws(self._place(cents)) >= wanted).mean())

    def _check_range(self, budget: Decimal, *, cents: int) -> None:
        if not self.rungs[0].from_cents <= cents <= self.highest_cents:
            raise DataError(
                f"the budget {budget:,} lies outside what was worked out",
                why=f"schedules were found from {self.lowest_budget:,} to "
                f"{self.highest_budget:,} {self.currency}",
                fix="choose a budget between these, or make a plan with the new budget",
                where="budget",
            )

    def _place(self, cents: int) -> int:
        return bisect_right(self._from_cents, cents) - 1

    @cached_property
    def _from_cents(self) -> list[int]:
        return [rung.from_cents for rung in self.rungs]

    def _point(self, cents: int) -> BudgetPoint:
        place = self._place(cents)
        return BudgetPoint(
            budget=_money(cents),
            total_spend=_money(self.rungs[place].cost_cents),
            result=self._estimate(place, 0),
            bound=self._bound(place, cents=cents),
        )

    def _bound(self, place: int, *, cents: int) -> float:
        """Give the lowest proof; it passes through the plan's bound, and only rises."""
        plan = self.plan
        if cents == plan.budget_cents:
            return plan.bound
        offers = self.offers or self.options
        money = relax_options(offers, budget_cents=cents, slack_cents=len(offers))
        bound = bound_within(self.tangents, money, budget_cents=cents, ceiling=self.ceiling)
        bound = max(rounded_up(bound), self.rungs[place].result)
        below = cents < plan.budget_cents
        return min(bound, plan.bound) if below else max(bound, plan.bound)

    def _estimate(self, place: int, total: int) -> Estimate:
        if place == self.plan.place:
            plan = self.plan
            return (plan.result, plan.covered_accounts, *plan.role_reach)[total]
        value = float(self.totals[place, total])
        low, high = value * self.draws.ends(self.rungs[place].from_cents)[:, total]
        return Estimate(value, min(float(low), value), max(float(high), value))

    def _covered(self, place: int) -> Estimate:
        return self._estimate(place, 1)

    def _reach(self, place: int) -> tuple[RoleShare, ...]:
        return tuple(
            RoleShare(role, self._estimate(place, 2 + r)) for r, role in enumerate(self.roles)
        )

    def _basis(self, place: int) -> IntervalBasis:
        if place == self.plan.place:
            return IntervalBasis.PLAN
        is_drawn = self.rungs[place].from_cents in self.draws.from_cents
        return IntervalBasis.DRAWN if is_drawn else IntervalBasis.BETWEEN

    def _difference(self, place: int) -> Estimate:
        """Compare with the plan draw by draw, so that what both share cancels out."""
        value = float(self.totals[place, 0] - self.totals[self.plan.place, 0])
        low, high = middle_interval(self._result_draws(place) - self._result_draws(self.plan.place))
        return Estimate(value, min(low, value), max(high, value))

    def _result_draws(self, place: int) -> Array:
        ratio = self.draws.at(self.rungs[place].from_cents)[0]
        return np.asarray(self.totals[place, 0] * ratio)

    def _lines(self, place: int) -> tuple[VenueUnits, ...]:
        units, planned = self.rungs[place].units, self.rungs[self.plan.place].units
        return tuple(
            VenueUnits(
                venue_id=option.venue_id,
                units=int(n) + option.granted_units,
                spend=_money(option.cost_cents(int(n))),
                plan_units=int(was) + option.granted_units,
            )
            for option, n, was in zip(self.options, units, planned, strict=True)
        )


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
