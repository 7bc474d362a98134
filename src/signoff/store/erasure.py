"""Erases a person: from register and lake, from files that were written, from backups."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select, text, update

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.identity import normal_email
from signoff.store.register.ledger import ImportState, is_import_held, list_imports
from signoff.store.register.persons import Person, PersonRow, person_versions
from signoff.store.register.suppression import marks_of_person, suppress_marks
from signoff.store.register.tables import CONSENT, DOCUMENT, IMPORT_LEDGER, PERSON, RUN
from signoff.store.scrubbing import ScrubbedFile, scrub_folders
from signoff.store.traces import Traces, traces_of
from signoff.store.workspace import Workspace

__all__ = ["Erasure", "erase_person", "forget_persons", "versions_of"]

WAIT_SECONDS = 120
REASON = "erased on request"
FREE_TEXTS: Mapping[Table, Sequence[str]] = {
    DOCUMENT: ("body",),
    RUN: ("parameters",),
    IMPORT_LEDGER: ("file_name", "mapping"),
}


@dataclass(frozen=True)
class Erasure(Result):
    """What was erased; holds nothing that names the person.

    Attributes:
        n_persons: Records of the person in the register.
        n_versions: Versions of these, over all imports.
        n_lake_rows: Rows of the lake deleted or made anonymous.
        n_documents: Documents and runs from which a mention was taken.
        n_suppressed: Hashes added to the suppression list.
        files: Files that held the person, and what was done to each.
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
            f"Erased {self.n_versions} versions of {self.n_persons} records and "
            f"{self.n_lake_rows} rows of the lake; nobody of that address can be imported again."
        )
        lines = [
            f"{f.path}: {f.action}" + (f" ({f.n_rows})" if f.n_rows else "") for f in self.files
        ]
        tail = (
            "Copies that left this workspace (lists given to platforms, backups kept elsewhere) "
            "are not within its reach; restoring such a backup erases the person again."
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
    versions = _wanted(workspace, email=email, person_id=person_id)
    rows: list[PersonRow] = [*versions]
    if email is not None:
        rows.append(PersonRow("", email=email))
    n_suppressed = _suppress(workspace, rows, by=by, at=at)
    _wait_for_imports(workspace)
    versions = _wanted(workspace, email=email, person_id=person_id) or versions
    rows += versions
    traces = traces_of(rows, shared_phones=_shared_phones(workspace.register, versions))
    person_ids = sorted({version.person_id for version in versions})
    n_lake_rows, n_documents = forget_persons(workspace, person_ids, traces=traces, by=by, at=at)
    return Erasure(
        n_persons=len(person_ids),
        n_versions=len(versions),
        n_lake_rows=n_lake_rows,
        n_documents=n_documents,
        n_suppressed=n_suppressed,
        files=tuple(_scrub(workspace, traces)),
    )


def forget_persons(
    workspace: Workspace, person_ids: Sequence[str], *, traces: Traces, by: str, at: datetime
) -> tuple[int, int]:
    """Delete people from register and lake, so that their bytes are gone from both.

    Args:
        workspace: The workspace.
        person_ids: The people.
        traces: What names them in free texts.
        by: Who erases.
        at: When, UTC.

    Returns:
        Number of rows of the lake, and of documents and runs that mentioned them.

    Raises:
        DataError: register or lake stays in use.
    """
    register = workspace.register
    with register.begin() as connection:
        for table in (PERSON, CONSENT):
            connection.execute(delete(table).where(table.c.person_id.in_(person_ids)))
        n_documents = sum(_redact(connection, table, traces) for table in FREE_TEXTS)
        detail = {"n_persons": len(person_ids), "n_documents": n_documents}
        write_audit(register, connection, act=Act(by, at, "erased", "person", "", detail))
    n_lake_rows = _forget_in_lake(workspace, person_ids)
    _rewrite_bytes(register)
    return n_lake_rows, n_documents


def versions_of(register: Register, *, email: str) -> list[Person]:
    """Give every version of every contact that ever had an address.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> versions_of(open_doctest_register(), email="ann@example.com")
    []
    """
    query = select(PERSON.c.person_id).where(PERSON.c.email_key == normal_email(email)).distinct()
    with register.read() as connection:
        person_ids = list(connection.execute(query).scalars())
    return person_versions(register, person_ids=person_ids)


def _wanted(workspace: Workspace, *, email: str | None, person_id: str | None) -> list[Person]:
    if (email is None) == (person_id is None) or (email is not None and "@" not in email):
        raise DataError(
            "it is not clear whom to erase",
            why="one e-mail address is needed, or one person id, and not both",
            fix="give the address: signoff audience erase ann@example.com",
        )
    if email is not None:
        return versions_of(workspace.register, email=email)
    return person_versions(workspace.register, person_ids=[person_id or ""])


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


def _shared_phones(register: Register, versions: Sequence[Person]) -> list[str]:
    """Give the numbers that others have too, such as a switchboard's."""
    phones = {version.phone for version in versions if version.phone}
    own = {version.person_id for version in versions}
    query = select(PERSON.c.phone).where(PERSON.c.phone.in_(phones), PERSON.c.person_id.not_in(own))
    with register.read() as connection:
        return list(connection.execute(query.distinct()).scalars())


def _redact(connection: Connection, table: Table, traces: Traces) -> int:
    """Take mentions of the person out of the free texts of a table."""
    n_changed = 0
    key = list(table.primary_key.columns)
    columns = [table.c[name] for name in FREE_TEXTS[table]]
    for row in connection.execute(select(*key, *columns)).mappings().all():
        changed = {
            column.name: new
            for column in columns
            if (new := _redacted(row[column.name], traces)) != row[column.name]
        }
        if changed:
            here = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*here).values(changed))
            n_changed += 1
    return n_changed


def _redacted(stored: str, traces: Traces) -> str:
    if traces.redact(stored) == stored:
        return stored
    try:
        value: Any = json.loads(stored)
    except ValueError:
        return traces.redact(stored)
    return json.dumps(traces.redact_json(value), ensure_ascii=False)


def _forget_in_lake(workspace: Workspace, person_ids: Sequence[str]) -> int:
    if not person_ids:
        return 0
    from signoff.store.lake.persons import delete_person_facts

    return delete_person_facts(workspace, person_ids)


def _rewrite_bytes(register: Register) -> None:
    """Leave nothing of deleted rows in free pages, write-ahead log or dead tuples."""
    with register.outside() as connection:
        if register.is_sqlite:
            _rewrite_sqlite(connection)
            return
        for table in (PERSON, CONSENT, *FREE_TEXTS):
            connection.execute(text(f"VACUUM (FULL) {table.name}"))


def _rewrite_sqlite(connection: Connection) -> None:
    give_up_at = time.monotonic() + WAIT_SECONDS
    connection.exec_driver_sql("VACUUM")
    while connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar():
        if time.monotonic() > give_up_at:
            raise DataError(
                "the register's write-ahead log cannot be emptied",
                why="another program keeps reading, and the log may hold what was erased",
                fix="end that program, then erase once more",
            )
        time.sleep(0.1)


def _scrub(workspace: Workspace, traces: Traces) -> list[ScrubbedFile]:
    folders = (
        workspace.rejected_dir,
        workspace.exports_dir,
        workspace.reports_dir,
        workspace.staging_dir,
        workspace.lake_dir / "spill",
    )
    return scrub_folders(folders, traces)
