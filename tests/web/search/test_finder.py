"""Go anywhere: what a few letters find, and for whom."""

from collections.abc import Callable

import pytest
from django.test import Client

from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def test_find_lists_pages_documents_and_accounts(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("planner", language="fr")
    assert "/documents/show/brief/brief" in client.get("/find?q=bri").content.decode()
    assert "/accounts/" in client.get("/find?q=foundry").content.decode()
    assert 'href="/venues"' in client.get("/find?q=supports").content.decode()


def test_find_shows_no_page_beyond_the_role(workspace: Workspace, client_of: ClientOf) -> None:
    found = client_of("viewer").get("/find?q=sett", headers={"HX-Request": "true"})
    assert "/settings" not in found.content.decode()


def test_find_of_nothing_says_so_and_escapes(workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("viewer").get("/find?q=<script>alert(1)</script>").content.decode()
    assert "Nothing of that name." in page
    assert "<script>alert" not in page
