"""On what footing a contact may be addressed: consent, or another lawful basis, per purpose."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import insert, select, update

from signoff.errors import DataError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.tables import CONSENT, as_utc

__all__ = ["Basis", "Consent", "give_consent", "list_consents", "withdraw_consent"]


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
        withdrawn_at: When it was withdrawn, UTC; None while it holds.
    """

    person_id: str
    purpose: str
    basis: Basis
    source: str
    given_at: datetime
    withdrawn_at: datetime | None = None


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
    }
    detail = {"purpose": consent.purpose}
    with register.begin() as connection:
        connection.execute(insert(CONSENT).values(values))
        act = Act(by, at, "gave consent", "person", consent.person_id, detail)
        write_audit(register, connection, act=act)


def withdraw_consent(
    register: Register, *, person_id: str, purpose: str, by: str, at: datetime
) -> int:
    """Withdraw what holds for a purpose.

    Args:
        register: The register.
        person_id: The contact.
        purpose: What for.
        by: Who writes it down.
        at: When it was withdrawn, UTC.

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
    with register.begin() as connection:
        withdrawn = update(CONSENT).where(*meant).values(withdrawn_at=as_utc(at))
        n_withdrawn = connection.execute(withdrawn).rowcount
        if n_withdrawn:
            act = Act(by, at, "withdrew consent", "person", person_id, {"purpose": purpose})
            write_audit(register, connection, act=act)
    return n_withdrawn


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
            )
            for row in connection.execute(query)
        ]
