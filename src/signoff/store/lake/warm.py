"""A session on the lake that stays open, and what it has seen: one view of every table a snapshot.

Nothing here holds a transaction between two statements, so no writer ever waits for it.
"""

from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.lake.current import current_rows
from signoff.store.lake.merged import MERGED_TABLES
from signoff.store.lake.place import LakeHome, catalog_address
from signoff.store.lake.session import LakeConnection, open_lake

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Moment", "Sight", "WarmSession"]

CATALOG = "__ducklake_metadata_lake"
DELETION = "x"
"""What the mark of a file of deletions begins with."""
_SERIAL = count(1)


@dataclass(frozen=True)
class Moment:
    """What tells one state of a lake from any other, a restored one included.

    Attributes:
        snapshot: Number of the newest snapshot.
        taken_at: When it was taken, as the catalog writes it.
        schema_version: Version of the tables' columns.
        file: Device and inode of the catalog's file; empty for a server.
    """

    snapshot: int
    taken_at: str
    schema_version: int
    file: tuple[int, int] | None


@dataclass(eq=False)
class Sight:
    """The tables of a lake at one moment, as views in a schema of their own.

    Attributes:
        moment: The moment.
        schema: Name of the schema.
        marks: For each table of the lake with rows, the files of its rows and deletions.
        n_readers: Engines that read it now.
    """

    moment: Moment
    schema: str
    marks: Mapping[str, frozenset[str]]
    n_readers: int = 0


class WarmSession:
    """A DuckDB session with the lake attached.

    Args:
        home: The workspace.

    Raises:
        DataError: the lake cannot be opened.
    """

    def __init__(self, home: LakeHome) -> None:
        self._home = home
        file = catalog_file(home)
        self._opened = ExitStack()
        self._lake = self._opened.enter_context(open_lake(home))
        self._file = file or catalog_file(home)  # opening makes a lake that was not there
        with closing(self.cursor()) as cursor:
            self._schema_version = self._read_moment(cursor).schema_version
        self.n_readers = 0

    def cursor(self) -> "DuckDBPyConnection":
        """Give a connection of its own into the session, for one thread."""
        return self._lake.session.cursor()

    def is_current(self) -> bool:
        """Say whether the catalog is still the file that was opened."""
        return catalog_file(self._home) == self._file

    def moment(self) -> Moment | None:
        """Read the newest snapshot; empty when the session no longer fits the lake."""
        with closing(self.cursor()) as cursor:
            now = self._read_moment(cursor)
        is_fitting = self.is_current() and now.schema_version == self._schema_version
        return now if is_fitting else None

    def see(self, moment: Moment) -> Sight:
        """Make the views of every table as they were at a moment."""
        schema = f"seen_{next(_SERIAL)}"
        with closing(self.cursor()) as cursor:
            lake = replace(self._lake, session=cursor, snapshot=moment.snapshot)
            cursor.execute(f"CREATE SCHEMA memory.{schema}")
            marks = table_marks(lake)
            cursor.execute("BEGIN")
            for name, query in current_rows(lake).items():
                cursor.execute(f"CREATE VIEW memory.{schema}.{name} AS {query}")
            cursor.execute("COMMIT")
        return Sight(moment=moment, schema=schema, marks=marks)

    def is_kept(self, sight: Sight) -> bool:
        """Say whether the snapshot of a sight is still in the catalog."""
        query = f"SELECT 1 FROM {CATALOG}.ducklake_snapshot WHERE snapshot_id = ?"
        with closing(self.cursor()) as cursor:
            found = cursor.execute(query, [sight.moment.snapshot]).fetchall()
        return bool(found)

    def forget(self, sight: Sight) -> None:
        """Let the views of a sight go."""
        with closing(self.cursor()) as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS memory.{sight.schema} CASCADE")

    def close(self) -> None:
        """Close the session and let its memory go."""
        self._opened.close()

    def _read_moment(self, cursor: "DuckDBPyConnection") -> Moment:
        newest = cursor.execute(
            f"SELECT snapshot_id, CAST(snapshot_time AS VARCHAR), schema_version "
            f"FROM {CATALOG}.ducklake_snapshot ORDER BY snapshot_id DESC LIMIT 1"
        ).fetchall()[0]
        return Moment(int(newest[0]), str(newest[1]), int(newest[2]), self._file)


def table_marks(lake: LakeConnection) -> dict[str, frozenset[str]]:
    """Give, for each table with rows, a mark for each file that its rows and deletions lie in."""
    live = "begin_snapshot <= $snapshot AND (end_snapshot IS NULL OR end_snapshot > $snapshot)"
    found = lake.rows(
        f"""
        SELECT t.table_name, list(f.mark)
        FROM (
            SELECT table_id, 'd' || data_file_id AS mark FROM {CATALOG}.ducklake_data_file
            WHERE {live}
            UNION ALL
            SELECT table_id, '{DELETION}' || delete_file_id FROM {CATALOG}.ducklake_delete_file
            WHERE {live}
        ) AS f
        JOIN {CATALOG}.ducklake_table AS t ON t.table_id = f.table_id
        GROUP BY t.table_name
        """,
        {"snapshot": lake.snapshot},
    )
    marks = {str(name): frozenset(marks) for name, marks in found}
    # a merge changes rows that are there, so no copy made before it may stand for them
    merges = {f"{DELETION}{mark}" for mark in marks.get("account_merge", ())}
    return {
        name: files | merges if name in {"account", *MERGED_TABLES} else files
        for name, files in marks.items()
    }


def catalog_file(home: LakeHome) -> tuple[int, int] | None:
    """Tell the catalog's file from one put in its place; empty for a server or no file."""
    address = catalog_address(home)
    if address.startswith("postgresql://"):
        return None
    try:
        status = Path(address).stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
