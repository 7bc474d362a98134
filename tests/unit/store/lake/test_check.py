"""The check finds what is wrong with files, rows and ledger, and mends what can be mended."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.store.lake import check_lake, data_path, has_import, publish
from signoff.store.lake.storage import present_files
from signoff.store.register.ledger import ImportState, hold_import, list_imports, set_import_state
from signoff.store.workspace import Workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
ROW = {"account_id": "a", "name": "One"}
Bring = Callable[..., str]


def _kinds(workspace: Workspace, *, repair: bool = False) -> list[str]:
    return [finding.kind for finding in check_lake(workspace, repair=repair).findings]


def test_check_lake_finds_a_sound_lake_sound(workspace: Workspace, bring: Bring) -> None:
    bring("account", [ROW])
    found = check_lake(workspace, repair=False)
    assert found.is_sound
    assert (found.n_files, found.n_rows, found.n_running) == (1, 1, 0)
    assert found.text() == f"The lake is sound: snapshot {found.snapshot}, 1 rows in 1 files."


def test_check_lake_removes_stray_files_only_when_asked(
    workspace: Workspace, bring: Bring, stored_files: Any
) -> None:
    bring("account", [ROW])
    stray = data_path(workspace, "account", "nobody", 0)
    stored_files.write(stray, b"PAR1")
    assert _kinds(workspace) == ["stray_file"]
    assert stray in present_files(workspace)
    repaired = check_lake(workspace, repair=True)
    assert repaired.is_sound
    assert not isinstance(stray, Path) or not stray.parent.exists()
    assert len(present_files(workspace)) == 1
    assert check_lake(workspace, repair=False).findings == ()


def test_check_lake_leaves_a_running_import_alone(workspace: Workspace, stage: Any) -> None:
    import_id, files = stage("account", [ROW])
    with hold_import(workspace.locks_dir, import_id):
        found = check_lake(workspace, repair=True)
    assert (found.findings, found.n_running) == ((), 1)
    assert present_files(workspace) == {*files["account"]}


def test_check_lake_leaves_the_import_of_another_machine_alone(
    workspace: Workspace, stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("socket.gethostname", lambda: "another-machine")
        _, files = stage("account", [ROW])
    found = check_lake(workspace, repair=True)
    assert (found.findings, found.n_running) == ((), 1)
    assert present_files(workspace) == {*files["account"]}


def test_check_lake_names_a_missing_file(
    workspace: Workspace, bring: Bring, stored_files: Any
) -> None:
    bring("account", [ROW])
    (path,) = present_files(workspace)
    stored_files.remove(path)
    found = check_lake(workspace, repair=True)
    assert [finding.kind for finding in found.findings] == ["missing_file"]
    assert found.n_rows is None
    assert "rows not counted" in found.text()
    assert not found.is_sound
    assert "restore" in found.text()


def test_check_lake_takes_out_rows_that_do_not_count(workspace: Workspace, bring: Bring) -> None:
    import_id = bring("account", [ROW])
    for state in (ImportState.UNDOING, ImportState.UNDONE):
        set_import_state(workspace.register, import_id, state=state, by="ann", at=AT)
    assert _kinds(workspace) == ["foreign_rows"]
    assert check_lake(workspace, repair=True).is_sound
    assert not has_import(workspace, import_id)
    assert _kinds(workspace) == []


def test_check_lake_misses_rows_of_a_live_import(workspace: Workspace, stage: Any) -> None:
    from signoff.store.register.ledger import ImportCounts

    import_id, files = stage("account", [ROW])
    counts = ImportCounts(n_read=2, n_published=2)
    set_import_state(
        workspace.register, import_id, state=ImportState.PUBLISHING, by="ann", at=AT, counts=counts
    )
    publish(workspace, files, import_id=import_id)
    set_import_state(workspace.register, import_id, state=ImportState.LIVE, by="ann", at=AT)
    assert _kinds(workspace) == ["lost_rows"]


@pytest.mark.parametrize("is_published", [False, True])
def test_check_lake_ends_a_half_import(
    workspace: Workspace, stage: Any, is_published: bool
) -> None:
    pytest.importorskip("signoff.store.imports.recover")
    import_id, files = stage("account", [ROW])
    set_import_state(workspace.register, import_id, state=ImportState.PUBLISHING, by="ann", at=AT)
    if is_published:
        publish(workspace, files, import_id=import_id)
    assert "half_import" in _kinds(workspace)
    assert check_lake(workspace, repair=True).is_sound
    assert _kinds(workspace) == []
    (entry,) = list_imports(workspace.register)
    assert entry.state == (ImportState.LIVE if is_published else ImportState.FAILED)
    assert has_import(workspace, import_id) == is_published
