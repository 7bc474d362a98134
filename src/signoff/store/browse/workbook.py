"""Rows as a workbook, written row by row so that memory stays small; no cell is a formula."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from signoff.errors import DataError
from signoff.store.schemas.table import ColumnType

__all__ = ["write_workbook"]

Fetch = Callable[[], Sequence[Sequence[Any]]]
MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel reads 1,048,576. More rows go on to the next sheet."""
MOST_DIGITS = 15
"""Digits that a number of a workbook keeps; longer ones are written as text."""
EXACT = 10**MOST_DIGITS
_FORMS = {
    ColumnType.DATE: "yyyy-mm-dd",
    ColumnType.TIME: "yyyy-mm-dd hh:mm:ss",
    ColumnType.MONEY: "#,##0.00",
}


def write_workbook(
    path: Path,
    *,
    names: Sequence[str],
    kinds: Sequence[ColumnType],
    fetch: Fetch,
) -> int:
    """Write rows into a workbook.

    Args:
        path: The file.
        names: Names of the columns.
        kinds: Their types.
        fetch: Gives the next rows; none at the end.

    Returns:
        Number of rows written.

    Raises:
        DataError: the library that writes workbooks is not installed, or a cell is too long.

    >>> from tempfile import TemporaryDirectory
    >>> rows = [[("a",)], []]
    >>> with TemporaryDirectory() as folder:
    ...     write_workbook(Path(folder) / "w.xlsx", names=["name"], kinds=[ColumnType.TEXT],
    ...                    fetch=lambda: rows.pop(0))
    1
    """
    with closing(_new_book(path)) as book:  # also after a fault, or a file stays open
        return _write_rows(book, names=names, kinds=kinds, fetch=fetch)


def _write_rows(
    book: Any, *, names: Sequence[str], kinds: Sequence[ColumnType], fetch: Fetch
) -> int:
    formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
    heading = book.add_format({"bold": True})
    sheet = _new_sheet(book, names, heading)
    place, n_rows = 1, 0
    writers = [_writer(sheet, kind, formats.get(kind)) for kind in kinds]
    while rows := fetch():
        for row in rows:
            if place > MOST_ROWS:
                sheet, place = _new_sheet(book, names, heading), 1
                writers = [_writer(sheet, kind, formats.get(kind)) for kind in kinds]
            for at, (write, value) in enumerate(zip(writers, row, strict=True)):
                if value is not None and write(place, at, value):
                    raise _too_long(names[at], place + 1)
            place += 1
        n_rows += len(rows)
    return n_rows


def _new_sheet(book: Any, names: Sequence[str], heading: Any) -> Any:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, names, heading)
    sheet.freeze_panes(1, 0)
    return sheet


def _new_book(path: Path) -> Any:
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise DataError(
            "workbooks cannot be written",
            why=str(error),
            fix="install it: pip install 'signoff[reports]'; or take CSV",
        ) from error
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return Workbook(str(path), options)


def _writer(sheet: Any, kind: ColumnType, form: Any) -> Callable[[int, int, Any], int]:
    """Give what writes a cell of one type; it returns 0 when the cell could be written."""

    def number(row: int, at: int, value: float | Decimal) -> int:
        if isinstance(value, float) or -EXACT < value * 100 < EXACT:
            return int(sheet.write_number(row, at, value, form))
        return int(sheet.write_string(row, at, str(value)))

    def moment(row: int, at: int, value: date | datetime) -> int:
        return int(sheet.write_datetime(row, at, value, form))

    if kind is ColumnType.TEXT:
        return sheet.write_string  # type: ignore[no-any-return]
    if kind is ColumnType.FLAG:
        return sheet.write_boolean  # type: ignore[no-any-return]
    if kind in {ColumnType.DATE, ColumnType.TIME}:
        return moment
    return number


def _too_long(name: str, row: int) -> DataError:
    return DataError(
        f"a cell of {name} does not fit a workbook",
        why="a cell holds 32,767 characters, and days from 1900 on",
        fix="take CSV, JSON or Parquet, or leave the column out",
        where=f"row {row:,}",
    )
