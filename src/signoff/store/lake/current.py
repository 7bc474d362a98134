"""The engine over a workspace's lake: views named as the tables, holding the current rows."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from signoff.errors import DataError
from signoff.store.engines.duck import DuckEngine
from signoff.store.lake.bucket import storage_fault
from signoff.store.lake.merged import merged_rows, with_earlier_names
from signoff.store.lake.objects import ObjectPath
from signoff.store.lake.place import LakeHome
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["LakeEngine", "current_rows", "duckdb_engine", "record_rows"]


class LakeEngine(DuckEngine):
    """DuckDB over one snapshot of a lake."""

    def __init__(self, connect: Callable[[], LakeConnection]) -> None:
        self._attach = connect
        super().__init__(lambda: self.lake.session)

    @cached_property
    def lake(self) -> LakeConnection:
        """The lake, attached when it is first asked for; store alone may use it."""
        return self._attach()

    @property
    def snapshot(self) -> int:
        """The snapshot that every statement reads."""
        return self.lake.snapshot

    def _execute(self, sql: str, bound: Mapping[str, Any]) -> "DuckDBPyConnection":
        try:
            return super()._execute(sql, bound)
        except DataError as error:
            folder, cause = self.lake.folder, error.__cause__
            if isinstance(folder, ObjectPath) and cause and "HTTP" in str(cause):
                raise storage_fault(cause, place=folder) from None
            raise

    def is_kept(self) -> bool:
        """Say whether the snapshot is still there."""
        found = self.lake.rows(
            "SELECT 1 FROM __ducklake_metadata_lake.ducklake_snapshot WHERE snapshot_id = ?",
            [self.snapshot],
        )
        return bool(found)


@contextmanager
def duckdb_engine(workspace: LakeHome, *, snapshot: int | None = None) -> Iterator[LakeEngine]:
    """Open an engine over the current rows of every table; the lake is attached on first use.

    Args:
        workspace: The workspace.
        snapshot: Read the lake as it was then; empty for now. All statements of one engine read
            the same snapshot.

    Yields:
        An engine, closed at the end.

    Raises:
        DataError: the snapshot is gone.
    """
    with ExitStack() as opened:

        def connect() -> LakeConnection:
            lake = opened.enter_context(open_lake(workspace, snapshot=snapshot))
            for name, query in current_rows(lake).items():
                lake.session.execute(f"CREATE VIEW {name} AS {query}")
            return lake

        yield LakeEngine(connect)


def current_rows(lake: LakeConnection) -> dict[str, str]:
    """Give, for each table, the query for its current rows: for each key, the row imported last.

    Args:
        lake: A session on the lake.

    Returns:
        By table, a SELECT of its columns, as of the session's snapshot; columns and tables that
        this snapshot lacks are empty. Accounts that are one organisation are one row, and what
        belongs to any of them belongs to it; `account_merge` also has every other spelling that
        an account had, as a merge with itself.
    """
    ranges = _import_ranges(lake)
    rows = _records(lake, ranges)
    has_merges = "account_merge" in ranges
    low, high = ranges.get("account", (0, 0))
    if not has_merges and low == high:  # one import, one spelling of each
        return rows
    versions = {
        name: _rows_of(lake, LAKE_TABLES[name]) if name in ranges else _empty(name)
        for name in ("account", "account_merge")
    }
    shown = merged_rows(rows) if has_merges else rows
    return with_earlier_names(shown, versions={**versions, "record": rows["account"]})


def record_rows(lake: LakeConnection) -> dict[str, str]:
    """Give the current rows with every account by itself, merged or not."""
    return _records(lake, _import_ranges(lake))


def _records(lake: LakeConnection, ranges: Mapping[str, tuple[int, int]]) -> dict[str, str]:
    return {name: _query(lake, table, ranges.get(name)) for name, table in LAKE_TABLES.items()}


def _query(lake: LakeConnection, table: Table, imports: tuple[int, int] | None) -> str:
    if imports is None:
        return _empty(table.name)
    every = _rows_of(lake, table)
    if imports[0] == imports[1]:  # one import has no two rows of a key
        return every
    newest = f"row_number() OVER (PARTITION BY {', '.join(table.key)} ORDER BY import_seq DESC)"
    return f"{every} QUALIFY {newest} = 1"


def _rows_of(lake: LakeConnection, table: Table) -> str:
    """Give the query for all rows of a table, those too that a later import replaces."""
    known = lake.tables.get(table.name, frozenset())
    cells = ", ".join(
        column.name if column.name in known else f"CAST(NULL AS {column.type}) AS {column.name}"
        for column in table.columns
    )
    return f"SELECT {cells} FROM lake.{table.name} AT (VERSION => {lake.snapshot})"


def _empty(name: str) -> str:
    columns = LAKE_TABLES[name].columns
    typed = ", ".join(f"CAST(NULL AS {c.type}) AS {c.name}" for c in columns)
    return f"SELECT {typed} WHERE false"


def _import_ranges(lake: LakeConnection) -> dict[str, tuple[int, int]]:
    """Give the first and last import of each table that has rows, by the files' statistics.

    Rows deleted since may widen a range; a file without statistics makes it as wide as can be.
    """
    catalog = "__ducklake_metadata_lake"
    found = lake.rows(
        f"""
        SELECT t.table_name, min(CAST(s.min_value AS BIGINT)), max(CAST(s.max_value AS BIGINT)),
            count(*) - count(s.min_value)
        FROM {catalog}.ducklake_data_file AS f
        JOIN {catalog}.ducklake_table AS t ON t.table_id = f.table_id
        JOIN {catalog}.ducklake_column AS c
            ON c.table_id = f.table_id AND c.column_name = 'import_seq' AND c.end_snapshot IS NULL
        LEFT JOIN {catalog}.ducklake_file_column_stats AS s
            ON s.data_file_id = f.data_file_id AND s.column_id = c.column_id
        WHERE f.begin_snapshot <= $snapshot
            AND (f.end_snapshot IS NULL OR f.end_snapshot > $snapshot)
        GROUP BY t.table_name
        """,
        {"snapshot": lake.snapshot},
    )
    return {name: (0, 2**62) if n_unknown else (low, high) for name, low, high, n_unknown in found}
