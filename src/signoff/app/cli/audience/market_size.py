"""`signoff audience market-size`: how many firms there are, and how many of them are known."""

from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, workspace_option
from signoff.app.cli.output import show, write_whole
from signoff.app.cli.place import open_here

__all__ = ["market_size"]


@click.command("market-size", cls=Command)
@click.option("--country", help="Only this country, by its two letters; all if not given.")
@click.option(
    "--industry",
    "industries",
    multiple=True,
    metavar="SCHEME:CODE",
    help="Only counts within this industry; may be given several times.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the table as CSV; only its words are printed then.",
)
@workspace_option
@json_option
def market_size(
    workspace_path: Path | None,
    country: str | None,
    industries: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> None:
    """Show how many firms a market has, by imported counts, and how many of them are known.

    Counts come from a file: signoff import counts.csv --table firm_count.

    Example:
      signoff audience market-size --country FR
      signoff audience market-size --industry naf:62 --out market.csv
    """
    from signoff.audience import size_market
    from signoff.store.lake import duckdb_engine

    with duckdb_engine(open_here(workspace_path)) as engine:
        found = size_market(engine, industries=industries, country=country)
    if out is not None:
        place = write_whole(out, found.to_csv().encode())
        click.echo(f"Wrote {place}.", err=True)
    show(found, as_json=as_json, with_table=out is None)
