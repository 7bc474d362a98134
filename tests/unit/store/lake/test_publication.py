"""Publishing is one step, may be repeated, and can be taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.engines import Statement
from signoff.store.lake import (
    current_snapshot,
    data_path,
    duckdb_engine,
    has_import,
    open_lake,
    publish,
    retract,
    write_parquet,
)
from signoff.store.workspace import Workspace

NAMES = Statement("names", "SELECT account_id, name FROM account ORDER BY account_id", ("account",))
Bring = Callable[..., str]


def _names(workspace: Workspace, snapshot: int | None = None) -> dict[str, str]:
    with duckdb_engine(workspace, snapshot=snapshot) as engine:
        return {row["account_id"]: row["name"] for row in engine.rows(NAMES)}


def test_publish_makes_all_rows_visible_at_once(workspace: Workspace, bring: Bring) -> None:
    before = current_snapshot(workspace)
    import_id = bring("account", [{"account_id": "a", "name": "One"}])
    assert current_snapshot(workspace) == before + 1
    assert _names(workspace) == {"a": "One"}
    assert has_import(workspace, import_id)
    assert not has_import(workspace, "other")


def test_publish_the_second_time_adds_nothing(workspace: Workspace, stage: Any) -> None:
    import_id, files = stage("account", [{"account_id": "a", "name": "One"}])
    first = publish(workspace, files, import_id=import_id)
    assert publish(workspace, files, import_id=import_id) == first
    with open_lake(workspace) as lake:
        assert lake.rows("SELECT count(*) FROM lake.account") == [(1,)]


def test_publish_of_two_tables_is_one_snapshot(workspace: Workspace, stage: Any) -> None:
    import_id, accounts = stage("account", [{"account_id": "a", "name": "One"}])
    path = data_path(workspace, "venue_duplication", import_id, 0)
    with open_lake(workspace) as lake:
        cells = "'v' AS venue_id, 'u' AS other_venue_id, 0.1e0 AS both_share, 's' AS source"
        sql = f"SELECT {cells}, $id AS import_id, CAST(1 AS BIGINT) AS import_seq"
        assert write_parquet(lake, sql, path, values={"id": import_id}) == 1
    before = current_snapshot(workspace)
    files = {**accounts, "venue_duplication": [path]}
    assert publish(workspace, files, import_id=import_id) == before + 1


def test_publish_of_a_later_import_supersedes_by_key(workspace: Workspace, bring: Bring) -> None:
    bring("account", [{"account_id": key, "name": "Old"} for key in "abc"])
    bring("account", [{"account_id": "b", "name": "New"}])
    assert _names(workspace) == {"a": "Old", "b": "New", "c": "Old"}


def test_retract_brings_superseded_rows_back(workspace: Workspace, bring: Bring) -> None:
    bring("account", [{"account_id": key, "name": "Old"} for key in "abc"])
    second = bring("account", [{"account_id": "b", "name": "New"}])
    retract(workspace, second)
    assert _names(workspace) == {"a": "Old", "b": "Old", "c": "Old"}
    assert not has_import(workspace, second)


def test_retract_leaves_later_work_of_others(workspace: Workspace, bring: Bring) -> None:
    first = bring("account", [{"account_id": key, "name": "Old"} for key in "ab"])
    bring("account", [{"account_id": "b", "name": "New"}])
    retract(workspace, first)
    assert _names(workspace) == {"b": "New"}


def test_earlier_snapshot_shows_the_rows_of_then(workspace: Workspace, bring: Bring) -> None:
    bring("account", [{"account_id": "a", "name": "Old"}])
    then = current_snapshot(workspace)
    bring("account", [{"account_id": "a", "name": "New"}])
    assert _names(workspace, snapshot=then) == {"a": "Old"}


def test_unknown_snapshot_is_refused(workspace: Workspace, bring: Bring) -> None:
    bring("account", [{"account_id": "a", "name": "Old"}])
    with pytest.raises(DataError, match="snapshot 999"):
        _names(workspace, snapshot=999)


def test_engine_keeps_to_its_snapshot_while_others_write(
    workspace: Workspace, bring: Bring
) -> None:
    bring("account", [{"account_id": "a", "name": "Old"}])
    with duckdb_engine(workspace) as engine:
        first = engine.rows(NAMES)
        bring("account", [{"account_id": "a", "name": "New"}])
        assert engine.rows(NAMES) == first


def test_publish_into_an_unknown_table_names_the_tables(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="no table 'acount'"):
        publish(workspace, {"acount": []}, import_id="x")


def test_publish_of_a_file_that_does_not_fit_changes_nothing(
    workspace: Workspace, stage: Any
) -> None:
    import_id, files = stage("account", [{"account_id": "a", "name": "One"}])
    wrong = data_path(workspace, "spend", import_id, 0)
    with open_lake(workspace) as lake:
        write_parquet(lake, "SELECT 1 AS nothing_known", wrong)
    before = current_snapshot(workspace)
    with pytest.raises(DataError, match="could not be written"):
        publish(workspace, {**files, "spend": [wrong]}, import_id=import_id)
    assert current_snapshot(workspace) == before
    assert not has_import(workspace, import_id)


def test_file_is_there_whole_or_not_at_all(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "part.parquet"
    with open_lake(workspace) as lake, pytest.raises(Exception, match="Conversion"):
        write_parquet(lake, "SELECT CAST('x' AS BIGINT) AS n", path)
    assert not path.exists()


def test_publish_of_a_file_elsewhere_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not lie in the lake's data folder"):
        publish(workspace, {"account": [tmp_path / "mine.parquet"]}, import_id="x")


def test_publish_of_an_import_without_good_rows_changes_nothing(workspace: Workspace) -> None:
    before = current_snapshot(workspace)
    assert publish(workspace, {"account": []}, import_id="x") == before
