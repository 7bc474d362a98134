"""Jobs asked for, listed, done, failed, cancelled and resumed."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from signoff.app.jobs import (
    JobKind,
    JobState,
    JobView,
    Step,
    Work,
    Worker,
    cancel_job,
    list_jobs,
    living_workers,
    look_at_job,
    registry,
    resume_job,
    start_job,
)
from signoff.errors import DataError, MissingError
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace
from workers import await_end, working

BY = "ann@acme.example"
Ended = Callable[[str], JobView]


class Trial:
    """A kind of job whose steps a test holds and counts."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.let_on = threading.Event()
        self.ran: list[str] = []
        self.error: Exception | None = None

    def first(self, work: Work) -> dict[str, str | int | bool | None]:
        self.ran.append("first")
        return {"made": work.job_id[:8]}

    def second(self, work: Work) -> dict[str, str | int | bool | None]:
        self.ran.append("second")
        self.begun.set()
        if self.error:
            raise self.error
        while not self.let_on.wait(0.05):
            work.tell("second", 7)
        return {"n_rows": 7, "saw": work.found["made"]}


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> Iterator[Trial]:
    held = Trial()
    kind = JobKind("trial", (Step("first", held.first), Step("second", held.second)))
    monkeypatch.setattr(registry, "KINDS", {**registry.KINDS, "trial": kind})
    monkeypatch.setattr("signoff.app.jobs.view.KINDS", registry.KINDS)
    yield held
    held.let_on.set()


def test_start_job_without_worker_waits(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    job = look_at_job(workspace, job_id)
    assert (job.kind, job.by, job.state) == ("backup", BY, JobState.WAITING)
    assert [step.state for step in job.steps()] == ["waiting"]
    acts = [row.act for row in list_audit(workspace.register, object_kind="job")]
    assert [(act.by, act.action, act.object_id) for act in acts] == [(BY, "started", job_id)]


def test_start_job_with_wrong_inputs_says_all_of_it(workspace: Workspace) -> None:
    with pytest.raises(DataError, match=r"lacks import_id; it takes no email") as caught:
        start_job(workspace, "undo_import", inputs={"email": "a@x.fr"}, by=BY)
    assert caught.value.fault.fix == "give import_id"
    assert list_jobs(workspace) == []


def test_start_job_of_unknown_kind_is_missing(workspace: Workspace) -> None:
    with pytest.raises(MissingError, match="no kind of job 'dance'"):
        start_job(workspace, "dance", inputs={}, by=BY)
    with pytest.raises(MissingError, match="there is no job"):
        look_at_job(workspace, "0" * 32)


def test_worker_does_job_and_result_is_kept(
    workspace: Workspace, worker: Worker, ended: Ended
) -> None:
    job = ended(start_job(workspace, "backup", inputs={}, by=BY))
    assert job.state is JobState.DONE, job.fault
    assert (workspace.backups_dir / str(job.result["file"])).stat().st_size
    assert job.started_at is not None
    assert job.finished_at is not None
    assert [step.state for step in job.steps()] == ["done"]


def test_job_tells_how_far_it_is(workspace: Workspace, worker: Worker, trial: Trial) -> None:
    job_id = start_job(workspace, "trial", inputs={}, by=BY)
    assert trial.begun.wait(20)
    time.sleep(1.2)
    job = look_at_job(workspace, job_id)
    assert (job.state, job.step, job.step_number, job.n_steps) == ("running", "second", 2, 2)
    assert job.n_rows == 7
    assert [step.state for step in job.steps()] == ["done", "running"]
    assert [one.job_id for one in list_jobs(workspace, by=BY, unfinished=True)] == [job_id]
    assert list_jobs(workspace, by="bo@acme.example") == []


def test_job_that_fails_says_what_why_and_fix(
    workspace: Workspace, worker: Worker, trial: Trial, ended: Ended
) -> None:
    trial.error = DataError("bad cell", why="zoe@x.example stands there", fix="mend it")
    job = ended(start_job(workspace, "trial", inputs={}, by=BY))
    assert (job.state, job.step) == (JobState.FAILED, "second")
    assert job.fault is not None
    assert (job.fault.what, job.fault.step) == ("bad cell", "second")
    assert [step.state for step in job.steps()] == ["done", "failed"]
    kept = workspace.path / "jobs" / f"{job.job_id}.json"
    assert kept.stat().st_mode & 0o077 == 0
    assert json.loads(kept.read_text())["why"] == "zoe@x.example stands there"
    _nowhere(workspace.path / "jobs.db", b"zoe@x.example")


def test_job_that_breaks_logs_no_value(
    workspace: Workspace,
    worker: Worker,
    trial: Trial,
    ended: Ended,
    caplog: pytest.LogCaptureFixture,
) -> None:
    trial.error = KeyError("zoe@x.example")
    with caplog.at_level(logging.INFO):
        job = ended(start_job(workspace, "trial", inputs={}, by=BY))
    assert job.fault is not None
    assert job.fault.what == "Signoff made a mistake"
    assert "KeyError at second" in caplog.text
    assert "zoe@x.example" not in caplog.text
    _nowhere(workspace.path / "jobs.db", b"zoe@x.example")


def test_cancel_job_that_runs_stops_it_and_resume_goes_on(
    workspace: Workspace, worker: Worker, trial: Trial, ended: Ended
) -> None:
    job_id = start_job(workspace, "trial", inputs={}, by=BY)
    assert trial.begun.wait(20)
    assert cancel_job(workspace, job_id, by=BY).state is JobState.CANCELLED
    time.sleep(1)
    trial.let_on.set()
    assert resume_job(workspace, job_id, by=BY) == job_id
    job = ended(job_id)
    assert job.state is JobState.DONE, job
    assert trial.ran == ["first", "second", "second"]
    assert job.result["saw"] == job_id[:8]


def test_cancel_job_that_waits_never_begins_it(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    cancel_job(workspace, job_id, by=BY)
    with working(workspace, name="late"):
        time.sleep(1)
    assert not list(workspace.backups_dir.glob("*.backup"))
    with pytest.raises(DataError, match="it is cancelled"):
        cancel_job(workspace, job_id, by=BY)


def test_resume_job_that_failed_tries_again_as_new(
    workspace: Workspace, worker: Worker, trial: Trial, ended: Ended
) -> None:
    trial.error = DataError("full disk", why="no room", fix="make room")
    first = ended(start_job(workspace, "trial", inputs={}, by=BY))
    trial.error = None
    trial.let_on.set()
    again = resume_job(workspace, first.job_id, by=BY)
    assert again != first.job_id
    assert ended(again).state is JobState.DONE
    with pytest.raises(DataError, match="cannot be resumed"):
        resume_job(workspace, again, by=BY)


def test_worker_that_cannot_begin_leaves_room_for_the_next(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("dbos.DBOS.register_queue", None)
        with pytest.raises(TypeError):
            Worker(workspace, name="here").start()
    assert living_workers(workspace) == []
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    with working(workspace):
        assert await_end(workspace, job_id).state is JobState.DONE


def test_worker_of_a_name_that_lives_is_refused(workspace: Workspace, worker: Worker) -> None:
    with pytest.raises(DataError, match="named here works already"):
        Worker(workspace, name="here").start()
    with pytest.raises(DataError, match="no name of a worker"):
        Worker(workspace, name="../here")


def _nowhere(database: Path, words: bytes) -> None:
    """Say that words stand in no file of a database."""
    for path in database.parent.glob(f"{database.name}*"):
        assert words not in path.read_bytes()
