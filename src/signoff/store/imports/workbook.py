"""XLSX workbooks: measured before they are opened, then read as rows of text."""

import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from signoff.errors import DataError

__all__ = ["check_workbook", "read_workbook"]

LARGEST_BYTES = 512 << 20
LARGEST_RATIO = 100
RATIO_FROM_BYTES = 32 << 20
CHUNK_BYTES = 1 << 20
LOCAL_HEADER_BYTES = 30
DEFLATED = 8


def check_workbook(path: Path) -> None:
    """Refuse a workbook that is a bomb or no workbook, before anything parses it.

    Args:
        path: A file that begins like a zip archive.

    Raises:
        DataError: it is another kind of archive, it holds paths that lead outside, or its parts
            unpack to more than 512 MB, or to more than 100 times their size, by what they say
            or by what they do.
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


def read_workbook(path: Path, *, sheet: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """Give the rows of a sheet as text; numbers with a decimal point, days as 2026-01-31.

    Args:
        path: A workbook that `check_workbook` let pass.
        sheet: Name of the sheet; by default the first one with more than one row.

    Yields:
        Row number in the sheet, from 1, and its cells. Formulas give their last result, as text.

    Raises:
        DataError: the workbook cannot be read, or has no sheet with rows.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(path))
        rows, start = _rows_of(workbook, sheet)
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(path, "damaged", str(error)) from error
    if not rows:
        raise DataError(
            f"{path.name} is empty",
            why="none of its sheets has a row",
            fix="export it again; nothing was imported",
            where=str(path),
        )
    for number, row in enumerate(rows, start=start + 1):
        yield number, [_text(cell) for cell in row]


def _rows_of(workbook: object, sheet: str | None) -> tuple[list[list[object]], int]:
    best: tuple[list[list[object]], int] = ([], 0)
    names = workbook.sheet_names  # type: ignore[attr-defined]
    for name in [sheet] if sheet else names:
        found = workbook.get_sheet_by_name(name)  # type: ignore[attr-defined]
        rows = found.to_python(skip_empty_area=False)
        if len(rows) > len(best[0]):
            best = (rows, 0)
        if len(rows) > 1:
            break
    return best


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


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
            for n_bytes in _unpacked(file, part):
                total += n_bytes
                _check_size(path, total, packed, "unpacks to at least")
    return total


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[int]:
    file.seek(part.header_offset)
    head = file.read(LOCAL_HEADER_BYTES)
    lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    file.seek(part.header_offset + LOCAL_HEADER_BYTES + lengths)
    if part.compress_type != DEFLATED:
        yield part.compress_size
        return
    stream = zlib.decompressobj(-15)
    left = part.compress_size
    while left > 0 and not stream.eof:
        chunk = file.read(min(left, 1 << 16))
        left -= len(chunk)
        while chunk:
            yield len(stream.decompress(chunk, CHUNK_BYTES))
            chunk = stream.unconsumed_tail
        if not left:
            break


def _refused(path: Path, what: str, why: str) -> DataError:
    return DataError(
        f"{path.name} is refused: the workbook is {what}",
        why=why,
        fix="open it in a spreadsheet and save it again as XLSX or CSV",
        where=str(path),
    )
