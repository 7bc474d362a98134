"""A scenario: what a plan would be with other money, venues or committee, beside the plan."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from signoff.errors import DataError
from signoff.plan.changes import ScenarioChanges
from signoff.results import Estimate, Result, Row
from signoff.units import CommitteeRole
from signoff.venues import CautiousResult, CurvePoint, RoleShare

__all__ = ["Scenario", "ScenarioLine", "read_scenario", "write_scenario"]


@dataclass(frozen=True)
class ScenarioLine:
    """What a scenario buys at one venue, and what the plan does.

    Attributes:
        venue_id: Venue.
        name: Name as the trade knows it.
        units: Units bought.
        spend: Money.
        plan_units: Units in the plan; 0 where it has none.
        plan_spend: Money in the plan.
    """

    venue_id: str
    name: str
    units: int
    spend: Decimal
    plan_units: int
    plan_spend: Decimal


@dataclass(frozen=True)
class Scenario(Result):
    """One scenario as it is kept.

    Attributes:
        scenario_id: Which one.
        title: What its maker calls it.
        base_run_id: Run of the plan that it changes.
        changes: What it changes.
        by: Who made it.
        made_at: When, in UTC.
        is_withdrawn: Whether it was taken back since.
        package_version: Version of Signoff that computed it.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        budget: Most that may be spent.
        total_spend: What is spent.
        result: What it is expected to bring.
        bound: What no plan within the budget can exceed, by proof.
        gap_share: How much more the best plan could bring, as a share of it.
        covered_accounts: Accounts whose committee is covered.
        n_accounts: Accounts advertised to.
        reach_by_role: Reach of each role.
        lines: One entry for each venue that it or the plan spends money at.
        curve: What other budgets would bring.
        difference: Result less that of the plan, draw by draw; None where both count different
            things.
        difference_note: How the difference was computed, or why there is none.
        result_draws: The result in each draw.
        caution: What its worst draws bring, where it was chosen for caution; else None.
    """

    scenario_id: str
    title: str
    base_run_id: str
    changes: ScenarioChanges
    by: str
    made_at: datetime
    is_withdrawn: bool
    package_version: str
    currency: str
    objective: str
    result_unit: str
    budget: Decimal
    total_spend: Decimal
    result: Estimate
    bound: float
    gap_share: float
    covered_accounts: Estimate
    n_accounts: int
    reach_by_role: tuple[RoleShare, ...]
    lines: tuple[ScenarioLine, ...]
    curve: tuple[CurvePoint, ...]
    difference: Estimate | None
    difference_note: str
    result_draws: tuple[float, ...]
    caution: CautiousResult | None = None

    def rows(self) -> list[Row]:
        """Give one row for each venue that the scenario or the plan uses."""
        return [
            {
                "venue_id": line.venue_id,
                "name": line.name,
                "units": line.units,
                "spend": line.spend,
                "plan_units": line.plan_units,
                "plan_spend": line.plan_spend,
                "currency": self.currency,
            }
            for line in self.lines
        ]

    def text(self) -> str:
        """Say what the scenario brings, and how that differs from the plan."""
        difference = "none can be given" if self.difference is None else self.difference.text()
        cautious = f" {self.caution.text()}" if self.caution else ""
        return (
            f"{self.title}: {self.total_spend:,} {self.currency} of {self.budget:,}, expected "
            f"{self.objective} {self.result.text()}; difference from the plan: {difference}. "
            f"{self.difference_note}{cautious}"
        )

    def reach_of(self, role: CommitteeRole) -> Estimate | None:
        """Give the reach of one role; None where it is not in the scenario's committee."""
        return next((each.reach for each in self.reach_by_role if each.role == role), None)


def write_scenario(scenario: Scenario) -> str:
    """Give a scenario as JSON, with all digits.

    Call it with a kept one: `write_scenario(load_scenario(workspace, scenario_id=scenario_id))`.
    """
    return TypeAdapter(Scenario).dump_json(scenario).decode()


def read_scenario(text: str) -> Scenario:
    """Read a scenario from JSON.

    Raises:
        DataError: the text holds no scenario of this version.

    >>> read_scenario("{}")
    Traceback (most recent call last):
    signoff.errors.DataError: the text holds no scenario. Why: ...
    """
    try:
        return TypeAdapter(Scenario).validate_json(text)
    except ValidationError as error:
        raise DataError(
            "the text holds no scenario",
            why=f"{error.error_count()} of its parts are missing or of another kind",
            fix="make the scenario anew",
        ) from error
