"""Members and invitations: who belongs to the workspace, and how that changes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.web.people.factors import set_up_factor
from signoff.app.web.people.models import AccessLink, Member
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

NEW = "a wholly other phrase"
INVITED = {"label": "Marie, media", "email": "Marie@acme.example", "role": "planner", "days": "7"}
ANSWERS = {"name": "Marie Curie", "password": NEW, "again": NEW}


def join_path(page: str) -> str:
    return "/join/" + page.partition("/join/")[2].partition('"')[0]


def acts(workspace: Workspace) -> list[str]:
    return [row.act.action for row in list_audit(workspace.register)]


def test_invitation_lets_one_in_with_its_role(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    owner = client_of("owner")
    path = join_path(owner.post("/people/invitations", INVITED).content.decode())
    token = path.rpartition("/")[2]
    assert token not in str(list(AccessLink.objects.values()))
    assert token not in owner.get("/people/invitations").content.decode()
    invited = Client()
    assert "marie@acme.example" in invited.get(path).content.decode()
    assert (
        invited.post(path, ANSWERS | {"role": "owner", "email": "x@y.example"})["Location"] == "/"
    )
    marie = Member.objects.get(email="marie@acme.example")
    assert (marie.role, marie.name) == ("planner", "Marie Curie")
    assert invited.get("/").status_code == 200
    assert Client().get(path).status_code == 404
    assert Client().post(path, ANSWERS).status_code == 404
    assert acts(workspace)[-3:] == ["invited", "joined", "signed in"]


@pytest.mark.parametrize("end", ["revoked", "expired", "again"])
def test_invitation_that_ended_is_gone(
    workspace: Workspace, client_of: Callable[..., Client], end: str
) -> None:
    owner = client_of("owner")
    path = join_path(owner.post("/people/invitations", INVITED).content.decode())
    link = AccessLink.objects.get()
    if end == "revoked":
        owner.post(f"/people/invitations/{link.pk}/revoke")
    elif end == "expired":
        AccessLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        owner.post("/people/invitations", INVITED)
    assert Client().get(path).status_code == 404
    assert "open" not in link.state or end != "revoked" or link.state


def test_invitation_of_a_member_is_refused(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    owner = client_of("owner")
    answer = owner.post("/people/invitations", INVITED | {"email": "OWNER@acme.example"})
    assert "A member has this address already" in answer.content.decode()
    assert not AccessLink.objects.exists()


def test_invitation_of_one_purpose_opens_no_other(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    owner = client_of("owner")
    path = join_path(owner.post("/people/invitations", INVITED).content.decode())
    token = path.rpartition("/")[2]
    assert Client().get(f"/new-password/{token}").status_code == 404
    assert Client().get(f"/welcome/{token}").status_code == 404
    assert Client().get(f"/join/{token[:-1]}").status_code == 404
    assert Client().get(f"/join/{token * 9}").status_code == 404


def test_changed_role_counts_at_the_next_request(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    owner, other = client_of("owner"), client_of("planner")
    planner = Member.objects.get(role="planner")
    assert other.get("/people").status_code == 403
    owner.post(f"/people/{planner.pk}/role", {"role": "owner"})
    assert other.get("/people").status_code == 200
    owner.post(f"/people/{planner.pk}/role", {"role": "nonsense"})
    assert Member.objects.get(pk=planner.pk).role == "owner"


def test_deactivated_member_is_out_at_once_and_may_come_back(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    owner, other = client_of("owner"), client_of("planner")
    planner = Member.objects.get(role="planner")
    assert other.get("/").status_code == 200
    owner.post(f"/people/{planner.pk}/deactivate")
    assert other.get("/").status_code == 302
    assert planner.sessions.count() == 0
    owner.post(f"/people/{planner.pk}/reactivate")
    assert other.get("/").status_code == 302
    assert Member.objects.get(pk=planner.pk).is_active


@pytest.mark.parametrize("deed", ["role", "deactivate"])
def test_last_owner_cannot_be_put_out(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any], deed: str
) -> None:
    owner = client_of("owner")
    gone = member("owner", email="gone@acme.example")
    gone.is_active = False
    gone.save()
    me = Member.objects.get(email="owner@acme.example")
    answer = owner.post(f"/people/{me.pk}/{deed}", {"role": "viewer"})
    assert answer.status_code == 400
    assert "the last owner cannot be put out" in answer.content.decode()
    assert owner.get("/people").status_code == 200
    second = member("owner", email="second@acme.example")
    assert owner.post(f"/people/{me.pk}/{deed}", {"role": "viewer"}).status_code == 302
    assert Member.objects.get(pk=second.pk).role == "owner"


def test_remove_deletes_who_is_deactivated_only(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any]
) -> None:
    owner, planner = client_of("owner"), member("planner")
    assert owner.post(f"/people/{planner.pk}/remove").status_code == 400
    owner.post(f"/people/{planner.pk}/deactivate")
    assert owner.post(f"/people/{planner.pk}/remove").status_code == 302
    assert not Member.objects.filter(pk=planner.pk).exists()
    assert owner.get(f"/people/{planner.pk}").status_code == 404
    assert acts(workspace)[-2:] == ["deactivated", "removed"]


def test_owner_takes_a_second_factor_away(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any]
) -> None:
    from signoff.app.web.people.codes import has_second_factor

    owner, planner = client_of("owner"), member("planner")
    set_up_factor(planner, "JBSWY3DPEHPK3PXP", code="000000", by="a")
    assert "Take the second factor away" in owner.get(f"/people/{planner.pk}").content.decode()
    owner.post(f"/people/{planner.pk}/second-factor/off")
    assert not has_second_factor(planner)


def test_members_are_listed_and_exported_without_secrets(
    workspace: Workspace, client_of: Callable[..., Client], member: Callable[..., Any]
) -> None:
    owner, planner = client_of("owner"), member("planner", name="<script>Bea")
    page = owner.get("/people").content.decode()
    assert "&lt;script&gt;Bea" in page
    exported = owner.get("/people?export=csv").content.decode()
    assert "planner@acme.example" in exported
    assert planner.password not in exported


def test_own_page_renames_lists_sessions_and_ends_the_others(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    somebody = member("viewer")
    here, there = Client(), Client()
    for client, agent in ((here, "Firefox/1 Linux"), (there, "Chrome/1 Windows")):
        sent = {"username": somebody.email, "password": "correct horse battery staple"}
        client.post("/sign-in", sent, HTTP_USER_AGENT=agent)
    page = here.get("/account").content.decode()
    assert "Chrome, Windows" in page
    assert page.index("Firefox, Linux") < page.index("this one") < page.index("Chrome, Windows")
    here.post("/account/end-others")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    assert here.post("/account", {"name": ""}).status_code == 200
    here.post("/account", {"name": "Ada", "role": "owner", "email": "x@y.example"})
    somebody.refresh_from_db()
    assert (somebody.name, somebody.role) == ("Ada", "viewer")


def test_roles_page_shows_the_rights(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    page = client_of("viewer").get("/people/roles").content.decode()
    assert "Give a plan to people outside, by link" in page
    assert page.count('<th scope="row">') == 8
