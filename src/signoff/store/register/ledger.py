"""The ledger of imports: what came in, in which state it is, and what takes it back."""

import json
import os
import socket
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from signoff.errors import DataError, MissingError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.tables import IMPORT_LEDGER

__all__ = [
    "ImportCounts",
    "ImportEntry",
    "ImportState",
    "find_live_import",
    "hold_import",
    "is_import_held",
    "list_imports",
    "live_import_seqs",
    "load_import",
    "open_import",
    "set_import_state",
]


DERIVED = "is_derived"  # in the mapping of facts that Signoff has worked out itself


class ImportState(StrEnum):
    """Where an import stands."""

    STAGING = "staging"
    PUBLISHING = "publishing"
    LIVE = "live"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"


FOLLOWS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.STAGING: frozenset({ImportState.PUBLISHING, ImportState.FAILED}),
    ImportState.PUBLISHING: frozenset({ImportState.LIVE, ImportState.FAILED}),
    ImportState.LIVE: frozenset({ImportState.UNDOING}),
    ImportState.UNDOING: frozenset({ImportState.UNDONE, ImportState.LIVE}),
    ImportState.UNDONE: frozenset(),
    ImportState.FAILED: frozenset(),
}


@dataclass(frozen=True)
class ImportCounts:
    """How many rows an import read, published, superseded and rejected."""

    n_read: int = 0
    n_published: int = 0
    n_superseded: int = 0
    n_rejected: int = 0


@dataclass(frozen=True)
class ImportEntry:
    """One import.

    Attributes:
        import_id: Its id, 32 hexadecimal digits.
        import_seq: Its number; a later import of the same key supersedes.
        table_name: What it imports.
        file_name: Name of the file, without its folder.
        content_sha256: Hash of the file's content.
        mapping: Source column to column.
        state: Where it stands.
        counts: Its rows.
        by: Who imported it.
        process_token: Host and process that opened it.
        created_at: When it began, UTC.
        published_at: When it went live, UTC.
        undone_at: When it was undone, UTC.
    """

    import_id: str
    import_seq: int
    table_name: str
    file_name: str
    content_sha256: str
    mapping: Mapping[str, Any]
    state: ImportState
    counts: ImportCounts
    by: str
    process_token: str
    created_at: datetime
    published_at: datetime | None
    undone_at: datetime | None

    @property
    def is_derived(self) -> bool:
        """Whether Signoff worked the rows out itself, so that they count with its result alone."""
        return bool(self.mapping.get(DERIVED))


def open_import(
    register: Register,
    *,
    table_name: str,
    file_name: str,
    content_sha256: str,
    mapping: Mapping[str, Any],
    by: str,
    at: datetime,
) -> ImportEntry:
    """Begin an import.

    Args:
        register: The register.
        table_name: What it imports.
        file_name: Name of the file, without its folder.
        content_sha256: Hash of the file's content.
        mapping: Source column to column.
        by: Who imports.
        at: When, UTC.

    Returns:
        The entry, in the state staging.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register = open_doctest_register()
    >>> entry = open_import(
    ...     register, table_name="account", file_name="a.csv", content_sha256="0" * 64,
    ...     mapping={}, by="ann", at=datetime(2026, 1, 2),
    ... )
    >>> entry.import_seq, entry.state.value
    (1, 'staging')
    """
    import_id = uuid.uuid4().hex
    values = {
        "import_id": import_id,
        "table_name": table_name,
        "file_name": file_name,
        "content_sha256": content_sha256,
        "mapping": json.dumps(dict(mapping)),
        "state": ImportState.STAGING,
        "by": by,
        "process_token": f"{socket.gethostname()}:{os.getpid()}",
        "created_at": at,
    }
    with register.begin() as connection:
        connection.execute(insert(IMPORT_LEDGER).values(values))
        act = Act(by, at, "opened", "import", import_id, {"table": table_name})
        write_audit(register, connection, act=act)
        return _one(connection, import_id)


def set_import_state(
    register: Register,
    import_id: str,
    *,
    state: ImportState,
    by: str,
    at: datetime,
    counts: ImportCounts | None = None,
) -> ImportEntry:
    """Move an import on.

    Args:
        register: The register.
        import_id: Which one.
        state: Where to: staging, publishing, live or failed; live, undoing, undone.
        by: Who.
        at: When, UTC.
        counts: Its rows, once known.

    Returns:
        The entry as it now is; unchanged when it stands there already.

    Raises:
        DataError: there is no such import, the step is none an import takes, or another import
            of the same content is live or about to be.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> set_import_state(
    ...     open_doctest_register(), "x", state=ImportState.LIVE, by="ann", at=datetime(2026, 1, 2)
    ... )
    Traceback (most recent call last):
    signoff.errors.MissingError: there is no import 'x'. Why: ...
    """
    wanted = ImportState(state)
    with register.begin() as connection:
        entry = _one(connection, import_id)
        values: dict[str, Any] = dict(asdict(counts)) if counts else {}
        if entry.state != wanted:
            _refuse_leap(entry, wanted)
            _refuse_twin(connection, entry, wanted)
            values |= {"state": wanted, **_moment(wanted, at)}
        if values:
            here = IMPORT_LEDGER.c.import_id == import_id
            connection.execute(update(IMPORT_LEDGER).where(here).values(values))
            detail = asdict(counts) if counts else {}
            write_audit(
                register, connection, act=Act(by, at, wanted.value, "import", import_id, detail)
            )
        return _one(connection, import_id)


def load_import(register: Register, import_id: str) -> ImportEntry:
    """Give one import.

    Args:
        register: The register.
        import_id: Its id, or its first characters when no other begins so.

    Returns:
        The entry.

    Raises:
        DataError: none, or several, begin so.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> load_import(open_doctest_register(), "x")
    Traceback (most recent call last):
    signoff.errors.MissingError: there is no import 'x'. Why: ...
    """
    query = select(IMPORT_LEDGER).where(
        IMPORT_LEDGER.c.import_id.startswith(import_id, autoescape=True)
    )
    found = _entries(register, query)
    if len(found) > 1:
        raise DataError(
            f"{len(found)} imports begin with {import_id!r}",
            why="only one can be meant",
            fix="give more of its id; see signoff imports list",
        )
    if not found:
        raise _missing(import_id)
    return found[0]


def list_imports(
    register: Register, *, state: ImportState | None = None, table_name: str | None = None
) -> list[ImportEntry]:
    """Give the imports, newest first.

    Args:
        register: The register.
        state: Only those that stand there.
        table_name: Only those of this table.

    Returns:
        The entries.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_imports(open_doctest_register())
    []
    """
    query = select(IMPORT_LEDGER).order_by(IMPORT_LEDGER.c.import_seq.desc())
    if state is not None:
        query = query.where(IMPORT_LEDGER.c.state == state)
    if table_name is not None:
        query = query.where(IMPORT_LEDGER.c.table_name == table_name)
    return _entries(register, query)


def find_live_import(
    register: Register, *, table_name: str, content_sha256: str
) -> ImportEntry | None:
    """Give the live import of the same content, if there is one.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> find_live_import(open_doctest_register(), table_name="account", content_sha256="0" * 64)
    """
    query = select(IMPORT_LEDGER).where(
        IMPORT_LEDGER.c.table_name == table_name,
        IMPORT_LEDGER.c.content_sha256 == content_sha256,
        IMPORT_LEDGER.c.state == ImportState.LIVE,
    )
    found = _entries(register, query)
    return found[0] if found else None


def live_import_seqs(register: Register) -> frozenset[int]:
    """Give the numbers of all live imports.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> live_import_seqs(open_doctest_register())
    frozenset()
    """
    live = IMPORT_LEDGER.c.state == ImportState.LIVE
    with register.read() as connection:
        return frozenset(
            connection.execute(select(IMPORT_LEDGER.c.import_seq).where(live)).scalars()
        )


@contextmanager
def hold_import(locks_dir: Path, import_id: str) -> Iterator[None]:
    """Show other processes that this one works on an import; a killed process lets go by itself.

    Args:
        locks_dir: The workspace's folder of locks.
        import_id: Which import.

    Raises:
        DataError: another process works on it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, hold_import(Path(folder), "x"):
    ...     is_import_held(Path(folder), "x")
    True
    """
    from filelock import FileLock, Timeout

    # whoever asks is_import_held takes the lock for a moment
    lock = FileLock(_lock_path(locks_dir, import_id), timeout=2, is_singleton=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise DataError(
            f"another process works on import {import_id}",
            why="two processes would undo each other's work",
            fix="wait until it is done",
        ) from error
    try:
        yield
    finally:
        lock.release()
        _lock_path(locks_dir, import_id).unlink(missing_ok=True)


def is_import_held(locks_dir: Path, import_id: str) -> bool:
    """Say whether a living process works on an import.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     is_import_held(Path(folder), "x")
    False
    """
    from filelock import FileLock, Timeout

    path = _lock_path(locks_dir, import_id)
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True


def _lock_path(locks_dir: Path, import_id: str) -> Path:
    return locks_dir / f"import-{import_id}.lock"


def _moment(state: ImportState, at: datetime) -> dict[str, datetime]:
    names = {ImportState.LIVE: "published_at", ImportState.UNDONE: "undone_at"}
    return {names[state]: at} if state in names else {}


def _refuse_leap(entry: ImportEntry, wanted: ImportState) -> None:
    allowed = FOLLOWS[entry.state]
    if wanted not in allowed:
        raise DataError(
            f"import {entry.import_id} is {entry.state.value} and cannot become {wanted.value}",
            why=f"after {entry.state.value} comes {' or '.join(sorted(allowed)) or 'nothing'}",
            fix="see signoff imports list",
        )


def _refuse_twin(connection: Connection, entry: ImportEntry, wanted: ImportState) -> None:
    if wanted != ImportState.PUBLISHING:
        return
    query = select(IMPORT_LEDGER.c.import_id).where(
        IMPORT_LEDGER.c.table_name == entry.table_name,
        IMPORT_LEDGER.c.content_sha256 == entry.content_sha256,
        IMPORT_LEDGER.c.import_id != entry.import_id,
        IMPORT_LEDGER.c.state.in_([ImportState.LIVE, ImportState.PUBLISHING]),
    )
    twin = connection.execute(query).scalar()
    if twin:
        raise DataError(
            f"{entry.file_name} was imported at the same time by import {twin}",
            why="the same content is published once",
            fix="nothing is lacking; see signoff imports list",
        )


def _one(connection: Connection, import_id: str) -> ImportEntry:
    query = select(IMPORT_LEDGER).where(IMPORT_LEDGER.c.import_id == import_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise _missing(import_id)
    return _entry(row)


def _entries(register: Register, query: Select[Any]) -> list[ImportEntry]:
    with register.read() as connection:
        return [_entry(row) for row in connection.execute(query)]


def _entry(row: Any) -> ImportEntry:
    return ImportEntry(
        import_id=row.import_id,
        import_seq=row.import_seq,
        table_name=row.table_name,
        file_name=row.file_name,
        content_sha256=row.content_sha256,
        mapping=json.loads(row.mapping),
        state=ImportState(row.state),
        counts=ImportCounts(row.n_read, row.n_published, row.n_superseded, row.n_rejected),
        by=row.by,
        process_token=row.process_token,
        created_at=row.created_at,
        published_at=row.published_at,
        undone_at=row.undone_at,
    )


def _missing(import_id: str) -> MissingError:
    return MissingError(
        f"there is no import {import_id!r}",
        why="no import has an id that begins so",
        fix="see signoff imports list",
    )
