"""What happened, as imported: money spent and touches, by venue; no claim of effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from signoff.store.engines import Engine, Statement

__all__ = [
    "EVENTS_BY_MONTH",
    "EVENTS_BY_VENUE",
    "SPEND_BY_MONTH",
    "SPEND_BY_VENUE",
    "PlannedSpend",
    "SpendAgainstPlan",
    "compare_spend",
    "count_events",
    "count_events_by_month",
    "sum_spend_by_month",
]

SPEND_BY_MONTH = Statement(
    "spend by venue and month",
    """
    SELECT venue, month, currency, SUM(spend) AS spend, SUM(impressions) AS impressions,
        SUM(clicks) AS clicks, COUNT(*) AS n_rows
    FROM (
        SELECT venue, currency, spend, impressions, clicks,
            make_date(EXTRACT(YEAR FROM starts_on), EXTRACT(MONTH FROM starts_on), 1) AS month
        FROM spend
        WHERE spend IS NOT NULL
    ) AS dated
    GROUP BY venue, month, currency
    ORDER BY month, venue, currency
    """,
    ("spend",),
)
SPEND_BY_VENUE = Statement(
    "spend by venue in a period",
    """
    SELECT venue, currency, SUM(spend) AS spend, COUNT(*) AS n_rows,
        MIN(starts_on) AS first_on, MAX(COALESCE(ends_on, starts_on)) AS last_on
    FROM spend
    WHERE spend IS NOT NULL AND starts_on >= :starts_on AND starts_on <= :ends_on
    GROUP BY venue, currency
    ORDER BY venue, currency
    """,
    ("spend",),
)
EVENTS_BY_VENUE = Statement(
    "touches by venue and kind",
    """
    SELECT venue, kind, COUNT(*) AS n_events, COUNT(account_id) AS n_with_account,
        COUNT(DISTINCT account_id) AS n_accounts,
        MIN(occurred_at) AS first_at, MAX(occurred_at) AS last_at
    FROM event
    GROUP BY venue, kind
    ORDER BY n_events DESC, venue, kind
    """,
    ("event",),
)
EVENTS_BY_MONTH = Statement(
    "touches by month and kind",
    """
    SELECT month, kind, COUNT(*) AS n_events
    FROM (
        SELECT kind,
            make_date(EXTRACT(YEAR FROM occurred_at), EXTRACT(MONTH FROM occurred_at), 1) AS month
        FROM event
    ) AS dated
    GROUP BY month, kind
    ORDER BY month, kind
    """,
    ("event",),
)


@dataclass(frozen=True)
class PlannedSpend:
    """What a plan spends at one venue.

    Attributes:
        venue_id: Venue.
        name: Its name; spend that is imported under the name or the id counts for it.
        spend: Money planned.
        currency: Its currency.
    """

    venue_id: str
    name: str
    spend: Decimal
    currency: str


@dataclass(frozen=True)
class SpendAgainstPlan:
    """One venue: what was planned, and what was spent in the period of the plan.

    Attributes:
        venue: Name of the venue.
        planned: Money planned; None for a venue that is not in the plan.
        spent: Money spent; None where nothing was imported for it.
        currency: Currency of both.
        share: Spent as a share of planned; None where either is missing or nothing was planned.
        n_rows: Rows of spend behind it.
        last_on: Last day that they tell of.
    """

    venue: str
    planned: Decimal | None
    spent: Decimal | None
    currency: str
    share: float | None
    n_rows: int
    last_on: date | None


def compare_spend(
    engine: Engine, *, planned: Sequence[PlannedSpend], starts_on: date, ends_on: date
) -> tuple[SpendAgainstPlan, ...]:
    """Set what was spent in a period against what a plan meant to spend.

    Spend counts for a venue of the plan when it is imported under its name or its id, whatever the
    case of the letters. A row counts when its first day lies in the period; amounts in another
    currency stand on lines of their own and are never added up.

    Args:
        engine: Runs statements over the facts.
        planned: What the plan spends, by venue.
        starts_on: First day of the period.
        ends_on: Last day of the period.

    Returns:
        One entry for each venue of the plan, in its order, then one for each venue with spend that
        the plan does not name.

    Call it with an engine: `compare_spend(engine, planned=planned, starts_on=starts_on,
    ends_on=ends_on)`.
    """
    found = engine.rows(SPEND_BY_VENUE, starts_on=starts_on, ends_on=ends_on)
    left = dict(enumerate(found))
    made: list[SpendAgainstPlan] = []
    for line in planned:
        names = {line.name.strip().lower(), line.venue_id.strip().lower()}
        mine = [
            number
            for number, row in left.items()
            if row["venue"].strip().lower() in names and row["currency"] == line.currency
        ]
        made.append(_against(line, [left.pop(number) for number in mine]))
    made += [_unplanned(row) for row in left.values()]
    return tuple(made)


def sum_spend_by_month(engine: Engine) -> list[dict[str, Any]]:
    """Give the money spent by venue and month, as imported.

    Args:
        engine: Runs statements over the facts.

    Returns:
        One row per venue, month and currency: spend, impressions, clicks, rows behind them; a
        period counts for the month in which it begins.
    """
    return engine.rows(SPEND_BY_MONTH)


def count_events(engine: Engine) -> list[dict[str, Any]]:
    """Count touches by venue and kind.

    Args:
        engine: Runs statements over the facts.

    Returns:
        One row per venue and kind: touches, those with a known account, accounts, first and last.
        Which venue stands beside a touch says what went together, not what caused it.
    """
    return engine.rows(EVENTS_BY_VENUE)


def count_events_by_month(engine: Engine) -> list[dict[str, Any]]:
    """Count touches by month and kind.

    Args:
        engine: Runs statements over the facts.

    Returns:
        One row per month and kind, the earliest first.
    """
    return engine.rows(EVENTS_BY_MONTH)


def _against(line: PlannedSpend, rows: Sequence[Mapping[str, Any]]) -> SpendAgainstPlan:
    spent = sum((row["spend"] for row in rows), Decimal(0)) if rows else None
    is_known = spent is not None and line.spend > 0
    return SpendAgainstPlan(
        venue=line.name,
        planned=line.spend,
        spent=spent,
        currency=line.currency,
        share=float(spent / line.spend) if spent is not None and is_known else None,
        n_rows=sum(row["n_rows"] for row in rows),
        last_on=max((row["last_on"] for row in rows), default=None),
    )


def _unplanned(row: Mapping[str, Any]) -> SpendAgainstPlan:
    return SpendAgainstPlan(
        venue=row["venue"],
        planned=None,
        spent=row["spend"],
        currency=row["currency"] or "",
        share=None,
        n_rows=row["n_rows"],
        last_on=row["last_on"],
    )
