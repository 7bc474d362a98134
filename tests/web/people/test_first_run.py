"""The first run: no default password, one link, once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.web.people.first_run import first_run_address
from signoff.app.web.people.models import AccessLink, Member
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8150"
ANSWERS = {
    "name": "Ann Owner",
    "email": "Ann@Acme.example",
    "password": "a long enough phrase",
    "again": "a long enough phrase",
}


def path_of(address: str) -> str:
    return address.removeprefix(BASE)


def test_first_run_address_keeps_hash_only(workspace: Workspace) -> None:
    address = first_run_address(BASE)
    assert address.startswith(f"{BASE}/welcome/")
    token = address.rpartition("/")[2]
    assert len(token) * 6 >= 128
    link = AccessLink.objects.get()
    assert token not in str(vars(link))


def test_welcome_makes_owner_once(workspace: Workspace) -> None:
    path = path_of(first_run_address(BASE))
    client = Client()
    page = client.get(path)
    assert page.status_code == 200
    assert "at least 12 characters" in page.content.decode()
    assert client.post(path, ANSWERS).status_code == 302
    owner = Member.objects.get()
    assert (owner.email, owner.role, owner.is_active) == ("ann@acme.example", "owner", True)
    assert client.get("/").status_code == 200
    assert Client().get(path).status_code == 404
    assert Client().post(path, ANSWERS).status_code == 404
    assert Member.objects.count() == 1
    assert first_run_address(BASE) == ""
    acts = [(row.act.action, row.act.object_kind) for row in list_audit(workspace.register)]
    assert ("joined", "member") in acts


def test_first_run_address_again_ends_the_one_before(workspace: Workspace) -> None:
    before, after = path_of(first_run_address(BASE)), path_of(first_run_address(BASE))
    assert Client().get(before).status_code == 404
    assert Client().get(after).status_code == 200


def test_welcome_expired_is_gone(workspace: Workspace) -> None:
    path = path_of(first_run_address(BASE))
    AccessLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 404
    assert Client().post(path, ANSWERS).status_code == 404


def test_welcome_with_weak_or_unlike_passwords_says_why(workspace: Workspace) -> None:
    path = path_of(first_run_address(BASE))
    weak = Client().post(path, ANSWERS | {"password": "ann@acme.exa", "again": "ann@acme.exa"})
    assert "too similar" in weak.content.decode()
    unlike = Client().post(path, ANSWERS | {"again": "another long phrase"})
    assert "not the same" in unlike.content.decode()
    assert not Member.objects.exists()


def test_pages_before_the_first_member_lead_to_how_to_begin(workspace: Workspace) -> None:
    client = Client()
    assert client.get("/account")["Location"].startswith("/sign-in")
    page = client.get("/sign-in").content.decode()
    assert "Nobody has an account yet" in page
    assert '<form method="post" novalidate' not in page
