"""`signoff import` and `signoff imports`: files in, what came in, and one taken back."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from signoff.app.cli.command import Command, Group
from signoff.app.cli.failure import PARTLY, comes_of_interruption, error_text
from signoff.app.cli.mapping import read_mapping
from signoff.app.cli.options import author_option, json_option, progress_option, workspace_option
from signoff.app.cli.output import plain, print_json, show, show_rows
from signoff.app.cli.place import open_here
from signoff.app.cli.progress import ProgressLine, progress_line
from signoff.errors import SignoffError

if TYPE_CHECKING:
    from signoff.store.imports import ImportOptions
    from signoff.store.workspace import Workspace

__all__ = ["import_", "imports", "read_currency"]

LETTERS = 3


@dataclass(frozen=True)
class Outcome:
    """What became of one file: what the room gave back, or the error."""

    path: Path
    result: Any = None
    error: SignoffError | None = None


@click.command("import", cls=Command)
@click.argument(
    "paths",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option(
    "--table", default="", help="What the rows are: account, contact, opportunity, spend, ..."
)
@click.option(
    "--format", "format_name", default="", help="Which tool wrote the file; by default detected."
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='TOML or JSON: "column of the file" = "column of the table".',
)
@click.option(
    "--currency",
    default="",
    callback=lambda _context, _option, value: read_currency(value),
    help="Of amounts without one; by default the workspace's.",
)
@click.option("--decimal-mark", type=click.Choice([".", ","]), help="Of numbers.")
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="Of dates.")
@click.option(
    "--largest-bad-share",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="With more bad rows than this share, nothing comes in.",
)
@click.option("--dry-run", is_flag=True, help="Show what would come in; write nothing.")
@author_option
@progress_option
@workspace_option
@json_option
@click.pass_context
def import_(
    context: click.Context,
    workspace_path: Path | None,
    paths: tuple[Path, ...],
    table: str,
    format_name: str,
    mapping: Path | None,
    currency: str,
    decimal_mark: str | None,
    date_order: str | None,
    largest_bad_share: float,
    dry_run: bool,
    by: str,
    with_progress: bool | None,
    as_json: bool,
) -> None:
    """Bring files in: CSV, XLSX or Parquet, as your tools export them.

    Several files are taken in the order in which they refer to each other, accounts first. Rows
    that cannot be used come back in a file, with line, column and reason. The same file twice adds
    nothing. Exit code 3 when some rows or some files did not come in.

    Example:
      signoff import accounts.csv deals.xlsx contacts.csv
      signoff import export.csv --table spend --dry-run
    """
    from signoff.store.imports import ImportOptions

    workspace = open_here(workspace_path)
    options = ImportOptions(
        table=table,
        format=format_name,
        mapping=read_mapping(mapping) if mapping else {},
        currency=currency,
        decimal_mark=decimal_mark or "",
        date_order=date_order or "",
        largest_bad_share=largest_bad_share,
        by=by,
        at=datetime.now(UTC),
    )
    with progress_line(wanted=with_progress) as on_progress:
        take = _preview if dry_run else _import
        ordered = _in_order_of_reference(paths, table=table)
        outcomes = [
            take(workspace, path, replace(options, at=datetime.now(UTC)), on_progress)
            for path in ordered
        ]
    _tell(outcomes, as_json=as_json, with_table=dry_run)
    context.exit(_exit_code(outcomes))


@click.group(cls=Group)
def imports() -> None:
    """List imports, or take one back.

    Example:
      signoff imports list
    """


@imports.command("list")
@workspace_option
@json_option
def list_(workspace_path: Path | None, as_json: bool) -> None:
    """List the imports, with what each brought in.

    Example:
      signoff imports list --json
    """
    from signoff.store.register import list_imports

    rows = [
        {
            "import_id": entry.import_id,
            "table": entry.table_name,
            "file": entry.file_name,
            "state": entry.state.value,
            "n_read": entry.counts.n_read,
            "n_published": entry.counts.n_published,
            "n_superseded": entry.counts.n_superseded,
            "n_rejected": entry.counts.n_rejected,
            "by": entry.by,
            "created_at": entry.created_at,
        }
        for entry in list_imports(open_here(workspace_path).register)
    ]
    show_rows(rows, as_json=as_json, empty="No imports yet.")


@imports.command()
@click.argument("import_id")
@author_option
@workspace_option
@json_option
def undo(workspace_path: Path | None, import_id: str, by: str, as_json: bool) -> None:
    """Take back the rows of one import, and no colleague's later work.

    Example:
      signoff imports undo 0b9c6c1e
    """
    from signoff.store.imports import undo_import

    receipt = undo_import(open_here(workspace_path), import_id, by=by, at=datetime.now(UTC))
    show(receipt, as_json=as_json, with_table=False)


def read_currency(value: str) -> str:
    """Read the code of a currency.

    Args:
        value: As typed; empty for the workspace's own.

    Returns:
        The code in capitals.

    Raises:
        click.BadParameter: it is not three letters.

    >>> read_currency("eur")
    'EUR'
    """
    code = value.strip().upper()
    if code and not (len(code) == LETTERS and code.isascii() and code.isalpha()):
        raise click.BadParameter(f"{value!r} is no code of ISO 4217, such as EUR, GBP or USD")
    return code


def _import(
    workspace: "Workspace",
    path: Path,
    options: "ImportOptions",
    on_progress: ProgressLine,
) -> Outcome:
    from signoff.store.imports import import_file

    try:
        receipt = import_file(workspace, path, options=options, on_progress=on_progress)
    except SignoffError as error:
        if comes_of_interruption(error):
            raise
        return Outcome(path, error=error)
    return Outcome(path, result=receipt)


def _preview(
    workspace: "Workspace",
    path: Path,
    options: "ImportOptions",
    _on_progress: ProgressLine,
) -> Outcome:
    from signoff.store.imports import preview_import

    try:
        return Outcome(path, result=preview_import(workspace, path, options=options))
    except SignoffError as error:
        return Outcome(path, error=error)


def _in_order_of_reference(paths: tuple[Path, ...], *, table: str) -> list[Path]:
    from signoff.store.imports import detect_file
    from signoff.store.schemas import LAKE_TABLES

    if table or len(paths) == 1:
        return list(paths)
    ranks = {name: rank for rank, name in enumerate(LAKE_TABLES)}
    ranks["contact"] = ranks["person_fact"]

    def rank(path: Path) -> int:
        # a file that cannot be read says so when its turn comes
        with suppress(SignoffError):
            return ranks.get(detect_file(path).table or "", len(ranks))
        return len(ranks)

    return sorted(paths, key=rank)


def _tell(outcomes: list[Outcome], *, as_json: bool, with_table: bool) -> None:
    if len(outcomes) == 1 and outcomes[0].error:
        raise outcomes[0].error
    if as_json:
        print_json([_fields(outcome) for outcome in outcomes])
        return
    for outcome in outcomes:
        if outcome.error:
            click.echo(f"{outcome.path}\n{error_text(outcome.error)}", err=True)
        else:
            show(outcome.result, as_json=False, with_table=with_table)


def _fields(outcome: Outcome) -> dict[str, object]:
    if outcome.error:
        return {"file": str(outcome.path), **outcome.error.as_json()}
    told = plain(outcome.result)
    return {"file": str(outcome.path), **(told if isinstance(told, dict) else {"result": told})}


def _exit_code(outcomes: list[Outcome]) -> int:
    errors = [outcome.error for outcome in outcomes if outcome.error]
    if len(errors) == len(outcomes):
        return errors[0].exit_code
    rejected = any(getattr(outcome.result, "n_rejected", 0) for outcome in outcomes)
    return PARTLY if errors or rejected else 0
