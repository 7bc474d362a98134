"""Briefs edited in the browser: faults beside their fields, versions, rows, what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from signoff.app.web.documents.models import Draft
from signoff.app.web.rights import Role
from signoff.store.register import Version, document_history, list_audit, load_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

EDIT = "/documents/edit/brief/spring"
SHOW = "/documents/show/brief/spring"


def newest(workspace: Workspace) -> Version:
    return load_document(workspace.register, kind="brief", name="spring")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_edit_shows_the_newest_version_in_its_boxes(
    brief: Version, client_of: Callable[..., Any], language: str
) -> None:
    page = client_of(Role.PLANNER, language=language).get(EDIT).content.decode()
    assert 'name="money.budget" value="60' in page
    assert 'name="base_version" value="1"' in page
    assert {"en": "Most that may be spent", "fr": "Dépense maximale"}[language] in page


def test_edit_is_for_planners(brief: Version, client_of: Callable[..., Any]) -> None:
    assert client_of(Role.VIEWER).get(EDIT).status_code == 403
    assert client_of(None).get(EDIT).status_code == 302


def test_save_makes_the_next_version_by_whoever_saved(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    answer = client_of().post(EDIT, sent({"money.budget": "75 000,50"}))
    assert (answer.status_code, answer.url) == (302, f"{SHOW}?saved=1")
    kept = newest(workspace)
    assert (kept.version, kept.author) == (2, "planner@acme.example")
    assert kept.body["money"]["budget"] == "75000.50"
    assert list_audit(workspace.register)[-1].act.action == "saved"


def test_save_with_faults_keeps_every_text_and_tells_each_fault_beside_its_box(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    changes = {
        "money.budget": "much",
        "committee.roles[2].role": "user",
        "market.employees_max": "10",
        "notes": "a\nb",
        "advertiser.name": "",
    }
    answer = client_of().post(EDIT, sent(changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert newest(workspace).version == 1
    assert 'value="much"' in page
    assert ">\na\nb</textarea>" in page
    for field in (
        "money-budget",
        "committee-roles",
        "market-employees_max",
        "advertiser-name",
        "message-propositions-1-roles",
    ):
        assert f'href="#f-{field}"' in page
        assert f'id="f-{field}-fault"' in page
    assert "5 things to correct" in page


def test_save_of_what_is_the_same_makes_no_version(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    answer = client_of().post(EDIT, sent({"money.budget": "60000.00"}), follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert newest(workspace).version == 1


def test_check_saves_nothing_and_says_whether_all_is_well(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    assert "Nothing is wrong" in client.post(EDIT, sent(act="check")).content.decode()
    faulty = client.post(EDIT, sent({"objective.target": "0"}, act="check"))
    assert "1 thing to correct" in faulty.content.decode()
    assert newest(workspace).version == 1


def test_rows_are_added_moved_and_removed_without_losing_what_was_typed(
    brief: Version, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    typed = sent({"advertiser.name": "Brouillon & fils"}, act="add venues")
    page = client.post(EDIT, typed).content.decode()
    assert 'name="venues[1].venue"' in page
    assert "Brouillon &amp; fils" in page
    page = client.post(EDIT, sent(act="up message.propositions[2]")).content.decode()
    assert 'name="message.propositions[1].claim" value="Pay for payslips' in page
    page = client.post(EDIT, sent(act="remove committee.roles[1]")).content.decode()
    assert 'name="committee.roles[3]' not in page


def test_a_strange_act_only_shows_the_form_again(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    for act in ("show", "remove money", "up committee.roles[99]", "<script>"):
        answer = client.post(EDIT, sent({"money.budget": "7"}, act=act))
        assert answer.status_code == 200
        assert 'name="money.budget" value="7"' in answer.content.decode()
    assert newest(workspace).version == 1


def test_new_begins_with_a_sample_and_saves_nothing_before_it_is_told(
    workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    answer = client.post("/documents/new/brief", {"name": " Summer  2027 ", "source": ""})
    address = reverse("documents:edit", args=["brief", "Summer 2027"])
    assert answer.url == address
    assert 'name="base_version" value="0"' in client.get(address).content.decode()
    assert document_history(workspace.register, kind="brief", name="Summer 2027") == []
    client.post(address, sent(base_version=0))
    kept = document_history(workspace.register, kind="brief", name="Summer 2027")
    assert [one.version for one in kept] == [1]


def test_new_copies_another_and_refuses_names_that_are_taken_or_cannot_be_carried(
    brief: Version, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    answer = client.post("/documents/new/brief", {"name": "autumn", "source": "spring"})
    assert answer.url == "/documents/edit/brief/autumn?copy=spring"
    assert "Example Ltd" in client.get(answer.url).content.decode()
    for name in ("spring", "a/b", "../x", "x" * 90, "<b>", ""):
        assert client.post("/documents/new/brief", {"name": name}).status_code == 422, name


def test_name_that_cannot_be_carried_is_refused_in_the_readers_language(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of("planner", language="fr")
    page = client.post("/documents/new/brief", {"name": "a/b"}).content.decode()
    assert "appeler ainsi\u00a0: son nom figure dans" in page
    assert "fichiers\u00a0; employez" in page


def test_a_kind_without_a_form_has_no_address_to_edit(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    for address in ("/documents/edit/plan/x", "/documents/new/mapping", "/documents/edit/x/y"):
        assert client.get(address).status_code == 404
    assert client.get("/documents/show/brief/none").status_code == 404


def test_what_was_typed_is_escaped_everywhere(
    brief: Version, client_of: Callable[..., Any], sent: Any
) -> None:
    client, bad = client_of(), "<script>alert(1)</script>"
    client.post(EDIT, sent({"advertiser.name": bad}))
    for place in ("edit", "show", "history", "compare"):
        address = f"/documents/{place}/brief/spring"
        page = client.get(address).content.decode()
        assert bad not in page
        assert place == "history" or "&lt;script&gt;" in page


def test_an_email_address_is_refused_and_hidden_in_the_draft(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    answer = client_of().post(EDIT, sent({"notes": "ask jo@firm.example"}))
    assert answer.status_code == 422
    assert 'id="f-notes-fault"' in answer.content.decode()
    assert newest(workspace).version == 1
    assert Draft.objects.get().typed["notes"] == ["ask (an e-mail address)"]


def test_a_form_that_does_not_say_its_version_is_refused(
    brief: Version, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    for version in ("", "x", "-1", "٣", "1e3"):
        assert client.post(EDIT, {**sent(), "base_version": version}).status_code == 400
