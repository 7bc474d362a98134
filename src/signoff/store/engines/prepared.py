"""Tables worked out of others for quick reading, and shared where an engine can share them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from signoff.store.engines.engine import Engine, Statement, Value

__all__ = ["PreparedTable", "SharingEngine", "prepare_table"]


@dataclass(frozen=True)
class PreparedTable:
    """A table that is worked out once and read many times.

    Attributes:
        name: Its name in the engine.
        statement: Gives its rows, in the order in which they lie.
        reads: Tables of the lake that it rests on; when one changes, it is worked out anew.
        may_lag: Those of them whose new rows may show a little later, once worked out.
        values: Values of the statement's parameters.
        variant: Tells two tables of one name apart, such as those of two briefs.
        prepare: Leaves in the engine what else the statement reads.
    """

    name: str
    statement: Statement
    reads: tuple[str, ...]
    may_lag: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    variant: str = ""
    prepare: Callable[[Engine], None] | None = None

    def build(self, engine: Engine) -> None:
        """Work the table out in an engine, for its session alone.

        >>> from signoff.store.engines import duckdb_engine_on
        >>> names = Statement("names", "SELECT name FROM account ORDER BY name", ("account",))
        >>> with duckdb_engine_on({"account": [{"account_id": "a", "name": "Acme"}]}) as engine:
        ...     PreparedTable("account_name", names, ("account",)).build(engine)
        ...     engine.rows(Statement("n", "SELECT name FROM account_name", ("account_name",)))
        [{'name': 'Acme'}]
        """
        if self.prepare:
            self.prepare(engine)
        engine.define(self.name, self.statement, **self.values)


@runtime_checkable
class SharingEngine(Protocol):
    """An engine that keeps prepared tables for all who read the same facts."""

    def share(self, table: PreparedTable) -> bool:
        """See to it that the table is there under its name; say whether it has the newest rows."""
        ...


def prepare_table(engine: Engine, table: PreparedTable) -> bool:
    """See to it that a prepared table is in the engine: shared where it can be, else made here.

    Args:
        engine: An engine with the tables that it reads.
        table: The table.

    Returns:
        Whether it has the newest rows; a shared one may lack some that were just added.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> n = Statement("number of accounts", "SELECT COUNT(*) AS n FROM account", ("account",))
    >>> with duckdb_engine_on({}) as engine:
    ...     _ = prepare_table(engine, PreparedTable("account_count", n, ("account",)))
    ...     engine.rows(Statement("n", "SELECT n FROM account_count", ("account_count",)))
    [{'n': 0}]
    """
    if isinstance(engine, SharingEngine):
        return engine.share(table)
    table.build(engine)
    return True
