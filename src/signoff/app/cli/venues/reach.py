"""`signoff venues reach`: whom a schedule of several venues reaches, and how often."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import print_json, refuse_own_input, show_rows, write_whole

if TYPE_CHECKING:
    from signoff.venues.reach import NetReach

__all__ = ["reach"]

MOST_ROWS = 110
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=Command)
@click.argument("venues", type=FILE)
@click.option(
    "--duplication",
    "pairs_path",
    type=FILE,
    help="Pairs: venue, other_venue, both_share; or a square matrix.",
)
@click.option(
    "--needed",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="Exposures that are needed.",
)
@click.option(
    "--out",
    "out_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the distribution of exposures here, as CSV.",
)
@json_option
def reach(
    venues: Path, pairs_path: Path | None, needed: int, out_path: Path | None, as_json: bool
) -> None:
    """Net reach and frequency of a schedule from reach per venue and pairs: CSV, XLSX.

    Columns: venue, reach (a share, or reach_pct); if known second_reach_share (of two insertions),
    reach_4, reach_8 … (of so many), insertions, universe (people), n (people asked), and dup_
    columns as a square matrix.

    Example:
      signoff venues reach venues.csv --duplication pairs.csv
      signoff venues reach venues.csv --duplication pairs.csv --needed 3 --json
    """
    for given in (venues, pairs_path):
        refuse_own_input(out_path, given=given)
    from signoff.venues.reach import estimate_net_reach, read_pair_rows, read_venue_rows

    table = read_venue_rows(_lines(venues), where=venues.name)
    for doubt in table.doubts:
        click.echo(doubt, err=True)
    pairs = list(table.pairs)
    if pairs_path is not None:
        pairs += read_pair_rows(_lines(pairs_path), where=pairs_path.name)
    found = estimate_net_reach(table.venues, pairs, needed=needed)
    if table.unused_columns:
        click.echo(f"Not used: {', '.join(table.unused_columns)}", err=True)
    if out_path is not None:
        write_whole(out_path, found.to_csv().encode("utf-8"))
        click.echo(f"Written: {out_path}", err=True)
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: "NetReach") -> None:
    click.echo(found.text())
    for rows in (found.venue_rows(), found.rows(), found.pair_rows()):
        if rows:
            click.echo()
            show_rows(rows[:MOST_ROWS], as_json=False, empty="")
            if len(rows) > MOST_ROWS:
                click.echo(f"… and {len(rows) - MOST_ROWS:,} more: --json shows all.")


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from signoff.store.imports.source import open_source

    for record in open_source(path).records():
        yield record.line, record.cells
