"""An export is a whole copy of the current rows, the same bytes for the same snapshot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.lake import current_snapshot, export_lake
from signoff.store.lake.files import sha256_of
from signoff.store.schemas import LAKE_TABLES
from signoff.store.workspace import Workspace

Bring = Callable[..., str]


def test_export_lake_writes_current_rows_and_their_manifest(
    workspace: Workspace, bring: Bring, tmp_path: Path
) -> None:
    bring("account", [{"account_id": key, "name": "Old"} for key in "ab"])
    bring("account", [{"account_id": "b", "name": "New"}])
    manifest = export_lake(workspace, tmp_path / "out")
    assert manifest.snapshot == current_snapshot(workspace)
    counts = {table.table: table.n_rows for table in manifest.tables}
    assert counts == dict.fromkeys(LAKE_TABLES, 0) | {"account": 2}
    for table in manifest.tables:
        assert sha256_of(tmp_path / "out" / table.path) == table.sha256
    stored = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert stored["snapshot"] == manifest.snapshot
    assert "2 rows of" in manifest.text()


def test_export_lake_of_the_same_snapshot_is_the_same(
    workspace: Workspace, bring: Bring, tmp_path: Path
) -> None:
    bring("account", [{"account_id": f"{i:03d}", "name": "x"} for i in range(300)])
    then = current_snapshot(workspace)
    first = export_lake(workspace, tmp_path / "one")
    bring("account", [{"account_id": "001", "name": "New"}])
    assert export_lake(workspace, tmp_path / "two", snapshot=then) == first


def test_export_lake_into_a_full_folder_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(DataError, match="is not empty"):
        export_lake(workspace, tmp_path / "out")


def test_export_lake_that_fails_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="snapshot 99"):
        export_lake(workspace, tmp_path / "out", snapshot=99)
    assert not list(tmp_path.glob("out*"))
