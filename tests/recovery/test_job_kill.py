"""Fault 2: a worker killed at any step; the job is resumed, and each step takes effect once."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.app.jobs import JobState, JobView, close_jobs, look_at_job, start_job
from signoff.brief import load_brief, starter_brief
from signoff.plan import load_plan
from signoff.store.imports import ImportOptions, import_file
from signoff.store.imports.upload import keep_upload, list_uploads
from signoff.store.lake.session import open_lake
from signoff.store.register import (
    ImportState,
    document_history,
    list_imports,
    list_runs,
    save_document,
)
from signoff.store.register.persons import all_versions
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace
from workers import await_end, working

pytestmark = pytest.mark.slow

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "files"
BY = "ann@acme.example"
N_CONTACTS = 20
CONTACTS = "email,last name,level\n" + "".join(
    f"n{n}@x.example,N{n},{'boss' if n == 7 else 'director'}\n" for n in range(N_CONTACTS)
)
KILLED = """
import os, signal, sys, time
from dataclasses import replace
from pathlib import Path

home, moment, name, then = sys.argv[1:5]
from signoff.app.jobs import Worker, registry, running
from signoff.app.jobs.progress import Progress
from signoff.store.workspace import open_workspace

def end():
    if then == "hang":
        Path(home, "begun").touch()
        time.sleep(600)
    os.kill(os.getpid(), signal.SIGKILL)

def dying(step):
    def run(work):
        result = step.run(work)
        if (moment, name) == ("after", step.name):
            end()
        return result
    return replace(step, run=run)

real = Progress.__call__
def call(self, phase, n_rows=0, n_total=0):
    if (moment, name) == ("at", phase):
        end()
    real(self, phase, n_rows, n_total)
Progress.__call__ = call
registry.KINDS = {
    kind.name: replace(kind, steps=tuple(map(dying, kind.steps)))
    for kind in registry.KINDS.values()
}
Worker(open_workspace(Path(home)), name="first").start()
time.sleep(120)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with what a plan needs; only to be copied."""
    path = tmp_path_factory.mktemp("jobs") / "w"
    workspace = create_workspace(path, settings=Settings(name="Acme"), at=AT)
    for name in ("accounts", "contacts", "venue", "rate", "venue_audience"):
        import_file(workspace, TUTORIAL / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
    return path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(made, tmp_path / "w")
    yield open_workspace(tmp_path / "w")
    close_jobs()


def _kill(workspace: Workspace, moment: str, name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(workspace.path), moment, name, "die"],
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def _go_on(workspace: Workspace, job_id: str) -> JobView:
    """Start another worker, as after a restart, and wait for the job's end."""
    with working(workspace, name="second"):
        return await_end(workspace, job_id)


def _count(workspace: Workspace, table: str) -> int:
    with open_lake(workspace) as lake:
        return int(lake.rows(f"SELECT count(*) FROM lake.{table}")[0][0])


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        ("at", "hashing"),
        ("at", "checking"),
        ("at", "storing contacts"),
        ("at", "writing"),
        ("at", "publishing"),
        ("after", "import"),
        ("at", "clear"),
        ("after", "clear"),
    ],
)
def test_import_job_killed_at_step_imports_once(
    workspace: Workspace, moment: str, name: str
) -> None:
    """Faults 1 and 2."""
    n_before, n_known = _count(workspace, "person_fact"), len(all_versions(workspace.register))
    upload = keep_upload(workspace, [CONTACTS.encode()], name="people.csv", by=BY, at=AT)
    job_id = start_job(workspace, "import_file", inputs={"upload_id": upload.upload_id}, by=BY)
    _kill(workspace, moment, name)
    assert look_at_job(workspace, job_id).state is JobState.RUNNING
    job = _go_on(workspace, job_id)
    assert job.state is JobState.DONE, job.fault
    live = [entry for entry in list_imports(workspace.register) if entry.file_name == "people.csv"]
    mine = [entry for entry in live if entry.state is ImportState.LIVE]
    assert [entry.import_id for entry in mine] == [job.result["import_id"]]
    assert (job.result["n_published"], job.result["n_rejected"]) == (N_CONTACTS - 1, 1)
    assert _count(workspace, "person_fact") == n_before + N_CONTACTS - 1
    assert len(all_versions(workspace.register)) == n_known + N_CONTACTS - 1
    assert (workspace.rejected_dir / f"{job.result['import_id']}-rows.csv").is_file()
    assert list_uploads(workspace) == []


@pytest.mark.parametrize(("moment", "name"), [("at", "messages"), ("after", "plan")])
def test_plan_job_killed_at_step_makes_one_plan(
    workspace: Workspace, tmp_path: Path, moment: str, name: str
) -> None:
    (tmp_path / "spring.toml").write_text(starter_brief(), encoding="utf-8")
    body = json.loads(load_brief(tmp_path / "spring.toml").model_dump_json())
    save_document(workspace.register, kind="brief", name="spring", body=body, author=BY, at=AT)
    job_id = start_job(workspace, "make_plan", inputs={"brief": "spring", "seed": "7"}, by=BY)
    _kill(workspace, moment, name)
    job = _go_on(workspace, job_id)
    assert job.state is JobState.DONE, job.fault
    assert [run.run_id for run in list_runs(workspace.register, command="plan")] == [job_id]
    assert len(document_history(workspace.register, kind="plan", name=job_id)) == 1
    plan = load_plan(workspace)
    assert plan.run_id == job.result["run_id"] == job_id
    n_lines = sum(line.in_plan for line in plan.venues.lines)
    assert _count(workspace, "plan_line") == n_lines


@pytest.mark.parametrize(("moment", "name"), [("at", "undo"), ("after", "undo")])
def test_undo_job_killed_at_step_takes_back_once(
    workspace: Workspace, moment: str, name: str
) -> None:
    entry = next(e for e in list_imports(workspace.register) if e.table_name == "contact")
    job_id = start_job(workspace, "undo_import", inputs={"import_id": entry.import_id}, by=BY)
    _kill(workspace, moment, name)
    job = _go_on(workspace, job_id)
    assert job.state is JobState.DONE, job.fault
    assert job.result["n_removed"] == entry.counts.n_published
    assert _count(workspace, "person_fact") == 0


def test_backup_job_killed_after_its_step_makes_one_backup(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    _kill(workspace, "after", "back_up")
    job = _go_on(workspace, job_id)
    assert [path.name for path in workspace.backups_dir.glob("*.backup")] == [job.result["file"]]


def test_living_worker_takes_up_job_of_dead_one_and_of_no_living_one(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    first = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(workspace.path), "at", "back_up", "hang"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        give_up_at = time.monotonic() + 60
        while not (workspace.path / "begun").exists():
            assert time.monotonic() < give_up_at
            time.sleep(0.1)
        with working(workspace, name="second"):
            time.sleep(3)
            assert look_at_job(workspace, job_id).state is JobState.RUNNING
            first.kill()
            first.wait()
            job = await_end(workspace, job_id)
    finally:
        first.kill()
        first.wait()
    assert job.state is JobState.DONE
