"""The way to the jobs of a workspace: one client per workspace and process, opened when needed."""

import logging
import threading
from typing import TYPE_CHECKING

from signoff.store.jobs import JOBS_SCHEMA, jobs_address, make_jobs_place
from signoff.store.workspace import Workspace

if TYPE_CHECKING:
    from dbos import DBOSClient

__all__ = [
    "APPLICATION",
    "QUEUE",
    "SafeLog",
    "close_jobs",
    "jobs_client",
    "make_job_tables",
    "quiet_library",
]

APPLICATION = "signoff"
QUEUE = "jobs"
_CLIENTS: dict[str, "DBOSClient"] = {}
_LOCK = threading.Lock()


def jobs_client(workspace: Workspace) -> "DBOSClient":
    """Give what starts, lists and cancels jobs; the tables are made at the first call.

    Args:
        workspace: The workspace.
    """
    address = jobs_address(workspace)
    with _LOCK:
        if address not in _CLIENTS:
            _CLIENTS[address] = _open(workspace, address)
        return _CLIENTS[address]


def make_job_tables(workspace: Workspace) -> None:
    """Make the tables of the jobs, or bring them up to date; many may try at once.

    Args:
        workspace: The workspace.
    """
    from dbos import DBOS
    from filelock import FileLock

    quiet_library()
    workspace.locks_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(workspace.locks_dir / "jobs.lock"):
        make_jobs_place(workspace)
        DBOS.migrate(jobs_address(workspace), schema=JOBS_SCHEMA)


def close_jobs() -> None:
    """Close all ways to jobs that this process holds, as after a restore.

    >>> close_jobs()
    """
    with _LOCK:
        for client in _CLIENTS.values():
            client.destroy()
        _CLIENTS.clear()


def quiet_library() -> None:
    """Let the library of the jobs log what an operator needs, without values or traces."""
    logger = logging.getLogger("dbos")
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    if not any(isinstance(handler, SafeLog) for handler in logger.handlers):
        logger.handlers = [SafeLog()]


class SafeLog(logging.Handler):
    """Passes warnings on to our own log, without the values that a trace or a message may hold."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on the beginning, which names no value, and the kind of the error."""
        kind = record.exc_info[0] if record.exc_info else None
        name = kind.__name__ if kind else ""
        beginning = str(record.msg).splitlines()[0].partition(":")[0]
        if "Cancelled" not in name and "cancelled" not in beginning:
            logging.getLogger("signoff.jobs").log(record.levelno, "%s %s", beginning, name)


def _open(workspace: Workspace, address: str) -> "DBOSClient":
    from dbos import DBOSClient, DBOSPortableJSONSerializer

    make_job_tables(workspace)
    return DBOSClient(
        system_database_url=address,
        dbos_system_schema=JOBS_SCHEMA,
        serializer=DBOSPortableJSONSerializer(),
        application_name=APPLICATION,
        retry_connection_errors=False,
    )
