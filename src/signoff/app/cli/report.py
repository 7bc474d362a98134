"""`signoff report`: a plan as a page, a PDF, slides, a workbook or a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from signoff.app.cli.command import Command
from signoff.app.cli.options import json_option, workspace_option
from signoff.app.cli.output import print_json, write_whole
from signoff.app.cli.place import open_here

if TYPE_CHECKING:
    from signoff.plan import CampaignPlan

__all__ = ["FORMATS", "report", "split_formats", "write_report"]

FORMATS = ("html", "pdf", "pptx", "xlsx", "csv")


@click.command(cls=Command)
@click.argument("run_id", required=False)
@click.option(
    "--format",
    "formats",
    default="html",
    show_default=True,
    callback=lambda _context, _option, value: split_formats(value),
    help="Any of html, pdf, pptx, xlsx, csv, with commas between.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write into; by default the workspace's reports.",
)
@click.option("--language", type=click.Choice(["en", "fr"]), help="By default the brief's.")
@workspace_option
@json_option
def report(
    workspace_path: Path | None,
    run_id: str | None,
    formats: tuple[str, ...],
    out: Path | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Write the report of a plan.

    The plan is the newest one, or that of the RUN_ID given.

    Example:
      signoff report --format html,pdf --language fr
    """
    from signoff.plan import load_plan

    workspace = open_here(workspace_path)
    found = load_plan(workspace, run_id=run_id)
    folder = out or workspace.reports_dir / found.run_id
    written = write_report(found, formats, folder=folder, language=language)
    if as_json:
        print_json({"run_id": found.run_id, "files": written})
    else:
        for path in written:
            click.echo(path)


def write_report(
    plan: "CampaignPlan", formats: Sequence[str], *, folder: Path, language: str | None
) -> list[Path]:
    """Write a plan in each of the forms asked for, each file in one piece.

    Args:
        plan: The plan.
        formats: Any of FORMATS.
        folder: Where to write.
        language: "en" or "fr"; None for the brief's own.

    Returns:
        The files, in the order of `formats`.

    Raises:
        DataError: a form needs an extra that is not installed.

    Call it with a kept plan: `write_report(load_plan(workspace), ("html", "csv"),
    folder=workspace.reports_dir, language=None)`.
    """
    from signoff.report.files import report_writers

    writers = report_writers(plan, language=language or plan.brief.language)
    drafts = [(folder / f"{_stem(name)}.{name}", writers[name]) for name in formats]
    return [write_whole(path.resolve(), write) for path, write in drafts]


def split_formats(value: str) -> tuple[str, ...]:
    """Read a list of forms with commas between.

    Args:
        value: As typed.

    Returns:
        The forms, each once, in the order given.

    Raises:
        click.BadParameter: one of them is unknown.

    >>> split_formats("html, pdf,html")
    ('html', 'pdf')
    """
    names = tuple(dict.fromkeys(part.strip().lower() for part in value.split(",") if part.strip()))
    unknown = [name for name in names if name not in FORMATS]
    if unknown or not names:
        raise click.BadParameter(f"{', '.join(unknown) or 'nothing'}: choose from {FORMATS}")
    return names


def _stem(name: str) -> str:
    return "report" if name in {"html", "pdf", "pptx"} else "media-plan"
