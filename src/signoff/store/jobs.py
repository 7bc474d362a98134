"""Where a workspace's jobs are kept: a file beside the register, or the register's own server."""

from pathlib import Path

from signoff.store.register.connection import open_register
from signoff.store.workspace import Workspace

__all__ = ["JOBS_FILE", "JOBS_SCHEMA", "job_faults_folder", "jobs_address", "make_jobs_place"]

JOBS_FILE = "jobs.db"
JOBS_SCHEMA = "dbos"


def jobs_address(workspace: Workspace) -> str:
    """Give the SQLAlchemy address of the jobs.

    Args:
        workspace: The workspace.

    Returns:
        jobs.db in the workspace; for a team the server of the register, where they stand in the
        schema `dbos`.
    """
    named = workspace.settings.register_address
    if named:
        return named.replace("postgres://", "postgresql://", 1)
    return f"sqlite:///{(workspace.path / JOBS_FILE).absolute()}"


def job_faults_folder(workspace: Workspace) -> Path:
    """Give the folder with what went wrong with jobs; erasing a person goes through it.

    Args:
        workspace: The workspace.
    """
    return workspace.path / "jobs"


def make_jobs_place(workspace: Workspace) -> None:
    """Make the file of the jobs readable by its owner alone, and by many while one writes.

    Args:
        workspace: The workspace; with a server there is nothing to make.
    """
    if workspace.settings.register_address:
        return
    path = Path(workspace.path / JOBS_FILE)
    path.touch(mode=0o600)
    with open_register(jobs_address(workspace)).outside() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")
