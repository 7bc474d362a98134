"""Runs while they last: what they read is kept, and nothing is left of one that was cut off."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from signoff.store.register.ledger import hold_import, is_import_held
from signoff.store.register.runs import RunRecord, drop_run, list_runs, record_run
from signoff.store.workspace import Workspace

__all__ = ["clear_runs", "hold_run", "new_run_id"]


def new_run_id() -> str:
    """Give a run an id that no other run has.

    >>> new_run_id() == new_run_id()
    False
    """
    return uuid.uuid4().hex


@contextmanager
def hold_run(workspace: Workspace, run: RunRecord, *, by: str) -> Iterator[Callable[[], datetime]]:
    """Write a run down as begun, so that its snapshot is kept; taken back unless it is finished.

    Args:
        workspace: The workspace.
        run: The run, not finished; whoever runs it records it again when it is.
        by: Who runs it.

    Yields:
        What tells the time in UTC, for the moment at which the run is done.
    """
    with hold_import(workspace.locks_dir, run.run_id):
        record_run(workspace.register, run, by=by)
        try:
            yield _now
        finally:
            drop_run(workspace.register, run.run_id, by=by, at=_now())


def clear_runs(workspace: Workspace) -> int:
    """Take back the runs that no living process works on, so that they pin no snapshot.

    Args:
        workspace: The workspace.

    Returns:
        Number of runs taken back.
    """
    return sum(
        drop_run(workspace.register, run.run_id, by="recovery", at=_now())
        for run in list_runs(workspace.register)
        if run.finished_at is None and not is_import_held(workspace.locks_dir, run.run_id)
    )


def _now() -> datetime:
    return datetime.now(UTC)
