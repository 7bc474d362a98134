"""`signoff venues survey`: what a weighted survey says of audiences, and how sure it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option
from signoff.app.cli.output import refuse_own_input, show, write_whole

__all__ = ["survey"]


@click.command(cls=Command)
@click.argument("answers", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--study", required=True, help="Short name of the survey, such as readers-2026.")
@click.option(
    "--out",
    "out_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write rows of audience_evidence here, as CSV, to be imported.",
)
@json_option
def survey(answers: Path, study: str, out_path: Path | None, as_json: bool) -> None:
    """What a weighted survey says of audiences, and how sure it is: CSV, XLSX, Parquet.

    One line for each respondent; columns sees_ and a venue's short name hold yes or no, weight the
    respondent's weight, country, segment and role say whom the answer is of.

    Example:
      signoff venues survey answers.csv --study readers-2026 --out studies.csv
      signoff import studies.csv
    """
    refuse_own_input(out_path, given=answers)
    from signoff.venues import weigh_survey

    found = weigh_survey(_lines(answers), study=study, where=answers.name)
    if out_path is not None:
        write_whole(out_path, found.to_csv().encode("utf-8"))
        click.echo(f"Written: {out_path}", err=True)
    show(found, as_json=as_json)


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from signoff.store.imports.source import open_source

    for record in open_source(path).records():
        yield record.line, record.cells
