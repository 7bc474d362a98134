"""Accounts of a workspace that may be one organisation: found, and listed for somebody to judge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from signoff.audience.matching import AccountRecord, PairDecision, match_accounts
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Statement

__all__ = [
    "ACCOUNT_RECORDS",
    "MERGED_RECORDS",
    "OPEN_PAIRS",
    "DuplicateList",
    "LikelyDuplicate",
    "MergedRecord",
    "account_names",
    "find_duplicates",
    "list_duplicates",
    "list_merged_records",
]

MOST_LISTED = 5000
MOST_FOUND = 50_000
LEAST_SHARE = 0.2
"""Pairs less alike are not worth a look."""
PAIR = 2
OPEN_PAIRS = Statement(
    name="pairs of accounts that may be one and are not yet, the likeliest first",
    reads=("account", "account_pair"),
    sql="""
SELECT
    one.account_id AS account_id,
    other.account_id AS other_account_id,
    one.name AS name,
    other.name AS other_name,
    one.domain AS domain,
    other.domain AS other_domain,
    one.city AS city,
    other.city AS other_city,
    one.country AS country,
    other.country AS other_country,
    pair.confidence_share AS confidence_share,
    pair.reason AS reason
FROM account_pair AS pair
JOIN account AS one ON one.account_id = pair.account_id
JOIN account AS other ON other.account_id = pair.other_account_id
ORDER BY confidence_share DESC, account_id, other_account_id
""",
)
ACCOUNT_RECORDS = Statement(
    name="what accounts are compared by",
    reads=("account",),
    sql="""
SELECT account_id AS id, name, domain AS website, country, city, industry_code AS industry
FROM account ORDER BY account_id
""",
)
MERGED_RECORDS = Statement(
    name="records that are shown under another account",
    reads=("account_merge",),
    sql="""
SELECT account_id, kept_account_id, external_id, name, domain, confidence_share, reason, decided_at
FROM account_merge WHERE kept_account_id <> account_id ORDER BY account_id
""",
)


@dataclass(frozen=True)
class MergedRecord:
    """A record that is shown under another account; the columns are those of account_merge."""

    account_id: str
    kept_account_id: str
    external_id: str | None
    name: str | None
    domain: str | None
    confidence_share: float
    reason: str
    decided_at: datetime


@dataclass(frozen=True)
class LikelyDuplicate:
    """Two accounts that may be one organisation.

    Attributes:
        account_id: One of them.
        other_account_id: The other.
        name: Name of the one.
        other_name: Name of the other.
        domain: Web domain of the one.
        other_domain: Web domain of the other.
        city: City of the one.
        other_city: City of the other.
        country: Country of the one.
        other_country: Country of the other.
        confidence_share: Probability that they are the same, 0 to 1.
        reason: What speaks for it and against it.
    """

    account_id: str
    other_account_id: str
    name: str
    other_name: str
    domain: str | None
    other_domain: str | None
    city: str | None
    other_city: str | None
    country: str | None
    other_country: str | None
    confidence_share: float
    reason: str


@dataclass(frozen=True)
class DuplicateList(Result):
    """Pairs that nobody has judged yet.

    Attributes:
        pairs: The pairs, the likeliest first, at most 5,000.
        n_pairs: How many there are.
    """

    pairs: tuple[LikelyDuplicate, ...]
    n_pairs: int

    def rows(self) -> Sequence[Row]:
        """Give one row per pair."""
        return [dict(vars(pair)) for pair in self.pairs]

    def text(self) -> str:
        """Say how many pairs wait."""
        return f"{self.n_pairs:,} pairs of accounts may be one organisation and wait to be judged."


def find_duplicates(engine: Engine, *, decisions: Sequence[PairDecision]) -> Sequence[Row]:
    """Compare all accounts, and give the pairs that may be one organisation.

    Args:
        engine: An engine with `account` and `account_merge`.
        decisions: What people answered about pairs, by account id; from 30 answers of both kinds
            on, likeness is set by them.

    Returns:
        Rows of the table account_pair, the likeliest first, at most 50,000; pairs that were
        answered, for themselves or for accounts merged since, are not among them.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> accounts = [{"account_id": "a", "name": "Acme Tools", "domain": "acmetools.com"},
    ...     {"account_id": "b", "name": "ACME Tools Ltd", "domain": "www.acmetools.com"},
    ...     {"account_id": "c", "name": "Zenith Foods"}]
    >>> with duckdb_engine_on({"account": accounts}) as engine:
    ...     rows = find_duplicates(engine, decisions=[])
    >>> [(row["account_id"], row["other_account_id"]) for row in rows]
    [('a', 'b')]
    """
    rows = engine.rows(ACCOUNT_RECORDS)
    if len(rows) < PAIR:
        return []
    merged = list_merged_records(engine)
    kept = {one.account_id: one.kept_account_id for one in merged}
    records = [AccountRecord(**{name: cell or "" for name, cell in row.items()}) for row in rows]
    # what was merged is compared as it is written, or no answer "the same" would teach anything
    records += [
        AccountRecord(id=one.account_id, name=one.name or "", website=one.domain or "")
        for one in merged
    ]
    found = match_accounts(records, decisions=decisions)
    answered = {
        frozenset((kept.get(d.id, d.id), kept.get(d.other_id, d.other_id))) for d in decisions
    }
    likely = np.flatnonzero(found.scored.shares >= LEAST_SHARE)
    pairs: dict[frozenset[str], Row] = {}
    for place in likely[np.argsort(-found.scored.shares[likely], kind="stable")].tolist():
        ids = [found.records[row].id for row in found.scored.pairs[place].tolist()]
        one, other = sorted(kept.get(account_id, account_id) for account_id in ids)
        pair = frozenset((one, other))
        if one == other or pair in answered or pair in pairs:
            continue
        pairs[pair] = {
            "account_id": one,
            "other_account_id": other,
            "confidence_share": round(float(found.scored.shares[place]), 4),
            "reason": found.scored.reasons.get(place, ""),
        }
        if len(pairs) == MOST_FOUND:
            break
    return list(pairs.values())


def list_duplicates(engine: Engine, *, answered: Collection[frozenset[str]] = ()) -> DuplicateList:
    """Give the pairs of accounts that may be one organisation and that nobody has judged yet.

    Args:
        engine: An engine with `account` and `account_pair`.
        answered: Pairs of ids that somebody has answered.

    Returns:
        The pairs, the likeliest first; those with an account that was merged away are left out.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> accounts = [{"account_id": "a", "name": "Acme"}, {"account_id": "b", "name": "Acme SA"}]
    >>> pair = {"account_id": "a", "other_account_id": "b", "confidence_share": 0.8,
    ...         "reason": "same words"}
    >>> with duckdb_engine_on({"account": accounts, "account_pair": [pair]}) as engine:
    ...     waiting = list_duplicates(engine)
    ...     judged = list_duplicates(engine, answered={frozenset("ab")})
    >>> waiting.pairs[0].other_name, judged.n_pairs
    ('Acme SA', 0)
    """
    found = [
        row
        for row in engine.rows(OPEN_PAIRS)
        if frozenset((row["account_id"], row["other_account_id"])) not in answered
    ]
    pairs = tuple(LikelyDuplicate(**row) for row in found[:MOST_LISTED])
    return DuplicateList(pairs, len(found))


def account_names(engine: Engine) -> dict[str, str]:
    """Give the name of each account by its id.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> with duckdb_engine_on({"account": [{"account_id": "a", "name": "Acme"}]}) as engine:
    ...     account_names(engine)
    {'a': 'Acme'}
    """
    return {str(row["id"]): str(row["name"]) for row in engine.rows(ACCOUNT_RECORDS)}


def list_merged_records(
    engine: Engine, *, account_id: str | None = None
) -> tuple[MergedRecord, ...]:
    """Give the records that are shown under another account, each as its source wrote it.

    Args:
        engine: An engine with `account_merge`.
        account_id: Only those shown under this account; all without it.

    Returns:
        The records, by id.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> merge = {"account_id": "b", "kept_account_id": "a", "name": "ACME", "confidence_share": 1.0,
    ...          "reason": "same web domain", "decided_at": datetime(2026, 1, 2)}
    >>> with duckdb_engine_on({"account_merge": [merge]}) as engine:
    ...     [record.name for record in list_merged_records(engine, account_id="a")]
    ['ACME']
    """
    records = (MergedRecord(**row) for row in engine.rows(MERGED_RECORDS))
    return tuple(r for r in records if account_id in (None, r.kept_account_id))
