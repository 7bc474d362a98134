"""Rows as clean text in a file of our own, each with the line it came from."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.errors import DataError
from signoff.store.imports.detect import Detected
from signoff.store.imports.options import OnProgress
from signoff.store.imports.source import Source
from signoff.store.imports.trim import LeftOut, Record, trim_records
from signoff.store.room import needing_room

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Staged", "load_staged", "open_desk", "stage_rows"]

REPORT_EVERY = 50_000
MOST_LEFT_OUT = 1000
LONGEST_LINE = 8 << 20
LONGEST_ROW = LONGEST_LINE // 4  # letters, of four bytes at most


@dataclass(frozen=True)
class Staged:
    """What was staged.

    Attributes:
        path: The file with the rows: line, number of cells where it is wrong, cells.
        n_columns: Columns of the heading.
        n_rows: Rows.
        left_out: Lines that are no rows: totals, footers; the first thousand.
        n_left_out: How many there are.
    """

    path: Path
    n_columns: int
    n_rows: int
    left_out: tuple[LeftOut, ...]
    n_left_out: int = 0


@contextmanager
def open_desk(folder: Path) -> Iterator["DuckDBPyConnection"]:
    """Give a session in which an import is checked; its folder is removed at the end.

    Args:
        folder: A folder of its own under the workspace's staging folder; made with access for
            its owner alone, since rows may name people.
    """
    from filelock import FileLock

    from signoff.store.engines.duck import fresh_session

    lock = FileLock(folder.with_suffix(".lock"), is_singleton=False)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock.acquire()
    folder.mkdir(mode=0o700)
    try:
        room = needing_room("the import", place=folder.parent)
        with room, closing(fresh_session()) as session:
            session.execute(f"SET temp_directory = '{str(folder / 'spill').replace(chr(39), '')}'")
            session.execute("SET TimeZone = 'UTC'")
            session.execute("SET preserve_insertion_order = false")
            yield session
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()
        folder.with_suffix(".lock").unlink(missing_ok=True)


def stage_rows(
    source: Source,
    detected: Detected,
    *,
    folder: Path,
    on_progress: OnProgress,
    most_rows: int = 0,
) -> Staged:
    """Write a file's rows as clean text.

    Args:
        source: The file.
        detected: What it is.
        folder: Where to write.
        on_progress: Told what is being done and how many rows are done.
        most_rows: Stop after so many rows; 0 for all.

    Returns:
        The file and its counts.

    Raises:
        DataError: the file has no row under its heading, or one longer than any is.
    """
    path = folder / "rows.csv"
    left_out: list[LeftOut] = []
    n_rows = n_left_out = 0
    n_columns = len(detected.headings)
    below = (record for record in source.records() if record.line > detected.heading_line)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # so that a lone \r is quoted
        for found in trim_records(below, n_columns=n_columns, has_totals=detected.has_totals):
            if isinstance(found, LeftOut):
                n_left_out += 1
                left_out += [found] if n_left_out <= MOST_LEFT_OUT else []
                continue
            if writer.writerow(_fitted(found, n_columns)) > LONGEST_ROW:
                raise _too_long(source.path, found.line)
            n_rows += 1
            if n_rows % REPORT_EVERY == 0:
                on_progress("reading", n_rows)
            if n_rows == most_rows:
                break
    if not n_rows:
        raise DataError(
            f"{source.path.name} has a heading and no rows",
            why=f"nothing stands under line {detected.heading_line}",
            fix="export it again; nothing was imported",
            where=source.path.name,
        )
    return Staged(
        path, n_columns, n_rows, tuple(sorted(left_out, key=lambda out: out.line)), n_left_out
    )


def _too_long(path: Path, line: int) -> DataError:
    return DataError(
        f"the row on line {line} of {path.name} has more than {LONGEST_ROW:,} letters",
        why="no row of a table is so long; the file may not be one",
        fix="leave the columns with long texts out of the export; nothing was imported",
        where=f"{path.name}, line {line}",
    )


def _fitted(record: Record, n_columns: int) -> list[str]:
    """Give line, number of cells where it is wrong, and as many cells as the heading has."""
    cells = record.cells
    if len(cells) == n_columns:
        return [str(record.line), "", *cells]
    if len(cells) > n_columns and not any(cell.strip() for cell in cells[n_columns:]):
        return [str(record.line), "", *cells[:n_columns]]
    n_cells = str(len(cells))
    if len(cells) < n_columns:
        return [str(record.line), n_cells, *cells, *[""] * (n_columns - len(cells))]
    kept = [*cells[: n_columns - 1], " ".join(cells[n_columns - 1 :])]
    return [str(record.line), n_cells, *kept]


def load_staged(session: "DuckDBPyConnection", staged: Staged) -> None:
    """Bring the staged rows into a session as the table `staged` (line, n_cells, c1, c2, ...)."""
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(1, staged.n_columns + 1))
    path = str(staged.path).replace("'", "''")
    session.execute(
        f"CREATE TABLE staged AS SELECT * FROM read_csv('{path}', header = false, "
        "auto_detect = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {LONGEST_LINE * 4}, "
        f"columns = {{'line': 'BIGINT', 'n_cells': 'BIGINT', {names}}})"
    )
