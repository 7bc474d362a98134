"""Packages of venues edited in the browser: opened from the lake, published to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from signoff.app.web.documents.card_kind import PACKAGE_CARDS
from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.forms import type_body
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

EDIT = "/documents/edit/package/duo"


@pytest.fixture
def imported(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Bring a package in by a file."""
    file = tmp_path / "packages.csv"
    file.write_text(
        "package_id,name,venue_id,units,package_price,currency\n"
        "duo,Duo,people-weekly,4,9000.00,EUR\nduo,Duo,finance-letter,2,9000.00,EUR\n",
        encoding="utf-8",
    )
    import_file(filled_workspace, file, options=ImportOptions(by="ann", at=datetime.now(UTC)))
    return filled_workspace


def sent(language: str = "en", *, base_version: int = 0) -> dict[str, Any]:
    typed: dict[str, Any] = type_body(
        kind_of("package").shape, PACKAGE_CARDS.current("duo") or {}, language=language
    )
    return {**typed, "base_version": str(base_version), "act": "save"}


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Price of a package"), ("fr", "Prix d’une offre")]
)
def test_edit_opens_what_a_file_brought_in(
    imported: Workspace, client_of: Callable[..., Any], language: str, label: str
) -> None:
    page = unescape(client_of(language=language).get(EDIT).content.decode())
    assert label in page
    assert 'name="parts[2].venue_id"' in page


def test_save_is_what_the_next_plan_reads(
    imported: Workspace, client_of: Callable[..., Any]
) -> None:
    client, form = client_of(), sent()
    form["package_price"], form["maximum_packages"] = ["8,500.00"], ["3"]
    answer = client.post(EDIT, form)
    assert answer.status_code == 302
    found = PACKAGE_CARDS.current("duo")
    assert found is not None
    assert (found["package_price"], found["maximum_packages"]) == ("8500.00", 3)
    assert [part["units"] for part in found["parts"]] == [2, 4]
    assert "/package/duo" in client.get("/find?q=duo").content.decode()


def test_same_venue_twice_is_refused_beside_its_field(
    imported: Workspace, client_of: Callable[..., Any]
) -> None:
    form, before = sent("fr"), PACKAGE_CARDS.current("duo")
    form["parts[2].venue_id"] = form["parts[1].venue_id"]
    answer = client_of(language="fr").post(EDIT, form)
    assert answer.status_code == 422
    assert "figure 2 fois dans l’offre groupée" in unescape(answer.content.decode())
    assert PACKAGE_CARDS.current("duo") == before


def test_new_begins_with_two_venues(workspace: Workspace, client_of: Callable[..., Any]) -> None:
    client = client_of()
    answer = client.post("/documents/new/package", {"name": "trio", "source": ""})
    assert 'name="parts[2].units"' in client.get(answer.url).content.decode()
