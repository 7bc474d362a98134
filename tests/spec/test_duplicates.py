"""Pairs that wait and records that were merged, the same on every engine."""

from datetime import UTC, datetime
from typing import Any

from signoff.audience import duplicates

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ACCOUNTS = [
    {"account_id": "a1", "name": "Acmé", "domain": "acme.example", "city": "Lyon", "country": "FR"},
    {"account_id": "a2", "name": "Acme SA", "industry_code": "25"},
    {"account_id": "a3", "name": "Bolt"},
]
PAIRS = [
    {"account_id": "a1", "other_account_id": "a2", "confidence_share": 0.5, "reason": "words"},
    {"account_id": "a1", "other_account_id": "a3", "confidence_share": 0.75, "reason": "town"},
    {"account_id": "a2", "other_account_id": "a3", "confidence_share": 0.5, "reason": "tie"},
    {"account_id": "a1", "other_account_id": "gone", "confidence_share": 0.9, "reason": "gone"},
]


def _pair(one: int, other: int, share: float, reason: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in ("account_id", "name", "domain", "city", "country"):
        told[name] = ACCOUNTS[one].get(name)
        told[f"other_{name}"] = ACCOUNTS[other].get(name)
    return {**told, "confidence_share": share, "reason": reason}


def test_open_pairs_leave_out_accounts_that_are_gone(engines: Any) -> None:
    engines.expect(
        duplicates.OPEN_PAIRS,
        [_pair(0, 2, 0.75, "town"), _pair(0, 1, 0.5, "words"), _pair(1, 2, 0.5, "tie")],
        tables={"account": ACCOUNTS, "account_pair": PAIRS},
    )


def test_account_records_give_what_accounts_are_compared_by(engines: Any) -> None:
    wanted = {"id": "account_id", "name": "name", "website": "domain", "country": "country"}
    wanted |= {"city": "city", "industry": "industry_code"}
    engines.expect(
        duplicates.ACCOUNT_RECORDS,
        [{name: account.get(column) for name, column in wanted.items()} for account in ACCOUNTS],
        tables={"account": ACCOUNTS},
    )


def test_merged_records_give_every_spelling(engines: Any) -> None:
    rows = [
        {
            "account_id": account_id,
            "kept_account_id": "a1",
            "external_id": external_id,
            "name": "Acme",
            "domain": None,
            "confidence_share": 0.5,
            "reason": "words",
            "decided_at": AT.replace(tzinfo=None),
        }
        for account_id, external_id in (("a8", None), ("a9", "7"))
    ]
    earlier = {**rows[0], "account_id": "a1", "name": "Acme 1901"}  # no record of its own
    told = [earlier, *rows[::-1]]
    engines.expect(duplicates.MERGED_RECORDS, rows, tables={"account_merge": told})
