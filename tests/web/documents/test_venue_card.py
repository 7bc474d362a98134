"""Venues edited in the browser: opened from the lake, published to it."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from signoff.app.web.documents.card_kind import VENUE_CARDS
from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.forms import type_body
from signoff.app.web.rights import Role
from signoff.store.register import document_history, load_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

EDIT = "/documents/edit/venue/people-weekly"


def sent(language: str = "en", *, base_version: int = 0) -> dict[str, Any]:
    typed: dict[str, Any] = type_body(
        kind_of("venue").shape, VENUE_CARDS.current("people-weekly") or {}, language=language
    )
    return {**typed, "base_version": str(base_version), "act": "save"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_edit_opens_what_a_file_brought_in(
    filled_workspace: Workspace, client_of: Callable[..., Any], language: str
) -> None:
    page = client_of(language=language).get(EDIT).content.decode()
    assert "People Weekly" in page
    assert 'name="prices[1].unit_price"' in page
    assert 'name="base_version" value="0"' in page
    assert {"en": "Visits per exposure", "fr": "Visites par exposition"}[language] in page


def test_save_is_what_the_next_plan_reads(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client, form = client_of(), sent()
    form["prices[1].unit_price"] = ["1,234.50"]
    assert client.post(EDIT, form).status_code == 302
    found = VENUE_CARDS.current("people-weekly")
    assert found is not None
    assert found["prices"][0]["unit_price"] == "1234.50"
    kept = load_document(filled_workspace.register, kind="venue", name="people-weekly")
    assert (kept.version, kept.author) == (1, "planner@acme.example")
    again = client.post(EDIT, sent(base_version=1), follow=True)
    assert "Nothing was changed" in again.content.decode()


def test_faults_stand_beside_their_fields_and_nothing_is_published(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    form, before = sent("fr"), VENUE_CARDS.current("people-weekly")
    form["response_share"] = ["90 %"]
    form["audiences[1].basis"], form["audiences[1].source"] = ["measured"], [""]
    answer = client_of(language="fr").post(EDIT, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="f-response_share-fault"' in page
    assert 'id="f-audiences-1-source-fault"' in page
    assert "aucune source n\u2019est nommée" in page
    assert VENUE_CARDS.current("people-weekly") == before


def test_save_keeps_steps_set_up_and_dates_of_issue(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client, form = client_of(language="fr"), sent("fr")
    form |= {
        "discount_kind": ["incremental"],
        "setup_cost": ["1 500,50"],
        "lead_days": ["21"],
        "prices[1].units_to": ["3"],
        "issues[1].issue_on": ["25/03/2027"],
        "issues[1].closes_on": ["10/03/2027"],
        "issues[1].capacity_units": ["2"],
    }
    answer = client.post(EDIT, form)
    assert answer.status_code == 302
    found = VENUE_CARDS.current("people-weekly")
    assert found is not None
    assert (found["setup_cost"], found["discount_kind"]) == ("1500.50", "incremental")
    assert found["issues"] == [
        {"issue_on": "2027-03-25", "closes_on": "2027-03-10", "capacity_units": 2}
    ]
    page = client.get(EDIT).content.decode()
    assert "Dates de parution" in page
    assert "1500,50" in page.replace("\u00a0", "").replace("\u202f", "")
    assert "2027-03-25" in page


@pytest.mark.parametrize(
    ("language", "gap", "deadline"),
    [
        ("en", "ate card has a gap: one price ends with 2 units", "hat has appeared cannot"),
        ("fr", "es tarifs ont un trou : un prix finit à 2 unités", "e qui a paru ne se commande"),
    ],
)
def test_gap_and_late_deadline_stand_beside_their_fields(
    filled_workspace: Workspace,
    client_of: Callable[..., Any],
    language: str,
    gap: str,
    deadline: str,
) -> None:
    form = sent(language)
    form |= {
        "prices[1].units_to": ["2"],
        "issues[1].issue_on": ["2027-03-25"],
        "issues[1].closes_on": ["2027-03-26"],
    }
    answer = client_of(language=language).post(EDIT, form)
    page = unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")
    assert answer.status_code == 422
    assert gap in page
    assert deadline in page
    assert 'id="f-issues-1-closes_on-fault"' in page


def test_two_at_once_are_shown_side_by_side(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    mine, theirs = sent(), sent()
    theirs["name"], mine["name"] = ["Theirs"], ["Mine"]
    assert client.post(EDIT, theirs).status_code == 302
    answer = client.post(EDIT, mine)
    assert answer.status_code == 409
    assert "Theirs" in answer.content.decode()
    history = document_history(filled_workspace.register, kind="venue", name="people-weekly")
    assert len(history) == 1


def test_restore_publishes_the_old_card_again(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    for seen, name in enumerate(("First", "Second")):
        form = sent(base_version=seen)
        form["name"] = [name]
        assert client.post(EDIT, form).status_code == 302
    client.post("/documents/restore/venue/1/people-weekly?seen=2")
    found = VENUE_CARDS.current("people-weekly")
    assert found is not None
    assert found["name"] == "First"


def test_new_begins_with_a_price_and_an_audience_to_fill_in(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    answer = client.post("/documents/new/venue", {"name": "trade-weekly", "source": ""})
    page = client.get(answer.url).content.decode()
    assert 'name="prices[1].unit_price"' in page
    assert 'name="audiences[1].reach_share"' in page
    assert client_of(Role.VIEWER).get(answer.url).status_code == 403
