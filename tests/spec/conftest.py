"""The harness of the specification: every statement gives the same answer on every engine."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from signoff.store.engines import (
    Engine,
    Statement,
    duckdb_engine_on,
    local_spark,
    spark_engine_on,
)
from signoff.store.schemas import Column

Rows = Sequence[Mapping[str, Any]]
Opener = Any  # (tables) -> context manager of an engine
CLOSE_SHARE = 1e-12


@dataclass(frozen=True)
class Engines:
    """Both engines over the same small tables.

    Attributes:
        openers: By engine, what opens it over tables.
    """

    openers: Mapping[str, Opener]

    def expect(
        self,
        statement: Statement,
        expected: Rows,
        *,
        tables: Mapping[str, Rows],
        puts: Mapping[str, tuple[Sequence[Column], Rows]] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> None:
        """Run a statement on each engine and compare its rows, in order, by value and type.

        Args:
            statement: The statement; with more than one row it must say ORDER BY.
            expected: The rows it must give, worked out by hand.
            tables: Rows of tables of the lake and of sessions; missing columns are empty.
            puts: Other tables, each with its columns and rows.
            values: Values of the statement's parameters.
        """
        if len(expected) > 1 and "order by" not in statement.sql.lower():
            pytest.fail(f"{statement.name} gives rows in no order: say ORDER BY")
        for name, engine in self.each(tables):
            for put, (columns, rows) in (puts or {}).items():
                engine.put(put, columns, rows)
            found = engine.rows(statement, **(values or {}))
            _compare(found, expected, place=f"{statement.name} on {name}")

    def each(self, tables: Mapping[str, Rows]) -> Iterator[tuple[str, Engine]]:
        """Give each engine in turn, by name, over the same tables, for tests of functions."""
        for name, opener in self.openers.items():
            opened: AbstractContextManager[Engine] = opener(tables)
            with opened as engine:
                yield name, engine


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Give the one Spark of this test process."""
    session = local_spark()
    yield session
    session.stop()


@pytest.fixture
def engines(spark: Any) -> Engines:
    """Give DuckDB and a local Spark."""
    return Engines(openers={"duckdb": duckdb_engine_on, "spark": partial(_spark_on, spark=spark)})


@contextmanager
def _spark_on(tables: Mapping[str, Rows], *, spark: Any) -> Iterator[Engine]:
    with spark_engine_on(tables, spark=spark) as engine:
        yield engine


def _compare(found: Rows, expected: Rows, *, place: str) -> None:
    assert len(found) == len(expected), f"{place}: {found}"
    for number, (row, wanted) in enumerate(zip(found, expected, strict=True)):
        assert list(row) == list(wanted), f"{place}, row {number}: columns differ"
        for column, value in row.items():
            same = _same(value, wanted[column])
            assert same, f"{place}, row {number}, {column}: {value!r}, not {wanted[column]!r}"


def _same(value: Any, wanted: Any) -> bool:
    if type(value) is not type(wanted):
        return False
    if isinstance(value, float):
        both_nan = math.isnan(value) and math.isnan(wanted)
        return both_nan or math.isclose(value, wanted, rel_tol=CLOSE_SHARE)
    return bool(value == wanted)
