"""Rows that an import gave back: what is wrong with each, and how they are mended."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from signoff.errors import DataError
from signoff.store.imports.detect import HINT_MARK
from signoff.store.imports.faults import BadValue, rejected_paths
from signoff.store.workspace import Workspace

__all__ = ["RejectedRow", "RejectedRows", "count_faults", "mended_file", "read_faults", "read_rows"]

GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r")
SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class RejectedRow:
    """One row that was given back.

    Attributes:
        number: Its place among them, from 0.
        line: Line of the imported file; None when it can no longer be told.
        cells: Its cells, by the headings' order.
        faults: What is wrong, by heading; "" for the whole row.
    """

    number: int
    line: int | None
    cells: tuple[str, ...]
    faults: Mapping[str, str]


@dataclass(frozen=True)
class RejectedRows:
    """The rows that an import gave back.

    Attributes:
        remark: How the file is written; the first line of its mended rows.
        headings: Its headings.
        n_rows: How many rows there are.
        rows: Those that were asked for.
    """

    remark: str
    headings: tuple[str, ...]
    n_rows: int
    rows: tuple[RejectedRow, ...]


def read_faults(workspace: Workspace, import_id: str, *, limit: int) -> list[BadValue]:
    """Give what is wrong with the rows of an import, by line.

    Args:
        workspace: The workspace.
        import_id: The import.
        limit: At most so many.

    Returns:
        One entry per fault; none when nothing was given back, or the file was removed.
    """
    return list(islice(_faults(workspace, import_id), limit))


def count_faults(workspace: Workspace, import_id: str) -> dict[str, int]:
    """Count what is wrong with the rows of an import, by kind, the commonest first.

    Args:
        workspace: The workspace.
        import_id: The import.
    """
    counts: dict[str, int] = {}
    for fault in _faults(workspace, import_id):
        counts[fault.kind] = counts.get(fault.kind, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def read_rows(
    workspace: Workspace, import_id: str, *, first: int = 0, limit: int = 50
) -> RejectedRows:
    """Give rows that an import gave back, with what is wrong with each.

    Args:
        workspace: The workspace.
        import_id: The import.
        first: Place of the first one wanted, from 0.
        limit: At most so many.

    Returns:
        The rows. Those of suppressed people are not among them.
    """
    _, path = rejected_paths(workspace.rejected_dir, import_id)
    remark, headings, rows = _read(path)
    lines = _lines(workspace, import_id)
    are_known = len(lines) == len(rows)  # not after somebody was erased from one of the files
    return RejectedRows(
        remark=remark,
        headings=headings,
        n_rows=len(rows),
        rows=tuple(
            RejectedRow(
                number=number,
                line=lines[number][0] if are_known else None,
                cells=tuple(map(_bare, rows[number])),
                faults=lines[number][1] if are_known else {},
            )
            for number in range(first, min(len(rows), first + limit))
        ),
    )


def mended_file(
    workspace: Workspace, import_id: str, changes: Mapping[int, Sequence[str]]
) -> tuple[bytes, int]:
    """Give the rows that somebody mended as a file that is imported by itself.

    Args:
        workspace: The workspace.
        import_id: The import that gave the rows back.
        changes: New cells by place of the row, from 0; rows whose cells are as they were count
            as not mended.

    Returns:
        The file, and how many rows it holds.

    Raises:
        DataError: no row was mended, or the rows are no longer there as they were shown.
    """
    _, path = rejected_paths(workspace.rejected_dir, import_id)
    remark, headings, rows = _read(path)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    n_mended = 0
    for number, cells in sorted(changes.items()):
        if number >= len(rows) or len(cells) != len(headings):
            raise _changed()
        if [*map(_bare, rows[number])] != [*cells]:
            writer.writerow(cells)
            n_mended += 1
    if not n_mended:
        raise DataError(
            "no cell was changed",
            why="rows that stay as they were would be given back again",
            fix="mend at least one cell, then import the mended rows",
        )
    remark = remark and f"{remark}\n"
    return f"{remark}{text.getvalue()}".encode(), n_mended


def _faults(workspace: Workspace, import_id: str) -> Iterator[BadValue]:
    path, _ = rejected_paths(workspace.rejected_dir, import_id)
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for cells in islice(csv.reader(file), 1, None):
            if len(cells) == 5 and cells[0].isdigit():
                line, column, value, kind, reason = cells
                yield BadValue(int(line), column, _bare(value), kind, reason)


def _lines(workspace: Workspace, import_id: str) -> list[tuple[int, dict[str, str]]]:
    """Give the lines whose rows were given back, in their order, with what is wrong by heading."""
    found: dict[int, dict[str, str]] = {}
    hidden = set()
    for fault in _faults(workspace, import_id):
        found.setdefault(fault.line, {})[_bare(fault.column)] = fault.reason
        if fault.kind == SUPPRESSED:
            hidden.add(fault.line)
    return sorted((line, faults) for line, faults in found.items() if line not in hidden)


def _read(path: Path) -> tuple[str, tuple[str, ...], list[list[str]]]:
    if not path.is_file():
        return "", (), []
    with path.open(encoding="utf-8-sig", newline="") as file:
        remark = file.readline().rstrip("\r\n")
        if not remark.startswith(HINT_MARK):
            file.seek(0)
            remark = ""
        records = list(csv.reader(file))
    headings = tuple(map(_bare, records[0])) if records else ()
    return remark, headings, [record for record in records[1:] if len(record) == len(headings)]


def _bare(cell: str) -> str:
    """Give a cell without the apostrophe that keeps a spreadsheet from running it."""
    return cell[1:] if cell.startswith(GUARDED) else cell


def _changed() -> DataError:
    return DataError(
        "the rows are no longer there as they were shown",
        why="somebody was erased from them, or another import's rows were sent",
        fix="load the page again; what you typed was not imported",
    )
