"""The message house, the messages of each role and venue, and messages written by hand."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.documents.message_kind import begin_message
from signoff.app.web.forms import type_body
from signoff.app.web.rights import Role
from signoff.store.imports import ImportOptions, import_file
from signoff.store.register import load_document, save_document
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, tzinfo=UTC)
ASKED = {"brief": "spring", "role": "user", "venue": "search-ads"}
EDIT = "/documents/edit/message/spring user search-ads"


VENUE = """\
venue_id,name,kind,country,unit,currency,exposures_per_unit,response_share,response_low_share,\
response_high_share,basis,source
search-ads,Google Ads,search,GB,click,EUR,1,0.01,0.005,0.02,prior,invented for this test
"""


@pytest.fixture
def filled(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with venues and a brief called spring."""
    file = tmp_path / "venue.csv"
    file.write_text(VENUE, encoding="utf-8")
    import_file(filled_workspace, file, options=ImportOptions(by="ann", at=AT, table="venue"))
    save_document(
        filled_workspace.register,
        kind="brief",
        name="spring",
        body=kind_of("brief").begin({}),
        author="ann",
        at=AT,
    )
    return filled_workspace


@pytest.mark.parametrize(
    ("language", "word", "gap"),
    [("en", "doubt", "no proof for"), ("fr", "doutera", "pas de preuve pour")],
)
def test_house_shows_what_each_role_gains_doubts_and_lacks(
    filled: Workspace, client_of: Callable[..., Any], language: str, word: str, gap: str
) -> None:
    client = client_of(Role.VIEWER, language=language)
    page = client.get("/messages?brief=spring").content.decode()
    assert "3 days per month" in page
    assert word in page
    assert gap in page
    one = client.get("/messages?brief=spring&role=approver").content.decode()
    assert one.count('<section class="role">') == 1
    assert client.get("/messages?brief=none").status_code == 404


def test_house_without_a_brief_offers_to_write_one(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    page = client_of().get("/messages").content.decode()
    assert 'href="/documents/new/brief"' in page
    assert client_of(Role.VIEWER).get("/messages/show/user/x").status_code == 404


def test_list_gives_every_part_of_every_message_and_is_exported(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of(Role.VIEWER)
    page = client.get("/messages/list?brief=spring&rows=250").content.decode()
    assert "Save 3 days per month" in page
    exported = client.get("/messages/list?brief=spring&export=csv").content.decode()
    rows = list(csv.DictReader(io.StringIO(exported.lstrip("\ufeff"))))
    assert {row["role"] for row in rows} == {"user", "decider", "approver"}
    assert all(int(row["length"]) <= int(row["limit"]) for row in rows)
    narrowed = client.get("/messages/list?brief=spring&role=user&export=json").json()
    assert {row["role"] for row in narrowed} == {"user"}


def test_show_gives_one_message_as_text(filled: Workspace, client_of: Callable[..., Any]) -> None:
    client = client_of(Role.VIEWER)
    page = client.get("/messages/show/user/search-ads?brief=spring").content.decode()
    assert "Save 3 days per month\n\n" in page
    assert "/documents/edit/message" not in page
    for address in ("/messages/show/boss/search-ads", "/messages/show/user/none"):
        assert client.get(f"{address}?brief=spring").status_code == 404


def sent(language: str = "en", **changes: str) -> dict[str, Any]:
    shape = kind_of("message").shape
    typed: dict[str, Any] = type_body(shape, begin_message(ASKED), language=language)
    boxes = {name.replace("__", "."): [text] for name, text in changes.items()}
    return {**typed, **boxes, "base_version": "0", "act": "save"}


def test_edit_begins_with_the_house_s_words_and_counts_each_part(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    address = f"{EDIT}?brief=spring&role=user&venue=search-ads"
    page = client_of().get(address).content.decode()
    assert "Save 3 days per month</textarea>" in page
    assert 'data-limit="30"' in page
    assert "What the message house says" in page
    french = client_of(Role.OWNER, language="fr").get(address).content.decode()
    assert "caractères" in french


def test_save_takes_the_place_of_the_house_s_message(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    form = sent()
    form["parts[1].text"] = ["Payroll in a day"]
    assert client.post(EDIT, form).status_code == 302
    kept = load_document(filled.register, kind="message", name="spring user search-ads")
    assert (kept.version, kept.author) == (1, "planner@acme.example")
    page = client.get("/messages/show/user/search-ads?brief=spring").content.decode()
    assert "Payroll in a day" in page
    assert "written by hand" in page
    rows = client.get("/messages/list?brief=spring&origin=written&export=json").json()
    assert {(row["role"], row["venue"]) for row in rows} == {("user", "Google Ads")}


def test_save_beyond_the_limit_is_refused_beside_its_part(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    form = sent()
    form["parts[2].text"] = ["x" * 31]
    answer = client_of(language="fr").post(EDIT, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="f-parts-2-text-fault"' in page
    assert "31 caractères, soit 1 de plus que la limite de 30" in page.replace("\u00a0", " ")
    assert 'class="count over"' in page


def test_a_part_is_added_chosen_and_removed(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    form = {**sent(), "act": "add parts"}
    n_parts = sum(name.endswith(".text") for name in form)
    page = client.post(EDIT, form).content.decode()
    assert f'<select id="f-parts-{n_parts + 1}-part"' in page
    removed = client.post(EDIT, {**sent(), "act": "remove parts[1]"}).content.decode()
    assert f'name="parts[{n_parts}].text"' not in removed


def test_a_message_of_no_brief_or_venue_cannot_be_begun(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of()
    for query in ("", "?brief=none", "?brief=spring&role=user", "?brief=spring&role=x&venue=y"):
        assert client.get(EDIT + query).status_code == 404
    assert client.get("/documents/new/message").status_code == 404


def test_a_kept_message_outlives_its_venue(
    filled: Workspace, client_of: Callable[..., Any]
) -> None:
    body = {**begin_message(ASKED), "venue": "gone"}
    save_document(
        filled.register,
        kind="message",
        name="spring user gone",
        body=body,
        author="ann",
        at=AT,
    )
    client = client_of()
    for place in ("edit", "show", "history"):
        assert client.get(f"/documents/{place}/message/spring user gone").status_code == 200
