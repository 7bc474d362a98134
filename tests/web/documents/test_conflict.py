"""Two people edit one document: nobody's work is covered up."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.rights import Role
from signoff.store.register import Version, load_document, save_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

EDIT = "/documents/edit/brief/spring"
JOIN = "/documents/join/brief/spring"


def bo_saves(workspace: Workspace, **changes: Any) -> Version:
    body = kind_of("brief").begin({})
    for section, values in changes.items():
        body[section] = {**body[section], **values}
    return save_document(
        workspace.register,
        kind="brief",
        name="spring",
        body=body,
        author="bo@acme.example",
        at=datetime(2026, 11, 3, tzinfo=UTC),
    )


def newest(workspace: Workspace) -> Version:
    return load_document(workspace.register, kind="brief", name="spring")


def test_save_from_an_older_version_shows_both_sides_and_saves_nothing(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], member: Any, sent: Any
) -> None:
    member(Role.OWNER, email="bo@acme.example", name="Bo")
    bo_saves(workspace, money={"budget": "70000"}, objective={"target": 50})
    answer = client_of().post(EDIT, sent({"money.budget": "80000", "notes": "mine"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo saved version 2" in page
    assert newest(workspace).version == 2
    assert page.count("changed by both") == 1
    assert {"80,000", "70,000", "60,000"} <= set(page.replace("<", " ").replace(">", " ").split())


def test_join_takes_what_was_chosen_and_what_only_one_changed(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    bo_saves(workspace, money={"budget": "70000"}, objective={"target": 50})
    client = client_of()
    form = {**sent({"money.budget": "80000", "notes": "mine"}), "their_version": "2"}
    unchosen = client.post(JOIN, form)
    assert unchosen.status_code == 422
    assert "still needs a choice" in unchosen.content.decode()
    assert client.post(JOIN, {**form, "take money.budget": "mine"}).status_code == 302
    kept = newest(workspace)
    assert (kept.version, kept.body["money"]["budget"]) == (3, "80000")
    assert (kept.body["objective"]["target"], kept.body["notes"]) == (50, ["mine"])


def test_join_can_leave_theirs(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    bo_saves(workspace, money={"budget": "70000"})
    form = {**sent({"money.budget": "80000"}), "their_version": "2"}
    answer = client_of().post(JOIN, {**form, "take money.budget": "theirs"}, follow=True)
    assert "Nothing was changed" in answer.content.decode()
    assert newest(workspace).version == 2


def test_join_overtaken_once_more_asks_once_more(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    bo_saves(workspace, money={"budget": "70000"})
    bo_saves(workspace, money={"budget": "71000"})
    form = {**sent({"money.budget": "80000"}), "their_version": "2", "take money.budget": "mine"}
    answer = client_of().post(JOIN, form)
    assert answer.status_code == 409
    assert "71,000" in answer.content.decode()
    assert newest(workspace).version == 3


def test_join_whose_whole_is_wrong_opens_the_form_again(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    bo_saves(workspace, market={"employees_min": 1500})
    form = {**sent({"market.employees_max": "1000"}), "their_version": "2"}
    answer = client_of().post(JOIN, form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="f-market-employees_max-fault"' in page
    assert 'name="base_version" value="2"' in page


def test_a_new_document_whose_name_was_taken_meanwhile_is_not_written_over(
    brief: Version, workspace: Workspace, client_of: Callable[..., Any], sent: Any
) -> None:
    answer = client_of().post(EDIT, sent({"money.budget": "1000"}, base_version=0))
    assert answer.status_code == 409
    assert newest(workspace).version == 1
