"""Scenarios of one plan side by side, the plan first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signoff.errors import DataError
from signoff.plan.campaign import CampaignPlan
from signoff.plan.record import load_plan
from signoff.plan.scenario import Scenario
from signoff.plan.scenarios import load_scenario
from signoff.results import Cell, Estimate, Result, Row
from signoff.store.workspace import Workspace
from signoff.units import CommitteeRole
from signoff.venues import CautiousResult

__all__ = ["ScenarioColumn", "ScenarioTable", "compare_scenarios"]

PLAN_TITLE = "plan"


@dataclass(frozen=True)
class ScenarioColumn:
    """The plan, or one scenario, among those compared.

    Attributes:
        scenario_id: Which scenario; empty for the plan.
        title: What it is called.
        currency: Currency of its money.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        budget: Most that may be spent.
        total_spend: What is spent.
        result: What it is expected to bring.
        difference: Result less that of the plan, draw by draw; None for the plan, and where both
            count different things.
        difference_note: How the difference was computed, or why there is none.
        bound: What no plan within the budget can exceed.
        gap_share: How much more the best plan could bring, as a share of it.
        covered_accounts: Accounts whose committee is covered.
        n_accounts: Accounts advertised to.
        reach_by_role: Reach by role; a role that is not in its committee is left out.
        units: Units by venue; a venue where nothing is bought is left out.
        caution: What its worst draws bring, where it was chosen for caution; else None.
    """

    scenario_id: str
    title: str
    currency: str
    objective: str
    result_unit: str
    budget: Decimal
    total_spend: Decimal
    result: Estimate
    difference: Estimate | None
    difference_note: str
    bound: float
    gap_share: float
    covered_accounts: Estimate
    n_accounts: int
    reach_by_role: dict[CommitteeRole, Estimate]
    units: dict[str, int]
    caution: CautiousResult | None = None


@dataclass(frozen=True)
class ScenarioTable(Result):
    """The plan and its scenarios side by side.

    Attributes:
        base_run_id: Run of the plan.
        columns: The plan, then the scenarios in the order asked for.
        venue_names: Name by venue, for every venue that one of them uses.
        roles: Every role of one of their committees.
    """

    base_run_id: str
    columns: tuple[ScenarioColumn, ...]
    venue_names: dict[str, str]
    roles: tuple[CommitteeRole, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for the plan and for each scenario."""
        return [self._row(column) for column in self.columns]

    def text(self) -> str:
        """Say what each brings, one line for each."""
        return "\n".join(_say(column) for column in self.columns)

    def _row(self, column: ScenarioColumn) -> Row:
        result, difference = column.result, column.difference
        row: dict[str, Cell] = {
            "scenario_id": column.scenario_id,
            "title": column.title,
            "objective": column.objective,
            "result_unit": column.result_unit,
            "budget": column.budget,
            "total_spend": column.total_spend,
            "currency": column.currency,
            "result": result.value,
            "result_low": result.low,
            "result_high": result.high,
            "difference": difference.value if difference else None,
            "difference_low": difference.low if difference else None,
            "difference_high": difference.high if difference else None,
            "bound": column.bound,
            "gap_share": column.gap_share,
            "covered_accounts": column.covered_accounts.value,
            "n_accounts": column.n_accounts,
        }
        for role in self.roles:
            reach = column.reach_by_role.get(role)
            row[f"reach_{role}"] = reach.value if reach else None
        for venue_id in self.venue_names:
            row[f"units_{venue_id}"] = column.units.get(venue_id, 0)
        return row


def compare_scenarios(workspace: Workspace, scenario_ids: Sequence[str]) -> ScenarioTable:
    """Put scenarios of one plan side by side: money, result, bound, reach, units.

    Args:
        workspace: The workspace.
        scenario_ids: Scenarios of one plan, in the order in which they shall stand.

    Returns:
        The plan first, then the scenarios, each with its difference from the plan.

    Raises:
        DataError: none is named, or they change different plans.
        MissingError: there is no such scenario.

    Call it so: `compare_scenarios(workspace, [scenario.scenario_id for scenario in
    list_scenarios(workspace, run_id=plan.run_id)])`.
    """
    ids = list(dict.fromkeys(scenario_ids))
    scenarios = [load_scenario(workspace, scenario_id=each) for each in ids]
    bases = {scenario.base_run_id for scenario in scenarios}
    if len(bases) != 1:
        raise DataError(
            f"the scenarios change {len(bases)} plans" if bases else "no scenario is named",
            why="scenarios are compared by their differences from one plan",
            fix="choose scenarios of one plan; compare_plans compares plans",
            where="scenario_ids",
        )
    plan = load_plan(workspace, run_id=bases.pop())
    columns = (_plan_column(plan), *(_column(scenario) for scenario in scenarios))
    names = {line.venue_id: line.name for line in plan.venues.lines if line.in_plan}
    names |= {line.venue_id: line.name for each in scenarios for line in each.lines}
    roles = dict.fromkeys(role for column in columns for role in column.reach_by_role)
    return ScenarioTable(plan.run_id, columns, dict(sorted(names.items())), tuple(roles))


def _plan_column(plan: CampaignPlan) -> ScenarioColumn:
    venues = plan.venues
    return ScenarioColumn(
        scenario_id="",
        title=PLAN_TITLE,
        currency=venues.currency,
        objective=venues.objective,
        result_unit=venues.result_unit,
        budget=venues.budget,
        total_spend=venues.total_spend,
        result=venues.result,
        difference=None,
        difference_note="",
        bound=venues.bound,
        gap_share=venues.gap_share,
        covered_accounts=venues.covered_accounts,
        n_accounts=venues.n_accounts,
        reach_by_role={each.role: each.reach for each in venues.reach_by_role},
        units={line.venue_id: line.units for line in venues.lines if line.units},
        caution=venues.caution,
    )


def _column(scenario: Scenario) -> ScenarioColumn:
    return ScenarioColumn(
        scenario_id=scenario.scenario_id,
        title=scenario.title,
        currency=scenario.currency,
        objective=scenario.objective,
        result_unit=scenario.result_unit,
        budget=scenario.budget,
        total_spend=scenario.total_spend,
        result=scenario.result,
        difference=scenario.difference,
        difference_note=scenario.difference_note,
        bound=scenario.bound,
        gap_share=scenario.gap_share,
        covered_accounts=scenario.covered_accounts,
        n_accounts=scenario.n_accounts,
        reach_by_role={each.role: each.reach for each in scenario.reach_by_role},
        units={line.venue_id: line.units for line in scenario.lines if line.units},
        caution=scenario.caution,
    )


def _say(column: ScenarioColumn) -> str:
    difference = f", difference {column.difference.text()}" if column.difference else ""
    return (
        f"{column.title}: {column.total_spend:,} {column.currency} of {column.budget:,}, "
        f"{column.objective} {column.result.text()}{difference}, gap "
        f"{100 * column.gap_share:.1f} %"
    )
