"""`signoff venues limits`: what each limit of a plan costs, and where more money would help."""

from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, progress_option, workspace_option
from signoff.app.cli.output import print_json, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.venues.advice_rows import limit_rows, margin_rows

__all__ = ["limits"]


@click.command(cls=Command)
@click.argument("run_id", required=False)
@progress_option
@workspace_option
@json_option
def limits(
    workspace_path: Path | None, run_id: str | None, with_progress: bool | None, as_json: bool
) -> None:
    """What each limit of a plan costs, and what the next 1,000 would add at each venue.

    For the budget, each floor, ceiling, fixed sum, excluded venue and group: what the plan would
    bring more without it (for the budget: with a tenth more), and what moving it by 1,000 would
    add. The plan is the newest one, or that of the RUN_ID given.

    Example:
      signoff venues limits
      signoff venues limits 7f3a09c2 --json
    """
    from signoff.plan import load_plan, study_plan

    workspace = open_here(workspace_path)
    plan = load_plan(workspace, run_id=run_id)
    with progress_line(wanted=with_progress) as on_progress:
        study = study_plan(workspace, run_id=plan.run_id, on_progress=on_progress)
    margins = [line for line in plan.venues.lines if line.marginal_result_per_1000]
    margins.sort(key=lambda line: (-(line.marginal_result_per_1000 or 0.0), line.venue_id))
    if as_json:
        by_venue = {line.venue_id: line.marginal_result_per_1000 for line in margins}
        print_json({"run_id": plan.run_id, "limits": study.limits, "per_1000_by_venue": by_venue})
        return
    click.echo(f"{study.limits.text()}\n")
    show_rows(limit_rows(study.limits), as_json=False, empty="")
    if margins:
        currency = plan.venues.currency
        click.echo(f"\nWhat the next 1,000 {currency} would add, if units could be broken:\n")
        show_rows(margin_rows(margins, objective=plan.venues.objective), as_json=False, empty="")
