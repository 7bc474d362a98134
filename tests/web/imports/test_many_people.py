"""Fault 37: twenty people import and edit at once in a real server; the benchmark does the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[3] / "benchmarks" / "bench_jobs.py"


@pytest.mark.slow
def test_twenty_people_at_once_lose_nothing_and_see_no_lock() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), "--people", "20", "--files", "1"],
        capture_output=True,
        check=False,
        timeout=580,
    )
    assert done.stdout, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["errors shown"] == []
    assert found["errors logged"] == 0
    assert found["jobs failed"] == 0
    assert found["imports in force"] == found["imports asked"] == 20
    assert found["rows"] == found["rows expected"]
    assert found["versions"] == found["versions expected"] == 20
    assert done.returncode == 0
