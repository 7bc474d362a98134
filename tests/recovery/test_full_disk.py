"""A disk that is full: what cannot be written says so, what was there is read, nothing is half."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.backups.backup import restore
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake import check_lake, duckdb_engine
from signoff.store.register import document_history, save_document, verify_audit
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
NAMES = Statement("names", "SELECT name FROM account ORDER BY name LIMIT 2", ("account",))
N_ROWS = 40_000
LEFT_BYTES = 256 << 10  # what a full disk still holds: readers of SQLite need 32 kB of their own
ACT = """
import json, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path

from signoff.errors import DataError
from signoff.store.backups.backup import back_up
from signoff.store.imports import ImportOptions, import_file
from signoff.store.register import save_document
from signoff.store.workspace import open_workspace

act, home, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
at = datetime(2026, 11, 23, tzinfo=UTC)
workspace = open_workspace(home)
if limit:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if act == "import":
        import_file(workspace, home.parent / "many.csv", options=ImportOptions(by="ann", at=at))
    elif act == "save":
        body = {"text": "x" * 3_000_000}
        save_document(workspace.register, kind="k", name="n", body=body, author="a", at=at)
    else:
        back_up(workspace, workspace.backups_dir / "full.backup", at=at)
except DataError as error:
    print(json.dumps(error.as_json()))
    sys.exit(2)
"""


def _small_disk(place: Path) -> bool:
    """Mount a disk of 24 MB in memory, where this may be done."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture(params=["disk", "limit"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """Give a small disk and no limit, or any disk and a limit on the size of files."""
    home = tmp_path / "disk"
    home.mkdir()
    if request.param == "limit":
        yield home, 150_000
        return
    if not _small_disk(home):
        pytest.skip("only root may mount a disk in memory; the limit on files is tried instead")
    try:
        yield home, 0
    finally:
        subprocess.run(["umount", str(home)], check=True)


@pytest.fixture
def workspace(place: tuple[Path, int]) -> Workspace:
    home, _ = place
    made = create_workspace(home / "w", settings=Settings(name="Acme"), at=AT)
    (home / "few.csv").write_text("external_id,name\na,Ann\nb,Bo\n")
    import_file(made, home / "few.csv", options=ImportOptions(by="ann", at=AT))
    save_document(made.register, kind="k", name="n", body={"text": "old"}, author="a", at=AT)
    rows = "".join(f"{n},{n * 7919 % 99991:x} {n:x} & Sons\n" for n in range(N_ROWS))
    (home / "many.csv").write_text(f"external_id,name\n{rows}")
    return made


def _fill(home: Path) -> None:
    """Fill the disk up to a little rest."""
    with (home / "ballast").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(64 << 10))
        except OSError:
            file.truncate(max(file.tell() - LEFT_BYTES, 0))


def _do(act: str, workspace: Workspace, *, limit: int) -> tuple[int, dict[str, str]]:
    done = subprocess.run(
        [sys.executable, "-c", ACT, act, str(workspace.path), str(limit)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode in {0, 2}, done.stderr
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def _assert_old_data_are_read(workspace: Workspace) -> None:
    with duckdb_engine(workspace) as engine:
        assert [row["name"] for row in engine.rows(NAMES)] == ["Ann", "Bo"]
    (kept,) = document_history(workspace.register, kind="k", name="n")
    assert kept.body == {"text": "old"}
    assert verify_audit(workspace.register).is_sound


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither tmpfs nor RLIMIT_FSIZE")
@pytest.mark.parametrize("act", ["import", "save", "back up"])
def test_full_disk_is_told_and_leaves_all_as_it_was(
    workspace: Workspace, place: tuple[Path, int], act: str
) -> None:
    home, limit = place
    if not limit:
        _fill(home)
    code, told = _do(act, workspace, limit=limit)
    assert code == 2, told
    assert "room" in told["fix"], told
    _assert_old_data_are_read(open_workspace(workspace.path))
    assert list(workspace.backups_dir.glob("*.backup*")) == []
    (home / "ballast").unlink(missing_ok=True)
    check_lake(workspace, repair=True)
    assert check_lake(workspace, repair=False).findings == ()
    _assert_old_data_are_read(workspace)
    assert _do(act, workspace, limit=0) == (0, {})
    if act == "back up":
        restore(workspace.backups_dir / "full.backup", home / "r", by="ann", at=AT)
        _assert_old_data_are_read(open_workspace(home / "r"))
