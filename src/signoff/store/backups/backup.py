"""Backs a workspace up into one file, as it is at one moment, while others write."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff import __version__
from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.backups.archive import pack
from signoff.store.backups.databases import copy_database, databases_beside
from signoff.store.backups.members import Members, put_members
from signoff.store.backups.places import Places
from signoff.store.backups.restoration import Restoration, restore
from signoff.store.backups.tables import GROUPS, TABLES_FOLDER, count_lines, dump_group
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import open_register
from signoff.store.register.tables import as_utc
from signoff.store.register.transfer import copy_rows, count_rows
from signoff.store.register.upgrade import upgrade_register
from signoff.store.room import needing_room
from signoff.store.settings import SETTINGS_FILE
from signoff.store.workspace import Workspace, write_key

__all__ = ["Backup", "Members", "Places", "Restoration", "back_up", "backup_turn", "restore"]


@dataclass(frozen=True)
class Backup(Result):
    """One backup.

    Attributes:
        path: The file.
        made_at: When, UTC.
        lake_snapshot: Snapshot of the lake that it holds.
        n_bytes: Size of what it holds.
        n_files: Number of files that it holds.
        n_rows: Rows by table of the register.
        databases: Files of SQLite beside the register that it holds.
        members: What the caller added, by name.
        n_table_rows: Rows by table of members, links, tokens, drafts and jobs that lie on the
            register's server.
    """

    path: str
    made_at: datetime
    lake_snapshot: int
    n_bytes: int
    n_files: int
    n_rows: dict[str, int]
    databases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    n_table_rows: dict[str, int] = field(default_factory=dict)

    def rows(self) -> Sequence[Row]:
        """Give one row per table of the register, and of its server."""
        counted = {**self.n_rows, **self.n_table_rows}
        return [{"table": table, "n_rows": n_rows} for table, n_rows in counted.items()]

    def text(self) -> str:
        """Say what was backed up."""
        return (
            f"{self.path}: {self.n_files} files, {self.n_bytes:,} bytes, lake snapshot "
            f"{self.lake_snapshot}. It holds the secret key: keep it where the workspace may be."
        )


def back_up(
    workspace: Workspace,
    target_path: Path,
    *,
    by: str = "signoff",
    at: datetime | None = None,
    members: Members | None = None,
) -> Backup:
    """Write settings, key, register and lake into one file, as they are at one moment.

    Others may go on writing; publications wait only while the catalog is copied. Members, links,
    tokens, drafts and jobs are in it too: as files of SQLite (web.db, jobs.db), each as of one
    moment, or as rows of the register's server, of the same moment as the register. Reports,
    exports and rejected rows are not in it: they can be made again.

    Args:
        workspace: The workspace.
        target_path: The file, which must not exist.
        by: Who backs up.
        at: When, UTC; now if not given.
        members: Bytes or files of the caller's own, by name; `restore` hands them back.

    Returns:
        What the backup holds.

    Raises:
        DataError: the file exists, the lake is busy, a member cannot be used, or the lake's
            files cannot be read.

    >>> from signoff.store.settings import Settings
    >>> from signoff.store.workspace import create_workspace
    >>> at = datetime(2026, 1, 2)
    >>> with TemporaryDirectory() as folder:
    ...     made = create_workspace(Path(folder) / "w", settings=Settings(name="Acme"), at=at)
    ...     back_up(made, Path(folder) / "w.backup", at=at).n_rows["person"]
    0
    """
    moment = at or datetime.now(UTC)
    if target_path.exists():
        raise DataError(
            f"{target_path} exists",
            why="a backup never replaces another",
            fix="name a new file",
            where=str(target_path),
        )
    workspace.backups_dir.mkdir(mode=0o700, exist_ok=True)
    with (
        backup_turn(workspace),
        needing_room("the backup", place=workspace.backups_dir),
        TemporaryDirectory(prefix=".aside-", dir=workspace.backups_dir) as folder,
    ):
        put_members(members or {}, Path(folder))
        snapshot = _collect(workspace, Path(folder))
        facts = {
            "made_at": as_utc(moment).isoformat(),
            "package_version": __version__,
            "lake_snapshot": snapshot,
            "members": sorted(members or {}),
            "databases": sorted(path.name for path in databases_beside(Path(folder))),
            "n_rows": count_rows(open_register(f"sqlite:///{Path(folder) / 'register.db'}")),
            "n_table_rows": count_lines(Path(folder) / TABLES_FOLDER),
        }
        stated = pack(Path(folder), target_path, facts=facts)
    with workspace.register.begin() as connection:
        act = Act(by, moment, "backed up", "workspace", "", {"n_files": len(stated["files"])})
        write_audit(workspace.register, connection, act=act)
    return Backup(
        path=str(target_path),
        made_at=as_utc(moment),
        lake_snapshot=snapshot,
        n_bytes=sum(file["n_bytes"] for file in stated["files"].values()),
        n_files=len(stated["files"]),
        n_rows=stated["n_rows"],
        databases=tuple(stated["databases"]),
        members=tuple(stated["members"]),
        n_table_rows=stated["n_table_rows"],
    )


@contextmanager
def backup_turn(workspace: Workspace) -> Iterator[None]:
    """Wait until nobody else backs up, or erases from backups; clear what was cut off.

    Raises:
        DataError: another backup takes more than ten minutes.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(workspace.locks_dir / "backup.lock", timeout=600, is_singleton=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise DataError(
            "another backup is being made",
            why="backups take turns",
            fix="wait until it is done",
        ) from error
    try:
        for left in workspace.backups_dir.glob(".aside-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


def _collect(workspace: Workspace, folder: Path) -> int:
    """Gather consistent copies; publications wait, everything else goes on."""
    from signoff.store.lake.files import known_files
    from signoff.store.lake.objects import ObjectPath, place_below
    from signoff.store.lake.place import data_folder, writers_turn
    from signoff.store.lake.session import open_lake
    from signoff.store.lake.storage import copy_files

    shutil.copy2(workspace.path / SETTINGS_FILE, folder)
    write_key(folder, key=workspace.key)
    with open_lake(workspace):  # makes the lake where there is none yet
        pass
    (folder / "lake").mkdir()
    data = data_folder(workspace)
    with writers_turn(workspace), open_lake(workspace) as lake:
        _copy_register(workspace, folder)
        _copy_catalog(workspace, folder / "lake" / "catalog.sqlite")
        for beside in databases_beside(workspace.path):
            copy_database(beside, folder / beside.name)
        pairs = [
            (path, folder / "lake" / "data" / place_below(path, data))
            for path, is_read in known_files(lake, workspace).items()
            if is_read
        ]
        snapshot = lake.snapshot
        if isinstance(data, Path):  # links hold the files, even if the lake gives them up
            copy_files(pairs)
    if isinstance(data, ObjectPath):  # a copy takes its time; files given up stay for a day
        copy_files(pairs)
    return snapshot


def _copy_register(workspace: Workspace, folder: Path) -> None:
    aside = workspace.path / TABLES_FOLDER  # a restored workspace whose tables wait to be made
    if aside.is_dir():
        shutil.copytree(aside, folder / TABLES_FOLDER)
    if workspace.register.path is not None:
        copy_database(workspace.register.path, folder / "register.db")
        return
    copy = open_register(f"sqlite:///{folder / 'register.db'}")
    upgrade_register(copy)
    with workspace.register.read() as reader:  # one moment for all of it
        copy_rows(reader, copy)
        for group in () if aside.is_dir() else GROUPS:
            dump_group(reader, group, folder / TABLES_FOLDER)
    with copy.outside() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _copy_catalog(workspace: Workspace, path: Path) -> None:
    from signoff.store.lake.place import catalog_address

    address = catalog_address(workspace)
    if address.startswith("postgresql://"):
        from signoff.store.backups.catalog import copy_catalog

        copy_catalog(address, path)
    else:
        copy_database(Path(address), path)
