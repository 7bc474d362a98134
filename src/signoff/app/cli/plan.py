"""`signoff plan`: from a brief and the workspace's facts to a campaign plan and its report."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import (
    author_option,
    json_option,
    progress_option,
    seed_option,
    today_option,
    workspace_option,
)
from signoff.app.cli.output import print_json, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.report import split_formats, write_report
from signoff.errors import SignoffError

if TYPE_CHECKING:
    from signoff.plan import CampaignPlan

__all__ = ["plan"]


@click.command(cls=Command)
@click.argument("brief", metavar="BRIEF")
@seed_option
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    callback=lambda _context, _option, value: split_formats(value),
    help="Forms of the report: any of html, pdf, pptx, xlsx, csv, with commas between.",
)
@click.option("--no-report", is_flag=True, help="Store the plan, write no report.")
@today_option
@author_option
@progress_option
@workspace_option
@json_option
def plan(
    workspace_path: Path | None,
    brief: str,
    seed: int,
    formats: tuple[str, ...],
    no_report: bool,
    as_of: datetime | None,
    by: str,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """Plan a campaign from a brief.

    BRIEF is a TOML file, or the name of a brief kept in the workspace.

    Example:
      signoff plan brief.toml --seed 7 --format html,pdf
    """
    from signoff.plan import PlanOptions, make_plan

    workspace = open_here(workspace_path)
    now = datetime.now(UTC).replace(microsecond=0)
    with progress_line(wanted=with_progress) as on_progress:
        made = make_plan(
            workspace,
            brief=brief,
            options=PlanOptions(
                seed=seed, as_of=(as_of or now).date(), by=by, at=now, on_progress=on_progress
            ),
        )
    try:
        folder = workspace.reports_dir / made.run_id
        files = [] if no_report else write_report(made, formats, folder=folder, language=None)
    except (SignoffError, OSError):
        if not as_json:
            click.echo(
                f"The plan is kept. Its report later: signoff report {made.run_id}", err=True
            )
        raise
    if as_json:
        print_json({"run_id": made.run_id, "files": files, "plan": made})
        return
    _tell(made)
    click.echo(f"\nRun {made.run_id}.")
    for path in files:
        click.echo(f"Report: {path}")


def _tell(plan: "CampaignPlan") -> None:
    """Print the plan in words, its venues, and what to know before trusting it."""
    from signoff.report.package_sheet import package_rows

    packages = package_rows(plan)
    booked = [
        {
            "venue": line.name,
            "units": line.units,
            **({"in_packages": line.packaged_units} if packages else {}),
            "unit": line.unit,
            "unit_price": line.unit_price,
            "spend": line.spend,
            "currency": line.currency,
        }
        for line in plan.venues.lines
        if line.in_plan
    ]
    click.echo(f"{plan.audience.text()}\n\n{plan.venues.text()}\n")
    show_rows(booked, as_json=False, empty="Nothing is booked.")
    if packages:
        click.echo("\nPackages on sale:")
        hidden = ("package_id", "source", "source_url", "reason")
        told = [{key: row[key] for key in row if key not in hidden} for row in packages]
        show_rows(told, as_json=False, empty="")
        for line in plan.venues.packages:
            click.echo(f"{line.name}: {line.reason}")
    click.echo(f"\n{plan.holdout.text()}")
    for caution in plan.cautions:
        click.echo(f"! {caution}")
