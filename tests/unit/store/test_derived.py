"""Facts worked out by Signoff: all of them with their result, or nothing, however it ends."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store import derived
from signoff.store.derived import publish_facts
from signoff.store.engines import Engine, Relation, Statement, duckdb_engine_on
from signoff.store.imports import recover_imports, undo_import
from signoff.store.lake import check_lake, compact_lake, current_snapshot, open_lake
from signoff.store.lake.storage import present_files
from signoff.store.register import (
    ImportState,
    RunRecord,
    list_documents,
    list_imports,
    list_runs,
    pinned_snapshots,
    record_run,
    save_document,
)
from signoff.store.running import clear_runs, hold_run
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
LINE = {
    "plan_id": "p1",
    "venue_id": "v1",
    "units": 3,
    "unit_price": Decimal("10.00"),
    "spend": Decimal("30.00"),
    "currency": "EUR",
}
FORECAST = {"plan_id": "p1", "measure": "objective", "item": "all", "value": 0.1, "low": 0.0}
TABLES: dict[str, list[dict[str, Any]]] = {
    "plan_line": [LINE],
    "forecast": [FORECAST, FORECAST | {"item": "other"}],
}
RUN = RunRecord("r1", "plan", AT, None, 1, {}, {}, 7, "1")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)
    current_snapshot(made)
    return made


def publish_all(workspace: Workspace, along: Callable[[], None] | None = None) -> str:
    return publish_facts(workspace, TABLES, origin="plan p1", by="ann", at=AT, along=along)


def n_rows(workspace: Workspace) -> int:
    with open_lake(workspace) as lake:
        query = "SELECT (SELECT count(*) FROM lake.plan_line), (SELECT count(*) FROM lake.forecast)"
        return sum(lake.rows(query)[0])


def assert_nothing_is_left(workspace: Workspace) -> None:
    assert n_rows(workspace) == 0
    assert check_lake(workspace, repair=False).findings == ()
    assert list_documents(workspace.register, kind="plan") == []
    assert {entry.state for entry in list_imports(workspace.register)} <= {ImportState.FAILED}


def test_publish_facts_all_tables_are_live_as_one_import(workspace: Workspace) -> None:
    import_id = publish_all(workspace)
    (entry,) = list_imports(workspace.register)
    assert (entry.import_id, entry.state, entry.is_derived) == (import_id, ImportState.LIVE, True)
    assert (entry.counts.n_published, n_rows(workspace)) == (3, 3)
    assert check_lake(workspace, repair=False).is_sound


def test_publish_facts_same_rows_twice_add_nothing(workspace: Workspace) -> None:
    assert publish_all(workspace) == publish_all(workspace)
    assert n_rows(workspace) == 3


def test_publish_facts_same_rows_twice_still_keep_what_comes_along(workspace: Workspace) -> None:
    publish_all(workspace)
    publish_all(workspace, lambda: save(workspace))
    assert len(list_documents(workspace.register, kind="plan")) == 1


@pytest.mark.parametrize("is_of_duckdb", [True, False])
def test_publish_facts_of_an_engine_are_those_it_gives(
    workspace: Workspace, *, is_of_duckdb: bool
) -> None:
    statement = Statement(
        "market",
        "SELECT :plan_id AS plan_id, account_id, 0.5 AS market_fit_share, NULL AS win_share, "
        "1 AS value_weight, FALSE AS is_holdout FROM account ORDER BY account_id",
        ("account",),
    )
    accounts = [{"account_id": name, "name": name} for name in ("a", "b")]
    with duckdb_engine_on({"account": accounts}) as engine:
        asked: Any = engine if is_of_duckdb else OtherEngine(engine)
        tables = {
            "plan_account": Relation(asked, statement, {"plan_id": "p1"}),
            "plan_line": [LINE],
        }
        first = publish_facts(workspace, tables, origin="plan", by="ann", at=AT)
        again = publish_facts(workspace, tables, origin="plan", by="ann", at=AT)
    assert first == again
    with open_lake(workspace) as lake:
        kept = lake.rows(
            "SELECT plan_id, account_id, market_fit_share, win_share, is_holdout, import_seq "
            "FROM lake.plan_account ORDER BY account_id"
        )
    assert kept == [("p1", "a", 0.5, None, False, 1), ("p1", "b", 0.5, None, False, 1)]
    (entry,) = list_imports(workspace.register)
    assert entry.counts.n_published == 3


class OtherEngine:
    """An engine that is not DuckDB's own, for its rows alone."""

    def __init__(self, engine: Engine) -> None:
        self.rows = engine.rows


def test_publish_facts_without_any_row_is_live_and_empty(workspace: Workspace) -> None:
    publish_facts(workspace, {"plan_line": []}, origin="plan", by="ann", at=AT)
    assert n_rows(workspace) == 0
    assert check_lake(workspace, repair=False).is_sound


def test_publish_facts_unknown_column_leaves_nothing(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="colour"):
        publish_facts(
            workspace,
            {"plan_line": [LINE], "forecast": [FORECAST | {"colour": 1}]},
            origin="plan p1",
            by="ann",
            at=AT,
        )
    assert_nothing_is_left(workspace)


def save(workspace: Workspace) -> None:
    save_document(workspace.register, kind="plan", name="p1", body={}, author="ann", at=AT)


@pytest.mark.parametrize("error", [DataError("no", why="no", fix="no"), KeyboardInterrupt()])
def test_publish_facts_failing_companion_takes_all_back(
    workspace: Workspace, error: BaseException
) -> None:
    def along() -> None:
        save(workspace)
        raise error

    with pytest.raises(type(error)):
        publish_all(workspace, along)
    assert_nothing_is_left(workspace)
    publish_all(workspace, lambda: save(workspace))
    assert n_rows(workspace) == 3


def test_undo_import_of_derived_facts_takes_all_tables_back(workspace: Workspace) -> None:
    receipt = undo_import(workspace, publish_all(workspace), by="ann", at=AT)
    assert (receipt.n_removed, n_rows(workspace)) == (3, 0)
    assert check_lake(workspace, repair=False).is_sound


KILLED = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from signoff.store import derived
    from signoff.store.workspace import open_workspace
    sys.path.insert(0, sys.argv[3])
    import importlib.util
    spec = importlib.util.spec_from_file_location("facts", Path(sys.argv[3]))
    facts = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(facts)
    step, workspace = sys.argv[2], open_workspace(Path(sys.argv[1]))
    die = lambda *given, **named: os._exit(9)
    states = iter(range(9))
    if step == "files":
        derived._write_files = die
    elif step == "publishing":
        derived.set_import_state = die
    elif step == "publish":
        derived.publish = die
    elif step == "published":
        before = derived.publish
        derived.publish = lambda *given, **named: (before(*given, **named), die())
    facts.publish_all(workspace, lambda: (facts.save(workspace), step == "along" and die()))
    """
)


@pytest.mark.parametrize("step", ["files", "publishing", "publish", "published", "along"])
@pytest.mark.parametrize("mend", ["import", "check"])
def test_publish_facts_killed_at_any_step_leaves_nothing(
    workspace: Workspace, step: str, mend: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(workspace.path), step, __file__]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 9, done.stderr
    if mend == "import":
        assert len(recover_imports(workspace, at=AT).taken_back) == 1
    else:
        assert check_lake(workspace, repair=True).is_sound
    assert_nothing_is_left(workspace)
    assert recover_imports(workspace, at=AT).rows() == []


def test_recover_imports_leaves_derived_facts_of_a_living_process_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*_given: object, **_named: object) -> tuple[dict[str, list[Path]], int]:
        assert recover_imports(workspace, at=AT).rows() == []
        return {}, 0

    monkeypatch.setattr(derived, "_write_files", look)
    publish_all(workspace)
    assert list_imports(workspace.register)[0].state is ImportState.LIVE


def test_publish_facts_full_disk_says_so_and_leaves_nothing(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(DataError, match=r"could not be written.*No space left"):
            publish_all(workspace)
    assert_nothing_is_left(workspace)
    assert not any(path.suffix == ".unfinished" for path in present_files(workspace))


def test_hold_run_pins_the_snapshot_while_it_lasts(workspace: Workspace) -> None:
    with hold_run(workspace, RUN, by="ann"):
        assert clear_runs(workspace) == 0
        assert pinned_snapshots(workspace.register) == {1}
        assert check_lake(workspace, repair=False).is_sound
    assert list_runs(workspace.register) == []


def test_hold_run_finished_stays(workspace: Workspace) -> None:
    from dataclasses import replace

    with hold_run(workspace, RUN, by="ann"):
        record_run(workspace.register, replace(RUN, finished_at=AT))
    assert [run.run_id for run in list_runs(workspace.register)] == ["r1"]


def test_hold_run_failing_leaves_no_run(workspace: Workspace) -> None:
    with pytest.raises(DataError), hold_run(workspace, RUN, by="ann"):
        raise DataError("no", why="no", fix="no")
    assert list_runs(workspace.register) == []


def test_clear_runs_of_a_dead_process_unpins_its_snapshot(workspace: Workspace) -> None:
    record_run(workspace.register, RUN)
    found = check_lake(workspace, repair=False)
    assert [finding.kind for finding in found.findings] == ["half_run"]
    assert not found.is_sound
    assert check_lake(workspace, repair=True).is_sound
    assert pinned_snapshots(workspace.register) == frozenset()


def test_compact_lake_during_a_run_keeps_the_snapshot_it_reads(workspace: Workspace) -> None:
    from dataclasses import replace
    from datetime import date

    publish_all(workspace)
    read = replace(RUN, lake_snapshot=current_snapshot(workspace))
    with hold_run(workspace, read, by="ann"):
        for entry in list_imports(workspace.register):
            undo_import(workspace, entry.import_id, by="ann", at=AT)
        compact_lake(workspace, today=date(2027, 12, 1))
        with open_lake(workspace, snapshot=read.lake_snapshot) as lake:
            assert lake.rows("SELECT count(*) FROM lake.forecast") == [(2,)]
    compact_lake(workspace, today=date(2027, 12, 1))
    with (
        pytest.raises(DataError, match="no longer kept"),
        open_lake(workspace, snapshot=read.lake_snapshot),
    ):
        pass
