"""What was typed is kept until it is saved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.web.documents.models import Draft
from signoff.app.web.rights import Role
from signoff.store.register import Version

pytestmark = pytest.mark.django_db

EDIT = "/documents/edit/brief/spring"
DRAFT = "/documents/draft/brief/spring"


def test_draft_is_kept_and_offered_after_signing_in_again(
    brief: Version, client_of: Callable[..., Any], member: Any, sent: Any
) -> None:
    client = client_of()
    kept = client.post(DRAFT, sent({"money.budget": "half a number"}))
    assert "Draft kept" in kept.content.decode()
    client.logout()
    again = Client()
    again.force_login(
        Draft.objects.get().member, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = again.get(EDIT).content.decode()
    assert "You typed something that was not saved" in page
    assert 'value="60,000"' in page
    assert 'value="half a number"' in again.get(f"{EDIT}?draft=1").content.decode()


def test_draft_is_gone_once_it_is_saved_or_thrown_away(
    brief: Version, client_of: Callable[..., Any], sent: Any
) -> None:
    client = client_of()
    client.post(DRAFT, sent({"money.budget": "7"}))
    client.post(EDIT, sent({"money.budget": "7000"}))
    assert not Draft.objects.exists()
    client.post(DRAFT, sent({"money.budget": "7"}, base_version=2))
    client.post("/documents/draft-away/brief/spring")
    assert not Draft.objects.exists()


def test_draft_of_another_member_is_never_shown_but_said(
    brief: Version, client_of: Callable[..., Any], sent: Any
) -> None:
    client_of(Role.OWNER).post(DRAFT, sent({"money.budget": "123454321"}))
    mine = client_of(Role.PLANNER)
    page = mine.get(f"{EDIT}?draft=1").content.decode()
    assert "123454321" not in page
    assert "Ann is editing this as well" in page
    assert "Ann is editing this as well" in mine.post(DRAFT, sent()).content.decode()
    Draft.objects.update(kept_at=timezone.now() - timedelta(minutes=11))
    assert "editing this as well" not in mine.get(EDIT).content.decode()


def test_old_drafts_are_forgotten(brief: Version, client_of: Callable[..., Any], sent: Any) -> None:
    client = client_of()
    client.post("/documents/draft/brief/old", sent())
    Draft.objects.update(kept_at=timezone.now() - timedelta(days=31))
    client.post(DRAFT, sent())
    assert [draft.name for draft in Draft.objects.all()] == ["spring"]


def test_a_form_sent_after_the_session_ended_leads_back_to_the_form(
    brief: Version, sent: Any
) -> None:
    answer = Client().post(
        DRAFT,
        sent(),
        headers={"hx-request": "true", "hx-current-url": f"http://testserver{EDIT}"},
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"] == f"/sign-in?next={EDIT}"
    sent_whole = Client().post(EDIT, sent(), headers={"referer": f"http://testserver{EDIT}"})
    assert sent_whole.url == f"/sign-in?next={EDIT}"
    double = Client().post(EDIT, sent(), headers={"referer": "http://testserver//evil.example/x"})
    assert double.url == "/sign-in?next=/evil.example/x"
    for stranger in ("https://evil.example/x", "//evil.example", "javascript:alert(1)"):
        answer = Client().post(EDIT, sent(), headers={"referer": stranger})
        assert answer.url == "/sign-in?next=/"
