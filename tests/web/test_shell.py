"""The shell: who gets in, what surrounds every page, what happens when something goes wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_overview_without_member_asks_to_sign_in(workspace: Workspace) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=/"


def test_overview_with_member_shows_menu_in_both_languages(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("viewer")
    assert 'lang="en"' in client.get("/").content.decode()
    client.cookies["signoff_language"] = "fr"
    page = client.get("/").content.decode()
    assert 'lang="fr"' in page


def test_filled_workspace_has_a_plan(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    from signoff.plan import load_plan

    assert load_plan(filled_workspace).venues.lines
    assert client_of("planner").get("/").status_code == 200


def test_unknown_address_gives_page_of_ours(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    answer = client_of("viewer").get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
