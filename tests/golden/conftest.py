"""The demonstration, built once as a user builds it; the tests beside this read what it left."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.plan import CampaignPlan, load_plan
from signoff.store.workspace import Workspace, open_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration made."""

    folder: Path
    workspace: Workspace
    plan: CampaignPlan
    printed: str


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Build the demonstration in a folder of its own."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "examples" / "demo" / "build.py"), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    workspace = open_workspace(folder / "workspace")
    return Demonstration(folder, workspace, load_plan(workspace), done.stdout)


@pytest.fixture
def own_copy(demonstration: Demonstration, tmp_path: Path) -> Workspace:
    """Give a copy of the demonstration's workspace that a test may change."""
    copy = tmp_path / "workspace"
    shutil.copytree(demonstration.folder / "workspace", copy)
    return open_workspace(copy)


def plain(value: object) -> object:
    """Give a value as JSON would hold it."""
    return json.loads(json.dumps(value, default=str))
