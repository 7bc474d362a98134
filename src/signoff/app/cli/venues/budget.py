"""`signoff venues budget`: what a wanted result costs, and what another budget would bring."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import (
    author_option,
    json_option,
    progress_option,
    workspace_option,
)
from signoff.app.cli.output import print_json, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import progress_line
from signoff.app.cli.venues.advice_rows import curve_rows, unit_rows

if TYPE_CHECKING:
    from signoff.venues import BudgetAnswer, FittedVenues, WantedResult

__all__ = ["budget"]


@click.command(cls=Command)
@click.argument("run_id", required=False)
@click.option(
    "--result", "wanted", type=float, help="A result to reach: the least budget is sought."
)
@click.option("--budget", "amount", type=Decimal, help="Another budget: what it would bring.")
@author_option
@progress_option
@workspace_option
@json_option
def budget(
    workspace_path: Path | None,
    run_id: str | None,
    wanted: float | None,
    amount: Decimal | None,
    by: str,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """The least budget for a wanted result, or what another budget would bring.

    With --result: the least money for which a plan was found, the money that reaches it in nine
    cases of ten, and the money below which no plan can. With --budget: the plan for that money.
    With neither: what budgets bring, from the least to two and a half times the plan's. The first
    question about a plan fits it once, which takes about twice as long as making it.

    Example:
      signoff venues budget --result 12
      signoff venues budget 7f3a09c2 --budget 80000 --json
    """
    from signoff.plan import fit_plan, load_plan
    from signoff.venues import find_budget

    if wanted is not None and amount is not None:
        raise click.UsageError("Ask for --result or for --budget, not for both.")
    workspace = open_here(workspace_path)
    plan = load_plan(workspace, run_id=run_id)
    with progress_line(wanted=with_progress) as on_progress:
        on_progress("fit", 0, 1)
        fitted = fit_plan(workspace, run_id=plan.run_id, by=by, at=datetime.now(UTC))
    if wanted is not None:
        found: BudgetAnswer | WantedResult = find_budget(fitted, wanted=wanted)
    elif amount is not None:
        found = fitted.at_budget(amount)
    else:
        _show_curve(plan.run_id, fitted, as_json=as_json)
        return
    if as_json:
        print_json({"run_id": plan.run_id, "answer": found})
        return
    names = {line.venue_id: line.name for line in plan.venues.lines}
    click.echo(f"{found.text()}\n")
    show_rows(unit_rows(found.lines, names=names, currency=found.currency), as_json=False, empty="")


def _show_curve(run_id: str, fitted: "FittedVenues", *, as_json: bool) -> None:
    if as_json:
        print_json({"run_id": run_id, "curve": fitted.curve})
        return
    show_rows(curve_rows(fitted), as_json=False, empty="")
    click.echo("\nFrom at least to at most: 90 % intervals. No plan exceeds: by proof.")
