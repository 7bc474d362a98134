"""A durable job names its run: cut off and begun again, it makes one plan."""

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.plan import PlanOptions, load_plan, make_plan, write_plan
from signoff.store.engines import Statement
from signoff.store.lake import duckdb_engine
from signoff.store.lake.check import check_lake
from signoff.store.register import document_history, list_runs
from signoff.store.workspace import Workspace, open_workspace

RUN_ID = "job-0123456789abcdef"
N_LINES = Statement(
    "lines of a plan",
    "SELECT COUNT(*) AS n FROM plan_line WHERE plan_id = :plan",
    ("plan_line",),
)
KILLED = """
import importlib, os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path

home, brief, run_id, place, moment = sys.argv[1:6]
module, _, name = place.partition(":")
module = importlib.import_module(f"signoff.{module}")
real = getattr(module, name)

def wrapped(*args, **named):
    if moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, wrapped)
from signoff.plan import PlanOptions, make_plan
from signoff.store.workspace import open_workspace

options = PlanOptions(seed=7, as_of=date(2026, 11, 23), by="ann",
                      at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC), run_id=run_id)
make_plan(open_workspace(Path(home)), brief=Path(brief), options=options)
"""


@pytest.fixture
def own(workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a copy that a killed process may spoil."""
    shutil.copytree(workspace.path, tmp_path / "w")
    return open_workspace(tmp_path / "w")


@pytest.fixture
def named(options: PlanOptions) -> PlanOptions:
    return replace(options, run_id=RUN_ID)


def n_plans(workspace: Workspace) -> int:
    return len(document_history(workspace.register, kind="plan", name=RUN_ID))


def test_make_plan_with_a_run_id_twice_gives_the_kept_plan(
    own: Workspace, brief_path: Path, named: PlanOptions
) -> None:
    first = make_plan(own, brief=brief_path, options=named)
    again = make_plan(own, brief=brief_path, options=named)
    assert first.run_id == RUN_ID
    assert write_plan(again) == write_plan(first)
    assert n_plans(own) == 1
    assert [run.run_id for run in list_runs(own.register)].count(RUN_ID) == 1


@pytest.mark.parametrize(
    ("place", "moment"),
    [
        ("plan.record:compose_plan", "before"),
        ("plan.record:compose_plan", "after"),
        ("store.derived:publish", "before"),
        ("store.derived:publish", "after"),
        ("plan.record:record_run", "after"),
        ("plan.record:_keep_plan", "after"),
    ],
)
def test_make_plan_killed_and_begun_again_makes_one_plan(
    own: Workspace, brief_path: Path, named: PlanOptions, place: str, moment: str
) -> None:
    command = [sys.executable, "-c", KILLED, str(own.path), str(brief_path), RUN_ID, place, moment]
    ended = subprocess.run(command, check=False, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    was_kept = n_plans(own) == 1
    assert was_kept is (place == "plan.record:_keep_plan")
    plan = make_plan(own, brief=brief_path, options=named)
    check_lake(own, repair=True)
    assert write_plan(load_plan(own, run_id=RUN_ID)) == write_plan(plan)
    assert n_plans(own) == 1
    with duckdb_engine(own) as engine:
        n_lines = engine.rows(N_LINES, plan=RUN_ID)[0]["n"]
    assert n_lines == sum(line.in_plan for line in plan.venues.lines)


@pytest.mark.parametrize("run_id", ["", "short", "../../escape", "a" * 65, "with space in it"])
def test_make_plan_what_is_no_run_id_is_refused(
    workspace: Workspace, brief_path: Path, options: PlanOptions, run_id: str
) -> None:
    with pytest.raises(DataError, match="cannot be used as an id"):
        make_plan(workspace, brief=brief_path, options=replace(options, run_id=run_id))


def test_make_plan_run_id_of_another_plan_is_refused(
    own: Workspace, brief_path: Path, named: PlanOptions
) -> None:
    make_plan(own, brief=brief_path, options=named)
    with pytest.raises(DataError, match="made something else"):
        make_plan(own, brief=brief_path, options=replace(named, seed=8))
