"""Matched audiences: looked at before, and written for a platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from signoff.errors import DataError
from signoff.store.exports.options import ListOptions
from signoff.store.exports.platforms import RULES, Platform, find_platform
from signoff.store.exports.reasons import Reason
from signoff.store.exports.receipt import ExportReceipt, ListPreview
from signoff.store.exports.refusals import find_refusal, list_notes
from signoff.store.exports.rows import Audience, gather_audience
from signoff.store.exports.writing import write_list
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.consent import list_refused
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.register.suppression import SuppressionLedger
from signoff.store.workspace import Workspace

__all__ = ["export_matched_audience", "preview_matched_audience"]

PLAIN = ListOptions()
TELLING = frozenset(("account", "contact", "account_merge"))
"""Files that say who is who, and who said no."""


def export_matched_audience(
    workspace: Workspace,
    *,
    platform: str,
    account_ids: Iterable[str],
    by: str,
    at: datetime,
    options: ListOptions = PLAIN,
) -> ExportReceipt:
    """Write a list of companies or contacts as an advertising platform reads it.

    It fails closed: nothing leaves unless the suppression list could be loaded, and no row that
    could not be checked against it, in the platform's own notation too.

    Args:
        workspace: The workspace.
        platform: linkedin_companies, linkedin_contacts, google_customer_match,
            meta_custom_audience or tiktok_audience.
        account_ids: The accounts meant; whoever must see nothing is not among them.
        by: Who exports.
        at: When, UTC.
        options: Hashed or plain, which relationships, who counts as consenting.

    Returns:
        The file and what was left out, by reason.

    Raises:
        DataError: the platform is unknown, takes hashed lists only or no such list, or too few
            rows are left for it.
    """
    wanted = find_platform(platform, hashed=options.hashed)
    rested_on = _rested_on(workspace)
    audience = gather_audience(
        workspace,
        platform=wanted,
        account_ids=account_ids,
        options=options,
        ledger=rested_on.ledger,
    )
    refusal = find_refusal(wanted, audience)
    if refusal:
        raise refusal
    path = write_list(workspace, wanted, audience, options=options, at=at)
    _refuse_changed_list(workspace, rested_on, path=path)
    is_hashed = options.hashed and RULES[wanted].holds_people
    _note(workspace, wanted, audience, options=options, act=(by, at, path.name))
    return ExportReceipt(
        platform=wanted.value,
        path=path,
        n_rows=len(audience.lines),
        left_out=_sorted_reasons(audience),
        hashed=is_hashed,
        notes=list_notes(wanted, audience),
    )


def preview_matched_audience(
    workspace: Workspace,
    *,
    platform: str,
    account_ids: Iterable[str],
    options: ListOptions = PLAIN,
) -> ListPreview:
    """Say how many would leave, who would not and why, and what the platform still lacks.

    Args:
        workspace: The workspace.
        platform: As in `export_matched_audience`.
        account_ids: The accounts meant.
        options: Decisions about the list.

    Returns:
        The counts, and the refusal if there would be one; nothing is written.

    Raises:
        DataError: the platform is unknown, or takes hashed lists only.
    """
    wanted = find_platform(platform, hashed=options.hashed)
    audience = gather_audience(
        workspace,
        platform=wanted,
        account_ids=account_ids,
        options=options,
        ledger=SuppressionLedger.load(workspace),
    )
    refusal = find_refusal(wanted, audience)
    return ListPreview(
        platform=wanted.value,
        n_rows=len(audience.lines),
        left_out=_sorted_reasons(audience),
        fewest_rows=RULES[wanted].fewest_rows,
        refusal=refusal.fault if refusal else None,
        notes=list_notes(wanted, audience),
    )


def _sorted_reasons(audience: Audience) -> tuple[tuple[Reason, int], ...]:
    """Give why others are not on a list, with how many, in the order of the words."""
    return tuple(sorted(audience.left_out.items()))


@dataclass(frozen=True)
class _RestedOn:
    """What decides who may leave: whom to leave alone, and the files that say who is who."""

    ledger: SuppressionLedger
    refused: frozenset[str]
    import_ids: frozenset[str]


def _rested_on(workspace: Workspace) -> _RestedOn:
    register = workspace.register
    imports = list_imports(register, state=ImportState.LIVE)
    told = frozenset(one.import_id for one in imports if one.table_name in TELLING)
    return _RestedOn(SuppressionLedger.load(workspace), list_refused(register), told)


def _refuse_changed_list(workspace: Workspace, rested_on: _RestedOn, *, path: Path) -> None:
    """Take the list back when anything changed while it was made of who must be left alone.

    Looked at once the file is there: whoever is erased later is found in it.
    """
    now = _rested_on(workspace)
    if now == rested_on:
        return
    path.unlink(missing_ok=True)
    if now.ledger == rested_on.ledger:
        raise DataError(
            "consents, contacts or accounts changed while the list was made",
            why="somebody on the list may have refused meanwhile, or belong to a suppressed firm",
            fix="export it again; nothing was written",
        )
    raise DataError(
        "the suppression list changed while the list was made",
        why="somebody on the list may have been suppressed or erased meanwhile",
        fix="export it again; nothing was written",
    )


def _note(
    workspace: Workspace,
    platform: Platform,
    audience: Audience,
    *,
    options: ListOptions,
    act: tuple[str, datetime, str],
) -> None:
    """Write down that a list left, without naming anybody on it."""
    by, at, name = act
    detail = {
        "platform": platform.value,
        "n_rows": len(audience.lines),
        "hashed": options.hashed,
        "relationships": [str(relationship) for relationship in options.wanted_relationships()],
        "only_consented": options.only_consented,
        "is_exclusion": options.is_exclusion,
    }
    with workspace.register.begin() as connection:
        written = Act(by, at, "exported", "audience", name, detail)
        write_audit(workspace.register, connection, act=written)
