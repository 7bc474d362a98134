"""A worker of jobs inside a test's own process, which ends with the test whatever happens."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from signoff.app.jobs import JobView, Worker, list_jobs, look_at_job
from signoff.store.workspace import Workspace

WITHIN_SECONDS = 120


@contextmanager
def working(workspace: Workspace, *, name: str = "here") -> Iterator[Worker]:
    """Let a worker do jobs; one left behind would be in the way of every later one."""
    worker = Worker(workspace, name=name)
    worker.start()
    try:
        yield worker
    finally:
        assert worker.stop(within_seconds=60)


def await_end(workspace: Workspace, job_id: str) -> JobView:
    """Wait for the end of a job that a worker does."""
    give_up_at = time.monotonic() + WITHIN_SECONDS
    while not (job := look_at_job(workspace, job_id)).state.is_over:
        assert time.monotonic() < give_up_at, job
        time.sleep(0.05)
    return job


def do_jobs(workspace: Workspace) -> None:
    """Do all jobs that wait."""
    with working(workspace):
        give_up_at = time.monotonic() + WITHIN_SECONDS
        while waiting := list_jobs(workspace, unfinished=True):
            assert time.monotonic() < give_up_at, waiting
            time.sleep(0.05)
