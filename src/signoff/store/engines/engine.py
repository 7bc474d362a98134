"""One small interface over the engines that run relational work."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from signoff.store.schemas.table import Column

__all__ = ["Engine", "Relation", "Statement", "Value"]

Value = Any  # a bound parameter: text, number, Decimal, date, time, flag, None or a list of these


@dataclass(frozen=True)
class Statement:
    """A query in the SQL that DuckDB and Spark share.

    Attributes:
        name: What the rows are, for messages and the spec test.
        sql: One SELECT; parameters are written :name and always bound.
        reads: Tables it reads.
    """

    name: str
    sql: str
    reads: tuple[str, ...]

    def parameters(self) -> tuple[str, ...]:
        """Name the parameters that must be bound, in the order of first use.

        >>> Statement("n", "SELECT 1 AS n WHERE :a > :b AND :a > 0", ()).parameters()
        ('a', 'b')
        """
        return tuple(dict.fromkeys(re.findall(r"(?<![:\w]):([a-z]\w*)", self.sql)))


class Engine(Protocol):
    """Runs statements over the tables of one snapshot of the lake."""

    name: str

    def rows(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement and give its rows; meant for a few thousand at most."""
        ...

    def arrays(self, statement: Statement, **values: Value) -> dict[str, NDArray[Any]]:
        """Run a statement and give its columns as arrays; text as objects, money as objects."""
        ...

    def define(self, name: str, statement: Statement, **values: Value) -> None:
        """Keep the rows of a statement under a name, for later statements of this session."""
        ...

    def put(self, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring a few rows of our own in, under a name, for later statements of this session."""
        ...


@dataclass(frozen=True)
class Relation:
    """Rows that exist only when asked for: a statement, its values and the engine that runs it."""

    engine: Engine
    statement: Statement
    values: Mapping[str, Value]

    def rows(self) -> list[dict[str, Any]]:
        """Give the rows."""
        return self.engine.rows(self.statement, **self.values)

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the columns as arrays."""
        return self.engine.arrays(self.statement, **self.values)
