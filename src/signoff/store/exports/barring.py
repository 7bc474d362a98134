"""Whoever may not be written to stays so when the import that showed it is taken back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from signoff.store.exports.rows import is_blocked, list_accounts
from signoff.store.lake.current import current_rows
from signoff.store.lake.session import open_lake
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.consent import list_refused
from signoff.store.register.persons import Person, person_versions
from signoff.store.register.suppression import (
    SuppressionKind,
    SuppressionLedger,
    marks_of_person,
    suppress_marks,
)
from signoff.store.workspace import Workspace

__all__ = ["remember_barred"]

NO_ACCOUNT: Mapping[str, Any] = {"known_as": ()}
REASON = "barred when an import was taken back"


def remember_barred(
    workspace: Workspace, *, person_ids: Iterable[str], by: str, at: datetime
) -> int:
    """Suppress the mailboxes of contacts who are barred by what is known of them now.

    A telephone number, a name with a firm, a refusal may bar somebody by what one import alone
    says of him or her; without that import a later address of the same person would leave. A
    suppressed firm bars its people by its own name and needs no such entries.

    Args:
        workspace: The workspace.
        person_ids: The contacts, before anything is taken back.
        by: Who takes the import back.
        at: When, UTC.

    Returns:
        Number of entries added to the suppression list.
    """
    ledger, refused = SuppressionLedger.load(workspace), list_refused(workspace.register)
    versions: dict[str, list[Person]] = {}
    if refused or any(ledger.digests.values()):
        for version in person_versions(workspace.register, person_ids=person_ids):
            versions.setdefault(version.person_id, []).append(version)
    accounts = _accounts_of(workspace, list(versions))
    barred = [
        known
        for person_id, known in versions.items()
        if person_id in refused or _is_barred(known, accounts.get(person_id, NO_ACCOUNT), ledger)
    ]
    if not barred:
        return 0
    marks = [
        mark
        for known in barred
        for one in known
        for mark in marks_of_person(workspace.key, one)
        if mark.kind is (SuppressionKind.EMAIL if _has_mail(known) else SuppressionKind.PERSON_ID)
    ]
    with workspace.register.begin() as connection:
        n_added = suppress_marks(connection, marks, reason=REASON, by=by, at=at, is_erasure=False)
        if n_added:
            act = Act(by, at, "suppressed", "suppression", marks[0].digest, {"n_entries": n_added})
            write_audit(workspace.register, connection, act=act)
    return n_added


def _accounts_of(workspace: Workspace, person_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Give the account of each contact that has one."""
    if not person_ids:
        return {}
    with open_lake(workspace) as lake:
        employers = dict(
            lake.rows(
                f"SELECT person_id, account_id FROM ({current_rows(lake)['person_fact']}) "
                "WHERE account_id IS NOT NULL AND person_id IN (SELECT unnest($1::VARCHAR[]))",
                [person_ids],
            )
        )
    accounts = list_accounts(workspace, employers.values())
    return {
        person_id: accounts[account_id]
        for person_id, account_id in employers.items()
        if account_id in accounts
    }


def _is_barred(known: list[Person], account: Mapping[str, Any], ledger: SuppressionLedger) -> bool:
    firm_is_barred = any(
        ledger.blocks_company(name) or ledger.blocks_domain(domain)
        for name, domain in account["known_as"]
    )
    return not firm_is_barred and any(is_blocked(one, account, ledger) for one in known)


def _has_mail(known: list[Person]) -> bool:
    return any(one.email for one in known)
