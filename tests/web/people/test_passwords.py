"""Passwords: changed, forgotten, given anew."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from signoff.app.web.people.models import AccessLink, Member
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
NEW = "a wholly other phrase"
CHANGE = {"own_password": PASSWORD, "password": NEW, "again": NEW}


def test_change_password_ends_all_other_sessions(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    somebody = member("planner")
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/sign-in", {"username": somebody.email, "password": PASSWORD})
    assert here.post("/account/password", CHANGE).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert list_audit(workspace.register)[-1].act.action == "changed password"


def test_session_that_survives_in_the_table_is_dead_after_a_change(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("planner")
    somebody = Member.objects.get()
    somebody.set_password(NEW)
    somebody.save()
    assert client.get("/").status_code == 302


def test_change_password_with_wrong_present_one_is_refused_then_held_up(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("planner")
    for _ in range(5):
        answer = client.post("/account/password", CHANGE | {"own_password": "guess"})
        assert "This is not your password" in answer.content.decode()
    assert client.post("/account/password", CHANGE).status_code == 429
    assert Member.objects.get().check_password(PASSWORD)


def test_forgotten_says_and_does_the_same_for_strangers(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    member("planner")
    pages = set()
    counts = []
    for email in ("planner@acme.example", "stranger@acme.example"):
        with CaptureQueriesContext(connection) as counted:
            answer = Client().post("/sign-in/forgotten", {"email": email})
        pages.add(answer.content.decode().partition("<main")[2].partition("</main>")[0])
        counts.append(len(counted))
    assert len(pages) == 1
    # the first failure of an address makes its row, which the second finds
    assert abs(counts[0] - counts[1]) <= 3
    asked = [row.act for row in list_audit(workspace.register)][-2:]
    assert [act.by for act in asked] == ["visitor", "visitor"]


def test_forgotten_too_often_from_one_address_is_held_up(workspace: Workspace) -> None:
    Member.objects.create_user("a@acme.example", PASSWORD, name="A", role="owner")
    for n in range(5):
        Client().post("/sign-in/forgotten", {"email": f"s{n}@acme.example"})
    assert Client().post("/sign-in/forgotten", {"email": "a@acme.example"}).status_code == 429


def reset_path(page: str) -> str:
    return "/new-password/" + page.partition("/new-password/")[2].partition('"')[0]


def test_owner_gives_a_link_for_a_new_password_once(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any]
) -> None:
    owner = client_of("owner")
    somebody = member("planner")
    Client().post("/sign-in/forgotten", {"email": somebody.email})
    assert "New passwords asked for" in owner.get("/people").content.decode()
    page = owner.post(f"/people/{somebody.pk}/password").content.decode()
    path = reset_path(page)
    assert path.rpartition("/")[2] not in str(list(AccessLink.objects.values()))
    stranger = Client()
    assert stranger.post(path, {"password": "short", "again": "short"}).status_code == 200
    assert stranger.post(path, {"password": NEW, "again": NEW})["Location"] == "/sign-in"
    assert stranger.get("/").status_code == 302
    assert stranger.get(path).status_code == 404
    assert stranger.post("/sign-in", {"username": somebody.email, "password": NEW})["Location"] == (
        "/"
    )
    assert "New passwords asked for" not in owner.get("/people").content.decode()


@pytest.mark.parametrize("end", ["expired", "revoked", "deactivated"])
def test_link_for_a_new_password_that_ended_is_gone(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any], end: str
) -> None:
    owner, somebody = client_of("owner"), member("planner")
    path = reset_path(owner.post(f"/people/{somebody.pk}/password").content.decode())
    if end == "expired":
        AccessLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "revoked":
        owner.post(f"/people/{somebody.pk}/password")
    else:
        owner.post(f"/people/{somebody.pk}/deactivate")
    assert Client().get(path).status_code == 404
