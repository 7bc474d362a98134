"""Houses what other rooms keep in a restored workspace: members, links, drafts and jobs."""

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, inspect, update

from signoff.store.backups.places import Places, settle_at
from signoff.store.backups.tables import (
    GROUPS,
    JOBS,
    TABLES_FOLDER,
    WEB,
    TableGroup,
    applied_migrations,
    dump_group,
    fill_group,
    group_register,
    read_table,
    schema_of,
)
from signoff.store.register.connection import open_register
from signoff.store.workspace import Workspace, open_workspace

__all__ = ["Housed", "MakeTables", "house_tables"]

OF_THE_MOMENT = ("people_membersession", "django_session", "web_cache")
UNFINISHED = ("ENQUEUED", "DELAYED", "PENDING")

MakeTables = Callable[[Workspace, Sequence[tuple[str, str]]], None]
"""Makes empty tables for members and jobs where a workspace has them; gets the migrations, by
application and name, that the tables of the members had gone through."""


@dataclass(frozen=True)
class Housed:
    """What became of members, links, drafts and jobs.

    Attributes:
        n_rows: Rows put into tables.
        n_cancelled: Jobs cancelled.
        is_aside: Whether rows stay aside, since nothing makes their tables.
    """

    n_rows: int
    n_cancelled: int
    is_aside: bool


def house_tables(workspace: Workspace, places: Places, *, make_tables: MakeTables | None) -> Housed:
    """Take a restored workspace to its places, with members and jobs; nobody is signed in there.

    Args:
        workspace: The workspace, with everything in its own folder and nobody at work in it.
        places: Where to.
        make_tables: Makes the tables; without it rows of another kind of database stay aside.

    Returns:
        How many rows were put into tables, and how many jobs cancelled.

    Raises:
        DataError: a place is not empty or cannot be reached, or the rows are of a newer version.
    """
    folder = workspace.path / TABLES_FOLDER
    if places.register and make_tables:
        _lift(workspace, folder)
    settle_at(workspace, places)
    there = open_workspace(workspace.path)
    n_rows = 0
    if folder.is_dir() and make_tables:
        make_tables(there, applied_migrations(folder))
        for group in GROUPS:
            if register := group_register(there, group):
                with register.begin() as connection:
                    n_rows += fill_group(connection, group, folder)
        shutil.rmtree(folder)
    _sign_out(there)
    return Housed(n_rows, _cancel_jobs(there), folder.is_dir())


def _lift(workspace: Workspace, folder: Path) -> None:
    """Take the rows out of files of SQLite, which go: a second copy would hold people."""
    for group in GROUPS:
        path = workspace.path / group.file_name
        if path.is_file():
            with open_register(f"sqlite:///{path}").read() as connection:
                dump_group(connection, group, folder)
            for file in workspace.path.glob(f"{group.file_name}*"):
                file.unlink()


def _sign_out(workspace: Workspace) -> None:
    """End every session: who signed out since the backup would be signed in again."""
    register = group_register(workspace, WEB)
    if register is None:
        return
    with register.begin() as connection:
        for name in OF_THE_MOMENT:
            if _has(connection, name, WEB):
                connection.execute(delete(read_table(connection, name, schema=None)))


def _cancel_jobs(workspace: Workspace) -> int:
    """Cancel the jobs that waited or ran, as the library of the jobs does it."""
    register = group_register(workspace, JOBS)
    if register is None:
        return 0
    with register.begin() as connection:
        if not _has(connection, "workflow_status", JOBS):
            return 0
        schema = schema_of(connection, JOBS)
        status = read_table(connection, "workflow_status", schema=schema)
        now_ms = int(time.time() * 1000)
        cancelled = {
            "status": "CANCELLED",
            "owner_xid": None,
            "queue_name": None,
            "deduplication_id": None,
            "started_at_epoch_ms": None,
            "updated_at": now_ms,
            "completed_at": now_ms,
        }
        values = {name: value for name, value in cancelled.items() if name in status.c}
        query = update(status).where(status.c.status.in_(UNFINISHED)).values(values)
        return connection.execute(query).rowcount


def _has(connection: Connection, name: str, group: TableGroup) -> bool:
    return inspect(connection).has_table(name, schema=schema_of(connection, group))
