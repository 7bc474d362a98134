"""The pages of measure: the holdout, money against the plan, touches as association."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from signoff.plan import load_plan
from signoff.report import read_page
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
AT = datetime(2027, 2, 1, 9, tzinfo=UTC)


def page_of(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(f"measure:{name}") + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.fixture
def spent(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with spend in the plan's period: at a venue of it, and at another."""
    plan = load_plan(filled_workspace)
    line = next(line for line in plan.venues.lines if line.in_plan)
    day = plan.brief.period.starts_on
    path = tmp_path / "spend.csv"
    path.write_text(
        "venue,campaign,starts on,spend,currency\n"
        f'"{line.name.upper()}",a,{day},120.50,{line.currency}\n'
        f"Elsewhere,b,{day},10.00,{line.currency}\n",
        encoding="utf-8",
    )
    import_file(filled_workspace, path, options=ImportOptions(by="ann", at=AT))
    return filled_workspace


@pytest.fixture
def touched(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with three touches."""
    path = tmp_path / "event.csv"
    path.write_text(
        "event id,occurred at,kind,account name,venue,page\n"
        "e1,2027-01-05 10:00,visit,Sample Packaging 02,Weekly,/\n"
        "e2,2027-01-06 10:00,visit,,Weekly,/prices\n"
        "e3,2027-02-06 10:00,form,,,/contact\n",
        encoding="utf-8",
    )
    import_file(filled_workspace, path, options=ImportOptions(by="ann", at=AT))
    return filled_workspace


@pytest.mark.parametrize("language", ["en", "fr"])
def test_holdout_shows_the_design_and_what_is_not_measured(
    filled_workspace: Workspace, client_of: ClientOf, language: str
) -> None:
    page = page_of(client_of("viewer", language=language), "measure")
    paths = {number.path for number in read_page(page).numbers}
    assert "holdout.n_holdout" in paths
    assert all(path.startswith("holdout") for path in paths)
    assert "needed-by-rise" in page
    inner = {a[1:] for a in read_page(page).addresses if a.startswith("#") and a != "#main"}
    assert inner - set(read_page(page).anchors) == set()


def test_measure_without_a_plan_says_where_to_begin(
    workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert "nothing to prove yet" in page_of(client, "measure")
    assert "No spend has been imported" in page_of(client, "spend")
    assert "No touch has been imported" in page_of(client, "events")


def test_spend_sets_what_was_spent_beside_what_was_planned(
    spent: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert "planned-and-spent" in page_of(client, "spend")
    rows = {row["venue"]: row for row in json.loads(page_of(client, "spend", "?export=json"))}
    line = next(line for line in load_plan(spent).venues.lines if line.in_plan)
    assert rows[line.name]["spent"] == "120.50"
    assert rows[line.name]["planned"] == str(line.spend)
    assert rows["Elsewhere"]["standing"] == "unplanned"
    assert rows["Elsewhere"]["planned"] is None


def test_spend_outside_the_period_is_not_counted_against_the_plan(
    filled_workspace: Workspace, client_of: ClientOf, tmp_path: Path
) -> None:
    path = tmp_path / "spend.csv"
    path.write_text("venue,starts on,spend,currency\nX,2020-01-01,5.00,EUR\n", encoding="utf-8")
    import_file(filled_workspace, path, options=ImportOptions(by="ann", at=AT))
    page = page_of(client_of("viewer"), "spend")
    assert "No imported spend begins in the period of this plan" in page
    assert "spend-EUR" in page


def test_events_are_labelled_association_and_counted(
    touched: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    page = page_of(client, "events")
    assert "Association, not effect" in page
    assert "3 touches, 1 of them with a known account" in page
    rows = json.loads(page_of(client, "events", "?export=json&kind=visit"))
    assert [(row["venue"], row["n_events"], row["n_accounts"]) for row in rows] == [
        ("Weekly", 2, 1)
    ]


def test_events_by_an_unknown_column_is_refused(touched: Workspace, client_of: ClientOf) -> None:
    answer = client_of("viewer").get(reverse("measure:events") + "?sort=person_id")
    assert answer.status_code == 400
