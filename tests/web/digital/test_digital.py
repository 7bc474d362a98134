"""The pages of digital: sessions, searches and pages as imported, and nothing invented."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from signoff.plan import load_sample
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
PAGES = ("digital", "queries", "pages")


def page_of(client: Client, name: str, query: str = "") -> str:
    answer = client.get(reverse(f"digital:{name}") + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_digital_without_imports_says_how_to_import(
    workspace: Workspace, client_of: ClientOf, name: str
) -> None:
    page = page_of(client_of("planner"), name)
    assert 'class="empty"' in page
    assert reverse("imports:upload") in page
    assert reverse("imports:upload") not in page_of(client_of("viewer"), name)


def test_digital_shows_what_was_imported(workspace: Workspace, client_of: ClientOf) -> None:
    load_sample(workspace, by="ann", at=datetime.now(UTC))
    client = client_of("viewer")
    assert "sessions-by-month" in page_of(client, "digital")
    sessions = json.loads(page_of(client, "digital", "?export=json"))
    assert {row["tool"] for row in sessions} == {"Website (GA4)"}
    assert len(sessions) == 5
    queries = json.loads(page_of(client, "queries", "?export=json&sort=-clicks"))
    assert len(queries) == 5
    assert all(0 < row["click_share"] < 1 for row in queries)
    pages = json.loads(page_of(client, "pages", "?export=json"))
    assert {row["page"] for row in pages} >= {"/", "/pricing"}
