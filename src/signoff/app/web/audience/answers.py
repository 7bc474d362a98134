"""What was answered about pairs of accounts, as rows: with the names that they go by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.translation import translate
from signoff.audience.duplicates import MergedRecord, account_names, list_merged_records
from signoff.store.engines import Engine
from signoff.store.merges import SAME, pair_of
from signoff.store.register.decisions import ReviewDecision

__all__ = ["answer_rows"]


def answer_rows(engine: Engine, decisions: Sequence[ReviewDecision]) -> list[dict[str, Any]]:
    """Give one row per answer that holds, the newest first."""
    language = get_language() or "en"
    kept = {record.account_id: record for record in list_merged_records(engine)}
    names = account_names(engine)
    rows = []
    for decision in reversed(decisions):
        pair = pair_of(decision)
        one, other = (
            _shown(account_id, kept, names)
            for account_id in (pair.account_id, pair.other_account_id)
        )
        rows.append(
            {
                "decision_id": decision.decision_id,
                "name": one[0],
                "account_id": one[1],
                "other_name": other[0],
                "other_id": other[1],
                "answer": _("the same") if decision.answer == SAME else _("different"),
                "reason": translate(decision.reason, language=language),
                "confidence_share": decision.confidence_share,
                "by": decision.by,
                "at": decision.at,
                "back": _("Take back"),
            }
        )
    return rows


def _shown(
    account_id: str, kept: Mapping[str, MergedRecord], names: Mapping[str, str]
) -> tuple[str, str]:
    """Give the name of a record and the account it is shown under; empty when it is gone."""
    if account_id in kept:
        return kept[account_id].name or account_id, kept[account_id].kept_account_id
    return (names[account_id], account_id) if account_id in names else (account_id, "")
