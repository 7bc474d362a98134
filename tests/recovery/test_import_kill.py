"""An import killed at any step is whole or not there; what was acknowledged stays."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake.check import check_lake
from signoff.store.lake.session import open_lake
from signoff.store.lake.storage import present_files
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.settings import SETTINGS_FILE, Settings, write_settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
CONTACTS = "email,last name,level\n" + "".join(
    f"n{n}@x.example,N{n},{'boss' if n == 7 else 'director'}\n" for n in range(20)
)
KILLED = """
import importlib, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path

home, path, place, moment, turn = sys.argv[1:6]
module, _, name = place.partition(":")
module = importlib.import_module(f"signoff.store.imports.{module}")
real = getattr(module, name)
calls = 0

def wrapped(*args, **named):
    global calls
    calls += 1
    if calls == int(turn) and moment == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*args, **named)
    if calls == int(turn) and moment == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(module, name, wrapped)
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.workspace import open_workspace

at = datetime(2026, 11, 23, tzinfo=UTC)
workspace = open_workspace(Path(home))
if path.endswith(".csv"):
    import_file(workspace, Path(path), options=ImportOptions(by="ann", at=at))
else:
    undo_import(workspace, path, by="ann", at=at)
"""


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kill") / "w"
    made = create_workspace(path, settings=Settings(name="Acme"), at=AT)
    with open_lake(made):
        return path


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(new_workspace, tmp_path / "w")
    return open_workspace(tmp_path / "w")


def _kill(workspace: Workspace, what: str, place: str, moment: str, turn: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(workspace.path), what, place, moment, str(turn)],
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def _counts(workspace: Workspace) -> tuple[int, int]:
    """Give rows in the lake and contacts in the register."""
    with open_lake(workspace) as lake:
        n_rows = int(lake.rows("SELECT count(*) FROM lake.person_fact")[0][0])
    with workspace.register.read() as connection:
        n_persons = connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one()
    return n_rows, int(n_persons)


def _files(workspace: Workspace) -> list[str]:
    """Name the files that hold rows, or that a dead import would have left behind."""
    folders = (workspace.staging_dir, workspace.rejected_dir, workspace.lake_dir / "data")
    names = [path.name for folder in folders for path in folder.rglob("*") if path.is_file()]
    return names + [path.name for path in workspace.locks_dir.glob("import-*")]


@pytest.mark.parametrize(
    ("place", "moment", "turn", "outcome"),
    [
        ("importing:open_import", "after", 1, ImportState.FAILED),
        ("desk:stage_rows", "before", 1, ImportState.FAILED),
        ("desk:stage_rows", "after", 1, ImportState.FAILED),
        ("desk:weed_contacts", "after", 1, ImportState.FAILED),
        ("contacts:stage_persons", "after", 1, ImportState.FAILED),
        ("storing:write_rejected", "after", 1, ImportState.FAILED),
        ("storing:data_path", "after", 1, ImportState.FAILED),
        ("storing:_write_parquet", "after", 1, ImportState.FAILED),
        ("storing:set_import_state", "after", 1, ImportState.FAILED),
        ("storing:publish", "after", 1, ImportState.LIVE),
        ("storing:set_import_state", "after", 2, ImportState.LIVE),
    ],
)
def test_import_killed_is_whole_or_not_there(
    workspace: Workspace, tmp_path: Path, place: str, moment: str, turn: int, outcome: ImportState
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS)
    _kill(workspace, str(path), place, moment, turn)
    check_lake(workspace, repair=True)
    assert check_lake(workspace, repair=False).findings == ()
    assert [entry.state for entry in list_imports(workspace.register)] == [outcome]
    is_live = outcome is ImportState.LIVE
    assert _counts(workspace) == ((19, 19) if is_live else (0, 0))
    if not is_live:
        assert _files(workspace) == []
    again = import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    assert again.is_new is not is_live
    assert _counts(workspace) == (19, 19)


@pytest.mark.parametrize(
    ("place", "outcome"),
    [
        ("storing:_write_parquet", ImportState.FAILED),
        ("storing:set_import_state", ImportState.FAILED),
        ("storing:publish", ImportState.LIVE),
    ],
)
def test_import_killed_over_a_bucket_is_whole_or_not_there(
    workspace: Workspace,
    tmp_path: Path,
    make_bucket: Callable[[], str],
    place: str,
    outcome: ImportState,
) -> None:
    settings = Settings(name="Acme", lake_data=f"{make_bucket()}/lake")
    write_settings(settings, path=workspace.path / SETTINGS_FILE)
    there = open_workspace(workspace.path)
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS)
    _kill(there, str(path), place, "after", 1)
    assert len(present_files(there)) == 1
    check_lake(there, repair=True)
    assert check_lake(there, repair=False).findings == ()
    assert [entry.state for entry in list_imports(there.register)] == [outcome]
    is_live = outcome is ImportState.LIVE
    assert len(present_files(there)) == int(is_live)
    assert _counts(there) == ((19, 19) if is_live else (0, 0))
    again = import_file(there, path, options=ImportOptions(by="ann", at=AT))
    assert again.is_new is not is_live
    assert _counts(there) == (19, 19)


@pytest.mark.parametrize("place", ["undo:set_import_state", "recover:retract"])
def test_undo_killed_is_carried_to_its_end(
    workspace: Workspace, tmp_path: Path, place: str
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS)
    receipt = import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    _kill(workspace, receipt.import_id, place, "after", 1)
    check_lake(workspace, repair=True)
    assert [entry.state for entry in list_imports(workspace.register)] == [ImportState.UNDONE]
    assert _counts(workspace) == (0, 0)
