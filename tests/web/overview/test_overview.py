"""The first page: empty, with the sample, with a plan, and what needs attention."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from signoff.app.jobs import JobState, JobView
from signoff.app.jobs.fault import MISTAKE
from signoff.app.web.overview.attention import list_concerns
from signoff.app.web.overview.questions import list_questions
from signoff.app.web.overview.standing import stand
from signoff.app.web.rights import Role
from signoff.plan import load_plan, load_sample
from signoff.results import Estimate
from signoff.store.imports import ImportOptions, import_file
from signoff.store.register import load_document, save_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
NOW = datetime.now(UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the kinds of the jobs that the page asks for, without doing them."""
    kinds: list[str] = []

    def start(workspace: Workspace, kind: str, **named: Any) -> str:
        kinds.append(kind)
        return "b" * 32

    monkeypatch.setattr("signoff.app.web.overview.sample.start_job", start)
    return kinds


def page_of(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def titles(workspace: Workspace, role: Role = Role.OWNER) -> list[str]:
    return [concern.title for concern in list_concerns(load_plan(workspace), role)]


def test_overview_of_an_empty_workspace_gives_steps_and_the_sample(
    workspace: Workspace, client_of: ClientOf
) -> None:
    page = page_of(client_of("planner"))
    assert page.count('<li class="next">') == 1
    assert "Load the sample campaign" in page
    assert "Load the sample campaign" not in page_of(client_of("viewer"))


def test_load_sample_starts_one_job_and_shows_it(
    workspace: Workspace, client_of: ClientOf, asked: list[str]
) -> None:
    answer = client_of("planner").post(reverse("overview:load_sample"))
    assert answer.status_code == 302
    assert asked == ["load_sample"]
    assert client_of("viewer").post(reverse("overview:load_sample")).status_code == 403


def test_overview_with_the_sample_says_so_and_takes_it_back(
    workspace: Workspace, client_of: ClientOf, asked: list[str]
) -> None:
    load_sample(workspace, by="ann", at=NOW)
    client = client_of("planner")
    page = page_of(client)
    assert "This is the sample campaign" in page
    assert "Load the sample campaign" not in page
    client.post(reverse("overview:undo_sample"))
    assert asked == ["undo_sample"]


def test_overview_with_facts_of_ones_own_offers_no_sample(
    workspace: Workspace, client_of: ClientOf, tmp_path: Path
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("name,country\nAcme,FR\n", encoding="utf-8")
    import_file(workspace, own, options=ImportOptions(by="ann", at=NOW))
    assert "Load the sample campaign" not in page_of(client_of("owner"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_overview_with_a_plan_shows_forecast_interval_and_target(
    filled_workspace: Workspace, client_of: ClientOf, language: str
) -> None:
    page = page_of(client_of("viewer", language=language))
    plan = load_plan(filled_workspace)
    assert reverse("plans:show", args=[plan.run_id]) in page
    assert "path=venues.result.value" in page
    assert 'class="target"' in page
    assert page.count('<li class="card"><h3>') == 6
    assert 'style="' not in page


def test_stand_places_interval_and_target_on_one_scale(filled_workspace: Workspace) -> None:
    plan = load_plan(filled_workspace)
    target = float(plan.brief.objective.target)
    for result, place in (
        (Estimate(2 * target, 1.5 * target, 3 * target), "below"),
        (Estimate(target, 0.5 * target, 2 * target), "inside"),
        (Estimate(0.0, 0.0, 0.0), "above"),
    ):
        found = stand(replace(plan, venues=replace(plan.venues, result=result)))
        assert found.place == place
        assert found.start_x <= found.low_x <= found.value_x <= found.high_x <= found.end_x
        assert found.start_x <= found.target_x <= found.end_x


def test_concerns_name_rows_given_back_cautions_and_gaps(filled_workspace: Workspace) -> None:
    found = " | ".join(titles(filled_workspace))
    assert "1 row was given back" in found
    assert "The plan has" in found
    assert "nobody is known" in found


def test_concerns_of_a_newer_brief_and_newer_facts_lead_to_a_new_plan(
    filled_workspace: Workspace, tmp_path: Path
) -> None:
    before = titles(filled_workspace)
    assert not any("newer" in title for title in before)
    plan = load_plan(filled_workspace)
    kept = load_document(filled_workspace.register, kind="brief", name=plan.brief_name)
    body = json.loads(json.dumps(kept.body))
    save_document(
        filled_workspace.register,
        kind="brief",
        name=plan.brief_name,
        body=body,
        author="bob",
        at=NOW,
    )
    more = tmp_path / "more.csv"
    more.write_text("name,country\nNew Firm,FR\n", encoding="utf-8")
    import_file(filled_workspace, more, options=ImportOptions(by="ann", at=NOW))
    after = titles(filled_workspace)
    assert "The brief is newer than the plan" in after
    assert "The facts are newer than the plan" in after
    for concern in list_concerns(plan, Role.VIEWER):
        assert "plans/new" not in concern.address


def test_concerns_about_backups_and_members_are_for_owners(
    filled_workspace: Workspace, member: Callable[..., Any]
) -> None:
    waiting = member("viewer", email="bob@acme.example", name="Bob")
    waiting.reset_asked_at = NOW
    waiting.save()
    assert "There is no backup yet" in titles(filled_workspace)
    assert any("waits for a new password" in title for title in titles(filled_workspace))
    assert "There is no backup yet" not in titles(filled_workspace, Role.PLANNER)
    filled_workspace.backups_dir.mkdir(exist_ok=True)
    (filled_workspace.backups_dir / "a.backup").write_bytes(b"x")
    assert not any("backup" in title for title in titles(filled_workspace))


def test_concern_of_a_failed_job_goes_once_the_same_was_done(
    filled_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = JobView(
        job_id="c" * 32,
        kind="backup",
        by="ann",
        state=JobState.FAILED,
        inputs={},
        step="",
        step_number=0,
        n_steps=1,
        n_rows=0,
        n_total=0,
        asked_at=NOW - timedelta(hours=2),
        fault=MISTAKE,
    )
    done = replace(failed, state=JobState.DONE, asked_at=NOW - timedelta(hours=1), fault=None)
    for jobs, is_told in (([failed], True), ([done, failed], False)):
        monkeypatch.setattr(
            "signoff.app.web.overview.attention.list_jobs", lambda *_a, jobs=jobs, **_k: jobs
        )
        assert ("1 job failed" in titles(filled_workspace)) is is_told


def test_each_of_the_six_questions_leads_to_its_page(filled_workspace: Workspace) -> None:
    questions = list_questions(load_plan(filled_workspace), language="en")
    assert [question.address for question in questions if not question.address] == []
    assert len(questions) == 6
