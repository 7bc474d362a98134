"""The page of missing roles in the browser."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
ADDRESS = "/accounts/missing-roles"


def body_of(page: str, name: str) -> str:
    """Give the rows of the table with a caption of that id."""
    after = page.split(f'id="{name}-caption"')[1]
    return after.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]


def test_missing_roles_tell_gaps_picture_and_whom_to_find(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(ADDRESS).content.decode()
    assert re.search(r"No \w+ is known at \d+ of \d+ accounts\.", page)
    assert 'id="roles-known"' in page
    assert "The table behind this chart" in page
    assert "Approver" in body_of(page, "first") or "approver" in body_of(page, "first")
    assert "\u25cf\u00a0known" in body_of(page, "roles")


def test_missing_roles_speak_french(filled_workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("viewer", language="fr").get(ADDRESS).content.decode()
    assert "Personne n’est connu pour le rôle" in page
    assert "\u25cf\u00a0connu" in page
    assert "is known" not in page


def test_missing_roles_filter_by_state_and_sort(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    page = client.get(f"{ADDRESS}?approver_state=unknown&columns=name&columns=approver_state")
    rows = body_of(page.content.decode(), "roles")
    assert "\u25cb\u00a0unknown" in rows
    assert "\u25cf\u00a0known" not in rows
    assert client.get(f"{ADDRESS}?sort=-next_value_share").status_code == 200
    assert client.get(f"{ADDRESS}?approver_state=perhaps").status_code == 400


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_missing_roles_are_exported_whole(
    filled_workspace: Workspace, client_of: ClientOf, form: str
) -> None:
    client = client_of("viewer")
    answer = client.get(f"{ADDRESS}?rows=25&export={form}", follow=True)
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    if form == "csv":
        assert b"approver_state" in content
        assert content.count(b"\n") > 2
    assert not list(filled_workspace.exports_dir.iterdir())


def test_missing_roles_without_accounts_are_empty(
    workspace: Workspace, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(ADDRESS).content.decode()
    assert "No account fits." in page
    assert "roles-known" not in page
