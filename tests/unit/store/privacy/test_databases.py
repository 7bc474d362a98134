"""What the tables of the web application say of a person, without changing them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.privacy.databases import find_in_databases
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.traces import traces_of
from signoff.store.register import PersonRow
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

EMAIL = "zora.quill@example.com"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    made = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=at)
    with closing(sqlite3.connect(made.path / "web.db")) as tables, tables:
        tables.execute("CREATE TABLE documents_draft (id INTEGER PRIMARY KEY, typed TEXT)")
        tables.execute("CREATE TABLE people_member (id INTEGER PRIMARY KEY, email TEXT)")
        for table, column in (("documents_draft", "typed"), ("people_member", "email")):
            tables.execute(f"INSERT INTO {table} ({column}) VALUES (?)", [f"ask {EMAIL}"])
        tables.execute("INSERT INTO documents_draft (typed) VALUES ('nobody')")
    return made


def test_find_in_databases_counts_rows_and_leaves_members_out(workspace: Workspace) -> None:
    traces = traces_of([PersonRow("", email=EMAIL)], shared_phones=[])
    before = (workspace.path / "web.db").read_bytes()
    assert find_in_databases(workspace, traces) == {"documents_draft": 1}
    assert (workspace.path / "web.db").read_bytes() == before


def test_export_person_names_the_tables_of_the_web_application(workspace: Workspace) -> None:
    assert export_person(workspace, email=EMAIL)["tables"] == {"documents_draft": 1}
    assert export_person(workspace, email="bo@example.com")["tables"] == {}
