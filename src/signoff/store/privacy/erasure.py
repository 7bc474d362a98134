"""Erases people: from register and lake, from files that were written, from backups."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.errors import DataError, Fault
from signoff.results import Result, Row
from signoff.store.backups.archive import DamagedBackupError, is_backup
from signoff.store.backups.backup import back_up, backup_turn
from signoff.store.backups.members import MEMBERS_FOLDER
from signoff.store.backups.restoration import restore
from signoff.store.imports.upload import uploads_folder
from signoff.store.jobs import job_faults_folder
from signoff.store.privacy.databases import TAKEN_OUT, forget_in_databases
from signoff.store.privacy.forgetting import (
    forget_persons,
    redact_mentions,
    shared_phones,
    versions_of,
)
from signoff.store.privacy.request import answer_requests
from signoff.store.privacy.scrubbing import ScrubbedFile, scrub_file, scrub_folders
from signoff.store.privacy.traces import Traces, traces_of
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.ledger import ImportState, is_import_held, list_imports
from signoff.store.register.persons import Person, PersonRow, person_versions
from signoff.store.register.suppression import SuppressionLedger, marks_of_person, suppress_marks
from signoff.store.workspace import Workspace, open_workspace

__all__ = ["ERASURE_PHASES", "Erasure", "erase_person", "erase_persons"]

ERASURE_PHASES = ("suppressing", "awaiting imports", "scrubbing", "rewriting backups", "forgetting")
WAIT_SECONDS = 120
REASON = "erased on request"


@dataclass(frozen=True)
class Erasure(Result):
    """What was erased; holds nothing that names anybody.

    Attributes:
        n_persons: Records in the register.
        n_versions: Versions of these, over all imports.
        n_lake_rows: Rows of the lake deleted or made anonymous.
        n_documents: Documents and runs from which a mention was taken.
        n_suppressed: Hashes added to the suppression list.
        files: Files that held one of them, and what was done to each.
    """

    n_persons: int
    n_versions: int
    n_lake_rows: int
    n_documents: int
    n_suppressed: int
    files: tuple[ScrubbedFile, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row per place."""
        places = [
            ("register", "versions deleted", self.n_versions),
            ("lake", "rows deleted or made anonymous", self.n_lake_rows),
            ("documents", "mentions taken out", self.n_documents),
            ("suppression list", "hashes added", self.n_suppressed),
        ]
        kept: list[tuple[str, str, int]] = [
            *places,
            *((file.path, file.action, file.n_rows) for file in self.files),
        ]
        return [{"place": place, "what": what, "n_rows": n_rows} for place, what, n_rows in kept]

    def text(self) -> str:
        """Give the outcome in words."""
        head = (
            f"Erased. Records: {self.n_persons}, versions of them: {self.n_versions}, rows of the "
            f"lake: {self.n_lake_rows}. None of those asked for can be imported again."
        )
        lines = [
            f"{f.path}: {f.action}" + (f" ({f.n_rows})" if f.n_rows else "") for f in self.files
        ]
        tail = (
            "Copies that left this workspace (lists given to platforms, backups kept elsewhere) "
            "are not within its reach; restoring such a backup erases them again."
        )
        return "\n".join([head, *lines, tail])


def erase_person(
    workspace: Workspace,
    *,
    email: str | None = None,
    person_id: str | None = None,
    by: str,
    at: datetime,
) -> Erasure:
    """Erase a person from everything in the workspace, and never take him or her in again.

    May be repeated: a second call finds what the first one, cut off, left behind.

    Args:
        workspace: The workspace.
        email: The person's address; or
        person_id: the person's id in the workspace.
        by: Who erases.
        at: When, UTC.

    Returns:
        What was erased, without naming the person.

    Raises:
        DataError: neither or both are given, the id is unknown, or an import stays in work.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> from signoff.store.settings import Settings
    >>> from signoff.store.workspace import create_workspace
    >>> at = datetime(2026, 1, 2)
    >>> with TemporaryDirectory() as folder:
    ...     made = create_workspace(Path(folder) / "w", settings=Settings(name="Acme"), at=at)
    ...     erase_person(made, email="ann@example.com", by="bo", at=at).n_suppressed
    1
    """
    if email is not None and person_id is None:
        return erase_persons(workspace, emails=[email], by=by, at=at)
    if person_id is None or email is not None:
        raise _unclear("one e-mail address is needed, or one person id, and not both")
    named = [PersonRow(person_id)]
    act = _Act(by, at)
    return _erase(workspace, named, lambda: _of_id(workspace, person_id), act=act)


def erase_persons(
    workspace: Workspace,
    *,
    emails: Sequence[str],
    by: str,
    at: datetime,
    on_phase: Callable[[str], None] | None = None,
) -> Erasure:
    """Erase many people at once: register, lake, files and backups are gone through once.

    May be repeated: a second call finds what the first one, cut off, left behind.

    Args:
        workspace: The workspace.
        emails: An address of each person.
        by: Who erases.
        at: When, UTC.
        on_phase: Told each of ERASURE_PHASES as it begins; what it raises cuts the erasure off.

    Returns:
        What was erased of all of them, without naming anybody.

    Raises:
        DataError: none is given or some are no addresses, so that nobody is erased; or an import
            or a backup stays in work.

    >>> from tempfile import TemporaryDirectory
    >>> from pathlib import Path
    >>> from signoff.store.settings import Settings
    >>> from signoff.store.workspace import create_workspace
    >>> at, emails = datetime(2026, 1, 2), ["ann@example.com", "bo@example.com"]
    >>> with TemporaryDirectory() as folder:
    ...     made = create_workspace(Path(folder) / "w", settings=Settings(name="Acme"), at=at)
    ...     erase_persons(made, emails=emails, by="bo", at=at).n_suppressed
    2
    """
    _refuse_no_addresses(emails)
    named = [PersonRow("", email=email) for email in emails]
    act = _Act(by, at, on_phase or (lambda _phase: None))
    return _erase(workspace, named, lambda: versions_of(workspace.register, emails=emails), act=act)


@dataclass(frozen=True)
class _Act:
    """Who erases, when, and who is told how far it is."""

    by: str
    at: datetime
    tell: Callable[[str], None] = lambda _phase: None


def _erase(
    workspace: Workspace,
    named: Sequence[PersonRow],
    find: Callable[[], list[Person]],
    *,
    act: _Act,
) -> Erasure:
    act.tell("suppressing")
    versions = find()
    rows: list[PersonRow] = [*versions, *named]
    n_suppressed = _suppress(workspace, rows, by=act.by, at=act.at)
    act.tell("awaiting imports")
    _wait_for_imports(workspace)
    versions = find() or versions
    rows += versions
    traces = traces_of(rows, shared_phones=shared_phones(workspace.register, versions))
    person_ids = sorted({version.person_id for version in versions})
    with backup_turn(workspace):  # until the register forgets them, a backup would know them
        files = tuple(_scrub(workspace, traces, act=act))
        act.tell("forgetting")
        # the register last: while it knows them, an erasure cut off can be repeated whole
        n_rows, n_documents = forget_persons(
            workspace, person_ids, traces=traces, by=act.by, at=act.at
        )
    done = Erasure(
        n_persons=len(person_ids),
        n_versions=len(versions),
        n_lake_rows=n_rows,
        n_documents=n_documents,
        n_suppressed=n_suppressed,
        files=files,
    )
    emails = {row.email for row in rows if row.email}
    answer_requests(workspace, emails=emails, outcome=traces.redact_json(list(done.rows())))
    return done


def _of_id(workspace: Workspace, person_id: str) -> list[Person]:
    found = person_versions(workspace.register, person_ids=[person_id])
    if not found and not SuppressionLedger.load(workspace).blocks_person(PersonRow(person_id)):
        raise DataError(
            f"no contact has the id {person_id!r}",
            why="the register knows none, and none of that id was erased",
            fix="give the e-mail address: signoff audience erase ann@example.com",
        )
    return found


def _refuse_no_addresses(emails: Sequence[str]) -> None:
    """Refuse what is no address, by its place: what stands there may name somebody."""
    wrong = [number for number, email in enumerate(emails, start=1) if "@" not in email]
    faults = [
        Fault("it is no e-mail address", "it has no @", "give the whole address", f"entry {number}")
        for number in wrong
    ]
    if not emails:
        raise _unclear("no address is given")
    if wrong:
        raise _unclear(f"{len(wrong)} of {len(emails)} entries are no address", faults)


def _unclear(why: str, faults: Sequence[Fault] = ()) -> DataError:
    return DataError(
        "it is not clear whom to erase",
        why=f"{why}; nobody was erased",
        fix="give the address: signoff audience erase ann@example.com",
        faults=faults,
    )


def _suppress(workspace: Workspace, rows: Iterable[PersonRow], *, by: str, at: datetime) -> int:
    """Put the person on the list first: whatever is cut off afterwards, nobody comes back."""
    marks = [mark for row in rows for mark in marks_of_person(workspace.key, row)]
    with workspace.register.begin() as connection:
        n_added = suppress_marks(connection, marks, reason=REASON, by=by, at=at, is_erasure=True)
        act = Act(by, at, "suppressed", "person", "", {"n_hashes": n_added})
        write_audit(workspace.register, connection, act=act)
    return n_added


def _wait_for_imports(workspace: Workspace) -> None:
    """Let imports end that read the suppression list before the person was on it."""
    give_up_at = time.monotonic() + WAIT_SECONDS
    while running := _running(workspace):
        if time.monotonic() > give_up_at:
            raise DataError(
                f"import {running[0]} has been running for over {WAIT_SECONDS} seconds",
                why="it began before the person was suppressed, and may bring him or her in again",
                fix="wait until it is done, then erase once more",
            )
        time.sleep(0.2)


def _running(workspace: Workspace) -> list[str]:
    return [
        entry.import_id
        for state in (ImportState.STAGING, ImportState.PUBLISHING)
        for entry in list_imports(workspace.register, state=state)
        if is_import_held(workspace.locks_dir, entry.import_id)
    ]


def _scrub(workspace: Workspace, traces: Traces, *, act: _Act) -> Iterator[ScrubbedFile]:
    act.tell("scrubbing")
    folders = (
        workspace.rejected_dir,
        workspace.exports_dir,
        workspace.reports_dir,
        workspace.staging_dir,
        uploads_folder(workspace),
        job_faults_folder(workspace),
        workspace.lake_dir / "spill",
        workspace.path / MEMBERS_FOLDER,
    )
    yield from scrub_folders(folders, traces)
    yield from forget_in_databases(workspace, traces, aside=workspace.backups_dir)
    act.tell("rewriting backups")
    for path in sorted(workspace.backups_dir.rglob("*")):
        found = (
            _scrub_backup(workspace, path, traces=traces, by=act.by, at=act.at)
            if is_backup(path)
            else scrub_file(path, traces)
            if path.is_file()
            else None
        )
        if found:
            yield found


def _scrub_backup(
    workspace: Workspace, path: Path, *, traces: Traces, by: str, at: datetime
) -> ScrubbedFile | None:
    """Restore a backup aside, which erases the person there, and pack it again."""
    with TemporaryDirectory(prefix=".aside-", dir=workspace.backups_dir) as folder:
        aside = Path(folder) / "workspace"
        try:
            done = restore(path, aside, suppressions_from=workspace, by=by, at=at)
        except DamagedBackupError:
            path.unlink()
            return ScrubbedFile(str(path), "deleted, since it is damaged")
        except DataError as error:
            return ScrubbedFile(str(path), f"not searched, since {error.fault.what}")
        restored = open_workspace(aside)
        beside = forget_in_databases(restored, traces, aside=Path(folder))
        n_mentions = sum(found.n_rows for found in beside if found.action == TAKEN_OUT)
        n_mentions += redact_mentions(restored, traces)
        if not done.n_erased and not n_mentions:
            return None
        back_up(restored, Path(folder) / path.name, by=by, at=at, members=done.members)
        (Path(folder) / path.name).replace(path)
    return ScrubbedFile(str(path), "rewritten", done.n_erased + n_mentions)
