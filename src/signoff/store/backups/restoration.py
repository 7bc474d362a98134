"""Makes a workspace from a backup; whom it has suppressed or erased since stays so."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, update

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.backups.archive import unpack
from signoff.store.backups.databases import databases_beside
from signoff.store.backups.housing import MakeTables, house_tables
from signoff.store.backups.members import MEMBERS_FOLDER
from signoff.store.backups.places import Places
from signoff.store.backups.tables import TABLES_FOLDER
from signoff.store.privacy.forgetting import forget_persons, shared_phones
from signoff.store.privacy.traces import traces_of
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.persons import Person, PersonRow, all_versions
from signoff.store.register.suppression import (
    Mark,
    Suppression,
    SuppressionKind,
    list_suppressions,
    marks_of_person,
)
from signoff.store.register.tables import SUPPRESSION
from signoff.store.room import needing_room
from signoff.store.settings import SETTINGS_FILE, read_settings, write_settings
from signoff.store.workspace import FOLDERS, Workspace, open_workspace, refuse_taken

__all__ = ["Restoration", "restore"]

# a name with its firm is not enough to erase by: two people may share them
SURE_KINDS = frozenset({SuppressionKind.PERSON_ID, SuppressionKind.EMAIL, SuppressionKind.PROFILE})


@dataclass(frozen=True)
class Restoration(Result):
    """One restored workspace.

    Attributes:
        path: Its folder.
        made_at: When the backup was made, UTC.
        n_files: Files restored, each with the hash it was backed up with.
        n_suppressed: Suppressions made since the backup, and added to it.
        n_erased: People erased since the backup, and erased again.
        databases: Files of SQLite beside the register that were restored.
        members: Where the members lie that a caller had added, by name; the caller takes them
            in and removes them.
        n_table_rows: Rows of members, links, tokens, drafts and jobs put into tables.
        n_cancelled: Jobs that waited or ran when the backup was made; they are cancelled.
        tables_aside: Folder with those rows, when nothing was given that makes their tables.
    """

    path: str
    made_at: datetime
    n_files: int
    n_suppressed: int
    n_erased: int
    databases: tuple[str, ...] = ()
    members: Mapping[str, Path] = field(default_factory=dict)
    n_table_rows: int = 0
    n_cancelled: int = 0
    tables_aside: str = ""

    def rows(self) -> Sequence[Row]:
        """Give one row."""
        return [{name: value for name, value in vars(self).items() if name != "members"}]

    def text(self) -> str:
        """Say what was restored."""
        head = (
            f"{self.path} is as it was at {self.made_at:%Y-%m-%d %H:%M} UTC: {self.n_files} files, "
            f"none changed. Later suppressions added: {self.n_suppressed}. People erased since, "
            f"and erased again: {self.n_erased}."
        )
        lines = [head]
        if self.n_cancelled:
            lines.append(
                f"Jobs that waited or ran then: {self.n_cancelled}. They are cancelled, so that "
                "none begins by itself; resume those you still want on the page of jobs."
            )
        if self.tables_aside:
            lines.append(
                f"Members, links and jobs lie in {self.tables_aside}, in no table: restore with "
                "the command signoff restore, on a machine with signoff[web]."
            )
        return "\n".join(lines)


def restore(
    backup_path: Path,
    target_path: Path,
    *,
    suppressions_from: Workspace | None = None,
    places: Places | None = None,
    make_tables: MakeTables | None = None,
    by: str = "signoff",
    at: datetime | None = None,
) -> Restoration:
    """Make a workspace from a backup, in a new or empty folder.

    Register and lake are restored into files of that folder, whatever server they were on, or
    to the places named. Jobs that waited or ran are cancelled, and nobody is signed in.

    Args:
        backup_path: The backup.
        target_path: The folder.
        suppressions_from: The workspace as it now is: whom it has suppressed or erased since
            the backup is suppressed and erased in the restored one too.
        places: Where register, catalog and the lake's files are put, if not into the folder:
            servers and a bucket, which must be empty.
        make_tables: Makes the tables of members and jobs where those of the backup come from a
            server or go to one; signoff.app.web.restoring has it. Without it they stay aside.
        by: Who restores.
        at: When, UTC; now if not given.

    Returns:
        What was restored.

    Raises:
        DataError: it is no backup, it is damaged, the folder or a place is taken, or the
            suppressions belong to another workspace.

    >>> restore(Path("/nowhere"), Path("/nowhere-else"))
    Traceback (most recent call last):
    signoff.errors.DataError: /nowhere: /nowhere is no backup of Signoff. Why: ...
    """
    moment = at or datetime.now(UTC)
    refuse_taken(target_path)
    unfinished = target_path.with_name(target_path.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with needing_room("the restoration", place=target_path.parent):
            stated = unpack(backup_path, unfinished)
            workspace = _settle(unfinished)
            n_suppressed, n_erased = 0, 0
            if suppressions_from:
                n_suppressed = _replay(workspace, suppressions_from)
                n_erased = _erase_again(workspace, by=by, at=moment)
            housed = house_tables(workspace, places or Places(), make_tables=make_tables)
            told = {"n_files": len(stated["files"]), "n_cancelled": housed.n_cancelled}
            _note(open_workspace(unfinished), told, by=by, at=moment)
            files = tuple(path.name for path in databases_beside(unfinished))
        if target_path.exists():
            target_path.rmdir()
        unfinished.replace(target_path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Restoration(
        path=str(target_path),
        made_at=datetime.fromisoformat(stated["made_at"]),
        n_files=len(stated["files"]),
        n_suppressed=n_suppressed,
        n_erased=n_erased,
        databases=files,
        members={name: target_path / MEMBERS_FOLDER / name for name in stated.get("members", ())},
        n_table_rows=housed.n_rows,
        n_cancelled=housed.n_cancelled,
        tables_aside=str(target_path / TABLES_FOLDER) if housed.is_aside else "",
    )


def _settle(path: Path) -> Workspace:
    """Make a workspace of unpacked files: everything in its own folder."""
    stored = read_settings(path / SETTINGS_FILE)
    here = {"register_address": "", "catalog": "", "lake_data": ""}
    write_settings(stored.model_copy(update=here), path=path / SETTINGS_FILE)
    for folder in FOLDERS:
        (path / folder).mkdir(exist_ok=True)
        (path / folder).chmod(0o700)
    (path / "lake" / "data").mkdir(exist_ok=True)
    return open_workspace(path)


def _note(workspace: Workspace, detail: Mapping[str, int], *, by: str, at: datetime) -> None:
    with workspace.register.begin() as connection:
        act = Act(by, at, "restored", "workspace", "", detail)
        write_audit(workspace.register, connection, act=act)


def _replay(workspace: Workspace, source: Workspace) -> int:
    """Add the suppressions, and their lifting, that the source has and the restored one lacks."""
    if workspace.key != source.key:
        raise DataError(
            f"the suppressions of {source.path} cannot be used for this backup",
            why="they are hashed with another workspace's key",
            fix="name the workspace that the backup was made of",
        )
    known = set(list_suppressions(workspace.register))
    known_acts = {_act_of(entry) for entry in known}
    lacking = [entry for entry in list_suppressions(source.register) if entry not in known]
    new = [_values(entry) for entry in lacking if _act_of(entry) not in known_acts]
    with workspace.register.begin() as connection:
        for entry in (entry for entry in lacking if _act_of(entry) in known_acts):
            same = (
                SUPPRESSION.c.kind == entry.mark.kind,
                SUPPRESSION.c.digest == entry.mark.digest,
                SUPPRESSION.c.at == entry.at,
                SUPPRESSION.c.is_erasure == entry.is_erasure,
            )
            changed = {name: _values(entry)[name] for name in ("reason", "lifted_by", "lifted_at")}
            connection.execute(update(SUPPRESSION).where(*same).values(changed))
        if new:
            connection.execute(insert(SUPPRESSION), new)
    return len(lacking)


def _act_of(entry: Suppression) -> tuple[Mark, datetime, bool]:
    """Give what tells one act of suppressing from another; its reason may lose a name later."""
    return entry.mark, entry.at, entry.is_erasure


def _values(entry: Suppression) -> dict[str, object]:
    return {
        "kind": entry.mark.kind,
        "digest": entry.mark.digest,
        "is_erasure": entry.is_erasure,
        "reason": entry.reason,
        "by": entry.by,
        "at": entry.at,
        "lifted_by": entry.lifted_by,
        "lifted_at": entry.lifted_at,
    }


def _erase_again(workspace: Workspace, *, by: str, at: datetime) -> int:
    """Erase everybody whose erasure stands on the list."""
    register = workspace.register
    erased = _erased_marks(workspace)
    versions = all_versions(register) if erased else []
    person_ids = {v.person_id for v in versions if _is_among(v, erased, workspace.key)}
    if not person_ids:
        return 0
    theirs: list[Person] = [v for v in versions if v.person_id in person_ids]
    traces = traces_of(theirs, shared_phones=shared_phones(register, theirs))
    forget_persons(workspace, sorted(person_ids), traces=traces, by=by, at=at)
    return len(person_ids)


def _erased_marks(workspace: Workspace) -> frozenset[Mark]:
    return frozenset(
        entry.mark
        for entry in list_suppressions(workspace.register)
        if entry.is_erasure and entry.lifted_at is None and entry.mark.kind in SURE_KINDS
    )


def _is_among(row: PersonRow, marks: frozenset[Mark], key: bytes) -> bool:
    return not marks.isdisjoint(marks_of_person(key, row))
