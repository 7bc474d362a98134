"""Lists for advertising platforms; whoever is suppressed, or cannot be checked, does not leave."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from signoff.errors import DataError
from signoff.results import FORMULA_STARTS, Result, Row
from signoff.store.formats.google_ads import customer_match
from signoff.store.formats.linkedin import matched
from signoff.store.lake.current import current_rows
from signoff.store.lake.session import open_lake
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.identity import normal_company
from signoff.store.register.persons import Person, current_persons
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger
from signoff.store.workspace import Workspace

__all__ = ["ExportReceipt", "Platform", "export_matched_audience"]

SUPPRESSED = "on the suppression list"
GENERATED = "generated for a demonstration, no real person"
NO_ADDRESS = "no e-mail address, so the suppression list cannot be checked"
NO_DOMAIN = "no web domain, so suppressed domains cannot be checked"
NO_NAME = "no name that the suppression list could be checked by"
SAME = "the same address twice"


class Platform(StrEnum):
    """Which platform's list."""

    LINKEDIN_COMPANIES = "linkedin_companies"
    LINKEDIN_CONTACTS = "linkedin_contacts"
    GOOGLE_CUSTOMER_MATCH = "google_customer_match"


@dataclass(frozen=True)
class ExportReceipt(Result):
    """What left, and what did not.

    Attributes:
        platform: Which list.
        path: The file.
        n_rows: Lines in it.
        left_out: Why others are not in it, with how many.
        hashed: Whether addresses left as SHA-256.
    """

    platform: str
    path: Path
    n_rows: int
    left_out: tuple[tuple[str, int], ...]
    hashed: bool

    def rows(self) -> Sequence[Row]:
        """Give one row for what left and one for each reason."""
        kept: list[Row] = [{"outcome": "written", "n": self.n_rows}]
        return kept + [{"outcome": f"left out: {why}", "n": n} for why, n in self.left_out]

    def text(self) -> str:
        """Say in words what was written."""
        out = "; ".join(f"{n:,} {why}" for why, n in self.left_out) or "nobody"
        return f"{self.n_rows:,} rows written to {self.path}. Left out: {out}."


@dataclass(frozen=True)
class _Audience:
    """Lines that may leave, and why the others may not."""

    lines: tuple[dict[str, str], ...]
    left_out: Counter[str]


def export_matched_audience(
    workspace: Workspace,
    *,
    platform: str,
    account_ids: Iterable[str],
    by: str,
    at: datetime,
    hashed: bool = False,
) -> ExportReceipt:
    """Write a list of companies or contacts as an advertising platform reads it.

    It fails closed: nothing leaves unless the suppression list could be loaded, and no row that
    could not be checked against it.

    Args:
        workspace: The workspace.
        platform: linkedin_companies, linkedin_contacts or google_customer_match.
        account_ids: The accounts meant; whoever must see nothing is not among them.
        by: Who exports.
        at: When, UTC.
        hashed: Write addresses, names and phone numbers as SHA-256 where the platform takes it.

    Returns:
        The file and what was left out, by reason.

    Raises:
        DataError: the platform is unknown, or too few rows are left for it.
    """
    wanted = _platform(platform)
    ledger = SuppressionLedger.load(workspace)
    accounts = _accounts(workspace, account_ids)
    if wanted is Platform.LINKEDIN_COMPANIES:
        audience = _companies(accounts, ledger)
    else:
        audience = _people(workspace, accounts, ledger, platform=wanted, hashed=hashed)
    _refuse_size(wanted, audience)
    path = _write(workspace, wanted, audience, at=at)
    _refuse_changed_list(workspace, ledger, path=path)
    detail = {"platform": wanted.value, "n_rows": len(audience.lines), "hashed": hashed}
    with workspace.register.begin() as connection:
        act = Act(by, at, "exported", "audience", path.name, detail)
        write_audit(workspace.register, connection, act=act)
    return ExportReceipt(
        platform=wanted.value,
        path=path,
        n_rows=len(audience.lines),
        left_out=tuple(sorted(audience.left_out.items())),
        hashed=hashed and wanted is not Platform.LINKEDIN_COMPANIES,
    )


def _refuse_changed_list(workspace: Workspace, ledger: SuppressionLedger, *, path: Path) -> None:
    """Take the list back when somebody was suppressed or erased while it was made.

    Looked at once the file is there: whoever is erased later is found in it.
    """
    if SuppressionLedger.load(workspace) == ledger:
        return
    path.unlink(missing_ok=True)
    raise DataError(
        "the suppression list changed while the list was made",
        why="somebody on the list may have been suppressed or erased meanwhile",
        fix="export it again; nothing was written",
    )


def _platform(name: str) -> Platform:
    try:
        return Platform(name)
    except ValueError as error:
        raise DataError(
            f"there is no list for {name!r}",
            why="each platform reads its own columns",
            fix=f"use one of: {', '.join(Platform)}",
            where="platform",
        ) from error


def _accounts(workspace: Workspace, account_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    with open_lake(workspace) as lake:
        query = lake.session.execute(
            "SELECT account_id, name, domain, city, region, country, industry_code AS industry "
            f"FROM ({current_rows(lake)['account']}) "
            "WHERE account_id IN (SELECT unnest($1::VARCHAR[])) ORDER BY account_id",
            [list(dict.fromkeys(account_ids))],
        )
        names = [column[0] for column in query.description or ()]
        return {row[0]: dict(zip(names, row, strict=True)) for row in query.fetchall()}


def _companies(accounts: dict[str, dict[str, Any]], ledger: SuppressionLedger) -> _Audience:
    lines, left_out = [], Counter[str]()
    has_domains = bool(ledger.digests[SuppressionKind.DOMAIN])
    for account in accounts.values():
        if ledger.blocks_company(account["name"]) or ledger.blocks_domain(account["domain"]):
            left_out[SUPPRESSED] += 1
        elif has_domains and not account["domain"]:
            left_out[NO_DOMAIN] += 1
        elif not normal_company(account["name"]):
            left_out[NO_NAME] += 1
        else:
            lines.append(_inert(matched.company_row(account)))
    return _Audience(tuple(lines), left_out)


def _people(
    workspace: Workspace,
    accounts: dict[str, dict[str, Any]],
    ledger: SuppressionLedger,
    *,
    platform: Platform,
    hashed: bool,
) -> _Audience:
    facts = _person_facts(workspace, accounts)
    persons = {p.person_id: p for p in current_persons(workspace.register, person_ids=facts)}
    lines: dict[str, dict[str, str]] = {}
    left_out = Counter[str]()
    for person_id in sorted(facts):
        account = accounts[facts[person_id]["account_id"]]
        person = persons.get(person_id)
        why = _why_not(person, account, ledger, origin=facts[person_id]["origin"])
        address = (person.email or "").strip().lower() if person else ""
        if why or person is None or address in lines:
            left_out[why or SAME] += 1
            continue
        contact = {
            **{
                name: getattr(person, name)
                for name in ("email", "first_name", "last_name", "phone", "postcode")
            },
            "country": person.country or account["country"],
            "title": facts[person_id]["title"],
            "company": account["name"],
        }
        lines[address] = _line(contact, platform, hashed=hashed)
    return _Audience(tuple(lines.values()), left_out)


def _person_facts(
    workspace: Workspace, accounts: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    with open_lake(workspace) as lake:
        found = lake.session.execute(
            "SELECT person_id, account_id, title, origin "
            f"FROM ({current_rows(lake)['person_fact']}) "
            "WHERE account_id IN (SELECT unnest($1::VARCHAR[]))",
            [list(accounts)],
        ).fetchall()
    return {
        person_id: {"account_id": account_id, "title": title, "origin": origin}
        for person_id, account_id, title, origin in found
    }


def _why_not(
    person: Person | None, account: dict[str, Any], ledger: SuppressionLedger, *, origin: str
) -> str:
    """Say why a contact may not leave; empty when he or she may."""
    if origin == "generated":
        return GENERATED
    if person is None or "@" not in (person.email or ""):
        return NO_ADDRESS
    at_work = replace(
        person,
        company_name=person.company_name or account["name"],
        company_domain=person.company_domain or account["domain"],
    )
    is_blocked = (
        ledger.blocks_person(at_work)
        or ledger.blocks_company(account["name"])
        or ledger.blocks_domain(account["domain"])
    )
    return SUPPRESSED if is_blocked else ""


def _line(contact: dict[str, str | None], platform: Platform, *, hashed: bool) -> dict[str, str]:
    if platform is Platform.LINKEDIN_CONTACTS:
        return _inert(matched.contact_row(contact, hashed=hashed))
    return _inert(customer_match.customer_row(contact, hashed=hashed))


def _inert(line: dict[str, str]) -> dict[str, str]:
    """Keep a spreadsheet from running a cell; a number like +33123456789 is no formula."""
    return {
        name: f"'{cell}"
        if cell.startswith(FORMULA_STARTS) and not cell.removeprefix("+").isdigit()
        else cell
        for name, cell in line.items()
    }


def _refuse_size(platform: Platform, audience: _Audience) -> None:
    n_rows = len(audience.lines)
    smallest = matched.SMALLEST_CONTACTS if platform is Platform.LINKEDIN_CONTACTS else 1
    out = "; ".join(f"{n:,} {why}" for why, n in sorted(audience.left_out.items()))
    if n_rows < smallest:
        raise DataError(
            f"the list has {n_rows:,} rows and {platform.value} needs {smallest:,}: "
            f"{smallest - n_rows:,} are missing",
            why=f"left out were: {out or 'nobody'}",
            fix="add accounts or import more contacts; nothing was written",
        )
    if platform is not Platform.GOOGLE_CUSTOMER_MATCH and n_rows > matched.LARGEST_ROWS:
        raise DataError(
            f"the list has {n_rows:,} rows; {platform.value} takes {matched.LARGEST_ROWS:,}",
            why="the platform refuses longer lists",
            fix="export fewer accounts at a time; nothing was written",
        )


def _write(workspace: Workspace, platform: Platform, audience: _Audience, *, at: datetime) -> Path:
    """Write the list where its owner alone reads it, whole or not at all."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(platform), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(audience.lines)
    body = text.getvalue().encode("utf-8")
    if platform is not Platform.GOOGLE_CUSTOMER_MATCH and len(body) > matched.LARGEST_BYTES:
        raise DataError(
            f"the list has {len(body) / 1e6:.1f} MB; {platform.value} takes 20 MB",
            why="the platform refuses larger files",
            fix="export fewer accounts at a time; nothing was written",
        )
    workspace.exports_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = workspace.exports_dir / f"{platform.value}-{at:%Y%m%dT%H%M%S%f}.csv"
    while path.exists():  # a clock may go back
        path = path.with_name(f"{path.stem}-again.csv")
    unfinished = path.with_suffix(".unfinished")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(body)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)  # half a list holds people
    return path


def _columns(platform: Platform) -> tuple[str, ...]:
    return {
        Platform.LINKEDIN_COMPANIES: matched.COMPANY_COLUMNS,
        Platform.LINKEDIN_CONTACTS: matched.CONTACT_COLUMNS,
        Platform.GOOGLE_CUSTOMER_MATCH: customer_match.COLUMNS,
    }[platform]
