"""On what footing a contact may be addressed: consent, or another lawful basis, per purpose."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from signoff.errors import DataError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.ledger import ImportState
from signoff.store.register.tables import CONSENT, IMPORT_LEDGER, as_utc

__all__ = [
    "ADVERTISING",
    "Basis",
    "Consent",
    "Standing",
    "drop_consents_of_import",
    "give_consent",
    "list_consents",
    "list_refused",
    "refuse_consent",
    "stage_consents",
    "standing_of",
    "withdraw_consent",
]

ADVERTISING = "advertising"
"""The purpose that a list for an advertising platform serves."""

PURPOSES_OF_LISTS = (ADVERTISING, "matched audience")
CHUNK = 500


class Basis(StrEnum):
    """Lawful basis of processing (GDPR, article 6(1), as far as advertising meets it)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGITIMATE_INTEREST = "legitimate_interest"


@dataclass(frozen=True)
class Consent:
    """One purpose for which one contact may be addressed.

    Attributes:
        person_id: The contact.
        purpose: What for: "newsletter", "matched audience".
        basis: On what footing.
        source: Where that was given: a form, a contract, a fair.
        given_at: When, UTC.
        withdrawn_at: When it was withdrawn, UTC; None while it holds. The moment it was asked
            for: it was refused.
        withdrawn_source: Where that was said: a mail, a call, an import.
        import_seq: Number of the import that brought it; None when a person wrote it down.
    """

    person_id: str
    purpose: str
    basis: Basis
    source: str
    given_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_source: str | None = None
    import_seq: int | None = None


@dataclass(frozen=True)
class Standing:
    """What holds for a contact now, all records together.

    Attributes:
        is_refused: Whether the newest word on some purpose is a refusal or a withdrawal.
        basis: What lists for platforms rest on; None when nothing is recorded.
    """

    is_refused: bool = False
    basis: Basis | None = None


def give_consent(register: Register, consent: Consent, *, by: str, at: datetime) -> None:
    """Write down a consent or another basis.

    Args:
        register: The register.
        consent: What was given.
        by: Who writes it down.
        at: When it is written down, UTC.

    Raises:
        DataError: person, purpose or source is empty, or the basis is none that we know.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register, at = open_doctest_register(), datetime(2026, 1, 2)
    >>> consent = Consent("p1", "newsletter", Basis.CONSENT, "form on the site", at)
    >>> give_consent(register, consent, by="bo", at=at)
    >>> [c.purpose for c in list_consents(register, person_id="p1")]
    ['newsletter']
    """
    if consent.basis not in set(Basis) or not (
        consent.person_id and consent.purpose and consent.source
    ):
        raise DataError(
            "the consent cannot be written down",
            why="person, purpose and source are needed, and a basis among "
            + ", ".join(basis.value for basis in Basis),
            fix="fill in what lacks",
        )
    values = {
        "person_id": consent.person_id,
        "purpose": consent.purpose,
        "basis": consent.basis,
        "source": consent.source,
        "given_at": consent.given_at,
        "withdrawn_at": consent.withdrawn_at,
        "withdrawn_source": consent.withdrawn_source,
    }
    detail = {"purpose": consent.purpose}
    with register.begin() as connection:
        connection.execute(insert(CONSENT).values(values))
        act = Act(by, at, "gave consent", "person", consent.person_id, detail)
        write_audit(register, connection, act=act)


def refuse_consent(
    register: Register, *, person_id: str, purpose: str, source: str, by: str, at: datetime
) -> None:
    """Write down that a contact was asked and said no.

    Args:
        register: The register.
        person_id: The contact.
        purpose: What for.
        source: Where that was said: a form, a call.
        by: Who writes it down.
        at: When it was said, UTC.

    Raises:
        DataError: person, purpose or source is empty.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register, at = open_doctest_register(), datetime(2026, 1, 2)
    >>> refuse_consent(register, person_id="p1", purpose="news", source="call", by="bo", at=at)
    >>> standing_of(register, person_ids=["p1"])["p1"].is_refused
    True
    """
    said = Consent(person_id, purpose, Basis.CONSENT, source, at, at, source)
    give_consent(register, said, by=by, at=at)


def withdraw_consent(
    register: Register,
    *,
    person_id: str,
    purpose: str,
    by: str,
    at: datetime,
    source: str | None = None,
) -> int:
    """Withdraw what holds for a purpose.

    Args:
        register: The register.
        person_id: The contact.
        purpose: What for.
        by: Who writes it down.
        at: When it was withdrawn, UTC.
        source: Where that was said: a mail, a call.

    Returns:
        Number of consents withdrawn; 0 when none held.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> withdraw_consent(
    ...     open_doctest_register(), person_id="p1", purpose="x", by="bo", at=datetime(2026, 1, 2)
    ... )
    0
    """
    meant = (
        CONSENT.c.person_id == person_id,
        CONSENT.c.purpose == purpose,
        CONSENT.c.withdrawn_at.is_(None),
    )
    values = {"withdrawn_at": as_utc(at), "withdrawn_source": source}
    with register.begin() as connection:
        withdrawn = update(CONSENT).where(*meant).values(values)
        n_withdrawn = connection.execute(withdrawn).rowcount
        if n_withdrawn:
            act = Act(by, at, "withdrew consent", "person", person_id, {"purpose": purpose})
            write_audit(register, connection, act=act)
    return n_withdrawn


def stage_consents(
    register: Register, consents: Sequence[Consent], *, undated: frozenset[str], import_seq: int
) -> int:
    """Write what an import says of consents; it counts once the import is live.

    Args:
        register: The register.
        consents: What it says; what it wrote before of these contacts is replaced.
        undated: Contacts whose "yes" has no date of its own: it does not outweigh a refusal or
            withdrawal that is on record, for a CRM repeats it in every export.
        import_seq: Number of the import.

    Returns:
        Number of consents left out for that reason.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> stage_consents(open_doctest_register(), [], undated=frozenset(), import_seq=1)
    0
    """
    persons = list(dict.fromkeys(consent.person_id for consent in consents))
    with register.begin() as connection:
        for start in range(0, len(persons), CHUNK):
            among = CONSENT.c.person_id.in_(persons[start : start + CHUNK])
            connection.execute(delete(CONSENT).where(among, CONSENT.c.import_seq == import_seq))
        barred = {
            person_id
            for person_id, standing in _standings(connection, persons).items()
            if standing.is_refused and person_id in undated
        }
        kept = [c for c in consents if c.person_id not in barred or c.withdrawn_at]
        if kept:
            values = [{**vars(consent), "import_seq": import_seq} for consent in kept]
            connection.execute(insert(CONSENT), values)
    return len(consents) - len(kept)


def drop_consents_of_import(register: Register, import_seq: int, *, keeps_refusals: bool) -> int:
    """Take back what an import said of consents.

    Args:
        register: The register.
        import_seq: Number of the import.
        keeps_refusals: Whether refusals stay, by themselves: an import undone must not let
            anybody be addressed who said no.

    Returns:
        Number of records taken back.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> drop_consents_of_import(open_doctest_register(), 1, keeps_refusals=True)
    0
    """
    theirs = CONSENT.c.import_seq == import_seq
    refused = CONSENT.c.withdrawn_at.is_not(None)
    with register.begin() as connection:
        if keeps_refusals:
            freed = update(CONSENT).where(theirs, refused).values(import_seq=None)
            connection.execute(freed)
        return connection.execute(delete(CONSENT).where(theirs)).rowcount


def standing_of(register: Register, *, person_ids: Iterable[str]) -> dict[str, Standing]:
    """Give what holds for contacts now.

    The newest word on a purpose counts; of two at one moment, the refusal. A refusal of any
    purpose is a refusal; a basis counts when it is for advertising.

    Args:
        register: The register.
        person_ids: The contacts.

    Returns:
        Standing by person id, of those of whom something is recorded by hand or by a live import.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> standing_of(open_doctest_register(), person_ids=["p1"])
    {}
    """
    with register.read() as connection:
        return _standings(connection, list(dict.fromkeys(person_ids)))


def list_refused(register: Register) -> frozenset[str]:
    """Name every contact whose newest word on some purpose is a refusal or a withdrawal.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_refused(open_doctest_register())
    frozenset()
    """
    said_no = select(CONSENT.c.person_id).where(CONSENT.c.withdrawn_at.is_not(None)).distinct()
    with register.read() as connection:
        asked = list(connection.execute(said_no).scalars())
        standings = _standings(connection, asked)
    return frozenset(person_id for person_id, said in standings.items() if said.is_refused)


def _standings(connection: Connection, person_ids: Sequence[str]) -> dict[str, Standing]:
    words: dict[str, dict[str, list[Row[tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(list))
    for start in range(0, len(person_ids), CHUNK):
        among = CONSENT.c.person_id.in_(person_ids[start : start + CHUNK])
        for row in connection.execute(_live().where(among)):
            words[row.person_id][row.purpose].append(row)
    return {person_id: _standing(purposes) for person_id, purposes in words.items()}


def _standing(purposes: dict[str, list[Row[tuple[str, ...]]]]) -> Standing:
    holding: dict[str, Basis] = {}
    is_refused = False
    for purpose, rows in purposes.items():
        given = [(row.given_at, row.basis) for row in rows]
        withdrawn = [row.withdrawn_at for row in rows if row.withdrawn_at]
        newest, basis = max(given)
        if withdrawn and max(withdrawn) >= newest:
            is_refused = True
        else:
            holding[purpose] = Basis(basis)
    basis_of_lists = next((holding[p] for p in PURPOSES_OF_LISTS if p in holding), None)
    return Standing(is_refused, None if is_refused else basis_of_lists)


def _live() -> Select[tuple[str, ...]]:
    """Select what was written down by hand, and what live imports say."""
    columns = (
        CONSENT.c.person_id,
        CONSENT.c.purpose,
        CONSENT.c.basis,
        CONSENT.c.given_at,
        CONSENT.c.withdrawn_at,
    )
    by_import = CONSENT.outerjoin(IMPORT_LEDGER, IMPORT_LEDGER.c.import_seq == CONSENT.c.import_seq)
    counts = or_(CONSENT.c.import_seq.is_(None), IMPORT_LEDGER.c.state == ImportState.LIVE)
    return select(*columns).select_from(by_import).where(counts)


def list_consents(register: Register, *, person_id: str) -> list[Consent]:
    """Give what was given for a contact, withdrawn ones too, oldest first.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_consents(open_doctest_register(), person_id="p1")
    []
    """
    query = select(CONSENT).where(CONSENT.c.person_id == person_id).order_by(CONSENT.c.consent_id)
    with register.read() as connection:
        return [
            Consent(
                row.person_id,
                row.purpose,
                Basis(row.basis),
                row.source,
                row.given_at,
                row.withdrawn_at,
                row.withdrawn_source,
                row.import_seq,
            )
            for row in connection.execute(query)
        ]
