"""Backups while others write, and what restoring them gives."""

import io
import json
import os
import subprocess
import sys
import tarfile
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from signoff.errors import DataError
from signoff.store.backups.archive import is_backup
from signoff.store.backups.backup import back_up, restore
from signoff.store.lake.place import data_path
from signoff.store.lake.publication import publish, write_parquet
from signoff.store.lake.session import open_lake
from signoff.store.privacy.erasure import erase_person
from signoff.store.register import (
    ImportEntry,
    PersonRow,
    SuppressionKind,
    SuppressionLedger,
    current_persons,
    document_history,
    lift_suppression,
    list_audit,
    save_document,
    suppress,
    verify_audit,
)
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

Importer = Callable[..., ImportEntry]
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
ANN = PersonRow(
    "a3f0c2d41b5e4f7799aa0011bbccddee",
    email="zora.quill@example.com",
    first_name="Zora",
    last_name="Quill",
    company_name="Example",
)
BO = PersonRow("b3f0c2d41b5e4f7799aa0011bbccddee", email="bo.roy@example.com", last_name="Roy")
WRITER = textwrap.dedent(
    """
    import sys
    from datetime import datetime, UTC
    from pathlib import Path
    from signoff.store.register import save_document
    from signoff.store.workspace import open_workspace
    workspace, i = open_workspace(Path(sys.argv[1])), 0
    while True:
        i += 1
        at = datetime(2026, 1, 1, tzinfo=UTC)
        save_document(
            workspace.register, kind="note", name="n", body={"i": i}, author="w", at=at
        )
        if i == 5:
            print("writing", flush=True)
    """
)


def publish_facts(workspace: Workspace, entry: ImportEntry, *person_ids: str) -> None:
    rows = ", ".join(
        f"('{person_id}', 'acc', 'Chief of quince', 'finance', 'director', 'measured', "
        f"'{entry.import_id}', {entry.import_seq})"
        for person_id in person_ids
    )
    names = "person_id, account_id, title, function, level, origin, import_id, import_seq"
    path = data_path(workspace, "person_fact", entry.import_id, 0)
    with open_lake(workspace) as lake:
        write_parquet(lake, f"SELECT * FROM (VALUES {rows}) AS t({names})", path)
    publish(workspace, {"person_fact": [path]}, import_id=entry.import_id)


def dump(workspace: Workspace) -> dict[str, list[str]]:
    """Give every row of the register but the audit's last, which says that it was restored."""
    tables = ["person", "document", "import_ledger", "run", "consent", "suppression"]
    with workspace.register.read() as connection:
        found = {
            table: sorted(map(str, connection.execute(text(f"SELECT * FROM {table}")).all()))
            for table in tables
        }
    with open_lake(workspace) as lake:
        found["fact"] = list(map(str, lake.rows("SELECT * FROM lake.person_fact ORDER BY ALL")))
    return found


@pytest.fixture
def plain(tmp_path: Path, import_contacts: Importer) -> Workspace:
    """Give a workspace on SQLite with two people in its register."""
    made = create_workspace(tmp_path / "workspace", settings=Settings(name="Acme"), at=NOW)
    import_contacts(made.register, ANN, BO)
    return made


@pytest.fixture
def filled(workspace: Workspace, import_contacts: Importer) -> Workspace:
    """Give a workspace with two people in register and lake, a document and a suppression."""
    entry = import_contacts(workspace.register, ANN, BO)
    publish_facts(workspace, entry, ANN.person_id, BO.person_id)
    body = {"budget": "9000"}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=NOW)
    kind = SuppressionKind.DOMAIN
    suppress(workspace, kind=kind, value="never.example", reason="asked", by="bo", at=NOW)
    return workspace


def test_restore_gives_the_same_rows_elsewhere(filled: Workspace, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path / "b", by="bo", at=NOW)
    done = restore(tmp_path / "b", tmp_path / "restored", by="bo", at=NOW)
    other = open_workspace(tmp_path / "restored")
    if filled.register.is_sqlite:
        assert dump(other) == dump(filled)
    assert {table: len(rows) for table, rows in dump(other).items()} == {
        table: len(rows) for table, rows in dump(filled).items()
    }
    assert (other.key, other.settings.name) == (filled.key, "Acme")
    assert done.n_files == made.n_files
    assert made.n_rows["person"] == 2
    assert verify_audit(other.register).is_sound
    assert list_audit(other.register)[-1].act.action == "restored"
    assert "none changed" in done.text()


def test_restore_works_after_the_first_workspace_is_gone(filled: Workspace, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b", at=NOW)
    filled.path.rename(tmp_path / "away")
    restore(tmp_path / "b", tmp_path / "restored")
    other = open_workspace(tmp_path / "restored")
    assert len(dump(other)["fact"]) == 2
    later = save_document(other.register, kind="k", name="n", body={}, author="a", at=NOW)
    assert later.version == 1


def test_back_up_is_for_its_owner_alone_and_leaves_nothing_aside(
    plain: Workspace, tmp_path: Path
) -> None:
    back_up(plain, tmp_path / "b", at=NOW)
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    assert list(plain.backups_dir.iterdir()) == []
    assert is_backup(tmp_path / "b")
    assert not is_backup(tmp_path)


def test_back_up_while_another_process_writes_is_consistent(
    filled: Workspace, tmp_path: Path
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, filled.path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        for i in range(3):
            back_up(filled, tmp_path / f"b{i}", at=NOW)
        assert writer.poll() is None, writer.stderr
    finally:
        writer.kill()
        writer.communicate()
    seen = []
    for i in range(3):
        restore(tmp_path / f"b{i}", tmp_path / f"r{i}")
        other = open_workspace(tmp_path / f"r{i}")
        versions = [v.version for v in document_history(other.register, kind="note", name="n")]
        assert versions == list(range(len(versions), 0, -1))
        assert verify_audit(other.register).is_sound
        seen.append(len(versions))
    assert 5 <= seen[0] < seen[1] < seen[2]


def test_restore_erases_again_whoever_was_erased_since(filled: Workspace, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b", at=NOW)
    erase_person(filled, email=ANN.email, by="bo", at=NOW)
    suppress(filled, kind=SuppressionKind.EMAIL, value="x@y.fr", reason="", by="bo", at=NOW)
    done = restore(tmp_path / "b", tmp_path / "restored", suppressions_from=filled)
    assert done.n_erased == 1
    other = open_workspace(tmp_path / "restored")
    assert [person.person_id for person in current_persons(other.register)] == [BO.person_id]
    assert len(dump(other)["fact"]) == 1
    ledger = SuppressionLedger.load(other)
    assert ledger.blocks_email(ANN.email)
    assert ledger.blocks_email("x@y.fr")
    assert ledger.blocks_domain("never.example")
    for path in (tmp_path / "restored").rglob("*"):
        if path.is_file():
            assert b"quill" not in path.read_bytes().lower(), path


def test_restore_keeps_what_was_lifted_since_lifted(plain: Workspace, tmp_path: Path) -> None:
    kind = SuppressionKind.DOMAIN
    suppress(plain, kind=kind, value="never.example", reason="asked", by="bo", at=NOW)
    back_up(plain, tmp_path / "b", at=NOW)
    lift_suppression(plain, kind=kind, value="never.example", by="bo", at=NOW)
    done = restore(tmp_path / "b", tmp_path / "restored", suppressions_from=plain)
    assert done.n_suppressed == 1
    other = open_workspace(tmp_path / "restored")
    assert not SuppressionLedger.load(other).blocks_domain("never.example")


def test_restore_suppressions_of_another_workspace_are_refused(
    plain: Workspace, tmp_path: Path
) -> None:
    other = create_workspace(tmp_path / "other", settings=Settings(name="B"), at=NOW)
    back_up(plain, tmp_path / "b", at=NOW)
    with pytest.raises(DataError, match="cannot be used for this backup"):
        restore(tmp_path / "b", tmp_path / "restored", suppressions_from=other)
    assert not (tmp_path / "restored").exists()
    assert not (tmp_path / "restored.unfinished").exists()


def test_erase_person_rewrites_backups_in_the_workspace(filled: Workspace) -> None:
    path = filled.backups_dir / "monday"
    back_up(filled, path, at=NOW)
    clean = filled.backups_dir / "other.txt"
    clean.write_text("nothing of anybody\n")
    done = erase_person(filled, email=ANN.email, by="bo", at=NOW)
    assert [(Path(file.path).name, file.action) for file in done.files] == [("monday", "rewritten")]
    assert b"quill" not in path.read_bytes().lower()
    restore(path, filled.path.with_name("restored"))
    other = open_workspace(filled.path.with_name("restored"))
    assert [person.person_id for person in current_persons(other.register)] == [BO.person_id]
    assert sorted(p.name for p in filled.backups_dir.iterdir()) == ["monday", "other.txt"]


def test_erase_person_deletes_a_damaged_backup(plain: Workspace) -> None:
    path = plain.backups_dir / "monday"
    back_up(plain, path, at=NOW)
    path.write_bytes(path.read_bytes()[:-40_000])
    done = erase_person(plain, email=ANN.email, by="bo", at=NOW)
    assert [file.action for file in done.files] == ["deleted, since it is damaged"]


def test_back_up_never_replaces_a_file(plain: Workspace, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    with pytest.raises(DataError, match="exists"):
        back_up(plain, tmp_path / "b", at=NOW)
    assert (tmp_path / "b").read_text() == "mine"


def test_restore_never_replaces_a_folder(plain: Workspace, tmp_path: Path) -> None:
    back_up(plain, tmp_path / "b", at=NOW)
    with pytest.raises(DataError, match="is not empty"):
        restore(tmp_path / "b", plain.path)


def test_restore_every_changed_byte_is_found(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "w", settings=Settings(name="A"), at=NOW)
    back_up(made, tmp_path / "b", at=NOW)
    content = bytearray((tmp_path / "b").read_bytes())
    place = content.index(b"SQLite format 3")
    content[place + 5000] ^= 1
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(DataError, match="is damaged"):
        restore(tmp_path / "b", tmp_path / "r")
    assert not (tmp_path / "r").exists()


@pytest.mark.parametrize("name", ["../evil", "/srv/evil", "link"])
def test_restore_member_that_points_outside_is_left_out(tmp_path: Path, name: str) -> None:
    manifest = {"format": "signoff backup 1", "files": {name: {"n_bytes": 1, "sha256": "0"}}}
    write_tar(tmp_path / "b", manifest, name)
    with pytest.raises(DataError, match="is damaged"):
        restore(tmp_path / "b", tmp_path / "deep" / "r")
    assert [path.name for path in tmp_path.rglob("*")] == ["b", "deep"]


def test_restore_newer_format_is_refused(tmp_path: Path) -> None:
    write_tar(tmp_path / "b", {"format": "signoff backup 9", "files": {}}, "x")
    with pytest.raises(DataError, match="signoff backup 9"):
        restore(tmp_path / "b", tmp_path / "r")


def test_restore_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("no tar")
    with pytest.raises(DataError, match="is no backup"):
        restore(tmp_path / "b", tmp_path / "r")


def write_tar(path: Path, manifest: dict[str, object], name: str) -> None:
    with tarfile.open(path, "w") as archive:
        content = json.dumps(manifest).encode()
        first = tarfile.TarInfo("manifest.json")
        first.size = len(content)
        archive.addfile(first, io.BytesIO(content))
        member = tarfile.TarInfo(name)
        if name == "link":
            member.type, member.linkname = tarfile.SYMTYPE, os.fspath(path)
            archive.addfile(member)
        else:
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))


@pytest.mark.postgres
def test_restore_from_a_server_with_the_catalog_too_gives_files(
    postgres_address: Callable[[], str], import_contacts: Importer, tmp_path: Path
) -> None:
    settings = Settings(
        name="Acme",
        register=postgres_address(),
        catalog=postgres_address(),
        lake_data=str(tmp_path / "elsewhere"),
    )
    made = create_workspace(tmp_path / "w", settings=settings, at=NOW)
    entry = import_contacts(made.register, ANN, BO)
    publish_facts(made, entry, ANN.person_id, BO.person_id)
    back_up(made, tmp_path / "b", at=NOW)
    done = erase_person(made, email=ANN.email, by="bo", at=NOW)
    assert done.n_lake_rows == 1
    before = restore(tmp_path / "b", tmp_path / "before")
    assert before.n_erased == 0
    other = open_workspace(tmp_path / "before")
    assert other.register.path == tmp_path / "before" / "register.db"
    assert len(dump(other)["fact"]) == 2
    publish_facts(other, import_contacts(other.register, content="1"), "c" * 32)
    assert len(dump(other)["fact"]) == 3
    restore(tmp_path / "b", tmp_path / "after", suppressions_from=made)
    assert len(dump(open_workspace(tmp_path / "after"))["fact"]) == 1
