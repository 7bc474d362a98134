"""What a file says of consent, in whatever notation, as purpose, basis, source and date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from signoff.store.formats.format import fold
from signoff.store.imports.faults import add_fault
from signoff.store.imports.period import MONTHS, read_day
from signoff.store.imports.plan import ImportPlan
from signoff.store.register.connection import Register
from signoff.store.register.consent import ADVERTISING, Basis, Consent, stage_consents
from signoff.store.register.ledger import ImportEntry

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Answer", "read_answer", "stage_stated_consents", "weed_consents"]

CHUNK = 2000
FIELDS = ("consent", "opted_out", "consent_at", "consent_source", "consent_purpose")
YES = frozenset(
    fold(word)
    for word in (
        *("yes", "y", "true", "t", "1", "1.0", "x", "ok", "agreed", "accepted", "granted"),
        *("given", "consent", "consented", "subscribed", "opt-in", "optin", "opted in", "active"),
        *("oui", "o", "vrai", "accepté", "acceptée", "accordé", "donné", "inscrit", "abonné"),
        *("consentement", "freely given consent from contact"),
    )
)
NO = frozenset(
    fold(word)
    for word in (
        *("no", "n", "false", "f", "0", "0.0", "refused", "denied", "declined", "withdrawn"),
        *(
            "revoked",
            "objected",
            "unsubscribed",
            "opt-out",
            "optout",
            "opted out",
            "do not contact",
        ),
        *("non", "faux", "refusé", "refusée", "retiré", "révoqué", "opposition", "opposé"),
        *("désinscrit", "désabonné", "ne pas contacter"),
    )
)
UNKNOWN = frozenset(
    fold(word)
    for word in ("unknown", "not asked", "pending", "not applicable", "inconnu", "en attente", "?")
)
TICKS = frozenset("✓✔☑✅🗸")
CROSSES = frozenset("✗✘✖✕❌☒☐🗴🗙")
"""An empty box is a box that nobody ticked."""
LEFT_OUT = frozenset(("t", "z", "utc", "on", "since", "from", "at", "le", "du", "a", "depuis"))
BASES = (
    ("legitimate interest", Basis.LEGITIMATE_INTEREST),
    ("interet legitime", Basis.LEGITIMATE_INTEREST),
    ("contract", Basis.CONTRACT),
    ("performance of a contract", Basis.CONTRACT),
    ("contrat", Basis.CONTRACT),
)


@dataclass(frozen=True)
class Answer:
    """What one cell says.

    Attributes:
        basis: On what footing the contact may be addressed; None when it says nothing of that.
        is_refusal: Whether it says no.
        day: The day it names.
    """

    basis: Basis | None = None
    is_refusal: bool = False
    day: date | None = None


def read_answer(text: str, *, date_order: str = "dmy") -> Answer | None:
    """Read a cell of a column of consents.

    Args:
        text: Yes or no in English or French, 1 or 0, the day of the opt-in, or a lawful basis.
        date_order: How a day like 1/2/2026 is read, "dmy" or "mdy".

    Returns:
        What it says; None when it cannot be read.

    >>> read_answer("Oui").basis.value, read_answer("0").is_refusal, read_answer("maybe")
    ('consent', True, None)
    >>> read_answer("12/05/2025").day.isoformat(), read_answer("Intérêt légitime").basis.value
    ('2025-05-12', 'legitimate_interest')
    """
    text = text.strip()
    marks = {mark for mark in text if mark in TICKS | CROSSES}
    if marks:
        return _marked(text, marks)
    said = fold(text)
    if text and text != "?" and (not said or re.match(r"[-\u2212\u2013]\s*\d", text)):
        return None  # signs alone, and numbers below nought, say neither yes nor no
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text)  # 2026-01-05T09:30
    day = read_day(text, date_order=date_order)
    if day:  # what stands beside it must be read too: "refused on 2026-01-05"
        letters = re.findall(r"[^\W\d_]+", fold(text))
        said = " ".join(w for w in letters if w not in MONTHS and w not in LEFT_OUT) or "yes"
    if not said or said in UNKNOWN:
        return Answer()
    if said in NO:
        return Answer(is_refusal=True, day=day)
    if said in YES:
        return Answer(Basis.CONSENT, day=day)
    return next((Answer(basis, day=day) for start, basis in BASES if said.startswith(start)), None)


def _marked(text: str, marks: set[str]) -> Answer | None:
    """Read a cell with ticks or crosses; beside words they must say the same as these."""
    is_yes, is_no = bool(marks & TICKS), bool(marks & CROSSES)
    if is_yes == is_no:
        return None
    rest = "".join(sign for sign in text if sign not in marks and sign != "\ufe0f")
    answer = read_answer(rest) if rest.strip() else Answer()
    if answer is None or (answer != Answer() and answer.is_refusal is not is_no):
        return None
    return answer if answer != Answer() else Answer(None if is_no else Basis.CONSENT, is_no)


def weed_consents(session: "DuckDBPyConnection", plan: ImportPlan, *, today: date) -> None:
    """Reject contacts whose consent cannot be read, or lies in the future.

    Args:
        session: The desk, with `checked`, `kept` and `faults`.
        plan: The import.
        today: The day of the import.
    """
    for name in ("consent", "opted_out", "consent_at"):
        cell = plan.cell(name)
        if cell is None:
            continue
        found = session.execute(
            f"SELECT CAST(v_{name} AS VARCHAR) AS said, list(line) FROM checked "
            f"WHERE v_{name} IS NOT NULL AND line IN (SELECT line FROM kept) GROUP BY said"
        ).fetchall()
        for said, lines in found:
            answer = read_answer(said, date_order=_date_order(plan))
            reason = ""
            if answer is None:
                reason = "it is no consent: write yes or no, 1 or 0, a day, or a lawful basis"
            elif (answer.day or today) > today:
                reason = "it lies in the future"
            if reason:
                add_fault(session, heading=cell.heading, kind="consent", reason=reason, lines=lines)


def stage_stated_consents(
    session: "DuckDBPyConnection", plan: ImportPlan, *, register: Register, entry: ImportEntry
) -> None:
    """Write what the contacts that are kept said of consent to the register.

    Args:
        session: The desk, whose `kept` names each contact's id.
        plan: The import.
        register: The register.
        entry: The import.
    """
    if not any(plan.has(name) for name in FIELDS[:3]):
        return
    columns = ", ".join(plan.value(name) for name in FIELDS)
    reader = session.cursor().execute(
        f"SELECT kept.person_id, {columns} FROM kept JOIN checked USING (line) ORDER BY line"
    )
    while rows := reader.fetchmany(CHUNK):
        said = [_stated(row, plan, entry) for row in rows]
        consents = [consent for consent, _ in said if consent]
        undated = frozenset(c.person_id for c, is_dated in said if c and not is_dated)
        stage_consents(register, consents, undated=undated, import_seq=entry.import_seq)


def _stated(
    row: Sequence[Any], plan: ImportPlan, entry: ImportEntry
) -> tuple[Consent | None, bool]:
    """Give what one contact said, and whether with a day of its own."""
    person_id, said, said_no, said_on, source, purpose = row
    order = _date_order(plan)
    yes = read_answer(said or "", date_order=order) or Answer()
    no = read_answer(said_no or "", date_order=order) or Answer()
    is_refusal = yes.is_refusal or no.basis is not None  # "yes" to "opted out?" is a no
    basis = yes.basis or (Basis.CONSENT if said_on and not said else None)
    if not is_refusal and basis is None:
        return None, False
    day = (no.day if no.basis else yes.day) or said_on
    at = datetime.combine(day, time(), UTC) if day else entry.created_at
    where = source or f"import {entry.import_id}"
    consent = Consent(
        person_id=person_id,
        purpose=purpose or ADVERTISING,
        basis=basis or Basis.CONSENT,
        source=where,
        given_at=at,
        withdrawn_at=at if is_refusal else None,
        withdrawn_source=where if is_refusal else None,
    )
    return consent, day is not None


def _date_order(plan: ImportPlan) -> str:
    notation = plan.notations.get("consent_at")
    found = notation.date_order if notation else ""
    return plan.said_order or found or plan.usual_order or "dmy"
