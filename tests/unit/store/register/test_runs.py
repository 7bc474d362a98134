"""What runs read and made."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from signoff.errors import DataError
from signoff.store.register import (
    Register,
    RunRecord,
    list_runs,
    load_run,
    pinned_snapshots,
    record_run,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
RUN = RunRecord(
    run_id="20260304-abc",
    command="plan",
    started_at=NOW,
    finished_at=NOW.replace(minute=31),
    lake_snapshot=12,
    documents={"brief/spring": 3},
    parameters={"n_starts": 8, "share": 0.1},
    seed=2**62 + 1,
    package_version="0.1.0",
    result_document=("plan", "spring", 2),
)


def test_record_run_comes_back_whole(register: Register) -> None:
    record_run(register, RUN)
    assert load_run(register, "20260304") == RUN
    assert pinned_snapshots(register) == {12}


def test_record_run_begun_is_completed(register: Register) -> None:
    record_run(register, replace(RUN, finished_at=None, result_document=None))
    record_run(register, RUN)
    assert list_runs(register) == [RUN]


def test_record_run_finished_is_never_changed(register: Register) -> None:
    record_run(register, RUN)
    with pytest.raises(DataError, match="written down already"):
        record_run(register, replace(RUN, seed=1))
    assert load_run(register, RUN.run_id).seed == RUN.seed


def test_list_runs_newest_first_by_command(register: Register) -> None:
    later = replace(RUN, run_id="b", started_at=NOW.replace(hour=10), parent_run_id=RUN.run_id)
    other = replace(RUN, run_id="c", command="report")
    for run in (RUN, later, other):
        record_run(register, run)
    assert list_runs(register, command="plan") == [later, RUN]


def test_load_run_whole_id_wins_over_a_longer_one(register: Register) -> None:
    record_run(register, replace(RUN, run_id="a"))
    record_run(register, replace(RUN, run_id="ab"))
    assert load_run(register, "a").run_id == "a"
    with pytest.raises(DataError, match="2 runs begin with ''"):
        load_run(register, "")
    with pytest.raises(DataError, match="there is no run 'z'"):
        load_run(register, "z")
