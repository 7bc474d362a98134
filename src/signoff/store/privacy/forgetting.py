"""Deletes people from register and lake, so that their bytes are gone from both."""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, or_, select, text, update

from signoff.errors import DataError
from signoff.store.privacy.traces import Traces, read_codes
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.identity import normal_email, normal_phone
from signoff.store.register.persons import Person, person_versions
from signoff.store.register.tables import (
    CONSENT,
    DOCUMENT,
    IMPORT_LEDGER,
    PERSON,
    REVIEW_DECISION,
    RUN,
    SUPPRESSION,
)
from signoff.store.workspace import Workspace

__all__ = [
    "forget_persons",
    "redact_mentions",
    "redact_stored",
    "rewrite_bytes",
    "shared_phones",
    "versions_of",
]

WAIT_SECONDS = 60
CHUNK = 500
FREE_TEXTS: Mapping[Table, Sequence[str]] = {
    DOCUMENT: ("body",),
    RUN: ("parameters",),
    IMPORT_LEDGER: ("file_name", "mapping"),
    SUPPRESSION: ("reason",),
    CONSENT: ("source", "withdrawn_source"),
    REVIEW_DECISION: ("reason",),
}


def forget_persons(
    workspace: Workspace, person_ids: Sequence[str], *, traces: Traces, by: str, at: datetime
) -> tuple[int, int]:
    """Delete people from register and lake, so that their bytes are gone from both.

    The register comes last: as long as it knows them, a call that was cut off can be repeated.

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
    n_lake_rows = _forget_in_lake(workspace, person_ids)
    with register.begin() as connection:
        for table in (PERSON, CONSENT) if person_ids else ():
            theirs = delete(table).where(table.c.person_id == bindparam("whom"))
            connection.execute(theirs, [{"whom": person_id} for person_id in person_ids])
        n_documents = sum(_redact(connection, table, traces) for table in FREE_TEXTS)
        detail = {"n_persons": len(person_ids), "n_documents": n_documents}
        write_audit(register, connection, act=Act(by, at, "erased", "person", "", detail))
    rewrite_bytes(register, [table.name for table in (PERSON, *FREE_TEXTS)])
    return n_lake_rows, n_documents


def redact_mentions(workspace: Workspace, traces: Traces) -> int:
    """Take mentions of a person out of documents, runs and the ledger, down to the bytes.

    Args:
        workspace: The workspace.
        traces: What names the person.

    Returns:
        Number of rows that mentioned him or her.
    """
    with workspace.register.begin() as connection:
        n_changed = sum(_redact(connection, table, traces) for table in FREE_TEXTS)
    if n_changed:
        rewrite_bytes(workspace.register, [table.name for table in FREE_TEXTS])
    return n_changed


def versions_of(register: Register, *, emails: Iterable[str]) -> list[Person]:
    """Give every version of every contact that ever had one of some addresses.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> versions_of(open_doctest_register(), emails=["ann@example.com"])
    []
    """
    keys = sorted(set(map(normal_email, emails)))
    person_ids: set[str] = set()
    with register.read() as connection:
        for start in range(0, len(keys), CHUNK):
            among = PERSON.c.email_key.in_(keys[start : start + CHUNK])
            query = select(PERSON.c.person_id).where(among).distinct()
            person_ids.update(connection.execute(query).scalars())
    return person_versions(register, person_ids=person_ids)


def shared_phones(register: Register, versions: Sequence[Person]) -> list[str]:
    """Give the phone numbers of some contacts that others have too, such as a switchboard's.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> shared_phones(open_doctest_register(), [])
    []
    """
    phones = {normal_phone(version.phone) for version in versions if normal_phone(version.phone)}
    own = {version.person_id for version in versions}
    if not phones:
        return []
    ends = sorted({phone[-1] for phone in phones})
    alike = or_(*(PERSON.c.phone.contains(end) for end in ends))
    query = select(PERSON.c.person_id, PERSON.c.phone).where(alike).distinct()
    with register.read() as connection:
        others = {phone for person_id, phone in connection.execute(query) if person_id not in own}
    return sorted(phone for phone in others if normal_phone(phone) in phones)


def _redact(connection: Connection, table: Table, traces: Traces) -> int:
    """Take mentions of the person out of the free texts of a table."""
    n_changed = 0
    redacted = cache(lambda stored: redact_stored(stored, traces))  # reasons are often the same
    key = list(table.primary_key.columns)
    columns = [table.c[name] for name in FREE_TEXTS[table]]
    for row in connection.execute(select(*key, *columns)).mappings().all():
        changed = {
            column.name: new
            for column in columns
            if row[column.name] and (new := redacted(row[column.name])) != row[column.name]
        }
        if changed:
            here = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*here).values(changed))
            n_changed += 1
    return n_changed


def redact_stored(stored: str, traces: Traces) -> str:
    """Take mentions of a person out of a stored text, which may be JSON.

    Args:
        stored: The text.
        traces: What names the person.

    Returns:
        The text without them; the same when there are none.

    >>> redact_stored('{"ask": "a@x.fr"}', Traces(("a@x.fr",), (), ()))
    '{"ask": "[erased]"}'
    """
    if traces.redact(stored) == stored and traces.redact(read_codes(stored)) == read_codes(stored):
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


def rewrite_bytes(register: Register, tables: Sequence[str]) -> None:
    """Leave nothing of deleted rows in free pages, write-ahead log or dead tuples.

    Args:
        register: The register, or a database beside it.
        tables: Names of the tables that lost rows; of SQLite the whole file is written anew.

    Raises:
        DataError: another program keeps the file in use.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> rewrite_bytes(open_doctest_register(), ["person"])
    """
    with register.outside() as connection:
        if register.is_sqlite:
            _rewrite_sqlite(connection)
            return
        for table in tables:
            connection.execute(text(f"VACUUM (FULL) {table}"))


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
