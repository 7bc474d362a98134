"""`signoff audience match`: which records of a file are the same firm."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import print_json, refuse_own_input, write_whole

__all__ = ["match"]

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=Command)
@click.argument("accounts", type=FILE)
@click.option(
    "--out",
    "out_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write id, entity, confidence and reason of each record here, as CSV.",
)
@click.option(
    "--decisions",
    "decisions_path",
    type=FILE,
    help="Answers about pairs: id, other_id, same (yes or no).",
)
@json_option
def match(
    accounts: Path, out_path: Path | None, decisions_path: Path | None, as_json: bool
) -> None:
    """Find the records of a file that are the same firm: CSV, XLSX or Parquet.

    Columns, in English or French: any of id, name, website, domain or e-mail, country, city,
    postcode, industry. Without --out the rows go to standard output.

    Example:
      signoff audience match accounts.csv --out clusters.csv
      signoff audience match accounts.csv --out clusters.csv --decisions pairs.csv --json
    """
    refuse_own_input(out_path, given=accounts)
    refuse_own_input(out_path, given=decisions_path)
    from signoff.audience import match_accounts
    from signoff.audience.matching import read_account_rows, read_decision_rows

    records = read_account_rows(_lines(accounts), where=accounts.name)
    decisions = (
        read_decision_rows(_lines(decisions_path), where=decisions_path.name)
        if decisions_path
        else []
    )
    found = match_accounts(records, decisions=decisions)
    if out_path:
        write_whole(out_path, found.to_csv().encode("utf-8"))
    if as_json:
        summary = {
            "n_records": found.n_records,
            "n_entities": found.n_entities,
            "n_merged": found.n_merged,
            "n_uncertain": found.n_uncertain,
            "n_learned": found.n_learned,
        }
        print_json(summary if out_path else {**summary, "matches": found.rows()})
    elif out_path:
        click.echo(found.text())
        click.echo(f"Written: {out_path}", err=True)
    else:
        click.echo(found.to_csv(), nl=False)
        click.echo(found.text(), err=True)


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from signoff.store.imports.source import open_source

    for record in open_source(path).records():
        yield record.line, record.cells
