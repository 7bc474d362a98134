"""Kinds of jobs: reports, several files, plans asked for wrongly; one that kills its worker."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from signoff.app.jobs import JobState, JobView, Worker, look_at_job, start_job
from signoff.audience import list_duplicates
from signoff.brief import load_brief, starter_brief
from signoff.plan import PlanOptions, make_plan
from signoff.store.imports import ImportOptions, import_file
from signoff.store.imports.upload import keep_upload, list_uploads
from signoff.store.lake import duckdb_engine
from signoff.store.merges import PairAnswer, answer_pairs
from signoff.store.privacy.request import keep_request, load_request
from signoff.store.register import ImportState, current_persons, list_imports, save_document
from signoff.store.workspace import Workspace
from workers import working

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
BY = "ann@acme.example"
TUTORIAL = Path(__file__).resolve().parents[4] / "docs" / "tutorial" / "files"
Ended = Callable[[str], JobView]
DEADLY = """
import os, signal, sys, time
from pathlib import Path
from signoff.app.jobs import Worker, running
from signoff.app.jobs.progress import Progress
from signoff.store.workspace import open_workspace

running.MOST_ATTEMPTS = 1
Progress.__call__ = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
Worker(open_workspace(Path(sys.argv[1]))).start()
time.sleep(30)
"""


def test_report_job_writes_the_forms_asked_for(
    workspace: Workspace, worker: Worker, ended: Ended, tmp_path: Path
) -> None:
    for name in ("accounts", "contacts", "venue", "rate", "venue_audience"):
        import_file(workspace, TUTORIAL / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
    (tmp_path / "b.toml").write_text(starter_brief(), encoding="utf-8")
    options = PlanOptions(seed=1, as_of=date(2026, 11, 26), by="ann", at=AT)
    plan = make_plan(workspace, brief=tmp_path / "b.toml", options=options)
    inputs = {"run_id": plan.run_id, "formats": "html,csv", "language": "fr"}
    job = ended(start_job(workspace, "write_report", inputs=inputs, by=BY))
    assert job.state is JobState.DONE, job.fault
    folder = workspace.reports_dir / plan.run_id
    assert sorted(path.name for path in folder.iterdir()) == ["media-plan.csv", "report.html"]
    assert 'lang="fr"' in (folder / "report.html").read_text("utf-8")
    wrong = ended(
        start_job(
            workspace, "write_report", inputs={"run_id": plan.run_id, "formats": "docx"}, by=BY
        )
    )
    assert wrong.fault is not None
    assert wrong.fault.what == "a report cannot be written as docx"


def test_import_job_of_several_files_keeps_good_ones_and_tells_of_the_others(
    workspace: Workspace, worker: Worker, ended: Ended
) -> None:
    files = {"contacts.csv": b"", "accounts.csv": b"", "odd.csv": b"Foo,Bar\n1,2\n"}
    ids = [
        keep_upload(
            workspace,
            [content or (TUTORIAL / name).read_bytes()],
            name=name,
            by=BY,
            at=AT,
        ).upload_id
        for name, content in files.items()
    ]
    inputs = {"upload_ids": ",".join(ids)}
    job = ended(start_job(workspace, "import_files", inputs=inputs, by=BY))
    assert job.state is JobState.FAILED
    assert job.fault is not None
    assert job.fault.what == "1 of 3 files did not come in"
    assert ["odd.csv" in fault.what for fault in job.fault.faults] == [True]
    live = list_imports(workspace.register, state=ImportState.LIVE)
    assert [entry.file_name for entry in reversed(live)] == ["accounts.csv", "contacts.csv"]
    assert [upload.file_name for upload in list_uploads(workspace)] == ["odd.csv"]


def test_erasure_job_leaves_the_person_nowhere_not_even_in_the_jobs_tables(
    workspace: Workspace, ended: Ended
) -> None:
    for name in ("accounts", "contacts"):
        import_file(workspace, TUTORIAL / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
    person = next(one for one in current_persons(workspace.register) if one.email)
    assert person.email
    address = person.email.encode()
    request_id = keep_request(workspace, email=person.email, at=AT)
    job_id = start_job(workspace, "erase_person", inputs={"request_id": request_id}, by=BY)
    assert address not in b"".join(path.read_bytes() for path in workspace.path.glob("jobs.db*"))
    with working(workspace):
        job = ended(job_id)
    assert job.state is JobState.DONE, job.fault
    assert job.result == {"request_id": request_id}
    files = [path for path in workspace.path.rglob("*") if path.is_file()]
    assert [path for path in files if address in path.read_bytes()] == []
    jobs = b"".join(path.read_bytes() for path in workspace.path.glob("jobs.db*"))
    assert request_id.encode() in jobs
    assert person.person_id.encode() not in jobs
    assert load_request(workspace, request_id).outcome[0]["n_rows"] == 1


@pytest.mark.parametrize(
    ("inputs", "what"),
    [
        ({"brief": "none"}, "there is no brief 'none'"),
        ({"brief": "/etc/passwd"}, "there is no brief '/etc/passwd'"),
        ({"brief": "spring", "seed": "-1"}, "'-1' is no seed"),
        ({"brief": "spring", "as_of": "tomorrow"}, "'tomorrow' is no day"),
    ],
)
def test_plan_job_asked_for_wrongly_fails_and_reads_no_file(
    workspace: Workspace,
    worker: Worker,
    ended: Ended,
    tmp_path: Path,
    inputs: dict[str, str],
    what: str,
) -> None:
    (tmp_path / "b.toml").write_text(starter_brief(), encoding="utf-8")
    body = json.loads(load_brief(tmp_path / "b.toml").model_dump_json())
    save_document(workspace.register, kind="brief", name="spring", body=body, author=BY, at=AT)
    job = ended(start_job(workspace, "make_plan", inputs=inputs, by=BY))
    assert job.fault is not None
    assert job.fault.what == what


def test_duplicates_job_finds_pairs_and_leaves_out_what_was_answered(
    workspace: Workspace, worker: Worker, ended: Ended, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(
        "external id,name,domain,country\n1,Acme Tools,acmetools.com,FR\n"
        "2,ACME Tools Ltd,www.acmetools.com,FR\n3,Zenith Foods,zenith.example,US\n"
    )
    import_file(workspace, path, options=ImportOptions(by=BY, at=AT))
    job = ended(start_job(workspace, "find_duplicates", inputs={}, by=BY))
    assert (job.state, job.result) == (JobState.DONE, {"n_pairs": 1})
    with duckdb_engine(workspace) as engine:
        (pair,) = list_duplicates(engine).pairs
    assert {pair.name, pair.other_name} == {"Acme Tools", "ACME Tools Ltd"}
    answer = PairAnswer(pair.account_id, pair.other_account_id, is_same=False, reason="two firms")
    answer_pairs(workspace, [answer], by=BY, at=AT)
    job = ended(start_job(workspace, "find_duplicates", inputs={}, by=BY))
    assert job.result == {"n_pairs": 0}


@pytest.mark.slow
def test_job_that_kills_each_worker_is_given_up(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=BY)
    give_up_at = time.monotonic() + 240
    while not (job := look_at_job(workspace, job_id)).state.is_over:
        assert time.monotonic() < give_up_at, job
        subprocess.run([sys.executable, "-c", DEADLY, str(workspace.path)], check=False, timeout=60)
    assert job.state is JobState.FAILED
    assert job.fault is not None
    assert job.fault.what == "the job was given up"
