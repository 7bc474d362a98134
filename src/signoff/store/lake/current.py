"""The engine over a workspace's lake: views named as the tables, holding the current rows."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from signoff.store.engines.duck import DuckEngine
from signoff.store.lake.place import LakeHome
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["current_rows", "duckdb_engine"]


@contextmanager
def duckdb_engine(workspace: LakeHome, *, snapshot: int | None = None) -> Iterator[DuckEngine]:
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

        def connect() -> "DuckDBPyConnection":
            lake = opened.enter_context(open_lake(workspace, snapshot=snapshot))
            for table in LAKE_TABLES.values():
                lake.session.execute(f"CREATE VIEW {table.name} AS {current_rows(lake, table)}")
            return lake.session

        yield DuckEngine(connect)


def current_rows(lake: LakeConnection, table: Table) -> str:
    """Give the query for a table's current rows: for each key, the row imported last.

    Args:
        lake: A session on the lake.
        table: A table of the lake.

    Returns:
        A SELECT of the table's columns, as of the session's snapshot; columns and tables that
        this snapshot lacks are empty.
    """
    known = lake.tables.get(table.name, frozenset())
    cells = [
        column.name if column.name in known else f"CAST(NULL AS {column.type}) AS {column.name}"
        for column in table.columns
    ]
    if not known:
        return f"SELECT {', '.join(cells)} WHERE false"
    source = f"lake.{table.name} AT (VERSION => {lake.snapshot})"
    if not _overlaps(lake, source):
        return f"SELECT {', '.join(cells)} FROM {source}"
    newest = f"row_number() OVER (PARTITION BY {', '.join(table.key)} ORDER BY import_seq DESC)"
    return f"SELECT {', '.join(cells)} FROM {source} QUALIFY {newest} = 1"


def _overlaps(lake: LakeConnection, source: str) -> bool:
    """Say whether two imports may hold the same key: when there is more than one import."""
    first, last = lake.rows(f"SELECT min(import_seq), max(import_seq) FROM {source}")[0]
    return bool(first != last)
