"""The nightly job: few large files, and no more old snapshots than runs need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from signoff.results import Result, Row
from signoff.store.lake.place import LakeHome, writers_turn
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.register.connection import Register
from signoff.store.register.runs import pinned_snapshots
from signoff.store.schemas import LAKE_TABLES

__all__ = ["Compaction", "KeptLakeHome", "compact_lake", "drop_snapshots", "rewrite_tables"]

SNAPSHOT_DAYS = 7
FILE_DAYS = 1


class KeptLakeHome(LakeHome, Protocol):
    """A lake's home with a register, which says what must be kept."""

    @property
    def register(self) -> Register:
        """The register."""


@dataclass(frozen=True)
class Compaction(Result):
    """What a compaction did.

    Attributes:
        n_files_before: Files that the newest snapshot read before.
        n_files_after: Files that it reads now.
        n_snapshots_expired: Snapshots that cannot be read any more.
        n_snapshots_kept: Snapshots that can.
        n_files_removed: Files removed from the disk.
    """

    n_files_before: int
    n_files_after: int
    n_snapshots_expired: int
    n_snapshots_kept: int
    n_files_removed: int

    def rows(self) -> Sequence[Row]:
        """Give one row."""
        return [dict(vars(self))]

    def text(self) -> str:
        """Say what was done."""
        return (
            f"{self.n_files_before} files read became {self.n_files_after}; "
            f"{self.n_snapshots_expired} old snapshots were given up and "
            f"{self.n_snapshots_kept} kept; {self.n_files_removed} files were removed."
        )


def compact_lake(workspace: KeptLakeHome, *, today: date) -> Compaction:
    """Merge small files, give up snapshots that no run needs, and remove what nobody reads.

    Args:
        workspace: The workspace.
        today: Snapshots are kept for seven days, and files nobody needs for one, counted from
            here, because a reader may still be at them; snapshots of runs are kept always.

    Returns:
        What was done.

    Raises:
        DataError: the turn to write did not come.
    """
    with open_lake(workspace, read_only=False) as lake:
        before = _n_files(lake)
        rewrite_tables(lake, workspace)
        with writers_turn(workspace):
            expired = drop_snapshots(
                lake,
                pinned=pinned_snapshots(workspace.register),
                older_than=today - timedelta(days=SNAPSHOT_DAYS),
            )
            removed = clean_files(lake, older_than=today - timedelta(days=FILE_DAYS))
        kept = int(lake.rows("SELECT count(*) FROM ducklake_snapshots('lake')")[0][0])
        return Compaction(before, _n_files(lake), expired, kept, removed)


def rewrite_tables(
    lake: LakeConnection,
    home: LakeHome,
    *,
    tables: Collection[str] = tuple(LAKE_TABLES),
    deleted_share: float = 0.1,
) -> None:
    """Write files anew without their deleted rows, and merge small ones; one turn per table.

    Args:
        lake: A session that may write.
        home: The lake's home.
        tables: Which tables.
        deleted_share: Share of deleted rows from which on a file is written anew, 0 to 1.
    """
    for table in tables:
        with writers_turn(home):
            lake.rows(
                f"CALL ducklake_rewrite_data_files('lake', '{table}', "
                f"delete_threshold => {deleted_share!r})"
            )
            lake.rows(f"CALL ducklake_merge_adjacent_files('lake', '{table}')")


def drop_snapshots(
    lake: LakeConnection, *, pinned: Collection[int], older_than: date | None = None
) -> int:
    """Give up snapshots that are neither pinned nor the newest.

    Args:
        lake: A session that may write, in its turn.
        pinned: Snapshots to keep.
        older_than: Only those taken before that day, UTC; empty for all.

    Returns:
        Number of snapshots given up.
    """
    limit = "" if older_than is None else f"WHERE snapshot_time < {_moment(older_than)}"
    found = [n for (n,) in lake.rows(f"SELECT snapshot_id FROM ducklake_snapshots('lake') {limit}")]
    newest = lake.rows("SELECT id FROM ducklake_current_snapshot('lake')")[0][0]
    unpinned = sorted(set(found) - set(pinned) - {newest})
    if unpinned:
        numbers = ", ".join(map(str, unpinned))
        lake.rows(
            f"SELECT snapshot_id FROM ducklake_expire_snapshots('lake', versions => [{numbers}])"
        )
    return len(unpinned)


def clean_files(lake: LakeConnection, *, older_than: date | None = None) -> int:
    """Remove the files that no snapshot reads any more.

    Args:
        lake: A session that may write, in its turn.
        older_than: Only those given up before that day, UTC; empty for all.

    Returns:
        Number of files removed.
    """
    limit = "cleanup_all => true" if older_than is None else f"older_than => {_moment(older_than)}"
    return len(lake.rows(f"SELECT path FROM ducklake_cleanup_old_files('lake', {limit})"))


def _moment(day: date) -> str:
    return f"TIMESTAMPTZ '{day.isoformat()} 00:00:00+00'"


def _n_files(lake: LakeConnection) -> int:
    return sum(
        int(count) for (count,) in lake.rows("SELECT file_count FROM ducklake_table_info('lake')")
    )
