"""Compaction makes few files, keeps what runs have read, and gives up the rest."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from signoff.errors import DataError
from signoff.store.lake import compact_lake, current_snapshot, has_import, open_lake, retract
from signoff.store.lake.storage import present_files
from signoff.store.register.runs import RunRecord, record_run
from signoff.store.workspace import Workspace

LATER = datetime.now(UTC).date() + timedelta(days=30)
Bring = Callable[..., str]


def _run(workspace: Workspace, snapshot: int) -> None:
    run = RunRecord(
        run_id="r1",
        command="plan",
        started_at=datetime(2026, 1, 2, tzinfo=UTC),
        finished_at=None,
        lake_snapshot=snapshot,
        documents={},
        parameters={},
        seed=1,
        package_version="0",
    )
    record_run(workspace.register, run)


def _names(workspace: Workspace, snapshot: int | None = None) -> list[str]:
    with open_lake(workspace, snapshot=snapshot) as lake:
        return [n for (n,) in lake.rows("SELECT account_id FROM lake.account ORDER BY account_id")]


def test_compact_merges_files_and_removes_the_small_ones(
    workspace: Workspace, bring: Bring
) -> None:
    for key in "abcd":
        bring("account", [{"account_id": key, "name": key}])
    done = compact_lake(workspace, today=LATER)
    assert (done.n_files_before, done.n_files_after) == (4, 1)
    assert done.n_files_removed == 4
    assert len(present_files(workspace)) == 1
    assert _names(workspace) == ["a", "b", "c", "d"]
    assert "4 files read became 1" in done.text()


def test_compact_keeps_the_snapshot_of_a_run_as_it_was(workspace: Workspace, bring: Bring) -> None:
    imports = [bring("account", [{"account_id": key, "name": key}]) for key in "ab"]
    pinned = current_snapshot(workspace)
    _run(workspace, pinned)
    bring("account", [{"account_id": "c", "name": "c"}])
    retract(workspace, imports[0])
    compact_lake(workspace, today=LATER)
    compact_lake(workspace, today=LATER)
    assert _names(workspace) == ["b", "c"]
    assert _names(workspace, snapshot=pinned) == ["a", "b"]
    with pytest.raises(DataError, match="snapshot"):
        _names(workspace, snapshot=pinned - 1)


def test_compact_leaves_what_readers_may_still_be_at(workspace: Workspace, bring: Bring) -> None:
    for key in "ab":
        bring("account", [{"account_id": key, "name": key}])
    done = compact_lake(workspace, today=datetime.now(UTC).date())
    assert (done.n_snapshots_expired, done.n_files_removed) == (0, 0)
    assert len(present_files(workspace)) == 3


def test_compacted_imports_can_still_be_taken_back(workspace: Workspace, bring: Bring) -> None:
    imports = [bring("account", [{"account_id": key, "name": key}]) for key in "abc"]
    compact_lake(workspace, today=LATER)
    retract(workspace, imports[1])
    assert _names(workspace) == ["a", "c"]
    assert [has_import(workspace, import_id) for import_id in imports] == [True, False, True]
    done = compact_lake(workspace, today=LATER)
    assert done.n_files_after == 1
    assert _names(workspace) == ["a", "c"]


def test_compact_of_an_empty_lake_does_nothing(workspace: Workspace) -> None:
    done = compact_lake(workspace, today=date(2026, 1, 2))
    assert (done.n_files_before, done.n_files_after, done.n_files_removed) == (0, 0, 0)
