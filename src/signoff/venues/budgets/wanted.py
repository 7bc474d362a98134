"""The least budget that brings a wanted result, and the money below which no plan can."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from signoff.errors import DataError
from signoff.results import Estimate, Result, Row
from signoff.units import Objective
from signoff.venues.budgets.curve import VenueUnits, unit_rows
from signoff.venues.budgets.fitted import FittedVenues

__all__ = ["WantedResult", "find_budget"]

_SURE_SHARE = 0.9
_FINEST_SHARE = 1e-3


@dataclass(frozen=True)
class WantedResult(Result):
    """The cheapest plan found for a wanted result.

    Attributes:
        wanted: Result to reach, in the unit of the objective.
        budget: Least money for which a plan was found whose expected result reaches it; None: none
            up to the highest budget that was worked out.
        proven_budget: Below this money no plan reaches it, by proof.
        sure_budget: Least money for which a plan was found that reaches it in nine draws of ten;
            None: none was found.
        chance_share: Share of the draws in which the plan for `budget` reaches it.
        highest_budget: Highest budget that was worked out.
        is_out_of_reach: True: no plan within the highest budget reaches it, by proof.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        result: What the plan for `budget` brings; None where there is no such plan.
        lines: One entry for each venue that can be used; none where there is no such plan.
    """

    wanted: float
    budget: Decimal | None
    proven_budget: Decimal
    sure_budget: Decimal | None
    chance_share: float | None
    highest_budget: Decimal
    is_out_of_reach: bool
    currency: str
    objective: str
    result_unit: str
    result: Estimate | None
    lines: tuple[VenueUnits, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue of the plan found."""
        return unit_rows(self.lines, currency=self.currency)

    def text(self) -> str:
        """Say what the result costs, how sure that is, and what no plan can do."""
        unit = "people" if self.result_unit == "people" else "accounts, by value weight"
        if self.objective == Objective.LEADS:
            unit = "accounts that raise a hand, by value weight"
        proof = f" Below {self.proven_budget:,} {self.currency} no plan can reach it."
        proof = proof if 0 < self.proven_budget < self.highest_budget else ""
        if self.budget is None or self.result is None or self.chance_share is None:
            why = "no plan can" if self.is_out_of_reach else "no plan was found that does"
            return (
                f"{self.wanted:g} {self.objective} ({unit}) is not reached for "
                f"{self.highest_budget:,} {self.currency}: {why}.{proof}"
            )
        sure = (
            "No budget was found that reaches it in nine cases of ten."
            if self.sure_budget is None
            else f"To reach it in nine cases of ten: {self.sure_budget:,} {self.currency}."
        )
        return (
            f"{self.wanted:g} {self.objective} ({unit}) is expected from {self.budget:,} "
            f"{self.currency} on: {self.result.text(digits=3)}, reached in "
            f"{self.chance_share:.0%} of the draws. {sure}{proof}"
        )


def find_budget(fitted: FittedVenues, *, wanted: float) -> WantedResult:
    """Find the least budget that brings a wanted result.

    Args:
        fitted: A plan that was fitted.
        wanted: Result to reach, above 0, in the unit of the objective.

    Returns:
        The least budget found, the one that reaches the result in nine draws of ten, and the money
        below which no plan can, by proof. A plan between the proof and the budget may exist.

    Raises:
        DataError: the wanted result is no number above 0.

    >>> from signoff.venues.sample import sample_fitted
    >>> fitted = sample_fitted()
    >>> found = find_budget(fitted, wanted=fitted.plan.result.value)
    >>> found.budget <= Decimal(60_000), found.proven_budget <= found.budget
    (True, True)
    """
    if not (np.isfinite(wanted) and wanted > 0):
        raise DataError(
            f"{wanted:g} is no result to reach",
            why="only a number above 0 costs anything",
            fix="write what the plan should bring, in the unit of its result",
            where="result",
        )
    place = bisect_left(fitted.rungs, wanted, key=lambda rung: rung.result)
    budget = _budget_of(fitted, place)
    answer = None if budget is None else fitted.at_budget(budget)
    proven, is_out = _proven(fitted, wanted=wanted)
    return WantedResult(
        wanted=wanted,
        budget=budget,
        proven_budget=proven if budget is None else min(proven, budget),
        sure_budget=_sure_budget(fitted, wanted=wanted, first=place),
        chance_share=None if budget is None else fitted.chance_at(budget, wanted=wanted),
        highest_budget=fitted.highest_budget,
        is_out_of_reach=is_out,
        currency=fitted.currency,
        objective=fitted.objective,
        result_unit=fitted.result_unit,
        result=None if answer is None else answer.result,
        lines=() if answer is None else answer.lines,
    )


def _budget_of(fitted: FittedVenues, place: int) -> Decimal | None:
    """Give the budget from which a schedule is the answer; None beyond what was worked out."""
    if place >= len(fitted.rungs) or fitted.rungs[place].from_cents > fitted.highest_cents:
        return None
    return _money(fitted.rungs[place].from_cents)


def _sure_budget(fitted: FittedVenues, *, wanted: float, first: int) -> Decimal | None:
    for place in range(first, len(fitted.rungs)):
        budget = _budget_of(fitted, place)
        if budget is None:
            return None
        if fitted.chance_at(budget, wanted=wanted) >= _SURE_SHARE:
            return budget
    return None


def _proven(fitted: FittedVenues, *, wanted: float) -> tuple[Decimal, bool]:
    """Give money below which no plan reaches the result, and whether none does at all.

    The bound rises with the budget: the curve says between which two budgets it passes the wanted
    result, and halving that stretch finds where, always kept on the side of the proof.
    """
    below = [point.budget for point in fitted.curve if point.bound < wanted]
    above = [point.budget for point in fitted.curve if point.bound >= wanted]
    if not above:
        return fitted.highest_budget, True
    low, high = max(below, default=Decimal(0)), min(above)
    if low == 0:
        return low, False
    finest = fitted.highest_budget * Decimal(_FINEST_SHARE)
    while high - low > finest:
        middle = ((low + high) / 2).quantize(Decimal("0.01"))
        if fitted.bound_at(middle) < wanted:
            low = middle
        else:
            high = middle
    return low, False


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
