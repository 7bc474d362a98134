"""What another budget would bring: points of the curve, and the whole answer at one budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signoff.results import Estimate, Result, Row
from signoff.units import CommitteeRole, Objective
from signoff.venues.solver.gap import share_above

__all__ = ["BudgetAnswer", "BudgetPoint", "IntervalBasis", "RoleShare", "VenueUnits", "unit_rows"]


class IntervalBasis(StrEnum):
    """Where the intervals of an answer come from."""

    PLAN = "plan"
    """The schedule is the plan's, and so are its intervals."""
    DRAWN = "drawn"
    """This schedule was judged in each draw."""
    BETWEEN = "between"
    """Two schedules near it were judged in each draw; its intervals lie between theirs."""


@dataclass(frozen=True)
class VenueUnits:
    """What an answer buys at one venue.

    Attributes:
        venue_id: Venue.
        units: Units bought; 0 for none.
        spend: Money; committed money is spent whatever it buys.
        plan_units: Units in the plan.
    """

    venue_id: str
    units: int
    spend: Decimal
    plan_units: int


def unit_rows(lines: Sequence[VenueUnits], *, currency: str) -> list[Row]:
    """Give what an answer buys, one row for each venue."""
    return [
        {
            "venue_id": line.venue_id,
            "units": line.units,
            "plan_units": line.plan_units,
            "spend": line.spend,
            "currency": currency,
        }
        for line in lines
    ]


@dataclass(frozen=True)
class RoleShare:
    """How much of one role an answer reaches.

    Attributes:
        role: Committee role.
        reach: Share of its people with at least the exposures needed.
    """

    role: CommitteeRole
    reach: Estimate


@dataclass(frozen=True)
class BudgetPoint:
    """One point of the curve.

    Attributes:
        budget: Most to spend.
        total_spend: What is spent of it: units are whole.
        result: What it brings, in the unit of the objective.
        bound: What no plan within the budget can exceed, by proof.
    """

    budget: Decimal
    total_spend: Decimal
    result: Estimate
    bound: float


@dataclass(frozen=True)
class BudgetAnswer(Result):
    """The plan for one budget.

    Attributes:
        budget: Most to spend.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        lines: One entry for each venue that can be used.
        total_spend: Sum of the lines' spend.
        result: What it brings, in the unit of the objective.
        difference: Result less that of the plan, compared draw by draw.
        bound: What no plan within the budget can exceed, by proof.
        covered_accounts: Accounts whose committee is covered, each counted once.
        n_accounts: Accounts advertised to.
        reach_by_role: Reach of each role.
        interval_basis: Where the intervals come from.
        is_plan: Whether this is the plan at its own budget.
    """

    budget: Decimal
    currency: str
    objective: str
    result_unit: str
    lines: tuple[VenueUnits, ...]
    total_spend: Decimal
    result: Estimate
    difference: Estimate
    bound: float
    covered_accounts: Estimate
    n_accounts: int
    reach_by_role: tuple[RoleShare, ...]
    interval_basis: IntervalBasis
    is_plan: bool

    @property
    def gap_share(self) -> float:
        """How much more than it the best plan could bring, as a share of it."""
        return share_above(self.result.value, self.bound)

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue."""
        return unit_rows(self.lines, currency=self.currency)

    def text(self) -> str:
        """Say what the budget brings, and how that compares with the plan."""
        unit = "people" if self.result_unit == "people" else "accounts, by value weight"
        if self.objective == Objective.LEADS:
            unit = "accounts that raise a hand, by value weight"
        return (
            f"{self.total_spend:,} {self.currency} of {self.budget:,}. Expected "
            f"{self.objective}: {self.result.text(digits=3)} ({unit}); difference from the plan "
            f"{self.difference.text(digits=3)}. No plan within the budget can bring more than "
            f"{self.bound:.3f}."
        )
