"""Signing in and out: who gets in, who is held up, what a stranger learns."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.utils import timezone

from signoff.app.web.people.models import MemberSession
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"


def sign_in(client: Client, email: str, password: str, **extra: Any) -> Any:
    return client.post("/sign-in", {"username": email, "password": password}, **extra)


def test_sign_in_in_any_spelling_of_the_address(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    member("planner", email="bea@acme.example")
    client = Client()
    assert sign_in(client, " Bea@ACME.example ", PASSWORD)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_sign_out_ends_the_session(workspace: Workspace, member: Callable[..., Any]) -> None:
    member("planner")
    client = Client()
    sign_in(client, "planner@acme.example", PASSWORD)
    key = client.cookies["signoff_session"].value
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    thief = Client()
    thief.cookies["signoff_session"] = key
    assert thief.get("/").status_code == 302


def test_session_key_is_not_in_the_database(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    member("planner")
    client = Client()
    sign_in(client, "planner@acme.example", PASSWORD, HTTP_USER_AGENT="X Firefox/140.0 Linux")
    key = client.cookies["signoff_session"].value
    row = MemberSession.objects.get(member__email="planner@acme.example")
    assert key not in str(vars(row))
    assert row.browser == "Firefox, Linux"


def test_sign_in_changes_the_session_key(workspace: Workspace, member: Callable[..., Any]) -> None:
    member("planner")
    client = Client()
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = client.cookies["signoff_session"].value
    sign_in(client, "planner@acme.example", PASSWORD)
    assert client.cookies["signoff_session"].value != before


@pytest.mark.parametrize("spelling", ["planner@acme.example", "PLANNER@acme.example "])
def test_sign_in_after_five_failures_is_held_up_by_user_and_address(
    workspace: Workspace, member: Callable[..., Any], spelling: str
) -> None:
    member("planner")
    member("viewer")
    for _ in range(5):
        sign_in(Client(), "planner@acme.example", "wrong")
    held_up = sign_in(Client(), spelling, PASSWORD)
    assert held_up.status_code == 429
    assert "Too many attempts" in held_up.content.decode()
    assert held_up["Retry-After"] == "900"
    assert sign_in(Client(), "viewer@acme.example", PASSWORD).status_code == 302
    elsewhere = sign_in(Client(), "planner@acme.example", PASSWORD, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_sign_in_is_held_up_a_quarter_of_an_hour_only(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    from axes.models import AccessAttempt

    member("planner")
    for _ in range(6):
        sign_in(Client(), "planner@acme.example", "wrong")
    assert not AccessAttempt.objects.filter(username__contains="@").exists()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(Client(), "planner@acme.example", PASSWORD).status_code == 302


def test_sign_in_with_unknown_inactive_or_wrong_says_and_costs_the_same(
    workspace: Workspace, member: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    member("planner")
    gone = member("viewer")
    gone.is_active = False
    gone.save()
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    pages, costs = set(), set()
    for email, password in (
        ("planner@acme.example", "a wrong phrase"),
        ("viewer@acme.example", PASSWORD),
        ("nobody@acme.example", PASSWORD),
    ):
        before = len(hashed)
        answer = sign_in(Client(), email, password)
        text = answer.content.decode().replace(email, "")
        pages.add((answer.status_code, "".join(text.partition('<form method="post" nov')[:1])))
        costs.add(len(hashed) - before)
    assert len(pages) == 1
    assert costs == {1}


@pytest.mark.parametrize(
    "goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_sign_in_leads_to_no_other_site(
    workspace: Workspace, member: Callable[..., Any], goal: str
) -> None:
    member("planner")
    answer = Client().post(
        "/sign-in", {"username": "planner@acme.example", "password": PASSWORD, "next": goal}
    )
    assert answer["Location"] == "/"


def test_deactivated_member_is_out_at_the_next_request(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    from signoff.app.web.people.models import Member

    client = client_of("planner")
    assert client.get("/").status_code == 200
    Member.objects.update(is_active=False)
    assert client.get("/").status_code == 302


def test_sign_in_from_nowhere_is_counted_too(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    """Behind a socket there is no address; guessing is held up all the same."""
    member("planner")
    for _ in range(5):
        sign_in(Client(), "planner@acme.example", "wrong", REMOTE_ADDR="")
    held_up = sign_in(Client(), "planner@acme.example", PASSWORD, REMOTE_ADDR="")
    assert held_up.status_code == 429


def test_sign_in_clears_sessions_that_expired(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    member("planner")
    sign_in(Client(), "planner@acme.example", PASSWORD)
    MemberSession.objects.update(expire_date=timezone.now() - timedelta(days=1))
    sign_in(Client(), "planner@acme.example", PASSWORD)
    assert MemberSession.objects.count() == 1
