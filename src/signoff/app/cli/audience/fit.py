"""`signoff audience fit`: whether past deals tell who will buy."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, seed_option, today_option, workspace_option
from signoff.app.cli.output import refuse_own_input, show, write_whole
from signoff.app.cli.place import open_here

__all__ = ["fit"]


@click.command(cls=Command)
@click.argument(
    "history", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--outcome", help="Column that says won or lost; needed with a file.")
@click.option("--time", help="Column with the day each row began; found if not given.")
@click.option("--account", help="Column with the account; found by its name if not given.")
@click.option(
    "--split-on", type=click.DateTime(["%Y-%m-%d"]), help="First day of the later period."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a CSV with a score and its reasons per row of the file.",
)
@today_option
@seed_option
@workspace_option
@json_option
def fit(
    history: Path | None,
    outcome: str | None,
    time: str | None,
    account: str | None,
    split_on: datetime | None,
    out: Path | None,
    workspace_path: Path | None,
    as_of: datetime | None,
    seed: int,
    as_json: bool,
) -> None:
    """Learn from won and lost deals which accounts fit, tried on a later period.

    Says "no usable signal" when the trial shows none. With a file (CSV, XLSX, Parquet) any table
    will do: columns that were written after the outcome are found, named and left out, rows
    without an outcome are scored. Without a signal no scores are written; the exit code is then 1
    if --out asked for them.

    Example:
      signoff audience fit --as-of 2026-03-31
      signoff audience fit history.csv --outcome won --time date --out scores.csv
    """
    today = (as_of or datetime.now(UTC)).date()
    if history is None:
        if outcome or time or account or split_on or out:
            raise click.UsageError(
                "--outcome, --time, --account, --split-on and --out need a file."
            )
        _fit_workspace(workspace_path, today=today, seed=seed, as_json=as_json)
        return
    if not outcome:
        raise click.UsageError("A file needs --outcome: the column that says won or lost.")
    refuse_own_input(out, given=history)
    import numpy as np

    from signoff.audience.fit import fit_history, read_history_file

    found = fit_history(
        read_history_file(history, outcome=outcome),
        outcome=outcome,
        time=time,
        entity=account,
        split=split_on.date() if split_on else 0.75,
        today=today,
        rng=np.random.default_rng(seed),
    )
    show(found, as_json=as_json, with_table=False)
    if out is None:
        return
    if not found.usable:
        click.echo(f"No scores written to {out}: there is no usable signal.", err=True)
        raise click.exceptions.Exit(1)
    place = write_whole(out, found.to_csv().encode())
    click.echo(f"Wrote {len(found.scores):,} scores to {place}.", err=True)


def _fit_workspace(place: Path | None, *, today: date, seed: int, as_json: bool) -> None:
    import numpy as np

    from signoff.audience import fit_accounts
    from signoff.store.lake import duckdb_engine

    with duckdb_engine(open_here(place)) as engine:
        found = fit_accounts(engine, today=today, rng=np.random.default_rng(seed))
    show(found, as_json=as_json)
