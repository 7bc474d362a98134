"""Tables of a problem that stand in files of their own, read by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signoff.errors import DataError, Fault
from signoff.stats.reach import Array
from signoff.store.imports.source import open_source

__all__ = ["Columns", "columns_of", "read_columns", "with_tables"]

SMALL_TABLES = ("venues", "prices", "draws")
_MOST_NAMED = 10


@dataclass(frozen=True, eq=False)
class Columns:
    """A table by column.

    Attributes:
        table: Its name in the problem.
        cells: Texts by column; a missing one is empty.
        lines: Line of each row in its file, or its number in the problem.
    """

    table: str
    cells: dict[str, list[str]]
    lines: list[int]

    def texts(self, name: str, *, default: str = "") -> list[str]:
        """Give a column as texts; all default where there is no such column."""
        return [text or default for text in self.cells.get(name, [""] * len(self.lines))]

    def numbers(self, name: str, faults: list[Fault], *, default: float | None) -> Array:
        """Give a column as numbers of 0 or more, and add what is wrong with it to the faults.

        Args:
            name: Column.
            faults: Grows by each row that is no number of 0 or more.
            default: What an empty cell stands for; None: it must not be empty.
        """
        found = np.zeros(len(self.lines))
        bad = []
        for place, text in enumerate(self.texts(name)):
            number = _number(text, default)
            if number is None:
                bad.append(place)
            else:
                found[place] = number
        for place in bad[:_MOST_NAMED]:
            shown = self.texts(name)[place]
            faults.append(
                Fault(
                    f"line {self.lines[place]}: {name} is {_quoted(shown)}",
                    "it must be a number of 0 or more",
                    "write a number with a decimal point, without currency or percent",
                    f"{self.table}.{name}",
                )
            )
        if len(bad) > _MOST_NAMED:
            faults.append(
                Fault(
                    f"{len(bad) - _MOST_NAMED} more rows of {name} are no numbers of 0 or more",
                    "they are wrong in the same way",
                    "mend them alike",
                    f"{self.table}.{name}",
                )
            )
        return found


def with_tables(data: Mapping[str, Any], *, folder: Path) -> tuple[dict[str, Any], list[Columns]]:
    """Give the data of a problem with its small tables in place, and its large ones by column.

    Args:
        data: The file as tables and values.
        folder: Where the files of its tables stand.

    Returns:
        The data, and the tables of cells and exposures that stand in files.

    Raises:
        DataError: a file cannot be read, or has no row.
    """
    whole, large = dict(data), list[Columns]()
    named = whole.get("tables")
    for table, file in named.items() if isinstance(named, Mapping) else ():
        if not isinstance(file, str) or not file.strip():
            continue
        found = read_columns(folder / file.strip(), table=table)
        if table in SMALL_TABLES:
            rows = [
                {name: texts[place] for name, texts in found.cells.items() if texts[place]}
                for place in range(len(found.lines))
            ]
            whole[table] = [*(whole.get(table) or []), *rows]
        else:
            large.append(found)
    return whole, large


def read_columns(path: Path, *, table: str) -> Columns:
    """Read a table by column.

    Args:
        path: CSV, XLSX or Parquet, whose first line names the columns.
        table: Name of the table.

    Returns:
        The columns.

    Raises:
        DataError: it cannot be read, or has no row.
    """
    records = open_source(path).records()
    heading = next(records, None)
    names = [] if heading is None else [cell.strip() for cell in heading.cells]
    cells: dict[str, list[str]] = {name: [] for name in names if name}
    lines = []
    for record in records:
        row = [cell.strip() for cell in record.cells]
        if any(row):
            lines.append(record.line)
            padded = row + [""] * (len(names) - len(row))
            for name, cell in zip(names, padded, strict=False):
                if name:
                    cells[name].append(cell)
    if not lines:
        raise DataError(
            f"{path.name} has no row",
            why=f"the table {table} is read from it",
            fix=f"write one line for each of the {table} under the names of the columns",
            where=f"tables.{table}",
        )
    return Columns(table, cells, lines)


def columns_of(table: str, rows: list[dict[str, Any]]) -> Columns:
    """Give rows that stand in the problem itself by column.

    >>> columns_of("cells", [{"segment": "62", "weight": 2.0}]).texts("segment")
    ['62']
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = {
        name: ["" if row.get(name) is None else str(row[name]) for row in rows] for name in names
    }
    return Columns(table, cells, list(range(1, len(rows) + 1)))


def _number(text: str, default: float | None) -> float | None:
    if not text:
        return default
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) and number >= 0 else None


def _quoted(text: str) -> str:
    return f"'{text[:40]}'" if text else "empty"
