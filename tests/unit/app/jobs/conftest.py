"""What tests of jobs share: a workspace, and a worker in this process."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.app.jobs import JobView, Worker, close_jobs, look_at_job
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace
from workers import working

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
WITHIN_SECONDS = 60


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    yield create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)
    close_jobs()


@pytest.fixture
def worker(workspace: Workspace) -> Iterator[Worker]:
    with working(workspace) as worker:
        yield worker


@pytest.fixture
def ended(workspace: Workspace) -> Callable[[str], JobView]:
    """Give a function that waits for the end of a job."""

    def wait(job_id: str) -> JobView:
        give_up_at = time.monotonic() + WITHIN_SECONDS
        while not (job := look_at_job(workspace, job_id)).state.is_over:
            assert time.monotonic() < give_up_at, job
            time.sleep(0.05)
        return job

    return wait
