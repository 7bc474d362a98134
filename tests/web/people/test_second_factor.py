"""The second factor: set up, asked for, taken once, renewed, taken away."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from signoff.app.web.people.factors import set_factor_rule, set_up_factor
from signoff.app.web.people.models import FactorRule, Member
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(key: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + step))


def with_factor(somebody: Member) -> list[str]:
    """Give a member a factor whose present and next codes are not used yet."""
    return set_up_factor(somebody, KEY, code=code_of(KEY, -1), by=somebody.email)


def sign_in(somebody: Member) -> Client:
    client = Client()
    answer = client.post("/sign-in", {"username": somebody.email, "password": PASSWORD})
    assert answer["Location"] == "/sign-in/code"
    return client


def test_set_up_by_picture_and_code(workspace: Workspace, member: Callable[..., Any]) -> None:
    somebody = member("planner")
    client = Client()
    client.post("/sign-in", {"username": somebody.email, "password": PASSWORD})
    page = client.get("/account/second-factor").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    key = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    sealed = re.findall(r'name="sealed" value="([^"]+)"', page)[0]
    assert key not in sealed
    sent = {"sealed": sealed, "own_password": PASSWORD}
    wrong = client.post("/account/second-factor", sent | {"code": "000000"}).content.decode()
    assert key in wrong
    assert "not the code of this key" in wrong
    shown = client.post("/account/second-factor", sent | {"code": code_of(key)}).content.decode()
    codes = re.findall(r"<li>(\d{10})</li>", shown)
    assert len(codes) == 10
    stored = str(list(Authenticator.objects.values("data")))
    assert key not in stored
    assert not any(code in stored for code in codes)
    assert codes[0] not in client.get("/account/second-factor").content.decode()


def test_key_of_another_member_cannot_be_set_up(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    from signoff.app.web.people.factor_keys import seal_key

    client = client_of("planner")
    sent = {"sealed": seal_key(KEY, owner=0), "own_password": PASSWORD, "code": code_of(KEY)}
    assert "a new key" in client.post("/account/second-factor", sent).content.decode()
    assert not Authenticator.objects.exists()


def test_password_alone_lets_nobody_in(workspace: Workspace, member: Callable[..., Any]) -> None:
    somebody = member("planner")
    with_factor(somebody)
    client = sign_in(somebody)
    assert client.get("/").status_code == 302
    assert client.post("/sign-in/code", {"code": code_of(KEY)})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_code_used_twice_is_refused(workspace: Workspace, member: Callable[..., Any]) -> None:
    somebody = member("planner")
    recovery = with_factor(somebody)
    for code in (code_of(KEY), recovery[3]):
        assert sign_in(somebody).post("/sign-in/code", {"code": code}).status_code == 302
        again = sign_in(somebody).post("/sign-in/code", {"code": code})
        assert "used already" in again.content.decode()


def test_code_that_set_the_factor_up_is_used(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    somebody = member("planner")
    set_up_factor(somebody, KEY, code=code_of(KEY), by="a")
    assert sign_in(somebody).post("/sign-in/code", {"code": code_of(KEY)}).status_code == 200


def test_code_guessing_is_held_up(workspace: Workspace, member: Callable[..., Any]) -> None:
    somebody = member("planner")
    with_factor(somebody)
    for _ in range(5):
        sign_in(somebody).post("/sign-in/code", {"code": "000000"})
    assert sign_in(somebody).post("/sign-in/code", {"code": code_of(KEY)}).status_code == 429


def test_code_page_without_password_before_leads_back(workspace: Workspace) -> None:
    assert Client().get("/sign-in/code")["Location"] == "/sign-in"
    assert Client().post("/sign-in/code", {"code": "1"})["Location"] == "/sign-in"


def test_code_page_waits_five_minutes(
    workspace: Workspace, member: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from signoff.app.web.people import signing_in

    somebody = member("planner")
    with_factor(somebody)
    client = sign_in(somebody)
    later = time.time() + 301
    monkeypatch.setattr(signing_in, "_now", lambda: later)
    assert client.post("/sign-in/code", {"code": code_of(KEY)})["Location"] == "/sign-in"


def test_switch_off_and_renew_need_the_password(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("planner")
    old = with_factor(Member.objects.get())
    wrong = client.post("/account/second-factor/codes", {"own_password": "x"})
    assert "This is not your password" in wrong.content.decode()
    new = client.post("/account/second-factor/codes", {"own_password": PASSWORD})
    codes = re.findall(r"<li>(\d{10})</li>", new.content.decode())
    assert codes
    assert not set(codes) & set(old)
    assert client.post("/account/second-factor/off", {"own_password": "x"}).status_code == 200
    assert Authenticator.objects.count() == 2
    client.post("/account/second-factor/off", {"own_password": PASSWORD})
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize(
    ("rule", "role", "asked"),
    [
        (FactorRule.NOBODY, "owner", False),
        (FactorRule.OWNERS, "owner", True),
        (FactorRule.OWNERS, "planner", False),
        (FactorRule.EVERYBODY, "viewer", True),
    ],
)
def test_member_asked_for_a_factor_sets_it_up_first(
    workspace: Workspace, client_of: Callable[..., Client], rule: str, role: str, asked: bool
) -> None:
    client = client_of(role)
    set_factor_rule(rule, by="owner@acme.example")
    answer = client.get("/")
    assert answer.status_code == (302 if asked else 200)
    if asked:
        assert answer["Location"] == "/account/second-factor"
        part = client.get("/", headers={"HX-Request": "true"})
        assert (part.status_code, part["HX-Redirect"]) == (401, "/account/second-factor")
        assert client.get("/account").status_code == 200
        with_factor(Member.objects.get())
        assert client.get("/").status_code == 200
        client.post("/account/second-factor/off", {"own_password": PASSWORD})
        assert Authenticator.objects.count() == 2
