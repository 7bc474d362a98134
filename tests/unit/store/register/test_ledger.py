"""The ledger of imports."""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.register import (
    ImportCounts,
    ImportEntry,
    ImportState,
    Register,
    find_live_import,
    hold_import,
    is_import_held,
    list_audit,
    list_imports,
    live_import_seqs,
    load_import,
    open_import,
    set_import_state,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
HOLDER = """
import sys, time
from pathlib import Path
from signoff.store.register import hold_import
with hold_import(Path(sys.argv[1]), "x"):
    print("held", flush=True)
    time.sleep(60)
"""


def begin(register: Register, content: str = "a", table_name: str = "account") -> ImportEntry:
    return open_import(
        register,
        table_name=table_name,
        file_name="accounts.csv",
        content_sha256=content * 64,
        mapping={"Company": "name"},
        by="ann",
        at=NOW,
    )


def move(register: Register, entry: ImportEntry, *states: str) -> ImportEntry:
    for state in states:
        entry = set_import_state(
            register, entry.import_id, state=ImportState(state), by="ann", at=NOW
        )
    return entry


def test_open_import_numbers_rise_and_are_never_used_again(register: Register) -> None:
    first, second = begin(register), begin(register)
    assert second.import_seq > first.import_seq
    assert (first.state, first.mapping, first.created_at) == ("staging", {"Company": "name"}, NOW)
    assert first.import_id != second.import_id


def test_set_import_state_to_live_keeps_counts_and_time(register: Register) -> None:
    entry = move(register, begin(register), "publishing")
    counts = ImportCounts(n_read=10, n_published=8, n_superseded=1, n_rejected=2)
    live = ImportState.LIVE
    set_import_state(register, entry.import_id, state=live, by="ann", at=NOW, counts=counts)
    loaded = load_import(register, entry.import_id[:8])
    assert (loaded.counts, loaded.published_at, loaded.undone_at) == (counts, NOW, None)
    assert live_import_seqs(register) == {entry.import_seq}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ((), "live"),
        ((), "undone"),
        (("failed",), "publishing"),
        (("publishing", "live"), "failed"),
        (("publishing", "live", "undoing", "undone"), "live"),
    ],
)
def test_set_import_state_leap_is_refused(
    register: Register, path: tuple[str, ...], wanted: str
) -> None:
    entry = move(register, begin(register), *path)
    with pytest.raises(DataError, match=f"cannot become {wanted}"):
        move(register, entry, wanted)


def test_set_import_state_again_changes_nothing(register: Register) -> None:
    entry = move(register, begin(register), "publishing")
    assert move(register, entry, "publishing") == entry
    acts = [row.act.action for row in list_audit(register, object_kind="import")]
    assert acts == ["opened", "publishing"]


def test_set_import_state_same_content_twice_publishes_once(register: Register) -> None:
    move(register, begin(register), "publishing", "live")
    other = begin(register)
    with pytest.raises(DataError, match="imported at the same time"):
        move(register, other, "publishing")
    move(register, other, "failed")


def test_find_live_import_only_while_it_is_live(register: Register) -> None:
    entry = begin(register)
    wanted = {"table_name": "account", "content_sha256": "a" * 64}
    assert find_live_import(register, **wanted) is None
    move(register, entry, "publishing", "live")
    found = find_live_import(register, **wanted)
    assert found is not None
    assert found.import_id == entry.import_id
    assert find_live_import(register, table_name="venue", content_sha256="a" * 64) is None
    move(register, entry, "undoing", "undone")
    assert find_live_import(register, **wanted) is None


def test_list_imports_newest_first_by_state_and_table(register: Register) -> None:
    first, second = begin(register), begin(register, "b", "venue")
    move(register, second, "failed")
    assert [e.import_seq for e in list_imports(register)] == [second.import_seq, first.import_seq]
    assert [e.table_name for e in list_imports(register, state=ImportState.FAILED)] == ["venue"]
    assert [e.table_name for e in list_imports(register, table_name="account")] == ["account"]


def test_load_import_several_begin_so_is_refused(register: Register) -> None:
    begin(register)
    begin(register)
    with pytest.raises(DataError, match="2 imports begin with ''"):
        load_import(register, "")


def test_is_import_held_while_the_process_lives_and_not_once_killed(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    assert is_import_held(tmp_path, "x")
    with pytest.raises(DataError, match="another process"), hold_import(tmp_path, "x"):
        pass
    process.kill()
    process.communicate()
    for _ in range(50):
        if not is_import_held(tmp_path, "x"):
            break
        time.sleep(0.05)
    with hold_import(tmp_path, "x"):
        assert is_import_held(tmp_path, "x")
    assert list(tmp_path.glob("import-*")) == []
