"""Versions read, listed, compared, restored; files and the list of documents."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.rights import Role
from signoff.brief import read_brief, starter_brief
from signoff.store.register import Version, load_document, save_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

SHOW = "/documents/show/brief/spring"
HISTORY = "/documents/history/brief/spring"
COMPARE = "/documents/compare/brief/spring"
UPLOAD = "/documents/upload/brief/spring"


@pytest.fixture
def three(brief: Version, workspace: Workspace) -> Version:
    """Keep a second and a third version."""
    kept = brief
    for budget in ("70000", "80000"):
        body = kind_of("brief").begin({})
        body["money"]["budget"] = budget
        body["venues"] = [{"venue": "trade-weekly", "floor": "2000"}] if budget == "80000" else []
        kept = save_document(
            workspace.register,
            kind="brief",
            name="spring",
            body=body,
            author="bo@acme.example",
            at=datetime(2026, 11, 4, tzinfo=UTC),
        )
    return kept


def test_show_gives_any_version_to_be_read(three: Version, client_of: Callable[..., Any]) -> None:
    viewer = client_of(Role.VIEWER)
    page = viewer.get(SHOW).content.decode()
    assert "80,000" in page
    assert "older version" not in page
    assert 'href="/documents/file/brief/spring?version=3"' in page
    assert "/documents/edit/" not in page
    old = viewer.get(f"{SHOW}?version=1").content.decode()
    assert "60,000" in old
    assert "This is an older version" in old
    assert "Restore" not in old
    planner = client_of(Role.PLANNER).get(f"{SHOW}?version=1").content.decode()
    for place in ("edit/brief/spring", "upload/brief/spring", "restore/brief/1/spring"):
        assert f"/documents/{place}" in planner
    assert viewer.get(f"{SHOW}?version=9").status_code == 404
    assert viewer.get(f"{SHOW}?version=x").status_code == 400


def test_history_says_what_each_version_changed(
    three: Version, client_of: Callable[..., Any]
) -> None:
    page = client_of(Role.VIEWER).get(HISTORY).content.decode()
    assert "Money \u203a Budget, Venue\u00a01" in page
    assert "first version" in page
    french = client_of(Role.OWNER, language="fr").get(HISTORY).content.decode()
    assert "Budget et devise \u203a Budget" in french
    planner = client_of(Role.PLANNER)
    assert (
        'action="/documents/restore/brief/2/spring?seen=3"' in planner.get(HISTORY).content.decode()
    )
    assert "/documents/restore/" not in page
    exported = planner.get(f"{HISTORY}?export=csv").content.decode()
    assert exported.splitlines()[0].lstrip("\ufeff").startswith("version,at,author,changed")


def test_compare_shows_old_and_new_of_each_field(
    three: Version, client_of: Callable[..., Any]
) -> None:
    page = client_of(Role.VIEWER).get(f"{COMPARE}?old=1&new=3").content.decode()
    assert '<del class="old">60,000</del>' in page
    assert '<ins class="new">80,000</ins>' in page
    assert "2 fields differ." in page
    same = client_of(Role.PLANNER).get(f"{COMPARE}?old=2&new=2").content.decode()
    assert "Both versions say the same." in same


def test_restore_makes_a_new_version_of_the_old(
    three: Version, workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    answer = client.post("/documents/restore/brief/1/spring?seen=3", follow=True)
    assert "Version 1 was restored as version 4." in answer.content.decode()
    kept = load_document(workspace.register, kind="brief", name="spring")
    assert (kept.version, kept.author) == (4, "planner@acme.example")
    assert kept.body["money"]["budget"] in ("60000", 60000, "60000.00")
    stale = client.post("/documents/restore/brief/1/spring?seen=3")
    assert stale.status_code == 409
    assert client.get("/documents/restore/brief/1/spring").status_code == 405
    viewer = client_of(Role.VIEWER)
    assert viewer.post("/documents/restore/brief/1/spring?seen=4").status_code == 403


def test_file_comes_back_as_the_same_document(
    three: Version, workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    answer = client.get("/documents/file/brief/spring?version=1")
    assert answer["Content-Disposition"] == 'attachment; filename="spring-1.toml"'
    text = answer.content.decode()
    assert read_brief(text) == read_brief(starter_brief())
    file = SimpleUploadedFile("spring.toml", text.encode())
    assert client.post(UPLOAD, {"file": file, "base_version": "3"}).status_code == 302
    kept = load_document(workspace.register, kind="brief", name="spring")
    assert (kept.version, str(kept.body["money"]["budget"])) == (4, "60000")


def test_upload_with_faults_tells_them_all_and_saves_nothing(
    three: Version, workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    wrong = {
        "toml": b'language = "xx"\n[money]\nbudget = "much"\n',
        "bytes": b"\xff\xfe\x00",
        "large": b"#" * 1_000_001,
    }
    for name, content in wrong.items():
        file = SimpleUploadedFile(f"{name}.toml", content)
        answer = client.post(UPLOAD, {"file": file, "base_version": "3"})
        assert answer.status_code == 400, name
    page = client.post(
        UPLOAD, {"file": SimpleUploadedFile("x", wrong["toml"]), "base_version": "3"}
    ).content.decode()
    assert "money.budget" in page
    assert load_document(workspace.register, kind="brief", name="spring").version == 3
    assert client.post(UPLOAD, {"base_version": "3"}).status_code == 422


def test_upload_over_a_version_not_seen_shows_both_sides(
    three: Version, workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    file = SimpleUploadedFile("x.toml", starter_brief().replace("60000", "90000").encode())
    answer = client_of().post(UPLOAD, {"file": file, "base_version": "1"})
    assert answer.status_code == 409
    assert load_document(workspace.register, kind="brief", name="spring").version == 3


def test_list_shows_the_newest_of_each_and_filters_by_kind(
    three: Version, workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    save_document(
        workspace.register,
        kind="mapping",
        name="crm",
        body={"columns": {"a": "b"}},
        author="cli",
        at=datetime(2026, 11, 5, tzinfo=UTC),
    )
    for kind in ("plan", "fit"):  # those are shown elsewhere
        save_document(
            workspace.register,
            kind=kind,
            name="f0" * 16,
            body={},
            author="cli",
            at=datetime(2026, 11, 5, tzinfo=UTC),
        )
    viewer = client_of(Role.VIEWER)
    page = viewer.get("/documents").content.decode()
    assert "f0f0" not in page
    for word in ("spring", "crm", "Mapping of columns"):
        assert f">{word}<" in page
    assert "/documents/new/brief" not in page
    briefs = viewer.get("/documents?kind=brief").content.decode()
    assert "crm" not in briefs.split("<table")[1]
    mapping = viewer.get("/documents/show/mapping/crm").content.decode()
    assert "{&quot;a&quot;: &quot;b&quot;}" in mapping


def test_list_of_an_empty_workspace_offers_a_beginning(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    page = client_of().get("/documents").content.decode()
    assert "Nothing is written yet" in page
    assert 'href="/documents/new/brief"' in page
