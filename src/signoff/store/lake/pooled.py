"""An engine of the pool: one reader's own place in a session that others read too."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

from signoff.errors import DataError
from signoff.store.engines.binding import bound_values, table_name
from signoff.store.engines.duck import DuckEngine
from signoff.store.engines.engine import Statement, Value
from signoff.store.engines.prepared import PreparedTable
from signoff.store.lake.kept import CopyShelf, TableCopy
from signoff.store.lake.warm import Sight, WarmSession
from signoff.store.schemas.table import Column

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["PooledEngine"]

_SERIAL = count(1)
MOST_COUNTS = 500


class PooledEngine(DuckEngine):
    """DuckDB over one snapshot of a lake, in a session that is open already.

    What it defines or brings in, it alone sees. It serves one thread at a time.

    Args:
        session: The session.
        sight: The views of the snapshot.
        shelf: Where prepared tables are shared.
    """

    def __init__(self, session: WarmSession, sight: Sight, shelf: CopyShelf) -> None:
        self._warm, self._sight, self._shelf = session, sight, shelf
        self._room = ""
        self._leased: list[TableCopy] = []
        super().__init__(self._enter)

    @property
    def snapshot(self) -> int:
        """The snapshot that every statement reads."""
        return self._sight.moment.snapshot

    def is_kept(self) -> bool:
        """Say whether the snapshot is still there."""
        return self._warm.is_kept(self._sight)

    def share(self, table: PreparedTable, *, may_lag: bool = True, is_asked: bool = True) -> bool:
        """See to it that a prepared table is there: the copy of another reader, or a new one.

        Args:
            table: The table.
            may_lag: Take a copy that lacks the newest rows, where it may, rather than wait.
            is_asked: Whether somebody asks for it now.

        Returns:
            Whether it has the newest rows.
        """
        for copy in self._leased:
            if copy.key == (table.name, table.variant):
                return copy.is_of(self._sight.marks)
        copy = self._shelf.lease(
            table,
            marks=self._sight.marks,
            fill=self._fill_aside,
            may_lag=may_lag,
            is_asked=is_asked,
        )
        self._leased.insert(0, copy)
        self._look_around()
        return copy.is_of(self._sight.marks)

    def share_again(self) -> None:
        """Prepare from this snapshot what others have asked for of late."""
        for table in self._shelf.tables():
            self.share(table, may_lag=False, is_asked=False)

    def counts(self, statement: Statement, **values: Value) -> list[dict[str, Any]]:
        """Count rows of a prepared table once for all who read the same copy.

        Sorting and turning pages asks for the same counts again and again.
        """
        copy = self._copy_read_by(statement)
        if copy is None:
            return self.rows(statement, **values)
        key = (statement.sql, tuple(sorted(values.items())))
        found = copy.counted.get(key)
        if found is None:
            found = self.rows(statement, **values)
            if len(copy.counted) >= MOST_COUNTS:
                copy.counted.clear()
            copy.counted[key] = found
        return found

    def _copy_read_by(self, statement: Statement) -> TableCopy | None:
        """Find the copy that a statement reads, if it reads nothing else."""
        copies = [c for c in self._leased if statement.reads == (c.table.name,)]
        is_hidden = self._room != ""
        return copies[0] if copies and not is_hidden else None

    def define(self, name: str, statement: Statement, **values: Value) -> None:
        """Keep the rows of a statement under a name, for this engine alone."""
        self._make_room()
        super().define(name, statement, **values)

    def put(self, name: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> None:
        """Bring rows of our own in, under a name, for this engine alone."""
        self._make_room()
        super().put(name, columns, rows)

    def close(self) -> None:
        """Give everything back."""
        if self._room:
            with closing(self._warm.cursor()) as cursor:
                cursor.execute(f"DROP SCHEMA memory.{self._room} CASCADE")
            self._room = ""
        super().close()
        while self._leased:
            self._shelf.give_back(self._leased.pop())

    def _enter(self) -> "DuckDBPyConnection":
        cursor = self._warm.cursor()
        cursor.execute(f"SET search_path = '{self._path()}'")
        return cursor

    def _path(self) -> str:
        rooms = [f"memory.{self._room}"] if self._room else []
        copies = [f"{copy.database}.main" for copy in self._leased]
        return ",".join([*rooms, *copies, f"memory.{self._sight.schema}", "memory.main"])

    def _look_around(self) -> None:
        self.session.execute(f"SET search_path = '{self._path()}'")

    def _make_room(self) -> None:
        if not self._room:
            room = f"room_{next(_SERIAL)}"
            self.session.execute(f"CREATE SCHEMA memory.{room}")
            self._room = room
            self._look_around()

    def _install(self, name: str) -> None:
        """Let the rows just made take the place of what this engine had under the name."""
        self.session.execute(f"DROP TABLE IF EXISTS memory.{self._room}.{table_name(name)}")
        self.session.execute(f"ALTER TABLE memory.{self._room}.defined_now RENAME TO {name}")

    def _execute(self, sql: str, bound: Mapping[str, Any]) -> "DuckDBPyConnection":
        import duckdb

        try:
            return super()._execute(sql, bound)
        except (duckdb.Error, DataError) as error:
            if self.is_kept():
                raise
            raise DataError(
                f"snapshot {self.snapshot} of the lake is gone",
                why="somebody was erased, or the lake compacted, while it was read",
                fix="ask again; the newest facts are read then",
            ) from error

    def fill(self, copy: TableCopy) -> None:
        """Work a prepared table out, into a database of its own in memory."""
        table = copy.table
        if table.prepare:
            table.prepare(self)
        bound = bound_values(table.statement, table.values)
        target = f"{copy.database}.main.{table_name(table.name)}"
        self._execute(f"ATTACH ':memory:' AS {copy.database} (COMPRESS)", {})
        self._execute(f"CREATE TABLE {target} AS {table.statement.marked('$')}", bound)
        self._execute(f"CHECKPOINT {copy.database}", {})

    def _fill_aside(self, copy: TableCopy) -> None:
        """Fill a copy from the same snapshot, without what this engine has defined."""
        with closing(PooledEngine(self._warm, self._sight, self._shelf)) as builder:
            builder.fill(copy)
