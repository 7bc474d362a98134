"""DuckDB: the engine of one machine."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from signoff.errors import DataError
from signoff.store.engines.binding import (
    array_of,
    bound_values,
    known_columns,
    row_values,
    table_name,
)
from signoff.store.engines.engine import Engine, Statement, Value
from signoff.store.engines.folding import DUCK_FOLD
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Column, ColumnType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["DuckEngine", "duckdb_engine_on", "fresh_session"]

_KINDS: dict[str, ColumnType] = {
    "VARCHAR": ColumnType.TEXT,
    **dict.fromkeys(
        ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UBIGINT"], ColumnType.INTEGER
    ),
    "DOUBLE": ColumnType.REAL,
    "FLOAT": ColumnType.REAL,
    "DATE": ColumnType.DATE,
    "TIMESTAMP": ColumnType.TIME,
    "BOOLEAN": ColumnType.FLAG,
}
_EXACT_IN_NUMPY = {"VARCHAR", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DOUBLE", "FLOAT"}


def fresh_session() -> "DuckDBPyConnection":
    """Open an empty session in memory that loads nothing by itself and sorts as Spark does.

    Returns:
        A DuckDB connection: empty values sort before all others, `unix_date` counts days as in
        Spark, `fold_text` folds as in Python, no extension is ever downloaded.

    >>> with closing(fresh_session()) as session:
    ...     session.execute("SELECT 1 AS n").fetchall()
    [(1,)]
    """
    import duckdb

    session = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "default_null_order": "NULLS_FIRST_ON_ASC_LAST_ON_DESC",
        },
    )
    session.execute("CREATE MACRO unix_date(day) AS CAST(day AS DATE) - DATE '1970-01-01'")
    session.execute(f"CREATE MACRO fold_text(folded) AS {DUCK_FOLD}")
    return session


class DuckEngine:
    """Runs statements in a DuckDB session, which is opened when the first one comes.

    Args:
        connect: Opens the session, with its tables in place.
    """

    def __init__(self, connect: Callable[[], "DuckDBPyConnection"]) -> None:
        self.name = "duckdb"
        self._connect = connect
        self._opened: DuckDBPyConnection | None = None

    @property
    def session(self) -> "DuckDBPyConnection":
        """The DuckDB session; store alone may use it."""
        if self._opened is None:
            self._opened = self._connect()
        return self._opened

    def rows(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement and give its rows."""
        found = self._run(statement, values)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def counts(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement that counts."""
        return self.rows(statement, **values)

    def arrays(self, statement: Statement, **values: Value) -> dict[str, NDArray[Any]]:
        """Run a statement and give its columns as arrays."""
        found = self._run(statement, values)
        kinds = {column[0]: str(column[1]) for column in found.description or ()}
        if set(kinds.values()) <= _EXACT_IN_NUMPY:
            return {name: _unmasked(array) for name, array in found.fetchnumpy().items()}
        rows = found.fetchall()
        return {
            name: array_of([row[i] for row in rows], kind=_KINDS.get(kind))
            for i, (name, kind) in enumerate(kinds.items())
        }

    def define(self, name: str, statement: Statement, **values: Value) -> None:
        """Keep the rows of a statement under a name."""
        bound = bound_values(statement, values)
        self._execute(f"CREATE OR REPLACE TABLE defined_now AS {statement.marked('$')}", bound)
        self._install(name)

    def put(self, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring rows of our own in, under a name."""
        fill_table(self.session, "defined_now", columns=columns, rows=rows)
        self._install(name)

    def close(self) -> None:
        """Close the session, if it was ever opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _run(self, statement: Statement, values: Mapping[str, Value]) -> "DuckDBPyConnection":
        bound = bound_values(statement, values)
        return self._execute(statement.marked("$"), bound)

    def _execute(self, sql: str, bound: Mapping[str, Any]) -> "DuckDBPyConnection":
        from duckdb import IOException

        try:
            return self.session.execute(sql, dict(bound) or None)
        except IOException as error:
            raise DataError(
                "a file of facts cannot be read",
                why=str(error).splitlines()[0],
                fix="run signoff lake check; a file that is gone comes back from a backup alone",
            ) from error

    def _install(self, name: str) -> None:
        """Let the rows just made take the place of whatever had the name before."""
        kind = self.session.execute(
            "SELECT table_type FROM information_schema.tables "
            "WHERE table_catalog = 'memory' AND table_name = ?",
            [table_name(name)],
        ).fetchone()
        if kind:
            self.session.execute(f"DROP {'VIEW' if kind[0] == 'VIEW' else 'TABLE'} {name}")
        self.session.execute(f"ALTER TABLE defined_now RENAME TO {name}")


def fill_table(
    session: "DuckDBPyConnection",
    name: str,
    *,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Make a table of a session anew from rows.

    Raises:
        DataError: a row has a column that the table lacks.
    """
    lists = row_values(name, columns, rows)
    typed = ", ".join(f"{table_name(column.name)} {column.type}" for column in columns)
    session.execute(f"CREATE OR REPLACE TABLE {table_name(name)} ({typed})")
    if rows:
        cells = ", ".join(
            f"CAST(unnest(from_json(CAST(${i + 1} AS JSON), '[\"VARCHAR\"]')) AS {column.type})"
            for i, column in enumerate(columns)
        )
        session.execute(
            f"INSERT INTO {name} SELECT {cells}",
            [json.dumps([_text_of(value) for value in values]) for values in lists],
        )


@contextmanager
def duckdb_engine_on(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Engine]:
    """Open an engine over a few rows, for tests and examples.

    Args:
        tables: Rows by the name of a table of the lake or of a session; a column that a row
            lacks is empty. Tables of the lake that are not named are there without rows.

    Yields:
        An engine, closed at the end.

    Raises:
        DataError: an unknown table or column.

    >>> with duckdb_engine_on({"account": [{"account_id": "a1", "employees": 12}]}) as engine:
    ...     engine.rows(Statement("n", "SELECT name, employees AS n FROM account", ("account",)))
    [{'name': None, 'n': 12}]
    """
    session = fresh_session()
    with closing(session):
        for name in {**LAKE_TABLES, **tables}:
            fill_table(session, name, columns=known_columns(name), rows=tables.get(name, ()))
        yield DuckEngine(lambda: session)


def _text_of(value: Value) -> str | None:
    """Give a value in the text that DuckDB casts back without loss; a list would bind slowly."""
    return value if value is None or isinstance(value, str) else str(value)


def _unmasked(array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind == "O":
        return np.asarray(np.ma.filled(array, None))
    if isinstance(array, np.ma.MaskedArray):
        return np.asarray(np.ma.filled(array.astype(np.float64), np.nan))
    return array if array.dtype.kind == "f" else array.astype(np.int64)
