"""One small interface over the engines that run relational work."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from signoff.store.schemas.table import Column

__all__ = ["Engine", "Relation", "Statement", "Value"]

Value = Any  # a bound parameter: text, number, Decimal, date, time, flag or None

_PARAMETER = re.compile(
    r"""'(?:[^']|'')*'      # text keeps its colons
      | "(?:[^"]|"")*"      # so do quoted names
      | --[^\n]*            # and remarks
      | (?<![:\w]):([a-z]\w*)""",
    re.VERBOSE,
)


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

        >>> Statement("n", "SELECT 'at :noon' AS n WHERE :a > :b AND :a > 0", ()).parameters()
        ('a', 'b')
        """
        names = (found.group(1) for found in _PARAMETER.finditer(self.sql))
        return tuple(dict.fromkeys(name for name in names if name))

    def marked(self, mark: str) -> str:
        """Give the SQL with its parameters written as one engine writes them.

        Args:
            mark: What stands before a parameter's name: "$" for DuckDB, ":" for Spark.

        >>> Statement("n", "SELECT 'at :noon' AS n WHERE :a > 0", ()).marked("$")
        "SELECT 'at :noon' AS n WHERE $a > 0"
        """
        return _PARAMETER.sub(
            lambda found: f"{mark}{found.group(1)}" if found.group(1) else found.group(0), self.sql
        )


class Engine(Protocol):
    """Runs statements over the tables of one snapshot of the lake."""

    name: str

    def rows(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement and give its rows; meant for a few thousand at most."""
        ...

    def counts(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Run a statement that counts, or remember its rows where the table cannot have changed."""
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
