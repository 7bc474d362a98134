"""What a worker tidies, and what the library may say in the log."""

import logging
import os
from datetime import timedelta

import pytest

from signoff.app.jobs import list_jobs, living_workers, start_job
from signoff.app.jobs.fault import keep_fault, load_fault
from signoff.app.jobs.place import SafeLog
from signoff.app.jobs.worker import Worker
from signoff.errors import DataError
from signoff.store.jobs import job_faults_folder
from signoff.store.workspace import Workspace

BY = "ann@acme.example"


def test_worker_forgets_jobs_that_ended_long_ago(
    workspace: Workspace, worker: Worker, ended: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ended(start_job(workspace, "undo_import", inputs={"import_id": "none"}, by=BY))  # type: ignore[operator]
    assert job.fault is not None
    worker._tidy()
    assert len(list_jobs(workspace)) == 1
    monkeypatch.setattr("signoff.app.jobs.worker.KEPT", timedelta(seconds=-60))
    worker._tidy()
    assert list_jobs(workspace) == []
    assert list(job_faults_folder(workspace).iterdir()) == []


def test_worker_clears_old_locks_that_nobody_holds(workspace: Workspace, worker: Worker) -> None:
    old, new = workspace.locks_dir / "job-1.lock", workspace.locks_dir / "job-2.lock"
    own = workspace.locks_dir / "worker-here.lock"
    for path in (old, new):
        path.touch()
    for path in (old, own):
        os.utime(path, (0, 0))
    worker._tidy()
    assert (old.exists(), new.exists(), own.exists()) == (False, True, True)
    assert living_workers(workspace) == ["here"]


def test_worker_goes_on_minding_when_something_fails(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("zoe@x.example")

    Worker(workspace, name="here")._safely(fail)
    assert "worker here: OSError" in caplog.text
    assert "zoe" not in caplog.text


def test_fault_whose_file_is_gone_or_damaged_says_so(workspace: Workspace) -> None:
    assert load_fault(workspace, "1", step="write").what == "the details of this fault are gone"
    error = DataError("bad", why="so", fix="mend")
    keep_fault(workspace, "1", step="write", error=error)
    assert load_fault(workspace, "1", step="").step == "write"
    (job_faults_folder(workspace) / "1.json").write_text("[]")
    assert load_fault(workspace, "1", step="x").step == "x"


def test_log_of_the_library_is_passed_on_without_values(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("trial")
    logger.propagate = False
    logger.handlers = [SafeLog()]
    logger.warning("Exception in thread: zoe@x.example", exc_info=KeyError("zoe@x.example"))
    logger.warning("Workflow 1 was cancelled: zoe@x.example")
    assert [record.getMessage() for record in caplog.records] == ["Exception in thread KeyError"]
