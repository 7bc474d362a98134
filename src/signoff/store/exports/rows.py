"""Which accounts and contacts may be on a list, and why the others may not."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from signoff.results import FORMULA_STARTS
from signoff.store.exports.options import ListOptions
from signoff.store.exports.platforms import RULES, Platform, contact_line
from signoff.store.exports.reasons import Reason
from signoff.store.formats.linkedin import matched
from signoff.store.formats.meta.restrictions import restricted_branch
from signoff.store.lake.current import current_rows
from signoff.store.lake.session import open_lake
from signoff.store.register.consent import Standing, list_refused, standing_of
from signoff.store.register.identity import normal_company, normal_mailbox
from signoff.store.register.persons import Person, current_persons, person_versions
from signoff.store.register.suppression import SuppressionKind, SuppressionLedger
from signoff.store.workspace import Workspace
from signoff.units import Relationship

__all__ = [
    "Audience",
    "find_barred",
    "gather_audience",
    "is_blocked",
    "list_accounts",
    "list_client_accounts",
]

UNASKED = Standing()


@dataclass(frozen=True)
class Audience:
    """Lines that may leave, and why the others may not.

    Attributes:
        lines: What may leave.
        left_out: Why others may not, with how many.
        branches: Lines of accounts of health or finance, with how many.
    """

    lines: tuple[dict[str, str], ...]
    left_out: Counter[Reason]
    branches: Counter[str] = field(default_factory=Counter)


def list_client_accounts(workspace: Workspace) -> tuple[str, ...]:
    """Name every account that is a present client: whom a list of exclusions is made of.

    Args:
        workspace: The workspace.

    Returns:
        Account ids, sorted.
    """
    with open_lake(workspace) as lake:
        found = lake.session.execute(
            f"SELECT account_id FROM ({current_rows(lake)['account']}) "
            "WHERE relationship = $1 ORDER BY account_id",
            [Relationship.CLIENT.value],
        ).fetchall()
    return tuple(row[0] for row in found)


def gather_audience(
    workspace: Workspace,
    *,
    platform: Platform,
    account_ids: Iterable[str],
    options: ListOptions,
    ledger: SuppressionLedger,
) -> Audience:
    """Say who may leave; a row that cannot be checked against the suppression list may not.

    Args:
        workspace: The workspace.
        platform: Which list.
        account_ids: The accounts meant.
        options: Decisions about the list.
        ledger: Whom nobody may contact.

    Returns:
        The lines, and why others are not among them.
    """
    accounts = list_accounts(workspace, account_ids)
    wanted = options.wanted_relationships()
    meant = {
        account_id: account
        for account_id, account in accounts.items()
        if not wanted or account["relationship"] in wanted
    }
    if RULES[platform].holds_people:
        audience = _people(workspace, meant, ledger, platform=platform, options=options)
    else:
        audience = _companies(meant, ledger)
    if len(meant) < len(accounts):
        audience.left_out[Reason.OTHER_RELATIONSHIP] += len(accounts) - len(meant)
    return audience


def find_barred(workspace: Workspace, *, account_ids: Iterable[str]) -> dict[str, Reason]:
    """Say who of some accounts may be named in no file at all.

    Args:
        workspace: The workspace.
        account_ids: The accounts.

    Returns:
        By person id, why: suppressed, refused, or without an address to check. Contacts drawn
        for a demonstration are nobody and need no address.
    """
    ledger = SuppressionLedger.load(workspace)
    accounts = list_accounts(workspace, account_ids)
    facts = _person_facts(workspace, accounts)
    persons = {p.person_id: p for p in current_persons(workspace.register, person_ids=facts)}
    before = _barred_before(workspace, facts, accounts, ledger)
    standings = standing_of(workspace.register, person_ids=facts)
    found: dict[str, Reason] = {}
    for person_id, fact in facts.items():
        why = _why_not(persons.get(person_id), accounts[fact["account_id"]], ledger, origin="")
        if why is Reason.NO_ADDRESS and fact["origin"] == "generated":
            why = None
        if before.get(person_id) is Reason.SUPPRESSED:
            why = Reason.SUPPRESSED
        why = why or before.get(person_id)
        why = why or _consent_lacks(standings.get(person_id, UNASKED), ListOptions())
        if why:
            found[person_id] = why
    return found


def list_accounts(workspace: Workspace, account_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Give accounts by id, each with every name and domain that it is known as."""
    with open_lake(workspace) as lake:
        query = lake.session.execute(
            "SELECT account_id, name, domain, city, region, country, kind, industry_scheme, "
            "industry_code, relationship "
            f"FROM ({current_rows(lake)['account']}) "
            "WHERE account_id IN (SELECT unnest($1::VARCHAR[])) ORDER BY account_id",
            [list(dict.fromkeys(account_ids))],
        )
        names = [column[0] for column in query.description or ()]
        found = {row[0]: dict(zip(names, row, strict=True)) for row in query.fetchall()}
        merged = lake.session.execute(
            f"SELECT kept_account_id, name, domain FROM ({current_rows(lake)['account_merge']}) "
            "WHERE kept_account_id IN (SELECT unnest($1::VARCHAR[]))",
            [list(found)],
        ).fetchall()
    for account in found.values():
        account["known_as"] = [(account["name"], account["domain"])]
    for account_id, name, domain in merged:  # whoever suppressed one name meant the organisation
        found[account_id]["known_as"].append((name, domain))
    return found


def _companies(accounts: Mapping[str, dict[str, Any]], ledger: SuppressionLedger) -> Audience:
    lines, left_out = [], Counter[Reason]()
    has_domains = bool(ledger.digests[SuppressionKind.DOMAIN])
    for account in accounts.values():
        if any(
            ledger.blocks_company(name) or ledger.blocks_domain(domain)
            for name, domain in account["known_as"]
        ):
            left_out[Reason.SUPPRESSED] += 1
        elif has_domains and not account["domain"]:
            left_out[Reason.NO_DOMAIN] += 1
        elif not normal_company(account["name"]):
            left_out[Reason.NO_NAME] += 1
        else:
            lines.append(
                _inert(matched.company_row({**account, "industry": account["industry_code"]}))
            )
    return Audience(tuple(lines), left_out)


def _people(
    workspace: Workspace,
    accounts: Mapping[str, dict[str, Any]],
    ledger: SuppressionLedger,
    *,
    platform: Platform,
    options: ListOptions,
) -> Audience:
    facts = _person_facts(workspace, accounts)
    persons = {p.person_id: p for p in current_persons(workspace.register, person_ids=facts)}
    before = _barred_before(workspace, facts, accounts, ledger)
    standings = standing_of(workspace.register, person_ids=facts)
    lines: dict[str, dict[str, str]] = {}
    left_out, branches = Counter[Reason](), Counter[str]()
    for person_id, fact in sorted(facts.items()):
        account, person = accounts[fact["account_id"]], persons.get(person_id)
        why = _why_not(person, account, ledger, origin=fact["origin"])
        why = why or before.get(person_id)
        why = why or _consent_lacks(standings.get(person_id, UNASKED), options)
        if person is None or why:
            left_out[why or Reason.NO_ADDRESS] += 1
            continue
        line = _line(person, account, title=fact["title"], platform=platform, options=options)
        if lines.setdefault(next(iter(line.values())), line) is not line:
            left_out[Reason.SAME] += 1
        else:
            branches[_branch(account)] += 1
    return Audience(tuple(lines.values()), left_out, branches)


def _person_facts(
    workspace: Workspace, accounts: Mapping[str, dict[str, Any]]
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


def _barred_before(
    workspace: Workspace,
    facts: Mapping[str, dict[str, Any]],
    accounts: Mapping[str, dict[str, Any]],
    ledger: SuppressionLedger,
) -> dict[str, Reason]:
    """Say why contacts may not leave by what any file ever said of them.

    Suppressed: by any version of theirs, whatever a later file calls them or leaves blank.
    Refused: who reaches a mailbox whose owner refused under another id.
    """
    refused = person_versions(workspace.register, person_ids=list_refused(workspace.register))
    boxes = {normal_mailbox(version.email) for version in refused} - {""}
    found: dict[str, Reason] = {}
    for version in person_versions(workspace.register, person_ids=facts):
        account = accounts[facts[version.person_id]["account_id"]]
        if is_blocked(version, account, ledger):
            found[version.person_id] = Reason.SUPPRESSED
        elif normal_mailbox(version.email) in boxes:
            found.setdefault(version.person_id, Reason.REFUSED)
    return found


def _why_not(
    person: Person | None, account: Mapping[str, Any], ledger: SuppressionLedger, *, origin: str
) -> Reason | None:
    """Say why a contact may not leave; None when he or she may."""
    if origin == "generated":
        return Reason.GENERATED
    if person is None or "@" not in (person.email or ""):
        return Reason.NO_ADDRESS
    return Reason.SUPPRESSED if is_blocked(person, account, ledger) else None


def is_blocked(person: Person, account: Mapping[str, Any], ledger: SuppressionLedger) -> bool:
    """Say whether a contact is suppressed, at his or her firm under each name that it had."""
    at_work = (
        replace(person, company_name=name, company_domain=domain)
        for name, domain in account["known_as"]
    )
    return any(ledger.blocks_person(spelling) for spelling in (person, *at_work))


def _consent_lacks(standing: Standing, options: ListOptions) -> Reason | None:
    """Say what of consent keeps a contact off a list; None when nothing does."""
    if standing.is_refused:
        return Reason.REFUSED
    return Reason.NO_BASIS if options.only_consented and standing.basis is None else None


def _line(
    person: Person,
    account: Mapping[str, Any],
    *,
    title: str | None,
    platform: Platform,
    options: ListOptions,
) -> dict[str, str]:
    told = ("first_name", "last_name", "phone", "city", "postcode")
    is_at_home = person.country in {None, account["country"]}
    contact = {
        **{name: getattr(person, name) for name in told},
        "email": re.sub(r"(?i)^mailto:", "", (person.email or "").strip()).strip("<>;, "),
        "country": person.country or account["country"],
        "region": account["region"] if is_at_home else None,
        "title": title,
        "company": account["name"],
    }
    return _inert(contact_line(contact, platform, hashed=options.hashed))


def _branch(account: Mapping[str, Any]) -> str:
    return restricted_branch(
        kind=account["kind"], scheme=account["industry_scheme"], code=account["industry_code"]
    )


def _inert(line: dict[str, str]) -> dict[str, str]:
    """Keep a spreadsheet from running a cell; a number like +33123456789 is no formula."""
    return {
        name: f"'{cell}"
        if cell.startswith(FORMULA_STARTS) and not cell.removeprefix("+").isdigit()
        else cell
        for name, cell in line.items()
    }
