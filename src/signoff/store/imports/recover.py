"""After a kill: imports are carried to their end or taken back whole."""

import os
import shutil
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from signoff.results import Result, Row
from signoff.store.lake.files import known_files, remove_files
from signoff.store.lake.place import data_folder, writers_turn
from signoff.store.lake.publication import has_import, retract
from signoff.store.lake.session import open_lake
from signoff.store.lake.storage import list_files
from signoff.store.register.consent import drop_consents_of_import
from signoff.store.register.ledger import (
    ImportEntry,
    ImportState,
    is_import_held,
    list_imports,
    load_import,
    set_import_state,
)
from signoff.store.register.persons import drop_persons_of_import
from signoff.store.workspace import Workspace

__all__ = ["OPENING", "Recovery", "is_in_work", "recover_imports", "settle_import"]

OPENING = threading.Lock()  # between an import's first entry and its lock file
BY = "recovery"


@dataclass(frozen=True)
class Recovery(Result):
    """What was carried on or taken back.

    Attributes:
        carried_on: Imports that were published and are live now.
        taken_back: Imports of which nothing is left.
        undone: Imports whose undo was carried to its end.
        n_desks: Folders of unfinished imports that were removed.
    """

    carried_on: tuple[str, ...]
    taken_back: tuple[str, ...]
    undone: tuple[str, ...]
    n_desks: int

    def rows(self) -> Sequence[Row]:
        """Give one row per import."""
        outcomes = (
            ("carried on", self.carried_on),
            ("taken back", self.taken_back),
            ("undone", self.undone),
        )
        return [
            {"import_id": import_id, "outcome": outcome}
            for outcome, import_ids in outcomes
            for import_id in import_ids
        ]

    def text(self) -> str:
        """Say in words what was done."""
        n_imports = len(self.carried_on) + len(self.taken_back) + len(self.undone)
        if not n_imports and not self.n_desks:
            return "No import was left unfinished."
        return (
            f"{n_imports} unfinished imports: {len(self.carried_on)} carried to their end, "
            f"{len(self.taken_back)} taken back, {len(self.undone)} undone. "
            f"{self.n_desks} folders removed."
        )


def recover_imports(workspace: Workspace, *, at: datetime | None = None) -> Recovery:
    """Carry every import that no living process works on to its end, or take it back whole.

    Args:
        workspace: The workspace.
        at: When, UTC; now when not given.

    Returns:
        What was done. Nothing of an import that is taken back is left: no row, no contact, no
        file.
    """
    when = at or datetime.now(UTC)
    settled: dict[ImportState, list[str]] = {}
    unfinished = [
        entry
        for state in (ImportState.STAGING, ImportState.PUBLISHING, ImportState.UNDOING)
        for entry in list_imports(workspace.register, state=state)
    ]
    for entry in unfinished:
        if not is_in_work(workspace, entry):
            state = settle_import(workspace, entry.import_id, at=when)
            settled.setdefault(state, []).append(entry.import_id)
    return Recovery(
        carried_on=tuple(settled.get(ImportState.LIVE, ())),
        taken_back=tuple(settled.get(ImportState.FAILED, ())),
        undone=tuple(settled.get(ImportState.UNDONE, ())),
        n_desks=_clear_desks(workspace),
    )


def is_in_work(workspace: Workspace, entry: ImportEntry) -> bool:
    """Say whether a process works on an import, or may: another machine's is taken to be alive.

    Args:
        workspace: The workspace.
        entry: An import that is not finished.
    """
    with OPENING:
        is_held = is_import_held(workspace.locks_dir, entry.import_id)
        return is_held or _is_opening(workspace, entry)


def settle_import(workspace: Workspace, import_id: str, *, at: datetime) -> ImportState:
    """Carry one import to its end: live when the lake has its rows, else nothing is left of it.

    Rows that Signoff worked out itself count with its result alone, which is kept in the step
    that makes them live: before that step they are taken back.

    Args:
        workspace: The workspace.
        import_id: The import; nobody else may work on it.
        at: When, UTC.

    Returns:
        Where it stands now.
    """
    entry = load_import(workspace.register, import_id)
    if entry.state is ImportState.UNDOING:
        return finish_undo(workspace, entry, by=BY, at=at)[0]
    if entry.state not in {ImportState.STAGING, ImportState.PUBLISHING}:
        return entry.state
    is_published = entry.state is ImportState.PUBLISHING and has_import(workspace, import_id)
    if is_published and not entry.is_derived:
        state = ImportState.LIVE
    else:
        if is_published:
            retract(workspace, import_id)
        _discard(workspace, entry)
        state = ImportState.FAILED
    set_import_state(workspace.register, import_id, state=state, by=BY, at=at)
    return state


def finish_undo(
    workspace: Workspace, entry: ImportEntry, *, by: str, at: datetime
) -> tuple[ImportState, int]:
    """Take the rows and contacts of an import back; give its state and the contacts removed."""
    retract(workspace, entry.import_id)
    n_persons = drop_persons_of_import(workspace.register, entry.import_seq)
    drop_consents_of_import(workspace.register, entry.import_seq, keeps_refusals=True)
    set_import_state(workspace.register, entry.import_id, state=ImportState.UNDONE, by=by, at=at)
    return ImportState.UNDONE, n_persons


def _discard(workspace: Workspace, entry: ImportEntry) -> None:
    """Leave nothing of an import that was never published."""
    drop_persons_of_import(workspace.register, entry.import_seq)
    drop_consents_of_import(workspace.register, entry.import_seq, keeps_refusals=False)
    _remove_files(workspace, entry)
    for name in (f"{entry.import_id}.csv", f"{entry.import_id}-rows.csv"):
        (workspace.rejected_dir / name).unlink(missing_ok=True)
    (workspace.locks_dir / f"import-{entry.import_id}.lock").unlink(missing_ok=True)


def _remove_files(workspace: Workspace, entry: ImportEntry) -> None:
    """Remove the files of an import, but none that an earlier snapshot still reads."""
    folder, their_folders = data_folder(workspace), f"main/*/{entry.import_id}"
    theirs = list_files(folder, pattern=f"{their_folders}/*")
    if isinstance(folder, Path) and not theirs:
        for empty in folder.glob(their_folders):
            empty.rmdir()
    if not theirs:
        return
    with writers_turn(workspace), open_lake(workspace, read_only=False) as lake:
        unknown = theirs - known_files(lake, workspace).keys()
        remove_files(lake, unknown, home=workspace)


def _is_opening(workspace: Workspace, entry: ImportEntry) -> bool:
    """Say whether a living process has just begun the import; a killed one leaves its lock file.

    Without one, an import of another machine is none of ours.
    """
    if (workspace.locks_dir / f"import-{entry.import_id}.lock").exists():
        return False
    host, _, process = entry.process_token.rpartition(":")
    if host != socket.gethostname():
        return True
    return process != str(os.getpid()) and _is_alive(int(process))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear_desks(workspace: Workspace) -> int:
    """Remove the folders of desks whose process is gone."""
    n_removed = 0
    for folder in workspace.staging_dir.glob("*"):
        if folder.is_dir() and not _is_desk_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.with_suffix(".lock").unlink(missing_ok=True)
            n_removed += 1
    return n_removed


def _is_desk_in_use(folder: Path) -> bool:
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder.with_suffix(".lock"), timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True
