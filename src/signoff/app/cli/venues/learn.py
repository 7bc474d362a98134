"""`signoff venues learn`: which survey or test is worth most before the money is spent."""

from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, progress_option, workspace_option
from signoff.app.cli.output import print_json, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.venues.advice_rows import learning_rows

__all__ = ["learn"]


@click.command(cls=Command)
@click.argument("run_id", required=False)
@progress_option
@workspace_option
@json_option
def learn(
    workspace_path: Path | None, run_id: str | None, with_progress: bool | None, as_json: bool
) -> None:
    """What to learn next: which survey or test is worth most before the money is spent.

    A survey tells who a venue reaches, a test how people respond. Each is worth what the plan
    would bring more on average if the answer were known exactly: no survey or test is worth more.
    The plan is the newest one, or that of the RUN_ID given.

    Example:
      signoff venues learn
      signoff venues learn 7f3a09c2 --json
    """
    from signoff.plan import load_plan, study_plan

    workspace = open_here(workspace_path)
    plan = load_plan(workspace, run_id=run_id)
    with progress_line(wanted=with_progress) as on_progress:
        study = study_plan(workspace, run_id=plan.run_id, on_progress=on_progress)
    if as_json:
        print_json({"run_id": plan.run_id, "learning": study.learning})
        return
    click.echo(f"{study.learning.text()}\n")
    empty = "No venue of the plan can change."
    show_rows(learning_rows(study.learning), as_json=False, empty=empty)
