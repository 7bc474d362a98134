"""Ctrl-C in the middle of long work: exit code 130, and nothing half-written."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
SIGNOFF = str(Path(sys.executable).with_name("signoff"))
FILES = Path(__file__).resolve().parents[3] / "docs" / "tutorial" / "files"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
]


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Give a new workspace."""
    assert call("init", tmp_path / "campaign").code == 0
    return tmp_path / "campaign"


def interrupt_at_first_word(*arguments: str) -> tuple[int, str]:
    """Run a command and press Ctrl-C as soon as it tells of any progress."""
    process = subprocess.Popen(
        [SIGNOFF, *arguments, "--progress"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, rest = process.communicate(timeout=120)
    return process.returncode, first + rest


def test_import_interrupted_leaves_nothing_behind(
    call: Call, campaign: Path, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = (f"Sample {n},sample-{n}.example,FR\n" for n in range(200_000))
    path.write_text("Company name,Domain,Country\n" + "".join(rows), "utf-8")
    code, told = interrupt_at_first_word("import", str(path), "-w", str(campaign))
    assert code == 130, told
    assert "nothing is half-written" in told
    listed = call("imports", "list", "-w", campaign, "--json").json
    assert [row["state"] for row in listed if row["state"] == "live"] == []
    assert list((campaign / "staging").iterdir()) == []
    assert call("lake", "check", "-w", campaign).code == 0


def test_plan_interrupted_keeps_no_run_and_no_report(call: Call, campaign: Path) -> None:
    shutil.copytree(FILES, campaign / "files")
    names = ("accounts", "contacts", "venue", "rate", "venue_audience")
    paths = [campaign / "files" / f"{name}.csv" for name in names]
    assert call("import", *paths, "-w", campaign).code == 3
    brief = str(campaign / "brief.toml")
    code, told = interrupt_at_first_word("plan", brief, "-w", str(campaign))
    assert code == 130, told
    assert call("runs", "list", "-w", campaign, "--json").json == []
    assert list((campaign / "reports").iterdir()) == []
