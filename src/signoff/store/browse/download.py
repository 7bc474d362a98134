"""All rows of a request in one file: CSV, workbook, Parquet or JSON."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.browse.request import TableRequest
from signoff.store.browse.selecting import Selection, select_rows
from signoff.store.browse.shown import ShownTable
from signoff.store.browse.workbook import (
    LONGEST_TEXT,
    blank_workbook,
    cell_sql,
    longest_text_sql,
    write_workbook,
)
from signoff.store.engines.duck import DuckEngine
from signoff.store.engines.formula import inert_sql
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["Download", "DownloadForm", "export_rows"]


class DownloadForm(StrEnum):
    """In which form rows leave."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSON = "json"


@dataclass(frozen=True)
class Download(Result):
    """A file with rows.

    Attributes:
        path: The file.
        form: Its form.
        n_rows: Rows in it.
        n_bytes: Its size.
    """

    path: Path
    form: DownloadForm
    n_rows: int
    n_bytes: int

    def rows(self) -> Sequence[Row]:
        """Give one row about the file."""
        about = {"path": str(self.path), "form": self.form.value}
        return [{**about, "n_rows": self.n_rows, "n_bytes": self.n_bytes}]

    def text(self) -> str:
        """Say what was written."""
        return f"{self.n_rows:,} rows in {self.path.name} ({self.n_bytes:,} bytes)."


def export_rows(
    engine: DuckEngine, *, table: ShownTable, request: TableRequest, form: str, path: Path
) -> Download:
    r"""Write all rows that a request selects into a file, whatever its page.

    Text that a spreadsheet would run as a formula is made text; money keeps every digit (as text
    in JSON, and in a workbook where its numbers would lose one). The file is there whole or not
    at all, and its owner alone reads it.

    Args:
        engine: An engine with the table, or with what it is made from.
        table: The table.
        request: Columns, filters, search and order; its page does not count.
        form: csv, xlsx, parquet or json.
        path: The file; what stood there is replaced.

    Returns:
        What was written.

    Raises:
        DataError: the form is unknown, the request names what the table does not have, or the
            file cannot be written; nothing of it is left.

    >>> from tempfile import TemporaryDirectory
    >>> from signoff.store.browse.shown import lake_table
    >>> from signoff.store.engines import duckdb_engine_on
    >>> wanted = TableRequest(columns=("name", "employees"))
    >>> with TemporaryDirectory() as folder, duckdb_engine_on(
    ...     {"account": [{"account_id": "a", "name": "=cmd()", "employees": 12}]}
    ... ) as engine:
    ...     path = Path(folder) / "accounts.csv"
    ...     _ = export_rows(engine, table=lake_table("account"), request=wanted, form="csv",
    ...                     path=path)
    ...     path.read_text()
    "name,employees\n'=cmd(),12\n"
    """
    wanted = _form(form)
    selection = select_rows(table, request)
    table.bring(engine)
    with _written_whole(path) as unfinished:
        n_rows = _WRITERS[wanted](engine, selection, unfinished)
        n_bytes = unfinished.stat().st_size
    return Download(path=path, form=wanted, n_rows=n_rows, n_bytes=n_bytes)


def _csv(engine: DuckEngine, selection: Selection, path: Path) -> int:
    return _copy(engine, selection, path, cell=_inert, options="FORMAT csv, HEADER true")


def _parquet(engine: DuckEngine, selection: Selection, path: Path) -> int:
    options = "FORMAT parquet, COMPRESSION zstd"
    return _copy(engine, selection, path, cell=_as_it_is, options=options)


def _json(engine: DuckEngine, selection: Selection, path: Path) -> int:
    return _copy(engine, selection, path, cell=_exact, options="FORMAT json, ARRAY true")


def _xlsx(engine: DuckEngine, selection: Selection, path: Path) -> int:
    _refuse_long_text(engine, selection)
    kinds = [
        ColumnType.TEXT if column.name in selection.table.sets else column.type
        for column in selection.columns
    ]
    names = [column.name for column in selection.columns]
    n_rows = selection.run(engine, selection.count())[0]["n_rows"]
    blank = blank_workbook(names, kinds=kinds, n_rows=n_rows)
    cells = " || ".join(
        cell_sql(selection.cell(column), kind=kind, letter=letter, style=style)
        for column, kind, letter, style in zip(
            selection.columns, kinds, blank.letters, blank.styles, strict=True
        )
    )
    statement = selection.rows(cells=cells)
    found = engine.session.execute(statement.marked("$"), selection.values_for(statement) or None)
    batches = iter(lambda: found.fetchmany(5000), [])
    return write_workbook(path, blank, rows=(row[0] for batch in batches for row in batch))


def _refuse_long_text(engine: DuckEngine, selection: Selection) -> None:
    texts = [c.name for c in selection.columns if c.type is ColumnType.TEXT]
    statement = selection.whole(longest_text_sql(texts))
    if selection.run(engine, statement)[0]["found"] > LONGEST_TEXT:
        raise DataError(
            "a cell does not fit a workbook",
            why=f"a cell holds {LONGEST_TEXT:,} characters, and a text is longer",
            fix="take CSV, JSON or Parquet, or leave its column out",
        )


_WRITERS: dict[DownloadForm, Callable[[DuckEngine, Selection, Path], int]] = {
    DownloadForm.CSV: _csv,
    DownloadForm.XLSX: _xlsx,
    DownloadForm.PARQUET: _parquet,
    DownloadForm.JSON: _json,
}


def _copy(
    engine: DuckEngine,
    selection: Selection,
    path: Path,
    *,
    cell: Callable[[Column, str], str],
    options: str,
) -> int:
    cells = ", ".join(
        f"{cell(column, selection.cell(column))} AS {column.name}" for column in selection.columns
    )
    statement = selection.rows(cells=cells)
    values = selection.values_for(statement)
    target = str(path).replace("'", "''")
    command = f"COPY ({statement.marked('$')}) TO '{target}' ({options})"
    rows = engine.session.execute(command, values or None).fetchall()
    return int(rows[0][0])


def _as_it_is(_column: Column, cell: str) -> str:
    return cell


def _inert(column: Column, cell: str) -> str:
    """Keep a spreadsheet from running text as a formula."""
    return inert_sql(cell) if column.type is ColumnType.TEXT else cell


def _exact(column: Column, cell: str) -> str:
    """Give money as text with all its digits, and times in ISO 8601, as `json_default` does."""
    if column.type is ColumnType.MONEY:
        return f"CAST({cell} AS VARCHAR)"
    if column.type is ColumnType.TIME:
        return f"replace(CAST({cell} AS VARCHAR), ' ', 'T')"
    return cell


@contextmanager
def _written_whole(path: Path) -> Iterator[Path]:
    import duckdb

    try:
        # a folder of its owner's: DuckDB writes files that all may read
        with TemporaryDirectory(prefix=".unfinished-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            yield unfinished
            unfinished.chmod(0o600)
            unfinished.replace(path)
    except (OSError, duckdb.IOException) as error:
        raise DataError(
            f"{path.name} could not be written",
            why=str(error).splitlines()[0],
            fix="see that the disk has room and that you may write there, then try again",
            where=str(path.parent),
        ) from error


def _form(name: str) -> DownloadForm:
    try:
        return DownloadForm(name)
    except ValueError as error:
        raise DataError(
            f"rows cannot be written as {name!r}",
            why="other forms are known",
            fix=f"use one of: {', '.join(DownloadForm)}",
            where="form",
        ) from error
