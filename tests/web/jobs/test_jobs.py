"""The pages of jobs: listed, followed, cancelled, announced."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from signoff.app.jobs import (
    KINDS,
    JobState,
    Worker,
    cancel_job,
    close_jobs,
    look_at_job,
    start_job,
)
from signoff.app.web.jobs.words import KIND_WORDS, STEP_WORDS
from signoff.store.workspace import Workspace
from workers import await_end, working

pytestmark = pytest.mark.django_db

PLANNER = "planner@acme.example"
Clients = Callable[..., Client]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_jobs()


def _done(workspace: Workspace, *job_ids: str) -> None:
    with working(workspace):
        for job_id in job_ids:
            await_end(workspace, job_id)


def test_jobs_without_any_invites_to_import(workspace: Workspace, client_of: Clients) -> None:
    page = client_of("planner").get("/jobs").content.decode()
    assert "Nothing has been asked for yet" in page
    assert 'href="/imports"' in page
    viewed = client_of("viewer").get("/jobs").content.decode()
    assert 'class="button main"' not in viewed


def test_jobs_lists_who_asked_and_where_each_stands(
    workspace: Workspace, client_of: Clients
) -> None:
    first = start_job(workspace, "backup", inputs={}, by=PLANNER)
    start_job(workspace, "backup", inputs={}, by="bo@acme.example")
    cancel_job(workspace, first, by=PLANNER)
    client = client_of("planner")
    page = client.get("/jobs").content.decode()
    assert page.count(f'href="/jobs/{first}"') == 1
    assert "bo@acme.example" in page
    only = client.get("/jobs?state=cancelled").content.decode()
    assert first in only
    assert "bo@acme.example" not in only
    assert client.get("/jobs?export=csv").content.decode("utf-8-sig").count("backup") == 2
    client.cookies["signoff_language"] = "fr"
    assert "annulé" in client.get("/jobs").content.decode()


def test_job_that_waits_is_polled_and_works_without_scripts(
    workspace: Workspace, client_of: Clients
) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=PLANNER)
    client = client_of("planner")
    page = client.get(f"/jobs/{job_id}").content.decode()
    assert f'hx-get="/jobs/{job_id}" hx-trigger="every 1s"' in page
    assert f'<a class="button" id="job-look" href="/jobs/{job_id}">Look again</a>' in page
    part = client.get(f"/jobs/{job_id}", headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<section id="job"')
    assert "No worker is running" in part
    worker = Worker(workspace, name="here")
    with worker._life:
        alone = client.get(f"/jobs/{job_id}").content.decode()
    assert "No worker is running" not in alone


def test_job_that_is_done_is_no_longer_polled_and_leads_on(
    workspace: Workspace, client_of: Clients
) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=PLANNER)
    _done(workspace, job_id)
    page = client_of("planner").get(f"/jobs/{job_id}").content.decode()
    section = page.split('id="job"')[1]
    assert "hx-trigger" not in section
    assert 'data-announce="Backup: done"' in section


def test_cancel_and_resume_job_by_planner_alone(workspace: Workspace, client_of: Clients) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by=PLANNER)
    viewer, planner = client_of("viewer"), client_of("planner")
    assert viewer.post(f"/jobs/{job_id}/cancel").status_code == 403
    assert planner.get(f"/jobs/{job_id}/cancel").status_code == 405
    assert planner.post(f"/jobs/{job_id}/cancel")["Location"] == f"/jobs/{job_id}"
    assert look_at_job(workspace, job_id).state is JobState.CANCELLED
    assert planner.post(f"/jobs/{job_id}/cancel").status_code == 400
    assert "Go on with it" in planner.get(f"/jobs/{job_id}").content.decode()
    planner.post(f"/jobs/{job_id}/resume")
    assert look_at_job(workspace, job_id).state is JobState.WAITING


def test_erasure_is_stopped_and_resumed_by_owners_alone(
    workspace: Workspace, client_of: Clients
) -> None:
    inputs = {"request_id": "0" * 32}
    job_id = start_job(workspace, "erase_person", inputs=inputs, by="owner@acme.example")
    planner, owner = client_of("planner"), client_of("owner")
    assert planner.post(f"/jobs/{job_id}/cancel").status_code == 403
    assert f"/jobs/{job_id}/cancel" not in planner.get(f"/jobs/{job_id}").content.decode()
    assert owner.post(f"/jobs/{job_id}/cancel").status_code == 302
    assert planner.post(f"/jobs/{job_id}/resume").status_code == 403
    assert owner.post(f"/jobs/{job_id}/resume").status_code == 302
    assert look_at_job(workspace, job_id).state is JobState.WAITING


def test_job_that_failed_says_what_why_fix_but_no_cell_to_viewers(
    workspace: Workspace, client_of: Clients
) -> None:
    inputs = {"upload_id": "0" * 32}
    job_id = start_job(workspace, "import_file", inputs=inputs, by=PLANNER)
    _done(workspace, job_id)
    page = client_of("planner").get(f"/jobs/{job_id}").content.decode()
    assert "the uploaded file is no longer kept" in page
    assert "upload it again" in page
    assert "Try again" in page
    hidden = client_of("viewer").get(f"/jobs/{job_id}").content.decode()
    assert "no longer kept" not in hidden
    assert "your role does not show" in hidden


def test_job_of_unknown_id_is_not_found(workspace: Workspace, client_of: Clients) -> None:
    """Fault 21: another project's id."""
    client = client_of("owner")
    assert client.get("/jobs/" + "f" * 32).status_code == 404
    assert client.post("/jobs/" + "f" * 32 + "/cancel").status_code == 404


def test_badge_counts_own_jobs_and_announces_each_end_once(
    workspace: Workspace, client_of: Clients
) -> None:
    client = client_of("planner")
    assert 'hx-trigger="jobs-changed from:body"' in client.get("/jobs/badge").content.decode()
    start_job(workspace, "backup", inputs={}, by="bo@acme.example")
    job_id = start_job(workspace, "backup", inputs={}, by=PLANNER)
    badge = client.get("/jobs/badge").content.decode()
    assert f'data-running="{job_id}"' in badge
    assert "every 5s" in badge
    _done(workspace, job_id)
    ended = client.get("/jobs/badge", {"seen": f"{job_id},<script>"}).content.decode()
    assert ended.count('class="toast"') == 1
    assert 'data-announce="Backup: done"' in ended
    assert 'class="toast"' not in client.get("/jobs/badge?seen=").content.decode()


def test_badge_without_member_says_nothing_and_leads_nowhere(workspace: Workspace) -> None:
    answer: Any = Client().get("/jobs/badge", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert "HX-Redirect" not in answer


def test_every_kind_and_step_of_a_job_has_its_word() -> None:
    lacking = [kind.name for kind in KINDS.values() if kind.name not in KIND_WORDS]
    names = {name for kind in KINDS.values() for name in kind.phases}
    names |= {step.name for kind in KINDS.values() for step in kind.steps}
    assert [*lacking, *sorted(names - set(STEP_WORDS))] == []
