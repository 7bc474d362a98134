"""What a dead process left is carried on or taken back; what lives is left alone."""

import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.store.imports import ImportOptions, ImportReceipt, import_file, recover_imports
from signoff.store.imports.recover import settle_import
from signoff.store.lake.place import data_path
from signoff.store.register.ledger import (
    ImportEntry,
    ImportState,
    hold_import,
    list_imports,
    load_import,
    open_import,
    set_import_state,
)
from signoff.store.register.persons import PersonRow, stage_persons
from signoff.store.register.tables import IMPORT_LEDGER
from signoff.store.workspace import Workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
Bring = Callable[..., ImportReceipt]
Rows = Callable[[str], list[tuple[Any, ...]]]


def _begin(workspace: Workspace) -> ImportEntry:
    return open_import(
        workspace.register,
        table_name="contact",
        file_name="a.csv",
        content_sha256="0" * 64,
        mapping={},
        by="ann",
        at=AT,
    )


def _say_process(workspace: Workspace, entry: ImportEntry, token: str) -> None:
    here = IMPORT_LEDGER.c.import_id == entry.import_id
    with workspace.register.begin() as connection:
        connection.execute(IMPORT_LEDGER.update().where(here).values(process_token=token))


def test_recover_imports_with_nothing_to_do_says_so(workspace: Workspace) -> None:
    recovery = recover_imports(workspace, at=AT)
    assert recovery.rows() == []
    assert recovery.text() == "No import was left unfinished."


def test_recover_imports_takes_everything_of_a_dead_import_back(workspace: Workspace) -> None:
    entry = _begin(workspace)
    stage_persons(workspace.register, [PersonRow("p1", email="a@x.example")], import_seq=1)
    stray = data_path(workspace, "person_fact", entry.import_id, 0)
    stray.write_bytes(b"x")
    desk = workspace.staging_dir / entry.import_id
    desk.mkdir()
    (desk / "rows.csv").write_text("a@x.example")
    rejected = workspace.rejected_dir / f"{entry.import_id}-rows.csv"
    rejected.write_text("a@x.example")
    recovery = recover_imports(workspace, at=AT)
    assert recovery.taken_back == (entry.import_id,)
    assert recovery.n_desks == 1
    assert recovery.rows() == [{"import_id": entry.import_id, "outcome": "taken back"}]
    assert "1 unfinished imports: 0 carried to their end, 1 taken back" in recovery.text()
    assert not any(path.exists() for path in (stray, desk, rejected))
    with workspace.register.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 0


def test_recover_imports_leaves_a_held_import_alone(workspace: Workspace) -> None:
    entry = _begin(workspace)
    with hold_import(workspace.locks_dir, entry.import_id):
        assert recover_imports(workspace, at=AT).taken_back == ()
    assert load_import(workspace.register, entry.import_id).state is ImportState.STAGING


@pytest.mark.parametrize(
    ("token", "is_taken_back"),
    [
        (f"{socket.gethostname()}:{os.getppid()}", False),  # begun, not yet held, alive
        (f"{socket.gethostname()}:{2**22 + 1}", True),  # no such process
        ("another-host:1", False),  # its processes cannot be seen from here
    ],
)
def test_recover_imports_spares_a_process_that_just_began(
    workspace: Workspace, token: str, is_taken_back: bool
) -> None:
    entry = _begin(workspace)
    _say_process(workspace, entry, token)
    assert bool(recover_imports(workspace, at=AT).taken_back) is is_taken_back


def test_recover_imports_on_another_host_ends_once_its_lock_is_free(workspace: Workspace) -> None:
    entry = _begin(workspace)
    _say_process(workspace, entry, "another-host:1")
    (workspace.locks_dir / f"import-{entry.import_id}.lock").touch()
    assert recover_imports(workspace, at=AT).taken_back == (entry.import_id,)


def test_settle_import_that_stands_still_is_left_as_it_is(
    bring: Bring, workspace: Workspace, lake_rows: Rows
) -> None:
    receipt = bring("name,employees\nAcme,10\n")
    assert settle_import(workspace, receipt.import_id, at=AT) is ImportState.LIVE
    assert lake_rows("SELECT count(*) FROM lake.account") == [(1,)]


def test_import_file_first_mends_what_was_left(
    workspace: Workspace, tmp_path: Path, options: ImportOptions
) -> None:
    left = _begin(workspace)
    set_import_state(
        workspace.register, left.import_id, state=ImportState.PUBLISHING, by="ann", at=AT
    )
    path = tmp_path / "a.csv"
    path.write_text("name,city\nAcme,Paris\n")
    import_file(workspace, path, options=options)
    states = {entry.import_id: entry.state for entry in list_imports(workspace.register)}
    assert states.pop(left.import_id) is ImportState.FAILED
    assert list(states.values()) == [ImportState.LIVE]
