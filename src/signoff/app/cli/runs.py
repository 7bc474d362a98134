"""`signoff runs`: what was run, from what; and the same again."""

from pathlib import Path

import click

from signoff.app.cli.command import Group
from signoff.app.cli.failure import FINDINGS
from signoff.app.cli.options import json_option, workspace_option
from signoff.app.cli.output import plain, print_json, show_rows
from signoff.app.cli.place import open_here

__all__ = ["runs"]


@click.group(cls=Group)
def runs() -> None:
    """What was run, from what, and run it again.

    Example:
      signoff runs list
    """


@runs.command("list")
@workspace_option
@json_option
def list_(workspace_path: Path | None, as_json: bool) -> None:
    """List the runs, newest first.

    Example:
      signoff runs list --json
    """
    from signoff.store.register import list_runs

    found = list_runs(open_here(workspace_path).register)
    rows = [
        {
            "run_id": run.run_id,
            "command": run.command,
            "finished_at": run.finished_at,
            "lake_snapshot": run.lake_snapshot,
            "seed": run.seed,
            "package_version": run.package_version,
        }
        for run in found
    ]
    show_rows(rows, as_json=as_json, empty="No runs yet.")


@runs.command("show")
@click.argument("run_id")
@workspace_option
@json_option
def show_(workspace_path: Path | None, run_id: str, as_json: bool) -> None:
    """Show one run: lake snapshot, document versions, parameters, seed, package version.

    Example:
      signoff runs show 7f3a09c2
    """
    from signoff.store.register import load_run

    run = load_run(open_here(workspace_path).register, run_id)
    fields = plain(run)
    if as_json or not isinstance(fields, dict):
        print_json(fields)
        return
    width = max(map(len, fields))
    for name, value in fields.items():
        click.echo(f"{name.ljust(width)}  {'' if value is None else value}")


@runs.command()
@click.argument("run_id")
@workspace_option
@json_option
@click.pass_context
def repeat(context: click.Context, workspace_path: Path | None, run_id: str, as_json: bool) -> None:
    """Run a plan again from its record and say whether it comes out the same to the last digit.

    Exit code 1 when it does not.

    Example:
      signoff runs repeat 7f3a09c2
    """
    from signoff.plan import load_plan, repeat_plan

    workspace = open_here(workspace_path)
    before = load_plan(workspace, run_id=run_id)
    after = repeat_plan(workspace, run_id=run_id)
    changed = _differences(before, after)
    told = {"run_id": run_id, "is_equal": not changed, "differs_in": changed}
    if as_json:
        print_json(told)
    elif changed:
        click.echo(f"The repeated plan differs in: {', '.join(changed)}.")
        made, now = before.package_version, after.package_version
        click.echo(f"It was made by Signoff {made}; this is Signoff {now}.", err=True)
    else:
        click.echo("The repeated plan is equal to the last digit.")
    if changed:
        context.exit(FINDINGS)


def _differences(before: object, after: object) -> list[str]:
    left, right = plain(before), plain(after)
    if not isinstance(left, dict) or not isinstance(right, dict):
        return [] if left == right else ["plan"]
    own = {"run_id", "made_at"}
    return sorted(key for key in left if key not in own and left[key] != right.get(key))
