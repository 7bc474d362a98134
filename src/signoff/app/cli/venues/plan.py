"""`signoff venues plan`: a plan from a file alone, with the proof how far the best could be."""

from decimal import Decimal
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, progress_option
from signoff.app.cli.output import print_json, refuse_own_input, show, write_whole
from signoff.app.cli.progress import progress_line

__all__ = ["plan"]


@click.command(cls=Command)
@click.argument("problem_path", metavar="PROBLEM", type=click.Path(path_type=Path))
@click.option("--budget", type=Decimal, help="Another budget than the file's.")
@click.option(
    "--budget-share",
    type=click.FloatRange(0, 1),
    help="The budget as a share of budget_all, where the file is written as arrays.",
)
@click.option("--target", type=float, help="A result to reach for the least money.")
@click.option("--whole/--broken", "is_whole", default=None, help="Buy whole units, or broken ones.")
@click.option("--out", "out_path", type=click.Path(path_type=Path), help="Write the table as CSV.")
@progress_option
@json_option
def plan(
    problem_path: Path,
    budget: Decimal | None,
    budget_share: float | None,
    target: float | None,
    out_path: Path | None,
    *,
    is_whole: bool | None,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """Plan the money of a problem in a file: most result for a budget, with its proof.

    PROBLEM is a TOML or JSON file with cells of accounts, exposures, venues with prices, limits and
    the approval rule; large tables stand beside it as CSV, XLSX or Parquet. Every part is told in
    docs/how-to/plan-from-a-file.md.

    Example:
      signoff venues plan problem.toml
      signoff venues plan problem.toml --target 12 --json
      signoff venues plan instance.json --budget-share 0.15
    """
    from signoff.venues import plan_problem

    refuse_own_input(out_path, given=problem_path)
    given = {"budget": budget, "target": target, "whole_units": is_whole}
    overrides = {name: value for name, value in given.items() if value is not None}
    if budget_share is not None:
        overrides["budget_share"] = budget_share
    with progress_line(wanted=with_progress) as on_progress:
        found = plan_problem(problem_path, overrides=overrides, on_progress=on_progress)
    if out_path:
        write_whole(out_path, found.to_csv().encode())
        click.echo(f"{out_path}: {len(found.rows()):,} rows", err=True)
    if as_json:
        print_json(found)
        return
    show(found, as_json=False)
    for line in found.flights:
        click.echo(f"{line.starts_on}  {line.venue}  {line.units}  {line.spend}")
