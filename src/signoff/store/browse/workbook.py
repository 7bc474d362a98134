"""Rows as a workbook: xlsxwriter draws it up, the engine writes the cells; none is a formula.

Cell by cell, xlsxwriter needs ten seconds for 100,000 rows of thirteen columns; text made by the
engine needs one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from signoff.errors import DataError
from signoff.store.schemas.table import ColumnType

__all__ = ["Blank", "blank_workbook", "cell_sql", "longest_text_sql", "write_workbook"]

MOST_ROWS = 1_000_000
"""Rows of one sheet; Excel reads 1,048,576. More rows go on to the next sheet."""
LONGEST_TEXT = 32_767
"""Characters that a cell holds."""
ROW_MARK = "\x01"
"""Stands for the number of the row, in the text of its cells."""
_FORMS = {
    ColumnType.DATE: "yyyy-mm-dd",
    ColumnType.TIME: "yyyy-mm-dd hh:mm:ss",
    ColumnType.MONEY: "#,##0.00",
}
_CONTROLS = [code for code in range(32) if code not in (9, 10)]


@dataclass(frozen=True)
class Blank:
    """A workbook without rows: its parts, and what the cells of each column look like.

    Attributes:
        parts: Content of each part by its name; a sheet lacks what lies between its two halves.
        sheets: Both halves of each sheet, by its name.
        letters: Letters of the columns.
        styles: Number of the style of each column; 0 for none.
    """

    parts: Mapping[str, bytes]
    sheets: Mapping[str, tuple[bytes, bytes]]
    letters: tuple[str, ...]
    styles: tuple[int, ...]


def blank_workbook(names: Sequence[str], *, kinds: Sequence[ColumnType], n_rows: int) -> Blank:
    """Draw up a workbook with its headings, formats and as many sheets as the rows need.

    Args:
        names: Names of the columns.
        kinds: Their types.
        n_rows: Rows to come.

    Raises:
        DataError: the library that writes workbooks is not installed.

    >>> blank_workbook(["name", "closed_on"], kinds=[ColumnType.TEXT, ColumnType.DATE],
    ...                n_rows=5).letters
    ('A', 'B')
    """
    content = BytesIO()
    book = _new_book(content)
    heading = book.add_format({"bold": True})
    forms = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
    for _ in range(max(1, -(-n_rows // MOST_ROWS))):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, names, heading)
        sheet.freeze_panes(1, 0)
        for at, kind in enumerate(kinds):  # a pattern of a row, from which styles are read
            sheet.write_blank(1, at, None, forms.get(kind, heading))
    book.close()
    with ZipFile(content) as drawn:
        parts = {name: drawn.read(name) for name in drawn.namelist()}
    parted = {name: _parted(parts.pop(name)) for name in list(parts) if "/sheet" in name}
    pattern = next(iter(parted.values()))[1]
    cells = re.findall(rb'<c r="([A-Z]+)2" s="(\d+)"/>', pattern)
    return Blank(
        parts=parts,
        sheets={name: (head, tail) for name, (head, _, tail) in parted.items()},
        letters=tuple(letter.decode() for letter, _ in cells),
        styles=tuple(
            int(style) if kind in _FORMS else 0
            for kind, (_, style) in zip(kinds, cells, strict=True)
        ),
    )


def cell_sql(cell: str, *, kind: ColumnType, letter: str, style: int) -> str:
    """Give the SQL of DuckDB that writes a cell as a workbook has it; empty where it is.

    Numbers that a workbook would cut (more than fifteen digits) and days before March 1900, which
    it counts wrongly, are written as text.

    Args:
        cell: The cell's value, as SQL.
        kind: Its type.
        letter: Letter of its column.
        style: Number of its style.
    """
    look = f' s="{style}"' if style else ""
    place = f'<c r="{letter}{ROW_MARK}"'
    text = f"'{place} t=\"inlineStr\"><is><t xml:space=\"preserve\">' || {{}} || '</t></is></c>'"
    number = f"'{place}{look}><v>' || {{}} || '</v></c>'"
    shown = f"CAST({cell} AS VARCHAR)"
    since = "TIMESTAMP '1899-12-30 00:00:00'"
    if kind is ColumnType.TEXT:
        return f"coalesce({text.format(_xml(cell))}, '')"
    if kind is ColumnType.FLAG:
        flag = f"CAST(CAST({cell} AS TINYINT) AS VARCHAR)"
        return f"coalesce('{place} t=\"b\"><v>' || {flag} || '</v></c>', '')"
    fits, value = {
        ColumnType.INTEGER: (f"abs({cell}) < 1000000000000000", shown),
        ColumnType.MONEY: (f"abs({cell}) < 10000000000000", shown),
        ColumnType.REAL: (f"isfinite({cell})", shown),
        ColumnType.DATE: (
            f"{cell} >= DATE '1900-03-01'",
            f"CAST(date_diff('day', DATE '1899-12-30', {cell}) AS VARCHAR)",
        ),
        ColumnType.TIME: (
            f"{cell} >= TIMESTAMP '1900-03-01 00:00:00'",
            f"CAST((epoch_us({cell}) - epoch_us({since})) / 86400000000.0 AS VARCHAR)",
        ),
    }[kind]
    return (
        f"CASE WHEN {cell} IS NULL THEN '' WHEN {fits} THEN {number.format(value)} "
        f"ELSE {text.format(shown)} END"
    )


def longest_text_sql(cells: Sequence[str]) -> str:
    """Give the SQL of the longest text among some columns, 0 for none."""
    longest = [f"coalesce(max(length({cell})), 0)" for cell in cells]
    return f"greatest({', '.join(['0', *longest])})"


def write_workbook(path: Path, blank: Blank, *, rows: Iterable[str]) -> int:
    """Fill a workbook with rows.

    Args:
        path: The file.
        blank: The workbook as it was drawn up, with sheets for all rows.
        rows: The text of each row's cells.

    Returns:
        Number of rows written.
    """
    coming = iter(rows)
    n_rows = 0
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as book:
        for name, content in blank.parts.items():
            book.writestr(name, content)
        for name, (head, tail) in blank.sheets.items():
            with book.open(name, "w", force_zip64=True) as sheet:
                sheet.write(head)
                n_rows += _write_rows(sheet, islice(coming, MOST_ROWS))
                sheet.write(tail)
    return n_rows


def _write_rows(sheet: IO[bytes], rows: Iterator[str]) -> int:
    place = 1
    while batch := list(islice(rows, 1000)):
        lines = []
        for cells in batch:
            place += 1
            lines.append(f'<row r="{place}">{cells.replace(ROW_MARK, str(place))}</row>')
        sheet.write("".join(lines).encode())
    return place - 1


def _new_book(content: BytesIO) -> Any:
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise DataError(
            "workbooks cannot be written",
            why=str(error),
            fix="install it: pip install 'signoff[reports]'; or take CSV",
        ) from error
    return Workbook(content, {"in_memory": True, "strings_to_formulas": False})


def _parted(sheet: bytes) -> tuple[bytes, bytes, bytes]:
    """Part a sheet where its rows go: what comes before, the pattern of a row, what comes after."""
    sheet = re.sub(rb'<dimension ref="[^"]*"/>', b"", sheet)  # that of the pattern alone
    head, _, rest = sheet.partition(b'<row r="2"')
    pattern, _, tail = rest.partition(b"</row>")
    return head, pattern, tail


def _xml(text: str) -> str:
    """Give the SQL that writes text into XML; signs that XML lacks as workbooks write them."""
    plain = f"replace(replace(replace({text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"
    coded = f"regexp_replace({plain}, '_x([0-9A-Fa-f]{{4}})_', '_x005F_x\\1_', 'g')"
    for code in _CONTROLS:
        coded = f"replace({coded}, chr({code}), '_x{code:04X}_')"
    signs = "[\\x00-\\x08\\x0B-\\x1F]|_x[0-9A-Fa-f]{4}_"
    return f"CASE WHEN regexp_matches({text}, '{signs}') THEN {coded} ELSE {plain} END"
