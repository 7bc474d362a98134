"""Contacts: names and addresses to the register, everything else to the lake by a random id."""

import csv
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from signoff.store.imports.faults import add_fault
from signoff.store.imports.options import OnProgress
from signoff.store.imports.plan import ImportPlan
from signoff.store.imports.reading import literal
from signoff.store.register.connection import Register
from signoff.store.register.identity import normal_email
from signoff.store.register.persons import PersonRow, find_person_ids, stage_persons
from signoff.store.register.suppression import SuppressionLedger

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["stage_contacts", "weed_contacts"]

CHUNK = 2000
SUPPRESSED = "the suppression list forbids this contact"
PERSON_COLUMNS = {
    "external_id": "external_id",
    "email": "email",
    "first_name": "first_name",
    "last_name": "last_name",
    "phone": "phone",
    "linkedin_url": "linkedin_url",
    "company_name": "account_name",
    "company_domain": "account_domain",
    "city": "city",
    "postcode": "postcode",
    "country": "country",
}


@dataclass
class _Sieve:
    """Rows that cannot come in, found while the contacts pass once."""

    repeated: list[int] = field(default_factory=list)
    suppressed: list[int] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def passes(self, line: int, row: PersonRow, ledger: SuppressionLedger) -> bool:
        keys = {key for key in (_address_key(row), _id_key(row)) if key}
        if ledger.blocks_person(row):
            self.suppressed.append(line)
        elif not keys:
            self.nameless.append(line)
        elif keys & self.seen:
            self.repeated.append(line)
        else:
            self.seen |= keys
            return True
        return False


def weed_contacts(
    session: "DuckDBPyConnection", plan: ImportPlan, *, ledger: SuppressionLedger
) -> None:
    """Reject contacts who are suppressed, named twice, or without e-mail and id.

    Rows that are bad anyhow are held against the list too: nobody who was erased is given back.

    Args:
        session: The desk, with `checked`, `kept` and `faults`.
        plan: The import.
        ledger: Whom nobody may contact.
    """
    _weed_bad_rows(session, plan, ledger=ledger)
    sieve = _Sieve()
    for chunk in _chunks(session, plan):
        for line, row in chunk:
            sieve.passes(line, row, ledger)
    for lines, kind, reason in (
        (sieve.repeated, "repeated", "an earlier line names the same contact"),
        (sieve.suppressed, "suppressed", SUPPRESSED),
        (sieve.nameless, "missing", "it has neither an e-mail address nor an id"),
    ):
        for start in range(0, len(lines), CHUNK):
            add_fault(
                session, heading="", kind=kind, reason=reason, lines=lines[start : start + CHUNK]
            )


def _weed_bad_rows(
    session: "DuckDBPyConnection", plan: ImportPlan, *, ledger: SuppressionLedger
) -> None:
    """Keep suppressed people out of what is said of bad rows, and out of the rows given back."""
    is_bad = "line IN (SELECT line FROM faults)"
    lines = [
        line
        for chunk in _chunks(session, plan, which=is_bad)
        for line, row in chunk
        if ledger.blocks_person(row)
    ]
    cells = ", ".join(f"c{place}" for place in range(1, len(plan.headings) + 1))
    reader = session.cursor().execute(f"SELECT line, {cells} FROM staged WHERE {is_bad}")
    while rows := reader.fetchmany(CHUNK):
        lines += [row[0] for row in rows if any(_is_barred(cell, ledger) for cell in row[1:])]
    theirs = [sorted(set(lines))]
    session.execute(
        "UPDATE faults SET \"value\" = '' WHERE line IN (SELECT unnest($1::BIGINT[]))", theirs
    )
    for start in range(0, len(theirs[0]), CHUNK):
        add_fault(
            session,
            heading="",
            kind="suppressed",
            reason=SUPPRESSED,
            lines=theirs[0][start : start + CHUNK],
        )


def _is_barred(cell: str | None, ledger: SuppressionLedger) -> bool:
    return bool(cell) and "@" in str(cell) and ledger.blocks_email(cell)


def stage_contacts(
    session: "DuckDBPyConnection",
    plan: ImportPlan,
    *,
    register: Register,
    import_seq: int,
    folder: Path,
    on_progress: OnProgress,
) -> None:
    """Write the contacts that are kept to the register, and their random ids into `kept`.

    Each chunk is one short transaction; the contacts count once the import is live.

    Args:
        session: The desk.
        plan: The import.
        register: The register.
        import_seq: Number of the import.
        folder: The desk's folder.
        on_progress: Told how many contacts are done.
    """
    path = folder / "person-ids.csv"
    used: set[str] = set()
    twice: list[int] = []
    n_done = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for chunk in _chunks(session, plan):
            rows = []
            for line, row in _identified(chunk, register):
                if row.person_id in used:
                    twice.append(line)
                    continue
                used.add(row.person_id)
                rows.append(row)
                writer.writerow([line, row.person_id])
            stage_persons(register, rows, import_seq=import_seq)
            n_done += len(rows)
            on_progress("storing contacts", n_done)
    add_fault(
        session,
        heading="",
        kind="repeated",
        reason="an earlier line names the same contact",
        lines=twice,
    )
    _name_kept(session, path)


def _name_kept(session: "DuckDBPyConnection", path: Path) -> None:
    session.execute(
        f"CREATE TABLE person_lines AS SELECT * FROM read_csv({literal(str(path))}, "
        "header = false, auto_detect = false, delim = ',', "
        "columns = {'line': 'BIGINT', 'person_id': 'VARCHAR'})"
    )
    session.execute(
        "CREATE OR REPLACE TABLE kept AS SELECT kept.* REPLACE (person_lines.person_id AS "
        "person_id) FROM kept JOIN person_lines ON kept.line = person_lines.line"
    )


def _chunks(
    session: "DuckDBPyConnection",
    plan: ImportPlan,
    *,
    which: str = "line IN (SELECT line FROM kept)",
) -> Iterator[list[tuple[int, PersonRow]]]:
    """Give the contacts that are kept, or others, in the order of the file, some at a time."""
    columns = ", ".join(
        f"{plan.value(source)} AS {name}" for name, source in PERSON_COLUMNS.items()
    )
    reader = session.cursor()
    reader.execute(f"SELECT line, {columns} FROM checked WHERE {which} ORDER BY line")
    while rows := reader.fetchmany(CHUNK):
        yield [(row[0], _person(row[1:])) for row in rows]


def _person(cells: Sequence[Any]) -> PersonRow:
    named = dict(zip(PERSON_COLUMNS, cells, strict=True))
    return PersonRow(person_id="", **named)


def _identified(
    chunk: Sequence[tuple[int, PersonRow]], register: Register
) -> Iterator[tuple[int, PersonRow]]:
    """Give each contact the id the workspace knows it by, or a new random one."""
    from dataclasses import replace

    by_id = find_person_ids(
        register, external_ids=[r.external_id for _, r in chunk if r.external_id]
    )
    by_email = find_person_ids(register, emails=[r.email for _, r in chunk if r.email])
    for line, row in chunk:
        known = by_id.get(row.external_id or "") or by_email.get(normal_email(row.email))
        yield line, replace(row, person_id=known or uuid.uuid4().hex)


def _address_key(row: PersonRow) -> str:
    address = normal_email(row.email)
    return f"email|{address}" if address else ""


def _id_key(row: PersonRow) -> str:
    return f"id|{row.external_id}" if row.external_id else ""
