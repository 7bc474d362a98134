"""Tables of a problem that stand in files of their own, read by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signoff.errors import DataError, Fault
from signoff.stats.reach import Array
from signoff.store.imports.source import open_source
from signoff.venues.exposures.plain_numbers import plain_numbers

__all__ = ["Columns", "columns_of", "read_columns", "with_tables"]

SMALL_TABLES = ("venues", "prices", "draws")
_NUMBERS = frozenset(
    (
        *("unit_price", "minimum", "maximum", "setup_cost", "fixed_units", "floor", "ceiling"),
        *("present_units", "per_issue", "lead_days", "units_from", "factor"),
    )
)
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
        texts = self.texts(name, default="" if default is None else str(default))
        try:
            found = np.array(texts, dtype=np.float64)
        except ValueError:
            plain = plain_numbers(texts)
            found = np.array([_number(text) for text in plain], dtype=np.float64)
        bad = np.flatnonzero(~(np.isfinite(found) & (found >= 0))).tolist()
        faults += [
            Fault(
                f"line {self.lines[place]}: {name} is {_quoted(texts[place])}",
                "it must be a number of 0 or more",
                "write a number with a decimal point, without currency or percent",
                f"{self.table}.{name}",
            )
            for place in bad[:_MOST_NAMED]
        ]
        found[bad] = 0.0
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
            read = {
                name: plain_numbers(texts) if name in _NUMBERS else texts
                for name, texts in found.cells.items()
            }
            rows = [
                {name: texts[place] for name, texts in read.items() if texts[place]}
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
        DataError: it cannot be read, has no row, names a column twice, or has more cells in a row
            than columns.
    """
    records = open_source(path).records()
    heading = next(records, None)
    names = [] if heading is None else [cell.strip() for cell in heading.cells]
    _refuse_repeated(path, names, table=table)
    n_names, rows, lines = len(names), [], []
    for record in records:
        row = record.cells
        if any(map(str.strip, row)):
            lines.append(record.line)
            if len(row) != n_names:
                row = _fitted(path, row, n_names, line=record.line)
            rows.append(row)
    columns = zip(*rows, strict=True) if rows else [()] * n_names
    cells = {
        name: list(map(str.strip, column))
        for name, column in zip(names, columns, strict=True)
        if name
    }
    if not lines:
        raise DataError(
            f"{path.name} has no row",
            why=f"the table {table} is read from it",
            fix=f"write one line for each of the {table} under the names of the columns",
            where=f"tables.{table}",
        )
    return Columns(table, cells, lines)


def _refuse_repeated(path: Path, names: list[str], *, table: str) -> None:
    repeated = sorted({name for name in names if name and names.count(name) > 1})
    if repeated:
        raise DataError(
            f"{path.name} has more than one column {', '.join(repeated)}",
            why="only one of them could count",
            fix="keep one, or rename the others",
            where=f"tables.{table}",
        )


def _fitted(path: Path, row: list[str], n_names: int, *, line: int) -> list[str]:
    """Give a row as many cells as there are columns; what no column holds must be empty."""
    if any(map(str.strip, row[n_names:])):
        raise DataError(
            f"{path.name}, line {line}: {len(row)} cells for {n_names} columns",
            why="it is not known which column the last ones belong to",
            fix="put a text that holds the separator in quotation marks, or mend the heading",
        )
    return [*row[:n_names], *[""] * (n_names - len(row))]


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


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _quoted(text: str) -> str:
    return f"'{text[:40]}'" if text else "empty"
