"""A lake kept open: what it shares, when it lets go, and that no writer waits for it."""

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest

from signoff.errors import DataError
from signoff.store.derived import publish_facts
from signoff.store.engines import PreparedTable, Statement
from signoff.store.lake import (
    LakePool,
    compact_lake,
    current_snapshot,
    delete_person_facts,
    duckdb_engine,
    retract,
)
from signoff.store.schemas import Column, ColumnType
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
Bring = Callable[..., str]
COUNT = Statement("accounts", "SELECT COUNT(*) AS n FROM account", ("account",))
PEOPLE = Statement("people", "SELECT person_id FROM person_fact ORDER BY 1", ("person_fact",))
NAMES = PreparedTable(
    name="account_name",
    statement=Statement("names", "SELECT name FROM account ORDER BY name", ("account",)),
    reads=("account",),
)
SHARED = Statement("shared names", "SELECT name FROM account_name ORDER BY name", ())
TOUCHES = PreparedTable(
    name="touch_count",
    statement=Statement("touches", "SELECT COUNT(*) AS n FROM event", ("event",)),
    reads=("account", "event"),
    may_lag=("event",),
)
N_TOUCHES = Statement("touches", "SELECT n FROM touch_count", ())


@pytest.fixture
def pool(workspace: Workspace) -> Iterator[LakePool]:
    with LakePool(workspace, watch_seconds=0) as opened:
        yield opened


def account(name: str) -> dict[str, str]:
    return {"account_id": name, "name": name}


def names(pool: LakePool) -> list[str]:
    with pool.engine() as engine:
        engine.share(NAMES)
        return [row["name"] for row in engine.rows(SHARED)]


def test_engine_gives_the_rows_of_the_newest_snapshot(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        before = engine.snapshot
        assert engine.rows(COUNT) == [{"n": 1}]
    bring("account", [account("b")])
    with pool.engine() as engine:
        assert engine.rows(COUNT) == [{"n": 2}]
        assert engine.snapshot > before


def test_engine_reads_one_snapshot_to_its_end(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        engine.rows(COUNT)
        bring("account", [account("b")])
        with pool.engine() as later:
            assert later.rows(COUNT) == [{"n": 2}]
        assert engine.rows(COUNT) == [{"n": 1}]


def test_engine_answers_as_the_cold_one(pool: LakePool, bring: Bring, workspace: Workspace) -> None:
    bring("account", [account("a"), account("b")])
    bring("account", [{"account_id": "a", "name": "later"}])
    query = Statement("rows", "SELECT * FROM account ORDER BY account_id", ("account",))
    with pool.engine() as warm, duckdb_engine(workspace) as cold:
        assert warm.rows(query) == cold.rows(query)
        assert warm.snapshot == cold.snapshot


def test_engine_what_one_defines_no_other_sees(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    columns = (Column("account_id", ColumnType.TEXT, "Account"),)
    with pool.engine() as one, pool.engine() as other:
        one.put("account", columns, [])
        one.define("listed", COUNT)
        assert one.rows(COUNT) == [{"n": 0}]
        other.define("listed", COUNT)
        listed = Statement("listed", "SELECT n FROM listed", ())
        assert (one.rows(listed), other.rows(listed)) == ([{"n": 0}], [{"n": 1}])
        one.define("listed", Statement("twice", "SELECT n + 5 AS n FROM listed", ()))
        assert one.rows(listed) == [{"n": 5}]
    with pool.engine() as engine:
        assert engine.rows(COUNT) == [{"n": 1}]


def test_share_works_a_table_out_once_for_all_threads(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    built = []
    table = PreparedTable(
        "account_name", NAMES.statement, ("account",), prepare=lambda _: built.append(1)
    )
    found: list[int] = []

    def read() -> None:
        with pool.engine() as engine:
            engine.share(table)
            found.append(len(engine.rows(SHARED)))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 8
    assert built == [1]


def test_share_after_a_retraction_shows_no_row_of_it(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    bring("account", [account("a")])
    gone = bring("account", [account("b")])
    assert names(pool) == ["a", "b"]
    retract(workspace, gone)
    assert names(pool) == ["a"]


def test_share_keeps_a_copy_when_other_tables_change(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    built = []
    table = PreparedTable(
        "account_name", NAMES.statement, ("account",), prepare=lambda _: built.append(1)
    )
    for number in range(3):
        bring("venue", [{"venue_id": str(number)}])
        with pool.engine() as engine:
            engine.share(table)
    assert built == [1]


def test_share_two_variants_are_two_tables(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    one = Statement("one", "SELECT 'one' AS name", ())
    two = Statement("two", "SELECT 'two' AS name", ())
    with pool.engine() as engine, pool.engine() as other:
        engine.share(PreparedTable("account_name", one, ("account",), variant="1"))
        other.share(PreparedTable("account_name", two, ("account",), variant="2"))
        assert engine.rows(SHARED) == [{"name": "one"}]
        assert other.rows(SHARED) == [{"name": "two"}]


def test_share_what_may_lag_is_read_at_once_and_catches_up(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        engine.share(TOUCHES)
        assert engine.rows(N_TOUCHES) == [{"n": 0}]
    bring("event", [{"event_id": "e", "kind": "click"}])
    with pool.engine() as engine:
        engine.share(TOUCHES)
        assert engine.rows(N_TOUCHES) in ([{"n": 0}], [{"n": 1}])
    pool.look()
    with pool.engine() as engine:
        engine.share(TOUCHES)
        assert engine.rows(N_TOUCHES) == [{"n": 1}]


def test_share_what_takes_long_is_read_without_the_newest_rows_and_says_so(
    workspace: Workspace, bring: Bring
) -> None:
    gone = bring("account", [account("a")])
    with LakePool(workspace, watch_seconds=0, patience_seconds=0) as pool:
        assert names(pool) == ["a"]
        bring("account", [account("b")])
        with pool.engine() as engine:
            assert not engine.share(NAMES)
            assert not engine.share(NAMES)
            assert engine.rows(SHARED) == [{"name": "a"}]
        pool.look()
        with pool.engine() as engine:
            assert engine.share(NAMES)
            assert len(engine.rows(SHARED)) == 2
        retract(workspace, gone)
        assert names(pool) == ["b"], "what was taken away is never shown again"


def test_share_a_table_that_may_lag_shows_no_deleted_row(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    gone = bring("event", [{"event_id": "e", "kind": "click"}])
    for n_touches in (1, 0):
        with pool.engine() as engine:
            engine.share(TOUCHES)
            assert engine.rows(N_TOUCHES) == [{"n": n_touches}]
        retract(workspace, gone)


def test_share_a_failure_is_told_to_all_and_the_next_may_succeed(
    pool: LakePool, bring: Bring
) -> None:
    bring("account", [account("a")])
    is_broken = [True]

    def prepare(engine: object) -> None:
        if is_broken[0]:
            raise DataError("no", why="broken", fix="mend it")

    table = PreparedTable("account_name", NAMES.statement, ("account",), prepare=prepare)
    with pool.engine() as engine, pytest.raises(DataError, match="broken"):
        engine.share(table)
    is_broken[0] = False
    with pool.engine() as engine:
        engine.share(table)
        assert engine.rows(SHARED) == [{"name": "a"}]


def test_engine_after_an_erasure_serves_nobody_erased(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    bring("person_fact", [{"person_id": "p1", "origin": "measured"}])
    bring("person_fact", [{"person_id": "p2", "origin": "measured"}])
    kept = PreparedTable("person_list", PEOPLE, ("person_fact",))
    listed = Statement("listed", "SELECT person_id FROM person_list ORDER BY 1", ())
    with pool.engine() as engine:
        engine.share(kept)
        assert len(engine.rows(listed)) == 2
    delete_person_facts(workspace, ["p1"])
    with pool.engine() as engine:
        engine.share(kept)
        assert engine.rows(listed) == [{"person_id": "p2"}]
        assert engine.rows(PEOPLE) == [{"person_id": "p2"}]
        databases = Statement("d", "SELECT database_name AS d FROM duckdb_databases()", ())
        copies = [row["d"] for row in engine.rows(databases) if row["d"].startswith("kept_")]
        assert len(copies) == 1


def test_engine_whose_snapshot_goes_says_so(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    bring("person_fact", [{"person_id": "p1", "origin": "measured"}])
    with pool.engine() as engine:
        delete_person_facts(workspace, ["p1"])
        with pytest.raises(DataError, match="of the lake is gone"):
            engine.rows(PEOPLE)
        assert not engine.is_kept()


def test_engine_of_a_workspace_put_in_place_reads_the_new_one(
    pool: LakePool, bring: Bring, workspace: Workspace, tmp_path: Path
) -> None:
    bring("account", [account("a")])
    copied = copytree(workspace.path, tmp_path / "kept")
    bring("account", [account("b")])
    assert names(pool) == ["a", "b"]
    workspace.path.rename(tmp_path / "past")
    copied.rename(workspace.path)
    assert names(pool) == ["a"]


def test_engine_over_a_catalog_that_went_back_reads_it(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    bring("account", [account("a")])
    catalog = workspace.path / "lake" / "catalog.sqlite"
    kept = catalog.read_bytes()
    bring("account", [account("b")])
    assert names(pool) == ["a", "b"]
    for ending in ("-wal", "-shm"):
        catalog.with_name(catalog.name + ending).unlink(missing_ok=True)
    catalog.write_bytes(kept)  # the same file, with older content
    assert names(pool) == ["a"]


def test_engine_leaves_writers_alone_while_it_reads(
    pool: LakePool, bring: Bring, workspace: Workspace
) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        engine.share(NAMES)
        engine.rows(COUNT)
        bring("account", [account("b")])
        compact_lake(workspace, today=date(2026, 1, 2))
        assert engine.rows(SHARED) == [{"name": "a"}]
    assert names(pool) == ["a", "b"]


def test_look_prepares_from_the_newest_snapshot_what_was_asked_for(
    workspace: Workspace, bring: Bring
) -> None:
    bring("account", [account("a")])
    built = threading.Semaphore(0)
    table = PreparedTable(
        "account_name", NAMES.statement, ("account",), prepare=lambda _: built.release()
    )
    with LakePool(workspace, watch_seconds=0.05) as pool:
        with pool.engine() as engine:
            engine.share(table)
        assert built.acquire(timeout=1)
        bring("account", [account("b")])
        assert built.acquire(timeout=20), "nobody asked, and the watcher saw nothing"
        assert pool.look() == current_snapshot(workspace)


def test_close_ends_the_pool_and_what_is_read_goes_on(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        pool.close()
        assert engine.rows(COUNT) == [{"n": 1}]
    with pytest.raises(DataError, match="not kept open"), pool.engine():
        pass
    pool.close()


def test_engine_in_a_forked_process_opens_its_own_session(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    assert names(pool) == ["a"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the threads are left behind
        child = os.fork()
    if child == 0:
        os._exit(0 if names(pool) == ["a"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert names(pool) == ["a"]


def test_engine_follows_a_catalog_of_either_kind(workspace: Workspace, catalog: str) -> None:
    home = replace(workspace, settings=Settings(name="Acme", catalog=catalog))
    with LakePool(home, watch_seconds=0) as pool:
        for name in ("a", "b"):
            publish_facts(home, {"account": [account(name)]}, origin=name, by="ann", at=AT)
            assert names(pool)[-1] == name
        assert names(pool) == ["a", "b"]


N_NAMES = Statement("number of names", "SELECT COUNT(*) AS n FROM account_name", ("account_name",))


def test_counts_are_remembered_with_the_copy_and_go_with_it(pool: LakePool, bring: Bring) -> None:
    bring("account", [account("a")])
    for _ in range(2):
        with pool.engine() as engine:
            engine.share(NAMES)
            assert engine.counts(N_NAMES) == [{"n": 1}]
    bring("account", [account("b")])
    with pool.engine() as engine:
        engine.share(NAMES)
        assert engine.counts(N_NAMES) == [{"n": 2}]


def test_counts_of_a_table_of_ones_own_are_not_taken_from_others(
    pool: LakePool, bring: Bring
) -> None:
    bring("account", [account("a")])
    with pool.engine() as engine:
        engine.share(NAMES)
        assert engine.counts(N_NAMES) == [{"n": 1}]
    with pool.engine() as engine:
        engine.share(NAMES)
        engine.define("account_name", Statement("none", "SELECT 'x' AS name WHERE FALSE", ()))
        assert engine.counts(N_NAMES) == [{"n": 0}]
