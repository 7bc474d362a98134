"""Members, links, tokens and drafts on PostgreSQL, as a team has them: the same tests again."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.postgres

REPOSITORY = Path(__file__).resolve().parents[2]
# whatever keeps rows in tables of its own; the other pages read register and lake alone
AGAIN = (
    "tests/web/people",
    "tests/web/sharing",
    "tests/web/documents/test_conflict.py",
    "tests/web/documents/test_drafts.py",
    "tests/web/api/test_api.py",
)


def test_pages_with_tables_of_their_own_pass_on_a_server(
    postgres_address: Callable[[], str], tmp_path: Path
) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    inside = f"--basetemp={tmp_path / 'inside'}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *AGAIN, "-q", "-p", "no:cacheprovider", inside],
        cwd=REPOSITORY,
        env=environ | {"SIGNOFF_TEST_DATABASE": postgres_address()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
