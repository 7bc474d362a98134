"""`signoff audience titles`: what job titles say."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import print_json, refuse_own_input, show_rows, write_whole
from signoff.units import CommitteeRole

if TYPE_CHECKING:
    from signoff.audience import TitleReading, TitleRow

__all__ = ["titles"]

SHOWN_ROLES = 3
FILES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".parquet"))


@click.command(cls=Command)
@click.argument("titles", nargs=-1)
@click.option("--language", type=click.Choice(["en", "fr"]), help="By default both.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a CSV with a probability per role, for titles of a file.",
)
@json_option
def titles(titles: tuple[str, ...], language: str | None, out: Path | None, as_json: bool) -> None:
    """Read job titles: function, level, and the likely roles in a buying committee.

    Titles come as arguments, or one on each line of standard input; or in a CSV, XLSX or Parquet
    file with a column title (or job title, poste, fonction), where the columns id, industry (NACE
    or NAF code), country and language are used if they are there.

    Example:
      signoff audience titles "Directeur des achats" "Head of IT"
      cut -d, -f4 contacts.csv | signoff audience titles --json
      signoff audience titles contacts.csv --out roles.csv
    """
    if len(titles) == 1 and _is_file(titles[0]):
        _read_file(Path(titles[0]), language=language, out=out, as_json=as_json)
        return
    if out is not None:
        raise click.UsageError("--out needs one file of titles: CSV, XLSX or Parquet.")
    from signoff.audience import classify_titles

    lines = titles or tuple(line.strip() for line in sys.stdin)
    readings = list(classify_titles([line for line in lines if line], language=language))
    if as_json:
        print_json(readings)
        return
    _show(readings)


def _is_file(argument: str) -> bool:
    """Tell a file from a title: by its ending, so that a mistyped path is no title."""
    return Path(argument).suffix.lower() in FILES


def _read_file(path: Path, *, language: str | None, out: Path | None, as_json: bool) -> None:
    from signoff.audience import read_title_file, write_title_file

    refuse_own_input(out, given=path)
    rows: list[TitleRow] = read_title_file(path, language=language)
    if out is not None:

        def write(target: Path) -> None:
            write_title_file(rows, path=target)

        click.echo(f"Wrote {len(rows):,} titles to {write_whole(out, write)}.", err=True)
    if as_json:
        print_json([row.cells() for row in rows])
    elif out is None:
        _show(row.reading for row in rows)


def _show(readings: "Iterable[TitleReading]") -> None:
    rows = [
        {
            "title": reading.title,
            "function": reading.function.value,
            "level": reading.level.value,
            "likeliest_roles": _likeliest(reading.roles),
            "evidence": reading.evidence,
        }
        for reading in readings
    ]
    show_rows(rows, as_json=False, empty="No titles given.")


def _likeliest(roles: Mapping[CommitteeRole, float]) -> str:
    ranked = sorted(roles.items(), key=lambda item: -item[1])
    return ", ".join(f"{role.value} {share:.2f}" for role, share in ranked[:SHOWN_ROLES])
