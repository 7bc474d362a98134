"""What goes into an engine and comes out of it, in the same Python types for each of them."""

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.errors import DataError, Fault
from signoff.store.engines.engine import Statement, Value
from signoff.store.schemas import LAKE_TABLES, SESSION_TABLES
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["array_of", "bound_values", "known_columns", "plain_value", "row_values", "table_name"]

_DTYPES: dict[ColumnType, str] = {
    ColumnType.INTEGER: "int64",
    ColumnType.REAL: "float64",
    ColumnType.DATE: "datetime64[D]",
    ColumnType.TIME: "datetime64[us]",
    ColumnType.FLAG: "bool",
}


def plain_value(value: Value) -> Value:
    """Give a value as the plain type that every engine understands.

    >>> plain_value(np.int64(3)), plain_value(ColumnType.TEXT)
    (3, 'VARCHAR')
    """
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, np.generic):
        return value.item()
    return value


def bound_values(statement: Statement, values: Mapping[str, Value]) -> dict[str, Value]:
    """Give the values of a statement's parameters, one for each.

    Raises:
        DataError: a parameter without a value, or a value without a parameter; all at once.

    >>> bound_values(Statement("n", "SELECT :a AS n", ()), {"a": 1})
    {'a': 1}
    """
    named = set(statement.parameters())
    faults = [
        Fault(f"{name} is {state}", why, "give the statement exactly its parameters", name)
        for names, state, why in (
            (named - set(values), "missing", "a parameter without a value cannot be bound"),
            (set(values) - named, "not a parameter", "a value nobody reads is a slip"),
        )
        for name in sorted(names)
    ]
    if faults:
        raise DataError(
            f"statement {statement.name} cannot be bound",
            why="its parameters and the values given differ",
            fix=f"its parameters are: {', '.join(sorted(named)) or 'none'}",
            faults=faults,
        )
    return {name: plain_value(value) for name, value in values.items()}


def table_name(name: str) -> str:
    """Give a table's name back when it is one that may stand in SQL unquoted.

    Raises:
        DataError: the name has other signs than lower-case letters, digits and underscores.

    >>> table_name("market_account")
    'market_account'
    """
    if re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        return name
    raise DataError(
        f"a table cannot be called {name!r}",
        why="names stand in statements unquoted",
        fix="use lower-case letters, digits and underscores, a letter first",
    )


def known_columns(name: str) -> tuple[Column, ...]:
    """Give the columns of a table of the lake or of a session.

    Raises:
        DataError: no table has that name.

    >>> [column.name for column in known_columns("stage_change")]
    ['opportunity_id', 'stage', 'occurred_at']
    """
    tables = {**LAKE_TABLES, **SESSION_TABLES}
    if name in tables:
        return tables[name].columns
    raise DataError(
        f"there is no table {name!r}",
        why="only described tables have columns and types",
        fix=f"use one of: {', '.join(tables)}; bring other rows in with put",
    )


def row_values(
    name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]
) -> list[list[Value]]:
    """Give rows as lists of values, one list per column, empty where a row says nothing.

    Args:
        name: Name of the table, for messages.
        columns: The columns of the table.
        rows: Rows, each with some of the columns.

    Raises:
        DataError: a row has a column that the table lacks.

    >>> row_values("t", [Column("a", ColumnType.TEXT, "A"), Column("b", ColumnType.TEXT, "B")],
    ...            [{"a": "x"}])
    [['x'], [None]]
    """
    known = {column.name for column in columns}
    strange = sorted({key for row in rows for key in row} - known)
    if strange:
        raise DataError(
            f"{name} has no column {', '.join(strange)}",
            why="rows may only have the columns of their table",
            fix=f"its columns are: {', '.join(sorted(known))}",
        )
    return [[plain_value(row.get(column.name)) for row in rows] for column in columns]


def array_of(values: Sequence[Value], *, kind: ColumnType | None) -> NDArray[Any]:
    """Give one column as an array.

    Args:
        values: The column's values, None where empty.
        kind: Its type; None where no other type fits.

    Returns:
        Whole numbers as int64, or float64 with NaN when some are empty; reals as float64 with
        NaN; dates as datetime64[D], times as datetime64[us], NaT where empty; flags as bool, or
        objects when some are empty; text, money and everything else as objects.

    >>> array_of([1, None], kind=ColumnType.INTEGER)
    array([ 1., nan])
    """
    dtype = _DTYPES.get(kind) if kind else None
    if dtype in {"int64", "bool"} and any(value is None for value in values):
        dtype = "float64" if dtype == "int64" else None
    if dtype:
        return np.array(values, dtype=dtype)
    filled = np.empty(len(values), dtype=object)
    filled[:] = values
    return filled
