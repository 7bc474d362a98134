"""`signoff venues compare`: how likely the plan is to beat what is bought at present."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, progress_option, workspace_option
from signoff.app.cli.output import print_json, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.venues.advice_rows import present_rows

if TYPE_CHECKING:
    from signoff.store.workspace import Workspace
    from signoff.venues import PresentSpend

__all__ = ["compare"]


@click.command(cls=Command)
@click.argument("run_id", required=False)
@click.option("--with-plan", "other_id", help="The plan that runs at present, by its run.")
@click.option(
    "--with-spend",
    "spend_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="What is bought at present: CSV, XLSX or Parquet with the columns venue and spend.",
)
@progress_option
@workspace_option
@json_option
def compare(
    workspace_path: Path | None,
    run_id: str | None,
    other_id: str | None,
    spend_path: Path | None,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """How likely the plan is to beat what is bought at present.

    Both are judged in the same draws of what is not known. The present is what was spent in the
    last period, as imported; or another plan; or a file, in the plan's currency. The plan is the
    newest one, or that of the RUN_ID given.

    Example:
      signoff venues compare
      signoff venues compare --with-spend spend.csv
      signoff venues compare 7f3a09c2 --with-plan 1d1c57bb --json
    """
    from signoff.plan import compare_plan_with_present, load_plan

    if other_id is not None and spend_path is not None:
        raise click.UsageError("Name --with-plan or --with-spend, not both.")
    workspace = open_here(workspace_path)
    plan = load_plan(workspace, run_id=run_id)
    present = _present(workspace, other_id=other_id, spend_path=spend_path)
    with progress_line(wanted=with_progress) as on_progress:
        found = compare_plan_with_present(
            workspace, run_id=plan.run_id, present=present, on_progress=on_progress
        )
    if as_json:
        print_json({"run_id": plan.run_id, "present": found})
        return
    click.echo(f"{found.text()}\n")
    show_rows(present_rows(found), as_json=False, empty="")


def _present(
    workspace: "Workspace", *, other_id: str | None, spend_path: Path | None
) -> "PresentSpend | None":
    from signoff.plan import load_plan, present_of_plan
    from signoff.store.imports.source import open_source
    from signoff.venues import read_present_spend

    if other_id is not None:
        return present_of_plan(load_plan(workspace, run_id=other_id))
    if spend_path is not None:
        records = ((record.line, record.cells) for record in open_source(spend_path).records())
        return read_present_spend(records, where=spend_path.name)
    return None
