"""Who must not be contacted: kept as keyed hashes, so that the list itself names nobody."""

import hmac
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, insert, select, update

from signoff.errors import DataError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.identity import (
    company_forms,
    normal_company,
    normal_domain,
    normal_email,
    normal_mailbox,
    normal_name,
    normal_phone,
    normal_profile,
)
from signoff.store.register.persons import PersonRow
from signoff.store.register.tables import SUPPRESSION

__all__ = [
    "KeyHolder",
    "Mark",
    "Suppression",
    "SuppressionKind",
    "SuppressionLedger",
    "lift_suppression",
    "list_suppressions",
    "marks_of_person",
    "suppress",
    "suppress_marks",
]

CHUNK = 500


class SuppressionKind(StrEnum):
    """What is suppressed."""

    EMAIL = "email"
    DOMAIN = "domain"
    PERSON = "person"
    COMPANY = "company"
    PHONE = "phone"
    PROFILE = "profile"
    PERSON_ID = "person_id"


class KeyHolder(Protocol):
    """A workspace, as far as suppression needs it: its key and its register."""

    @property
    def key(self) -> bytes:
        """Secret key of the workspace."""
        ...

    @property
    def register(self) -> Register:
        """Register of the workspace."""
        ...


@dataclass(frozen=True)
class Mark:
    """Something by which one is recognised, as a keyed hash that names nobody."""

    kind: SuppressionKind
    digest: str


@dataclass(frozen=True)
class Suppression:
    """One entry of the list.

    Attributes:
        mark: What is suppressed, hashed.
        is_erasure: Whether the person was erased; replayed after a restore.
        reason: Why.
        by: Who.
        at: When, UTC.
        lifted_by: Who lifted it.
        lifted_at: When it was lifted, UTC; None while it holds.
    """

    mark: Mark
    is_erasure: bool
    reason: str
    by: str
    at: datetime
    lifted_by: str | None
    lifted_at: datetime | None


@dataclass(frozen=True)
class SuppressionLedger:
    """The list, loaded for looking up many; what cannot be recognised is not blocked.

    Attributes:
        key: Secret key of the workspace.
        digests: Hashes by kind.
    """

    key: bytes = field(repr=False)
    digests: dict[SuppressionKind, frozenset[str]]

    @classmethod
    def load(cls, workspace: KeyHolder) -> "SuppressionLedger":
        """Load the list of a workspace as it now stands.

        >>> from signoff.store.register.audit import open_doctest_holder
        >>> SuppressionLedger.load(open_doctest_holder()).blocks_email("ann@example.com")
        False
        """
        digests: dict[SuppressionKind, set[str]] = {kind: set() for kind in SuppressionKind}
        query = select(SUPPRESSION.c.kind, SUPPRESSION.c.digest).where(_holds())
        with workspace.register.read() as connection:
            for kind, digest in connection.execute(query):
                digests[SuppressionKind(kind)].add(digest)
        return cls(workspace.key, {kind: frozenset(found) for kind, found in digests.items()})

    def blocks_email(self, email: str | None) -> bool:
        """Say whether an address is suppressed, by itself or by its domain."""
        return self.blocks_mailbox(email) or (
            "@" in normal_email(email) and self.blocks_domain(normal_email(email))
        )

    def blocks_mailbox(self, email: str | None) -> bool:
        """Say whether an address is suppressed by itself, tags and the dots of Gmail apart."""
        return any(
            self._holds(SuppressionKind.EMAIL, spelling)
            for spelling in (normal_email(email), normal_mailbox(email))
        )

    def blocks_domain(self, domain: str | None) -> bool:
        """Say whether a domain, or one above it, is suppressed."""
        if not self.digests[SuppressionKind.DOMAIN]:
            return False  # as each look-up below would say, without spelling the domain out
        parts = normal_domain(domain).split(".")
        above = (".".join(parts[i:]) for i in range(max(1, len(parts) - 1)))
        return any(self._holds(SuppressionKind.DOMAIN, name) for name in above)

    def blocks_company(self, name: str | None) -> bool:
        """Say whether a firm is suppressed by its name."""
        if not self.digests[SuppressionKind.COMPANY]:
            return False  # as the look-up below would say, without spelling the name out
        return any(
            self._holds(SuppressionKind.COMPANY, form)
            for form in (*company_forms(name), *_former_forms(name))
        )

    def blocks_name(self, first: str | None, last: str | None, company: str | None) -> bool:
        """Say whether a person of this name at this firm (by name or domain) is suppressed."""
        return any(
            self._holds(SuppressionKind.PERSON, value)
            for value in _name_values(first, last, [company])
        )

    def blocks_person(self, row: PersonRow) -> SuppressionKind | None:
        """Say by what a contact is suppressed, or None when it is not."""
        if not any(self.digests.values()):
            return None
        for mark in marks_of_person(self.key, row):
            if mark.digest in self.digests[mark.kind]:
                return mark.kind
        if self._holds(SuppressionKind.PHONE, normal_phone(row.phone)):
            return SuppressionKind.PHONE
        if self.blocks_email(row.email) or self.blocks_domain(row.company_domain):
            return SuppressionKind.DOMAIN
        return SuppressionKind.COMPANY if self.blocks_company(row.company_name) else None

    def _holds(self, kind: SuppressionKind, normal: str) -> bool:
        known = self.digests[kind]
        return bool(known and normal) and _digest(self.key, kind, normal) in known


def suppress(
    workspace: KeyHolder,
    *,
    kind: SuppressionKind,
    value: str,
    reason: str,
    by: str,
    at: datetime,
) -> Suppression:
    """Never contact a person, an address, a domain or a firm again, until it is lifted.

    Args:
        workspace: The workspace.
        kind: email, domain, company, phone, profile, person_id; or person, whose value reads
            "First Last, Firm".
        value: The one meant; only its keyed hash is kept.
        reason: Why; without names.
        by: Who decides so.
        at: When, UTC.

    Returns:
        The entry.

    Raises:
        DataError: the value is nothing of that kind.

    >>> from signoff.store.register.audit import open_doctest_holder
    >>> holder = open_doctest_holder()
    >>> kind, at = SuppressionKind.EMAIL, datetime(2026, 1, 2)
    >>> entry = suppress(holder, kind=kind, value="Ann@Example.com", reason="", by="bo", at=at)
    >>> SuppressionLedger.load(holder).blocks_email("ann@example.com")
    True
    """
    marks = _marks(workspace.key, SuppressionKind(kind), value)
    mark = marks[0]
    with workspace.register.begin() as connection:
        suppress_marks(connection, marks, reason=reason, by=by, at=at, is_erasure=False)
        act = Act(by, at, "suppressed", "suppression", mark.digest, {"kind": mark.kind.value})
        write_audit(workspace.register, connection, act=act)
    return Suppression(mark, False, reason, by, at, None, None)  # noqa: FBT003 - is_erasure


def lift_suppression(
    workspace: KeyHolder, *, kind: SuppressionKind, value: str, by: str, at: datetime
) -> int:
    """Allow contact again, by an act of its own that stays on record.

    Args:
        workspace: The workspace.
        kind: As in `suppress`.
        value: The one meant.
        by: Who decides so.
        at: When, UTC.

    Returns:
        Number of entries lifted.

    Raises:
        DataError: it is not suppressed, so that there is nothing to lift.

    >>> from signoff.store.register.audit import open_doctest_holder
    >>> lift_suppression(
    ...     open_doctest_holder(), kind="email", value="a@b.fr", by="bo", at=datetime(2026, 1, 2)
    ... )
    Traceback (most recent call last):
    signoff.errors.DataError: this email is not suppressed. Why: ...
    """
    marks = _marks(workspace.key, SuppressionKind(kind), value)
    mark, digests = marks[0], [mark.digest for mark in marks]
    meant = (SUPPRESSION.c.kind == mark.kind, SUPPRESSION.c.digest.in_(digests), _holds())
    with workspace.register.begin() as connection:
        lifted = update(SUPPRESSION).where(*meant).values(lifted_by=by, lifted_at=at)
        n_lifted = connection.execute(lifted).rowcount
        if not n_lifted:
            raise DataError(
                f"this {mark.kind.value} is not suppressed",
                why="the list has no such entry",
                fix="check the spelling; a domain is lifted as a domain, a firm as a company",
            )
        act = Act(by, at, "lifted", "suppression", mark.digest, {"kind": mark.kind.value})
        write_audit(workspace.register, connection, act=act)
    return n_lifted


def list_suppressions(register: Register) -> list[Suppression]:
    """Give every entry, the lifted ones too, oldest first.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_suppressions(open_doctest_register())
    []
    """
    with register.read() as connection:
        return [
            Suppression(
                Mark(SuppressionKind(row.kind), row.digest),
                row.is_erasure,
                row.reason,
                row.by,
                row.at,
                row.lifted_by,
                row.lifted_at,
            )
            for row in connection.execute(
                select(SUPPRESSION).order_by(SUPPRESSION.c.suppression_id)
            )
        ]


def suppress_marks(
    connection: Connection,
    marks: Iterable[Mark],
    *,
    reason: str,
    by: str,
    at: datetime,
    is_erasure: bool,
) -> int:
    """Add hashed entries that are not on the list yet, in a transaction of the caller.

    Args:
        connection: The transaction.
        marks: What is suppressed.
        reason: Why; without names.
        by: Who.
        at: When, UTC.
        is_erasure: Whether the person was erased.

    Returns:
        Number of entries added.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> with open_doctest_register().begin() as connection:
    ...     suppress_marks(
    ...         connection, [], reason="", by="bo", at=datetime(2026, 1, 2), is_erasure=True
    ...     )
    0
    """
    wanted = list(dict.fromkeys(marks))
    known = _known(connection, wanted, is_erasure=is_erasure)
    common = {"reason": reason, "by": by, "at": at, "is_erasure": is_erasure}
    lacking = [
        {"kind": mark.kind, "digest": mark.digest, **common} for mark in wanted if mark not in known
    ]
    if lacking:
        connection.execute(insert(SUPPRESSION), lacking)
    return len(lacking)


def marks_of_person(key: bytes, row: PersonRow) -> tuple[Mark, ...]:
    """Give the keyed hashes by which a contact is recognised, however a file names him or her.

    Args:
        key: Secret key of the workspace.
        row: The contact.

    Returns:
        Hashes of the id, the address, the profile, the name with the firm, the last name with
        the phone number, and the id in the source's system with the last name or the domain.

    >>> marks = marks_of_person(bytes(32), PersonRow("p1", email="ann@example.com"))
    >>> [mark.kind.value for mark in marks]
    ['person_id', 'email']
    """
    normal: list[tuple[SuppressionKind, str]] = [
        (SuppressionKind.PERSON_ID, row.person_id),
        *((SuppressionKind.EMAIL, spelling) for spelling in _spellings(row.email)),
        (SuppressionKind.PROFILE, normal_profile(row.linkedin_url)),
    ]
    at_domain = normal_domain(normal_email(row.email))
    firms = (row.company_name, row.company_domain, at_domain)
    names = list(_name_values(row.first_name, row.last_name, firms))
    if normal_phone(row.phone) and normal_name(row.last_name):  # colleagues may share a number
        names.append(f"{normal_name(row.last_name)}|{normal_phone(row.phone)}")
    if row.external_id:  # a number alone may be another system's number of somebody else
        known = (normal_name(row.last_name), at_domain)
        names += [f"{word}|id {row.external_id.strip()}" for word in known if word]
    normal += [(SuppressionKind.PERSON, value) for value in names]
    return tuple(Mark(kind, _digest(key, kind, value)) for kind, value in normal if value)


def _known(connection: Connection, marks: Sequence[Mark], *, is_erasure: bool) -> set[Mark]:
    """Give those that are on the list already."""
    found: set[Mark] = set()
    for kind in SuppressionKind:
        digests = [mark.digest for mark in marks if mark.kind is kind]
        for start in range(0, len(digests), CHUNK):
            query = select(SUPPRESSION.c.digest).where(
                SUPPRESSION.c.kind == kind,
                SUPPRESSION.c.digest.in_(digests[start : start + CHUNK]),
                SUPPRESSION.c.is_erasure == is_erasure,
                _holds(),
            )
            found |= {Mark(kind, digest) for digest in connection.execute(query).scalars()}
    return found


def _name_values(
    first: str | None, last: str | None, firms: Iterable[str | None]
) -> tuple[str, ...]:
    """Give "name|firm" for each way to name the firm; a name without a firm is nobody in person."""
    name = normal_name(f"{first or ''} {last or ''}")
    if not normal_name(last) or not normal_name(first):
        return ()
    given = [firm for firm in firms if firm]
    known = [normal_domain(firm) for firm in given if "." in firm]
    known += [form for firm in given for form in company_forms(firm)]
    return tuple(dict.fromkeys(f"{name}|{firm}" for firm in known if firm))


def _marks(key: bytes, kind: SuppressionKind, value: str) -> tuple[Mark, ...]:
    """Give the hash of what is meant, and those of its other spellings."""
    normal = [form for form in _normal(kind, value) if form]
    if not normal:
        raise DataError(
            f"{value!r} cannot be suppressed as {kind.value}",
            why="it is nothing of that kind",
            fix='give an address, a domain, a firm\'s name, or a person as "First Last, Firm"',
        )
    return tuple(Mark(kind, _digest(key, kind, form)) for form in dict.fromkeys(normal))


def _normal(kind: SuppressionKind, value: str) -> tuple[str, ...]:
    if kind is SuppressionKind.PERSON:
        name, _, firm = value.partition(",")
        firms = [*company_forms(firm), normal_domain(firm) if "." in firm else ""]
        return tuple(f"{normal_name(name)}|{form}" for form in firms if form and normal_name(name))
    if kind is SuppressionKind.EMAIL:
        return _spellings(value) if "@" in value else ()
    if kind is SuppressionKind.DOMAIN:
        return (normal_domain(value),) if "." in value else ()
    if kind is SuppressionKind.COMPANY:
        return company_forms(value)
    forms: dict[SuppressionKind, Callable[[str], str]] = {
        SuppressionKind.PHONE: normal_phone,
        SuppressionKind.PROFILE: normal_profile,
        SuppressionKind.PERSON_ID: str.strip,
    }
    return (forms[kind](value),)


def _former_forms(name: str | None) -> tuple[str, ...]:
    """Give forms under which entries may stand that were made when one form was kept of each."""
    plain = normal_company(name)
    linked = (
        normal_company(name.replace("&", f" {link} "))
        for link in ("and", "et", "und")
        if name and "&" in name
    )
    return (f"the {plain}", re.sub(r"([aou])e", r"\1", plain), *linked) if plain else ()


def _spellings(email: str | None) -> tuple[str, ...]:
    """Give an address as it is written, and the mailbox it reaches where that is another."""
    return tuple(dict.fromkeys((normal_email(email), normal_mailbox(email))))


def _digest(key: bytes, kind: SuppressionKind, normal: str) -> str:
    line = f"suppression|{kind.value}|{normal}".encode()
    return hmac.digest(key, line, "sha256").hex()


def _holds() -> ColumnElement[bool]:
    return SUPPRESSION.c.lifted_at.is_(None)
