"""XLSX workbooks: measured before they are opened, then read as rows of text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from signoff.errors import DataError

__all__ = ["LIKE_THOUSANDS", "check_workbook", "choose_sheet", "read_workbook"]

LARGEST_BYTES = 512 << 20
LARGEST_RATIO = 100
RATIO_FROM_BYTES = 32 << 20
CHUNK_BYTES = 1 << 20
LOCAL_HEADER_BYTES = 30
STORED, DEFLATED = 0, 8
LARGEST_CELLS = 40_000_000  # rows x columns up to the outermost filled cell
CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
LONGEST_REFERENCE = 64
LARGEST_WHOLE = 1 << 53
ARCHIVE = b"PK\x03\x04"
NESTED = "is an archive in the archive, which nobody can look into; delete embedded objects"
LIKE_THOUSANDS = re.compile(r"^-?\d{1,3}\.\d{3}$")


def check_workbook(path: Path) -> None:
    """Refuse a workbook that is a bomb or no workbook, before anything parses it.

    Args:
        path: A file that begins like a zip archive.

    Raises:
        DataError: it is another kind of archive, it holds another archive or paths that lead
            outside, or its parts unpack to more than 512 MB, or to more than 100 times their
            size, by what they say or by what they do, or a sheet reaches over more than 40
            million cells.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise _refused(path, "damaged", str(error)) from error
    _check_names(path, parts)
    packed = path.stat().st_size
    declared = sum(part.file_size for part in parts)
    _check_size(path, declared, packed, "declares")
    if sum(part.compress_size for part in parts) > packed:
        raise _refused(path, "damaged on purpose", "its parts overlap")
    _check_size(path, _actual_bytes(path, parts, packed), packed, "unpacks to")


def choose_sheet(path: Path) -> tuple[str, tuple[str, ...]]:
    """Say which sheet of a workbook holds the table.

    Args:
        path: A workbook that `check_workbook` let pass.

    Returns:
        The first sheet in sight with more than one row and column, else the first with any row,
        else the first; and the names of the others.
    """
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = workbook.sheets_metadata
        seen = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        names = seen or [sheet.name for sheet in sheets]
        chosen = names[0] if len(names) == 1 else _first_table(workbook, names)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _refused(path, "damaged", str(error)) from error
    return chosen, tuple(sheet.name for sheet in sheets if sheet.name != chosen)


def _first_table(workbook: object, names: list[str]) -> str:
    some = ""
    for name in names:
        found = workbook.get_sheet_by_name(name)  # type: ignore[attr-defined]
        if found.height > 1 and found.width > 1:
            return name
        some = some or (name if found.height else "")
    return some or names[0]


def read_workbook(path: Path, *, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a sheet as text; numbers with a decimal point, days as 2026-01-31.

    Args:
        path: A workbook that `check_workbook` let pass.
        sheet: Name of the sheet.

    Yields:
        Row number in the sheet, from 1, and its cells. Formulas give their last result, as text.

    Raises:
        DataError: the workbook cannot be read, or has no sheet with rows.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(path, "damaged", str(error)) from error
    if not rows:
        raise DataError(
            f"{path.name} is empty",
            why=f"its sheet {sheet!r} has no row",
            fix="export it again; nothing was imported",
            where=str(path),
        )
    for number, row in enumerate(rows, start=1):
        yield number, [_text(cell) for cell in row]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


def _number_text(number: float) -> str:
    """Write a number so that nobody takes its point for a separator of thousands."""
    if number.is_integer() and abs(number) <= LARGEST_WHOLE:
        return str(int(number))
    text = f"{number:.15g}"  # as many digits as a spreadsheet shows
    return f"{text}0" if LIKE_THOUSANDS.match(text) else text


def _check_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    for part in parts:
        name = PurePosixPath(part.filename.replace("\\", "/"))
        is_link = (part.external_attr >> 16) & 0o170000 == 0o120000
        if name.is_absolute() or ".." in name.parts or is_link:
            raise _refused(path, "unsafe", f"its part {part.filename!r} leads outside of it")
    if "xl/workbook.xml" not in names:
        inside = ", ".join(sorted(names)[:5]) or "nothing"
        raise DataError(
            f"{path.name} is an archive, not an XLSX workbook",
            why=f"it holds {inside}",
            fix="unpack it and import the table inside (CSV, XLSX or Parquet)",
            where=str(path),
        )


def _check_size(path: Path, unpacked: int, packed: int, verb: str) -> None:
    too_dense = unpacked > RATIO_FROM_BYTES and unpacked > LARGEST_RATIO * packed
    if unpacked > LARGEST_BYTES or too_dense:
        raise DataError(
            f"{path.name} is refused: {packed / 1e6:.1f} MB that {verb} {unpacked / 1e6:,.0f} MB",
            why="a workbook may hold 512 MB, and 100 times its size on disk, so that it cannot "
            "exhaust this machine",
            fix="save the table as CSV or Parquet and import that",
            where=str(path),
        )


def _actual_bytes(path: Path, parts: list[zipfile.ZipInfo], packed: int) -> int:
    """Unpack everything into nothing, and stop as soon as it is too much."""
    total = 0
    with path.open("rb") as file:
        for part in parts:
            extent = _Extent()
            try:
                for chunk in _unpacked(file, part):
                    if chunk.startswith(ARCHIVE) and not extent.n_bytes:
                        raise _refused(path, "unsafe", f"{part.filename!r} {NESTED}")
                    total += len(chunk)
                    _check_size(path, total, packed, "unpacks to at least")
                    extent.see(chunk)
            except zlib.error as error:
                raise _refused(path, "damaged", f"its part {part.filename!r}: {error}") from error
            _check_extent(path, extent)
    return total


@dataclass
class _Extent:
    """How far down and to the right the cells of a sheet reach."""

    n_rows: int = 0
    n_columns: int = 0
    n_bytes: int = 0
    rest: bytes = b""

    def see(self, chunk: bytes) -> None:
        self.n_bytes += len(chunk)
        cells = CELL.findall(self.rest + chunk)
        self.rest = chunk[-LONGEST_REFERENCE:]
        if cells:
            columns, rows = zip(*cells, strict=True)
            self.n_rows = max(self.n_rows, *map(int, set(rows)))
            self.n_columns = max(self.n_columns, *map(_column_number, set(columns)))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_extent(path: Path, extent: _Extent) -> None:
    """Refuse a sheet with a far cell: a reader makes every cell before it."""
    if extent.n_rows * extent.n_columns > LARGEST_CELLS:
        raise DataError(
            f"{path.name} is refused: a sheet reaches to row {extent.n_rows:,} and column "
            f"{extent.n_columns:,}",
            why=f"a sheet may have {LARGEST_CELLS:,} cells, empty ones included, so that it cannot "
            "exhaust this machine",
            fix="delete the stray cells far from the table, or save the table as CSV",
            where=str(path),
        )


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.compress_type not in {STORED, DEFLATED}:
        raise zlib.error("it is packed in a way that no workbook is")
    file.seek(part.header_offset)
    head = file.read(LOCAL_HEADER_BYTES)
    lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    file.seek(part.header_offset + LOCAL_HEADER_BYTES + lengths)
    stream = zlib.decompressobj(-15)
    left = part.compress_size
    while left > 0 and not stream.eof:
        chunk = file.read(min(left, 1 << 16))
        if not chunk:
            break
        left -= len(chunk)
        if part.compress_type == STORED:
            yield chunk
            continue
        while chunk:
            yield stream.decompress(chunk, CHUNK_BYTES)
            chunk = stream.unconsumed_tail


def _refused(path: Path, what: str, why: str) -> DataError:
    return DataError(
        f"{path.name} is refused: the workbook is {what}",
        why=why,
        fix="open it in a spreadsheet and save it again as XLSX or CSV",
        where=str(path),
    )
