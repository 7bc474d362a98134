"""Twenty processes write at once: nothing is lost, nothing doubled, no error shown."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[4] / "benchmarks" / "bench_writers.py"


@pytest.mark.slow
def test_twenty_writers_lose_nothing_and_see_no_error(catalog: str) -> None:
    command = [sys.executable, str(BENCHMARK), "--publications", "1", "--catalog", catalog]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(ran.stdout)
    assert (found["n_lost_rows"], found["n_doubled_rows"], found["n_errors_shown"]) == (0, 0, 0), (
        found
    )
    assert ran.returncode == 0
    assert found["n_publications"] == 20
