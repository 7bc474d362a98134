"""`signoff audience durations`: how long a yes takes."""

from datetime import UTC, datetime
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, today_option
from signoff.app.cli.output import print_json, show_rows, write_whole

__all__ = ["durations"]


@click.command(cls=Command)
@click.argument("log_path", metavar="LOG", type=click.Path(path_type=Path))
@click.option("--out", "out_path", type=click.Path(path_type=Path), help="Write the table as CSV.")
@today_option
@json_option
def durations(
    log_path: Path, out_path: Path | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """Learn from an approval log how long a yes takes: by level, by role, and in all.

    LOG is a CSV, XLSX or Parquet file with the columns case, activity, at, and if known role and
    amount. Requests that wait still count for as long as they have waited.

    Example:
      signoff audience durations approvals.csv
      signoff audience durations approvals.csv --out durations.csv --json
    """
    from signoff.audience import read_approval_log, study_durations

    now = as_of.replace(tzinfo=UTC) if as_of else datetime.now(UTC)
    study = study_durations(read_approval_log(log_path, now=now))
    if out_path:
        write_whole(out_path, study.to_csv().encode())
        click.echo(f"{out_path}: {len(study.rows()):,} rows", err=True)
    if as_json:
        fields = {"durations": study.rows(), "n_levels": study.n_levels, "notes": study.notes}
        print_json(fields)
        return
    click.echo(study.text())
    click.echo()
    show_rows(study.rows(), as_json=False, empty="No durations.")
    click.echo()
    show_rows(study.level_rows(), as_json=False, empty="No request was approved.")
