"""One laptop (SQLite, a folder) and a team (PostgreSQL, a bucket): the same work, the same rows."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from signoff.errors import DataError
from signoff.store.backups.backup import Places, back_up, restore
from signoff.store.derived import publish_facts
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.lake import (
    check_lake,
    compact_lake,
    current_snapshot,
    duckdb_engine,
    export_lake,
)
from signoff.store.lake.place import data_folder
from signoff.store.lake.storage import present_files
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.erasure import erase_person
from signoff.store.register import (
    RunRecord,
    current_persons,
    document_history,
    list_imports,
    record_run,
    save_document,
    verify_audit,
)
from signoff.store.register.tables import METADATA
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
OPTIONS = ImportOptions(by="ann", at=AT)
EMAIL = "zora.quill@acme.example"
ACCOUNTS = "external_id,name,domain,country\nA1,Acme,acme.example,FR\nA2,Bolt,bolt.example,DE\n"
CONTACTS = (
    "email,first_name,last_name,title,account\n"
    f"{EMAIL},Zora,Quill,Chief of quince,Acme\n"
    "bo.roy@acme.example,Bo,Roy,Buyer,Acme\n"
)
NAMES = Statement("names", "SELECT external_id, name FROM account", ("account",))
TITLES = Statement("titles", "SELECT title FROM person_fact", ("person_fact",))


@pytest.fixture
def workspace(house: Settings, tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=house, at=AT)


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Callable[..., Any]:
    def bring(content: str, table: str = "account") -> Any:
        (tmp_path / f"{table}.csv").write_text(content)
        return import_file(
            workspace, tmp_path / f"{table}.csv", options=replace(OPTIONS, table=table)
        )

    return bring


@pytest.fixture
def filled(workspace: Workspace, bring: Callable[..., Any]) -> Workspace:
    bring(ACCOUNTS)
    bring(CONTACTS, "contact")
    body = {"note": "ask Zora Quill"}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=AT)
    return workspace


def names(workspace: Workspace) -> dict[str, str]:
    with duckdb_engine(workspace) as engine:
        return {row["external_id"]: row["name"] for row in engine.rows(NAMES)}


def titles(workspace: Workspace) -> set[str]:
    with duckdb_engine(workspace) as engine:
        return {row["title"] for row in engine.rows(TITLES)}


def dump(workspace: Workspace) -> dict[str, Counter[str]]:
    """Give every row of register and lake, but what says that somebody backed up or restored."""
    found: dict[str, Counter[str]] = {}
    with workspace.register.read() as connection:
        for table in METADATA.sorted_tables:
            if not table.name.startswith("audit"):
                rows = connection.execute(text(f"SELECT * FROM {table.name}")).mappings()
                found[table.name] = Counter(_told(row) for row in rows)
    with duckdb_engine(workspace) as engine:
        for table_name in ("account", "person_fact", "event", "plan_line"):
            found[f"lake.{table_name}"] = Counter(
                map(str, engine.lake.rows(f"SELECT * FROM lake.{table_name}"))
            )
    return found


def _told(row: Any) -> str:
    plain = {
        name: datetime.fromisoformat(value).replace(tzinfo=None)
        if isinstance(value, str) and (name == "at" or name.endswith("_at"))
        else bool(value)
        if name.startswith("is_")
        else value
        for name, value in row.items()
    }
    return str(sorted(plain.items()))


def test_house_imports_supersedes_and_undoes(
    workspace: Workspace, bring: Callable[..., Any]
) -> None:
    first = bring(ACCOUNTS)
    assert (first.n_published, bring(ACCOUNTS).is_new) == (2, False)
    second = bring(ACCOUNTS.replace("Bolt", "Bolt AG"))
    assert (second.n_superseded, names(workspace)["A2"]) == (2, "Bolt AG")
    undo_import(workspace, second.import_id, by="ann", at=AT)
    assert names(workspace)["A2"] == "Bolt"
    assert check_lake(workspace, repair=False).is_sound


def test_house_gives_a_plan_its_inputs_and_keeps_what_it_worked_out(
    filled: Workspace, tmp_path: Path
) -> None:
    then = current_snapshot(filled)
    record_run(filled.register, RunRecord("r1", "plan", AT, AT, then, {}, {}, 7, "1"))
    rows = {"plan_line": [{"plan_id": "p", "venue_id": "v", "units": 3}]}
    import_id = publish_facts(filled, rows, origin="plan p", by="ann", at=AT)
    compact_lake(filled, today=date(2027, 1, 1))
    with duckdb_engine(filled, snapshot=then) as engine:
        assert {row["name"] for row in engine.rows(NAMES)} == {"Acme", "Bolt"}
    assert sum(table.n_rows for table in export_lake(filled, tmp_path / "out").tables) >= 5
    undo_import(filled, import_id, by="ann", at=AT)
    assert check_lake(filled, repair=True).is_sound


def test_house_erases_a_person_to_the_last_byte(filled: Workspace, stored_files: Any) -> None:
    assert len(export_person(filled, email=EMAIL)["facts"]["person_fact"]) == 1
    back_up(filled, filled.backups_dir / "b", by="bo", at=AT)
    done = erase_person(filled, email=EMAIL, by="bo", at=AT)
    assert (done.n_persons, done.n_lake_rows, done.n_documents) == (1, 1, 1)
    assert titles(filled) == {"Buyer"}
    assert [person.last_name for person in current_persons(filled.register)] == ["Roy"]
    facts = [stored_files.read(path) for path in present_files(filled)]
    files = [path.read_bytes() for path in filled.path.rglob("*") if path.is_file()]
    assert facts
    assert not [content for content in facts if b"quince" in content]
    assert not [content for content in (*facts, *files) if b"quill" in content.lower()]
    assert check_lake(filled, repair=False).is_sound
    assert verify_audit(filled.register).is_sound


def test_house_backed_up_is_the_same_in_a_folder(filled: Workspace, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b", by="bo", at=AT)
    before = dump(filled)
    done = restore(tmp_path / "b", tmp_path / "r", suppressions_from=filled, by="bo", at=AT)
    assert (done.n_suppressed, done.n_erased) == (0, 0)
    other = open_workspace(tmp_path / "r")
    assert dump(other) == before
    assert data_folder(other) == (tmp_path / "r" / "lake" / "data").resolve()
    assert check_lake(other, repair=False).findings == ()


@pytest.mark.postgres
def test_house_backed_up_is_the_same_at_a_teams_places(
    filled: Workspace,
    tmp_path: Path,
    postgres_address: Callable[[], str],
    make_bucket: Callable[[], str],
) -> None:
    back_up(filled, tmp_path / "b", by="bo", at=AT)
    before = dump(filled)
    address = postgres_address()
    places = Places(register=address, catalog=address, lake_data=f"{make_bucket()}/restored")
    restore(tmp_path / "b", tmp_path / "r", places=places, by="bo", at=AT)
    other = open_workspace(tmp_path / "r")
    assert dump(other) == before
    assert check_lake(other, repair=False).findings == ()
    assert verify_audit(other.register).is_sound
    left = {path.name for path in other.path.rglob("*") if path.is_file()}
    assert left == {"signoff.toml", "secret.key"}
    (tmp_path / "more.csv").write_text(ACCOUNTS.replace("Bolt", "Bolt AG"))
    import_file(other, tmp_path / "more.csv", options=OPTIONS)
    assert names(other)["A2"] == "Bolt AG"
    with pytest.raises(DataError) as caught:
        restore(tmp_path / "b", tmp_path / "r2", places=places, by="bo", at=AT)
    assert [fault.where for fault in caught.value.faults] == ["lake_data", "catalog", "register"]
    assert not (tmp_path / "r2").exists()
    assert names(other)["A2"] == "Bolt AG"


def test_house_restored_erases_again_whoever_was_erased_since(
    filled: Workspace, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "b", by="bo", at=AT)
    erase_person(filled, email=EMAIL, by="bo", at=AT)
    done = restore(tmp_path / "b", tmp_path / "r", suppressions_from=filled, by="bo", at=AT)
    assert done.n_erased == 1
    other = open_workspace(tmp_path / "r")
    assert titles(other) == {"Buyer"}
    (kept,) = document_history(other.register, kind="brief", name="x")
    assert kept.body == {"note": "ask [erased]"}
    assert len(list_imports(other.register)) == 2
