"""The audit chain: every write of the register leaves a row that cannot be changed unseen."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from signoff.results import Result, Row, json_default
from signoff.store.register.connection import Register
from signoff.store.register.tables import AUDIT, AUDIT_HEAD, as_utc

__all__ = ["Act", "AuditCheck", "AuditRow", "list_audit", "verify_audit", "write_audit"]

START_DIGEST = "0" * 64


@dataclass(frozen=True)
class Act:
    """What somebody did; never with a name, an address or another personal datum of a contact.

    Attributes:
        by: Who.
        at: When, UTC.
        action: What, in the past tense ("saved", "erased").
        object_kind: Kind of thing it was done to.
        object_id: Which one.
        detail: Counts and the like.
    """

    by: str
    at: datetime
    action: str
    object_kind: str
    object_id: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditRow:
    """One row of the chain: the act, its place and its digest."""

    seq: int
    act: Act
    digest: str


@dataclass(frozen=True)
class AuditCheck(Result):
    """What checking the chain found.

    Attributes:
        n_rows: Rows in the chain.
        faults: One sentence for each row that does not fit.
    """

    n_rows: int
    faults: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every row is as it was written."""
        return not self.faults

    def rows(self) -> Sequence[Row]:
        """Give one row per fault."""
        return [{"fault": fault} for fault in self.faults]

    def text(self) -> str:
        """Give the outcome in words."""
        if self.is_sound:
            return f"The audit trail is sound: {self.n_rows} rows, none changed or missing."
        return "The audit trail was tampered with. " + " ".join(self.faults)


def write_audit(register: Register, connection: Connection, *, act: Act) -> int:
    """Add one act to the chain, in the transaction that does it.

    Args:
        register: The register.
        connection: The transaction, from `register.begin()`.
        act: What was done.

    Returns:
        Number of the row, from 1.

    >>> register = open_doctest_register()
    >>> with register.begin() as connection:
    ...     write_audit(
    ...         register,
    ...         connection,
    ...         act=Act("ann", datetime(2026, 1, 2), "saved", "document", "brief/spring"),
    ...     )
    1
    """
    head = connection.execute(select(AUDIT_HEAD.c.seq, AUDIT_HEAD.c.digest)).one_or_none()
    seq, previous = (head.seq, head.digest) if head else (0, START_DIGEST)
    values = {
        "seq": seq + 1,
        "at": as_utc(act.at),
        "by": act.by,
        "action": act.action,
        "object_kind": act.object_kind,
        "object_id": act.object_id,
        "detail": json.dumps(dict(act.detail), sort_keys=True, default=json_default),
        "previous_digest": previous,
    }
    digest = _digest(register, values)
    connection.execute(insert(AUDIT).values(**values, digest=digest))
    place = {"seq": seq + 1, "digest": digest}
    connection.execute(
        update(AUDIT_HEAD).values(place) if head else insert(AUDIT_HEAD).values(only=1, **place)
    )
    return seq + 1


def list_audit(
    register: Register, *, object_kind: str | None = None, object_id: str | None = None
) -> list[AuditRow]:
    """Give the acts, oldest first.

    Args:
        register: The register.
        object_kind: Only acts on things of this kind.
        object_id: Only acts on this thing.

    Returns:
        One row per act.

    >>> list_audit(open_doctest_register())
    []
    """
    query = select(AUDIT).order_by(AUDIT.c.seq)
    if object_kind is not None:
        query = query.where(AUDIT.c.object_kind == object_kind)
    if object_id is not None:
        query = query.where(AUDIT.c.object_id == object_id)
    with register.read() as connection:
        return [
            AuditRow(
                seq=row.seq,
                act=Act(
                    row.by,
                    row.at,
                    row.action,
                    row.object_kind,
                    row.object_id,
                    json.loads(row.detail),
                ),
                digest=row.digest,
            )
            for row in connection.execute(query)
        ]


def verify_audit(register: Register) -> AuditCheck:
    """Check that no row of the audit chain was changed, put in or taken out.

    Args:
        register: The register.

    Returns:
        The number of rows and every fault found. A chain cut at its end together with its head
        row cannot be told from a shorter one; a backup can.

    >>> verify_audit(open_doctest_register()).is_sound
    True
    """
    faults: list[str] = []
    seq, previous = 0, START_DIGEST
    with register.read() as connection:
        for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings():
            seq += 1
            if row["seq"] != seq:
                faults.append(f"Rows {seq} to {row['seq'] - 1} are missing.")
                seq = row["seq"]
            elif row["previous_digest"] != previous:
                faults.append(f"Row {seq} does not follow from the row before it.")
            if not hmac.compare_digest(_digest(register, row), row["digest"]):
                faults.append(f"Row {seq} was changed after it was written.")
            previous = row["digest"]
        head = connection.execute(select(AUDIT_HEAD.c.seq, AUDIT_HEAD.c.digest)).one_or_none()
    if (head.seq, head.digest) != (seq, previous) if head else seq > 0:
        faults.append(f"The chain ends at row {seq}, which is not the last row written.")
    return AuditCheck(n_rows=seq, faults=tuple(faults))


def open_doctest_register() -> Register:
    """Give an empty register in memory, for examples.

    >>> open_doctest_register().is_sqlite
    True
    """
    from signoff.store.register.connection import open_register
    from signoff.store.register.upgrade import upgrade_register

    register = open_register("sqlite://")
    upgrade_register(register)
    return register


@dataclass(frozen=True)
class DoctestHolder:
    """An empty register with a key, for examples."""

    key: bytes
    register: Register


def open_doctest_holder() -> DoctestHolder:
    """Give an empty register with a key, for examples.

    >>> len(open_doctest_holder().key)
    32
    """
    return DoctestHolder(bytes(32), open_doctest_register())


def _digest(register: Register, values: Mapping[str, object] | RowMapping) -> str:
    fields = ("seq", "at", "by", "action", "object_kind", "object_id", "detail", "previous_digest")
    line = json.dumps([values[name] for name in fields], default=json_default)
    return hmac.new(register.audit_key, line.encode(), hashlib.sha256).hexdigest()
