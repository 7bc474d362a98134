"""`signoff audience durations`: how long a yes takes."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, today_option, workspace_option
from signoff.app.cli.output import print_json, refuse_own_input, show_rows, write_whole
from signoff.app.cli.place import open_here
from signoff.errors import DataError

if TYPE_CHECKING:
    from signoff.audience import DurationStudy, StageStudy

__all__ = ["durations"]


@click.command(cls=Command)
@click.argument("log_path", metavar="[LOG]", required=False, type=click.Path(path_type=Path))
@click.option("--out", "out_path", type=click.Path(path_type=Path), help="Write the table as CSV.")
@today_option
@workspace_option
@json_option
def durations(
    log_path: Path | None,
    out_path: Path | None,
    workspace_path: Path | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Learn from an approval log how long a yes takes: by level, by role, and in all.

    LOG is a CSV, XLSX or Parquet file with the columns case, activity, at, and if known role and
    amount. Requests that wait still count for as long as they have waited. Without LOG the
    workspace tells: its approvals, and how long its deals take at each stage.

    Example:
      signoff audience durations approvals.csv
      signoff audience durations approvals.csv --out durations.csv --json
      signoff audience durations -w campaign
    """
    from signoff.audience import read_approval_log, study_durations

    refuse_own_input(out_path, given=log_path)
    now = as_of.replace(tzinfo=UTC) if as_of else datetime.now(UTC)
    if log_path is None:
        studies = _of_workspace(workspace_path, today=now.date())
    else:
        studies = [study_durations(read_approval_log(log_path, now=now))]
    if out_path:
        write_whole(out_path, studies[0].to_csv().encode())
        click.echo(f"{out_path}: {len(studies[0].rows()):,} rows", err=True)
    if as_json:
        print_json({name: found for study in studies for name, found in _fields(study).items()})
        return
    for study in studies:
        _say(study)


def _of_workspace(path: Path | None, *, today: date) -> "list[DurationStudy | StageStudy]":
    """Give what approvals and deals of the workspace tell; an error where neither does."""
    from signoff.audience import fit_approvals, fit_stages
    from signoff.store.lake import duckdb_engine

    found: list[DurationStudy | StageStudy] = []
    lacks: list[DataError] = []
    with duckdb_engine(open_here(path)) as engine:
        for fit in (fit_approvals, fit_stages):
            try:
                found.append(fit(engine, today=today))
            except DataError as error:
                lacks.append(error)
    if not found:
        raise DataError(
            "the workspace tells no durations",
            why="they are learned from approvals, and from deals that were won or lost",
            fix="import either, or give a log: signoff audience durations approvals.csv",
            faults=[lack.fault for lack in lacks],
        )
    for lack in lacks:
        click.echo(lack.text(), err=True)
    return found


def _fields(study: "DurationStudy | StageStudy") -> dict[str, object]:
    from signoff.audience import DurationStudy

    if isinstance(study, DurationStudy):
        return {"durations": study.rows(), "n_levels": study.n_levels, "notes": study.notes}
    return {"stages": study.stages, "effects": study.effects}


def _say(study: "DurationStudy | StageStudy") -> None:
    from signoff.audience import DurationStudy

    click.echo(study.text())
    click.echo()
    show_rows(study.rows(), as_json=False, empty="No durations.")
    if isinstance(study, DurationStudy):
        click.echo()
        show_rows(study.level_rows(), as_json=False, empty="No request was approved.")
    click.echo()
