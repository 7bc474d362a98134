"""What each run read and made, so that "why this number?" has an answer and can be repeated."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from signoff.errors import DataError, MissingError
from signoff.results import json_default
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.tables import RUN, as_utc

__all__ = ["RunRecord", "drop_run", "list_runs", "load_run", "pinned_snapshots", "record_run"]


@dataclass(frozen=True)
class RunRecord:
    """One run.

    Attributes:
        run_id: Which one.
        command: What was run.
        started_at: When it began, UTC.
        finished_at: When it ended, UTC; None while it runs.
        lake_snapshot: Snapshot of the lake that it read; kept as long as the run is.
        documents: Versions of the documents it read, as "kind/name" to version.
        parameters: What it was given besides.
        seed: Seed of its chance.
        package_version: Version of Signoff.
        result_document: Kind, name and version of what it made.
        parent_run_id: The run it repeats, if any.
    """

    run_id: str
    command: str
    started_at: datetime
    finished_at: datetime | None
    lake_snapshot: int
    documents: Mapping[str, int]
    parameters: Mapping[str, Any]
    seed: int
    package_version: str
    result_document: tuple[str, str, int] | None = None
    parent_run_id: str | None = None


def record_run(register: Register, run: RunRecord, *, by: str = "signoff") -> None:
    """Write a run down; a run written when it began is completed when it has ended.

    Args:
        register: The register.
        run: The run.
        by: Who ran it, for the audit.

    Raises:
        DataError: a finished run of this id is written down already.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register = open_doctest_register()
    >>> record_run(register, RunRecord("r1", "plan", datetime(2026, 1, 2), None, 3, {}, {}, 7, "1"))
    >>> load_run(register, "r1").seed
    7
    """
    values = _values(run)
    at = run.finished_at or run.started_at
    with register.begin() as connection:
        query = select(RUN.c.finished_at).where(RUN.c.run_id == run.run_id)
        known = connection.execute(query).one_or_none()
        if known and known.finished_at:
            raise DataError(
                f"run {run.run_id} is written down already",
                why="a finished run is never changed",
                fix="give the new run an id of its own",
            )
        if known:
            connection.execute(update(RUN).where(RUN.c.run_id == run.run_id).values(values))
        else:
            connection.execute(insert(RUN).values(values))
        action = "finished" if run.finished_at else "started"
        act = Act(by, at, action, "run", run.run_id, {"lake_snapshot": run.lake_snapshot})
        write_audit(register, connection, act=act)


def drop_run(register: Register, run_id: str, *, by: str = "signoff", at: datetime) -> bool:
    """Take back a run that began and never ended; a finished one stays.

    Args:
        register: The register.
        run_id: Which one.
        by: Who takes it back, for the audit.
        at: When, UTC.

    Returns:
        Whether there was such a run.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register, at = open_doctest_register(), datetime(2026, 1, 2)
    >>> record_run(register, RunRecord("r1", "plan", at, None, 3, {}, {}, 7, "1"))
    >>> drop_run(register, "r1", at=at), drop_run(register, "r1", at=at)
    (True, False)
    """
    begun = (RUN.c.run_id == run_id, RUN.c.finished_at.is_(None))
    with register.begin() as connection:
        if not connection.execute(delete(RUN).where(*begun)).rowcount:
            return False
        write_audit(register, connection, act=Act(by, at, "taken back", "run", run_id))
    return True


def load_run(register: Register, run_id: str) -> RunRecord:
    """Load a run.

    Args:
        register: The register.
        run_id: Which one, or the first characters of its id when no other begins so.

    Returns:
        The run.

    Raises:
        DataError: no run, or several runs, begin so.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> load_run(open_doctest_register(), "r1")
    Traceback (most recent call last):
    signoff.errors.MissingError: there is no run 'r1'. Why: ...
    """
    query = select(RUN).where(RUN.c.run_id.startswith(run_id, autoescape=True))
    with register.read() as connection:
        found = [_run(row) for row in connection.execute(query.order_by(RUN.c.started_at))]
    exact = [run for run in found if run.run_id == run_id] or found
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise DataError(
            f"{len(exact)} runs begin with {run_id!r}",
            why="only one can be meant",
            fix="see signoff runs list, and give the whole id",
        )
    raise MissingError(
        f"there is no run {run_id!r}",
        why="no run has an id that begins so",
        fix="see signoff runs list, and give the whole id",
    )


def list_runs(register: Register, *, command: str | None = None) -> list[RunRecord]:
    """Give all runs, newest first.

    Args:
        register: The register.
        command: Only runs of this command.

    Returns:
        The runs.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_runs(open_doctest_register())
    []
    """
    query = select(RUN).order_by(RUN.c.started_at.desc(), RUN.c.run_id)
    if command is not None:
        query = query.where(RUN.c.command == command)
    with register.read() as connection:
        return [_run(row) for row in connection.execute(query)]


def pinned_snapshots(register: Register) -> frozenset[int]:
    """Name the lake snapshots that runs have read and that must therefore be kept.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> pinned_snapshots(open_doctest_register())
    frozenset()
    """
    with register.read() as connection:
        return frozenset(connection.execute(select(RUN.c.lake_snapshot).distinct()).scalars())


def _values(run: RunRecord) -> dict[str, object]:
    kind, name, version = run.result_document or (None, None, None)
    return {
        "run_id": run.run_id,
        "command": run.command,
        "started_at": as_utc(run.started_at),
        "finished_at": as_utc(run.finished_at) if run.finished_at else None,
        "lake_snapshot": run.lake_snapshot,
        "documents": json.dumps(dict(run.documents)),
        "parameters": json.dumps(dict(run.parameters), default=json_default, allow_nan=False),
        "seed": run.seed,
        "package_version": run.package_version,
        "result_kind": kind,
        "result_name": name,
        "result_version": version,
        "parent_run_id": run.parent_run_id,
    }


def _run(row: Any) -> RunRecord:
    made = (row.result_kind, row.result_name, row.result_version) if row.result_kind else None
    return RunRecord(
        run_id=row.run_id,
        command=row.command,
        started_at=row.started_at,
        finished_at=row.finished_at,
        lake_snapshot=row.lake_snapshot,
        documents=json.loads(row.documents),
        parameters=json.loads(row.parameters),
        seed=row.seed,
        package_version=row.package_version,
        result_document=made,
        parent_run_id=row.parent_run_id,
    )
