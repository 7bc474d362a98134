"""The pages of plans: list, report, why, files, comparison, and the jobs that make them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from signoff.plan import CampaignPlan, load_plan, read_plan
from signoff.report import compose_report, read_page, table_rows
from signoff.report.document import numbers_of
from signoff.store.register import current_persons
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture
def plan(filled_workspace: Workspace) -> CampaignPlan:
    return load_plan(filled_workspace)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, str], str]]:
    """Give the jobs that pages ask for, without doing them."""
    jobs: list[tuple[str, dict[str, str], str]] = []

    def start(workspace: Workspace, kind: str, *, inputs: dict[str, str], by: str) -> str:
        jobs.append((kind, dict(inputs), by))
        return "a" * 32

    monkeypatch.setattr("signoff.app.web.plans.making.start_job", start)
    return jobs


def page_of(client: Client, name: str, *args: str, query: str = "") -> str:
    answer = client.get(reverse(f"plans:{name}", args=args) + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_plans_of_an_empty_workspace_say_how_to_begin(
    workspace: Workspace, client_of: ClientOf
) -> None:
    page = page_of(client_of("planner"), "plans")
    assert "No plan has been made yet" in page
    assert reverse("plans:new") in page
    assert reverse("plans:new") not in page_of(client_of("viewer"), "plans")


def test_plans_show_each_plan_with_money_result_and_gap(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    page = page_of(client_of("viewer"), "plans")
    assert reverse("plans:show", args=[plan.run_id]) in page
    assert "€" in page
    rows = json.loads(page_of(client_of("owner"), "plans", query="?export=json"))
    assert [row["run_id"] for row in rows if "run_id" in row] == []
    assert rows[0]["result"] == plan.venues.result.value
    assert rows[0]["spend"] == str(plan.venues.total_spend)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_plan_is_its_report_in_the_readers_language(
    plan: CampaignPlan, client_of: ClientOf, language: str
) -> None:
    page = page_of(client_of("viewer", language=language), "show", plan.run_id)
    shown = {number.path for number in read_page(page).numbers}
    report = compose_report(plan, language=language)
    assert shown == {n.path for part in report.sections for n in numbers_of(part.blocks)}
    assert report.sections[0].title in page
    assert not re.search(r"<[^>]*\sstyle=", page)
    anchors = read_page(page).anchors
    assert len(anchors) == len(set(anchors))


def test_plan_names_no_person(
    filled_workspace: Workspace, plan: CampaignPlan, client_of: ClientOf
) -> None:
    page = page_of(client_of("viewer"), "show", plan.run_id)
    people = current_persons(filled_workspace.register)
    assert len(people) > 10
    assert [p.email for p in people if p.email and p.email in page] == []


def test_every_number_of_a_plan_leads_to_its_explanation(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    reading = read_page(page_of(client, "show", plan.run_id))
    links = {address for address in reading.addresses if "/why?path=" in address}
    assert len(links) == len({number.path for number in reading.numbers})
    for address in sorted(links)[::25]:
        assert client.get(address).status_code == 200


def test_why_shows_value_unit_sources_and_run(plan: CampaignPlan, client_of: ClientOf) -> None:
    path = "?path=venues.total_spend"
    page = page_of(client_of("viewer"), "why", plan.run_id, query=path)
    for text in (
        f"<code>{plan.venues.total_spend}</code> EUR",
        plan.run_id,
        plan.package_version,
        "venues.total_spend",
        plan.brief_name,
    ):
        assert text in page, text


def test_why_for_the_script_is_the_part_alone(plan: CampaignPlan, client_of: ClientOf) -> None:
    address = reverse("plans:why", args=[plan.run_id]) + "?path=venues.result.value"
    part = client_of("viewer").get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert repr(plan.venues.result.value) in part


@pytest.mark.parametrize(
    "path", ["brief.__class__", "venues.lines[99].spend", "holdout_account_ids"]
)
def test_why_of_what_the_report_does_not_show_is_not_found(
    plan: CampaignPlan, client_of: ClientOf, path: str
) -> None:
    answer = client_of("owner").get(reverse("plans:why", args=[plan.run_id]), {"path": path})
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("ending", "beginning"),
    [
        ("pdf", b"%PDF-"),
        ("pptx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbf"),
        ("html", b"<!doctype html>"),
    ],
)
def test_download_gives_a_file_with_its_headers(
    plan: CampaignPlan, client_of: ClientOf, ending: str, beginning: bytes
) -> None:
    answer = client_of("viewer").get(reverse("plans:download", args=[plan.run_id, ending]))
    assert answer.content.startswith(beginning)
    name = answer["Content-Disposition"].removeprefix("attachment; filename=")
    assert name.strip('"').endswith(f"-{plan.run_id[:8]}.{ending}")
    assert answer["Cache-Control"] == "private, no-store"


def test_download_json_is_the_plan_to_the_last_digit(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    text = page_of(client_of("viewer"), "download", plan.run_id, "json")
    assert read_plan(text) == plan


def test_download_in_another_form_is_not_found(plan: CampaignPlan, client_of: ClientOf) -> None:
    answer = client_of("viewer").get(reverse("plans:download", args=[plan.run_id, "exe"]))
    assert answer.status_code == 404


def test_table_of_the_report_is_given_with_all_digits(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    text = page_of(client_of("viewer"), "table", plan.run_id, query="?table=spend&export=json")
    wanted = table_rows(compose_report(plan, language="en"), "spend")
    assert [row["Spend"] for row in json.loads(text)] == [str(row["Spend"]) for row in wanted]


def test_plan_that_is_not_there_is_not_found(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    assert client_of("viewer").get(reverse("plans:show", args=["nothing"])).status_code == 404


def test_new_plan_starts_a_job_for_the_planner(
    plan: CampaignPlan, client_of: ClientOf, asked: list[Any]
) -> None:
    sent = {"brief": plan.brief_name, "seed": "7", "as_of": "2026-01-05"}
    answer = client_of("planner").post(reverse("plans:new"), sent)
    assert answer.status_code == 302
    assert asked == [("make_plan", sent, "planner@acme.example")]


def test_new_plan_faults_stand_beside_their_fields_and_start_nothing(
    plan: CampaignPlan, client_of: ClientOf, asked: list[Any]
) -> None:
    sent = {"brief": "no-such-brief", "seed": "-1", "as_of": "yesterday"}
    answer = client_of("planner").post(reverse("plans:new"), sent)
    assert answer.status_code == 400
    assert answer.content.decode().count('class="fault"') == 3
    assert asked == []


def test_new_plan_without_a_brief_says_to_write_one(
    workspace: Workspace, client_of: ClientOf
) -> None:
    assert "There is no brief to plan from" in page_of(client_of("planner"), "new")


def test_new_plan_is_refused_to_viewers(plan: CampaignPlan, client_of: ClientOf) -> None:
    assert client_of("viewer").get(reverse("plans:new")).status_code == 403


def test_make_again_starts_a_job_and_changes_nothing_by_looking(
    plan: CampaignPlan, client_of: ClientOf, asked: list[Any]
) -> None:
    client, address = client_of("planner"), reverse("plans:again", args=[plan.run_id])
    assert "It has not been made again yet" in client.get(address).content.decode()
    assert asked == []
    assert client.post(address).status_code == 302
    assert asked == [("repeat_plan", {"run_id": plan.run_id}, "planner@acme.example")]


def test_compare_with_one_plan_says_that_there_are_no_two(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    assert "There are no two plans" in page_of(client_of("viewer"), "compare")


def test_compare_a_plan_with_itself_shows_no_difference(
    plan: CampaignPlan, client_of: ClientOf
) -> None:
    query = f"?plan={plan.run_id}&other={plan.run_id}"
    client = client_of("viewer")
    assert "spend-of-both" in page_of(client, "compare", query=query)
    rows = json.loads(page_of(client, "compare", query=f"{query}&export=json"))
    assert {row["units_difference"] for row in rows} == {0}
