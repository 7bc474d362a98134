"""`signoff scenarios`: a plan with something changed, beside the plan."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Group
from signoff.app.cli.options import (
    author_option,
    json_option,
    progress_option,
    workspace_option,
)
from signoff.app.cli.output import print_json, show, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.scenario_changes import AskedChanges, changes_options
from signoff.app.cli.scenario_rows import side_by_side

if TYPE_CHECKING:
    from signoff.plan import Scenario

__all__ = ["scenarios"]


@click.group(cls=Group)
def scenarios() -> None:
    """What a plan would be with something changed.

    Example:
      signoff scenarios add --title "More money" --budget 80000
      signoff scenarios compare
    """


@scenarios.command()
@click.argument("run_id", required=False)
@click.option("--title", required=True, help="What to call it.")
@changes_options
@author_option
@progress_option
@workspace_option
@json_option
def add(
    workspace_path: Path | None,
    run_id: str | None,
    title: str,
    asked: AskedChanges,
    by: str,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """Plan the venues again with something changed, on the plan's own facts and seed.

    The plan is the newest one, or that of the RUN_ID given; it stays as it is. Options may be
    repeated where several venues or roles change; what a file of --changes can say is told in
    docs/how-to/compare-scenarios.md.

    Example:
      signoff scenarios add --title "More money" --budget 80000
      signoff scenarios add --title "No fair, later" --exclude fair --starts-on 2027-03-01
      signoff scenarios add 7f3a09c2 --title "Purchasers too" --add-role purchaser --json
    """
    from signoff.plan import ScenarioOptions, load_plan, make_scenario

    workspace, changes = open_here(workspace_path), asked.read()
    plan = load_plan(workspace, run_id=run_id)
    options = ScenarioOptions(title=title, by=by, at=datetime.now(UTC))
    with progress_line(wanted=with_progress) as on_progress:
        on_progress("scenario", 0, 1)
        made = make_scenario(workspace, plan.run_id, changes=changes, options=options)
    if as_json:
        print_json(made)
        return
    show(made, as_json=False)
    click.echo(f"\nScenario {made.scenario_id}.")


@scenarios.command("list")
@click.argument("run_id", required=False)
@workspace_option
@json_option
def list_(workspace_path: Path | None, run_id: str | None, as_json: bool) -> None:
    """List the scenarios of a plan, in the order in which they were made.

    Example:
      signoff scenarios list --json
    """
    from signoff.plan import list_scenarios, load_plan

    workspace = open_here(workspace_path)
    plan = load_plan(workspace, run_id=run_id)
    rows = [_row(each) for each in list_scenarios(workspace, run_id=plan.run_id)]
    show_rows(rows, as_json=as_json, empty="No scenarios of this plan yet.")


def _row(scenario: "Scenario") -> dict[str, str | Decimal | datetime]:
    return {
        "scenario_id": scenario.scenario_id,
        "title": scenario.title,
        "by": scenario.by,
        "made_at": scenario.made_at,
        "budget": scenario.budget,
        "currency": scenario.currency,
    }


@scenarios.command()
@click.argument("scenario_ids", nargs=-1, metavar="[SCENARIO_ID]...")
@click.option("--run", "run_id", help="The plan whose scenarios; by default the newest.")
@workspace_option
@json_option
def compare(
    workspace_path: Path | None, scenario_ids: tuple[str, ...], run_id: str | None, as_json: bool
) -> None:
    """Put a plan and its scenarios side by side: money, result, difference, reach, units.

    Scenarios are named by their ids; without any, all of the plan's are compared. Differences are
    judged in the same draws, so that what plan and scenario share cancels out.

    Example:
      signoff scenarios compare
      signoff scenarios compare --run 7f3a09c2 --json
    """
    from signoff.plan import compare_scenarios, list_scenarios, load_plan

    workspace = open_here(workspace_path)
    if not scenario_ids:
        plan = load_plan(workspace, run_id=run_id)
        known = list_scenarios(workspace, run_id=plan.run_id)
        scenario_ids = tuple(each.scenario_id for each in known)
    found = compare_scenarios(workspace, scenario_ids)
    if as_json:
        print_json(found)
        return
    show_rows(side_by_side(found), as_json=False, empty="")
    click.echo("\nIn brackets: 90 % intervals; differences from the plan are judged draw by draw.")


@scenarios.command()
@click.argument("scenario_id")
@author_option
@progress_option
@workspace_option
@json_option
def adopt(
    workspace_path: Path | None,
    scenario_id: str,
    by: str,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """Make a scenario the plan: its brief becomes the next version, and a plan is made from it.

    Example:
      signoff scenarios adopt 7f3a09c2d4e8
    """
    from signoff.plan import PlanOptions, adopt_scenario, load_plan, load_scenario

    workspace = open_here(workspace_path)
    scenario = load_scenario(workspace, scenario_id=scenario_id)
    before = load_plan(workspace, run_id=scenario.base_run_id)
    with progress_line(wanted=with_progress) as on_progress:
        options = PlanOptions(
            seed=before.seed,
            as_of=before.as_of,
            by=by,
            at=datetime.now(UTC).replace(microsecond=0),
            on_progress=on_progress,
        )
        plan = adopt_scenario(workspace, scenario_id=scenario_id, options=options)
    if as_json:
        print_json({"run_id": plan.run_id, "brief": plan.brief_name, "version": plan.brief_version})
        return
    click.echo(plan.venues.text())
    click.echo(f"\nRun {plan.run_id}. Its report: signoff report {plan.run_id}")


@scenarios.command()
@click.argument("scenario_id")
@author_option
@workspace_option
@json_option
def withdraw(workspace_path: Path | None, scenario_id: str, by: str, as_json: bool) -> None:
    """Take a scenario off the list; it stays in the history.

    Example:
      signoff scenarios withdraw 7f3a09c2d4e8
    """
    from signoff.plan import withdraw_scenario

    workspace = open_here(workspace_path)
    gone = withdraw_scenario(workspace, scenario_id=scenario_id, by=by, at=datetime.now(UTC))
    if as_json:
        print_json({"scenario_id": gone.scenario_id, "is_withdrawn": gone.is_withdrawn})
    else:
        click.echo(f"{gone.title} is withdrawn.")
