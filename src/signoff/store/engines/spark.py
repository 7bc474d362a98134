"""Spark: the engine for data that no longer fit one machine."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from signoff.store.engines.folding import SPARK_FOLD
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Column, ColumnType

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkEngine", "local_spark", "spark_engine", "spark_engine_on"]

_SPARK_TYPES: dict[ColumnType, str] = {
    ColumnType.TEXT: "string",
    ColumnType.INTEGER: "bigint",
    ColumnType.REAL: "double",
    ColumnType.MONEY: "decimal(18,2)",
    ColumnType.DATE: "date",
    ColumnType.TIME: "timestamp_ntz",
    ColumnType.FLAG: "boolean",
}
_KINDS: dict[str, ColumnType] = {
    "string": ColumnType.TEXT,
    **dict.fromkeys(["tinyint", "smallint", "int", "bigint"], ColumnType.INTEGER),
    "double": ColumnType.REAL,
    "float": ColumnType.REAL,
    "date": ColumnType.DATE,
    "timestamp_ntz": ColumnType.TIME,
    "boolean": ColumnType.FLAG,
}
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.log.level": "ERROR",
}
_MEANINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.caseSensitive": "false",
}


def local_spark(*, threads: int = 1) -> "SparkSession":
    """Start Spark on this machine, or give the one that this process has already.

    Args:
        threads: Threads to work with, from 1.

    Returns:
        A session: strict (ANSI) arithmetic, UTC, reachable from this machine alone.

    Raises:
        DataError: PySpark or Java is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise _no_spark("PySpark is not installed") from error
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)  # errors are raised too
    builder = SparkSession.builder.master(f"local[{threads}]").appName("signoff")
    for key, value in {**_LOCAL, **_MEANINGS}.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise _no_spark("Spark did not start") from error


class SparkEngine:
    """Runs statements in a Spark session of its own: its names are seen by no other engine.

    Args:
        spark: The session; settings that change answers are set on a child of it.
    """

    def __init__(self, spark: "SparkSession") -> None:
        self.name = "spark"
        self.session = spark.newSession()
        self._kept: list[DataFrame] = []
        self._names: set[str] = set()
        for key, value in _MEANINGS.items():
            self.session.conf.set(key, value)
        self.session.sql(
            "CREATE OR REPLACE TEMPORARY FUNCTION fold_text(folded STRING) RETURNS STRING "
            f"RETURN {SPARK_FOLD}"
        )

    def rows(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement and give its rows."""
        return [row.asDict() for row in self._run(statement, values).collect()]

    def counts(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement that counts."""
        return self.rows(statement, **values)

    def arrays(self, statement: Statement, **values: Value) -> dict[str, NDArray[Any]]:
        """Run a statement and give its columns as arrays."""
        found = self._run(statement, values)
        rows = found.collect()
        return {
            name: array_of([row[i] for row in rows], kind=_KINDS.get(kind))
            for i, (name, kind) in enumerate(found.dtypes)
        }

    def define(self, name: str, statement: Statement, **values: Value) -> None:
        """Keep the rows of a statement under a name."""
        kept = self._run(statement, values).persist()
        self._kept.append(kept)
        self._name(kept, name)

    def put(self, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring rows of our own in, under a name."""
        lists = row_values(name, columns, rows)
        schema = ", ".join(
            f"{table_name(column.name)} {_SPARK_TYPES[column.type]}" for column in columns
        )
        typed = [
            [_fitting(value, column.type) for value in values]
            for column, values in zip(columns, lists, strict=True)
        ]
        frame = self.session.createDataFrame(list(zip(*typed, strict=True)), schema)
        self._name(frame, name)

    def read(self, name: str, path: Path) -> None:
        """Name the Parquet files of a folder."""
        self._name(self.session.read.parquet(str(path)), name)

    def close(self) -> None:
        """Let go of what was kept; the Spark of this process stays for the next engine."""
        for frame in self._kept:
            frame.unpersist()
        for name in self._names:
            self.session.catalog.dropTempView(name)

    def _name(self, frame: "DataFrame", name: str) -> None:
        frame.createOrReplaceTempView(table_name(name))
        self._names.add(name)

    def _run(self, statement: Statement, values: Mapping[str, Value]) -> "DataFrame":
        for table in statement.reads:
            if table in LAKE_TABLES and table not in self._names:
                self.put(table, LAKE_TABLES[table].columns, ())
        bound = bound_values(statement, values)
        literals = {name: _literal(value) for name, value in bound.items()}
        return _as_duckdb_gives(self.session.sql(statement.marked(":"), literals))


@contextmanager
def spark_engine(export_dir: Path, *, spark: "SparkSession | None" = None) -> Iterator[Engine]:
    """Open an engine over an exported snapshot of the lake.

    Args:
        export_dir: Folder that `export_lake` wrote: one folder of Parquet files per table.
        spark: The Spark to use; by default one on this machine.

    Yields:
        An engine, closed at the end.

    Raises:
        DataError: the folder holds no exported table, or Spark is not there.
    """
    found = [name for name in LAKE_TABLES if (export_dir / name).is_dir()]
    if not found:
        raise DataError(
            f"{export_dir} holds no exported lake",
            why="it has no folder named as a table of the lake",
            fix="write one with signoff lake export, and name its folder",
            where=str(export_dir),
        )
    engine = SparkEngine(spark or local_spark())
    try:
        for name in found:
            engine.read(name, export_dir / name)
        yield engine
    finally:
        engine.close()


@contextmanager
def spark_engine_on(
    tables: Mapping[str, Sequence[Mapping[str, Any]]], *, spark: "SparkSession | None" = None
) -> Iterator[Engine]:
    """Open an engine over a few rows, for tests; the twin of `duckdb_engine_on`.

    Args:
        tables: Rows by the name of a table of the lake or of a session; a column that a row
            lacks is empty. Tables of the lake that are not named are there without rows.
        spark: The Spark to use; by default one on this machine.

    Yields:
        An engine, closed at the end.

    Raises:
        DataError: an unknown table or column, or Spark is not there.
    """
    engine = SparkEngine(spark or local_spark())
    try:
        for name, rows in tables.items():
            engine.put(name, known_columns(name), rows)
        yield engine
    finally:
        engine.close()


def _as_duckdb_gives(frame: "DataFrame") -> "DataFrame":
    """Give times without a zone and differences of dates as days, as DuckDB does."""
    casts = {"timestamp": "timestamp_ntz", "interval day": "bigint"}
    if not any(kind in casts for _, kind in frame.dtypes):
        return frame
    return frame.select(
        *(
            frame[name].cast(casts[kind]).alias(name) if kind in casts else frame[name]
            for name, kind in frame.dtypes
        )
    )


def _fitting(value: Value, kind: ColumnType) -> Value:
    """Give a value in the very type that Spark asks for: a whole number is no real one there."""
    if value is None:
        return None
    if kind is ColumnType.REAL:
        return float(value)
    if kind is ColumnType.MONEY:
        from decimal import Decimal

        return Decimal(str(value))
    return value


def _literal(value: Value) -> Value:
    """Give a value as Spark binds it; its own way reads a time in the zone of the machine."""
    from pyspark.sql import functions

    if isinstance(value, datetime):
        return functions.expr(f"TIMESTAMP_NTZ '{value.isoformat(sep=' ')}'")
    return functions.lit(value)


def _no_spark(what: str) -> DataError:
    return DataError(
        what,
        why="data that outgrow one machine are worked on by Spark, which needs Java 17 or later",
        fix="install Java, then: pip install 'signoff[spark]'; or stay with DuckDB",
    )
