"""Backups hold what callers add, and the databases beside the register, while others write."""

import hashlib
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.backups.backup import back_up, restore
from signoff.store.privacy.erasure import erase_person
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
WRITER = textwrap.dedent(
    """
    import sqlite3, sys
    base = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
    n = 0
    while True:
        n += 1
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO debit VALUES (?)", [n])
        base.execute("INSERT INTO credit VALUES (?)", [n])
        base.execute("COMMIT")
        if n == 5:
            print("writing", flush=True)
    """
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=NOW)
    with closing(sqlite3.connect(made.path / "web.db")) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("CREATE TABLE debit (n)")
        base.execute("CREATE TABLE credit (n)")
    return made


def rows(path: Path, table: str) -> list[int]:
    with closing(sqlite3.connect(path)) as base:
        return [n for (n,) in base.execute(f"SELECT n FROM {table} ORDER BY n")]


def journal(path: Path) -> str:
    with closing(sqlite3.connect(path)) as base:
        return str(base.execute("PRAGMA journal_mode").fetchone()[0])


def test_restore_hands_members_back_as_they_were_given(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "dump").write_bytes(b"\x00" * 100_000)
    given: dict[str, bytes | Path] = {"users.json": b'["ann"]', "dbos.dump": tmp_path / "dump"}
    made = back_up(workspace, tmp_path / "b", at=NOW, members=given)
    assert made.members == ("dbos.dump", "users.json")
    done = restore(tmp_path / "b", tmp_path / "r")
    assert set(done.members) == set(given)
    assert done.members["users.json"].read_bytes() == b'["ann"]'
    assert done.members["dbos.dump"].read_bytes() == b"\x00" * 100_000
    assert done.members["dbos.dump"].stat().st_mode & 0o777 == 0o600


def test_restore_without_members_gives_none(workspace: Workspace, tmp_path: Path) -> None:
    back_up(workspace, tmp_path / "b", at=NOW)
    assert restore(tmp_path / "b", tmp_path / "r").members == {}
    assert not (tmp_path / "r" / "members").exists()


def test_restore_member_whose_bytes_changed_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    back_up(workspace, tmp_path / "b", at=NOW, members={"users": b"canary of users"})
    content = (tmp_path / "b").read_bytes().replace(b"canary of users", b"canary of losers"[:15])
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(DataError, match=r"is damaged.*members/users"):
        restore(tmp_path / "b", tmp_path / "r")
    assert not (tmp_path / "r").exists()


def test_back_up_members_that_cannot_be_used_are_named_at_once(
    workspace: Workspace, tmp_path: Path
) -> None:
    given: dict[str, bytes | Path] = {"../evil": b"", "A": b"", "gone": tmp_path / "gone", "b": b""}
    with pytest.raises(DataError) as caught:
        back_up(workspace, tmp_path / "b", members=given)
    assert [fault.where for fault in caught.value.faults] == ["../evil", "A", "gone"]
    assert not (tmp_path / "b").exists()


def test_back_up_while_another_process_writes_keeps_databases_consistent(
    workspace: Workspace, tmp_path: Path
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, workspace.path / "web.db"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        made = [back_up(workspace, tmp_path / f"b{i}", at=NOW) for i in range(3)]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    seen = []
    for i, backup in enumerate(made):
        assert backup.databases == ("web.db",)
        done = restore(tmp_path / f"b{i}", tmp_path / f"r{i}")
        assert (done.databases, done.n_files) == (("web.db",), backup.n_files)
        restored = tmp_path / f"r{i}" / "web.db"
        debit = rows(restored, "debit")
        assert debit == rows(restored, "credit") == list(range(1, len(debit) + 1))
        seen.append(len(debit))
    assert 5 <= seen[0] < seen[1] < seen[2]
    live = rows(workspace.path / "web.db", "debit")
    assert live[: seen[2]] == rows(tmp_path / "r2" / "web.db", "debit")


def test_restored_databases_let_readers_go_on_while_one_writes(
    workspace: Workspace, tmp_path: Path
) -> None:
    back_up(workspace, tmp_path / "b", at=NOW)
    restore(tmp_path / "b", tmp_path / "r")
    for name in ("register.db", "web.db"):
        assert journal(tmp_path / "r" / name) == "wal"


def test_back_up_passes_over_what_is_no_database(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.path / "empty.db").touch()
    (workspace.path / "notes.db").write_text("no database")
    assert back_up(workspace, tmp_path / "b", at=NOW).databases == ("web.db",)


def test_erase_person_keeps_members_and_databases_of_backups(
    workspace: Workspace, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(workspace.path / "web.db")) as base:
        base.execute("CREATE TABLE note AS SELECT 'ann@example.com' AS text")
    path = workspace.backups_dir / "monday"
    members = {"users.json": b'["kim"]'}
    from signoff.store.register import save_document

    body = {"note": "ask ann@example.com"}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=NOW)
    back_up(workspace, path, at=NOW, members=members)
    before = hashlib.sha256(path.read_bytes()).digest()
    done = erase_person(workspace, email="ann@example.com", by="bo", at=NOW)
    found = {Path(file.path).name: file.action for file in done.files}
    assert found == {"table note": "kept, though it mentions one of them", "monday": "rewritten"}
    assert hashlib.sha256(path.read_bytes()).digest() != before
    again = restore(path, tmp_path / "r")
    assert again.members["users.json"].read_bytes() == b'["kim"]'
    assert again.databases == ("web.db",)
    assert open_workspace(tmp_path / "r").path == tmp_path / "r"
