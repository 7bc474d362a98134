"""Statements that reduce deals and stages to cells of time; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = ["APPROVAL_EVENTS", "DEAL_TIME_CELLS", "STAGE_TIME_CELLS"]

_CLOSED = "o.stage IN ('won', 'lost') AND o.closed_on <= CAST(:today AS DATE)"
_OUTCOME = f"""CASE WHEN o.stage = 'won' AND {_CLOSED} THEN 0
            WHEN o.stage = 'lost' AND {_CLOSED} THEN 1 ELSE -1 END"""
_END = f"CASE WHEN {_CLOSED} THEN o.closed_on ELSE CAST(:today AS DATE) END"
_USED = "(o.stage = 'open' OR o.closed_on IS NOT NULL)"

DEAL_TIME_CELLS = Statement(
    name="deals by equal traits, outcome and interval of days since they began",
    reads=("opportunity", "account", "day_band"),
    sql=f"""
    SELECT product, lead_source, kind, band, outcome, CAST(SUM(n_deals) AS BIGINT) AS n_spells,
        CAST(SUM(n_deals * (days - from_day)) AS BIGINT) AS days_within
    FROM (
        SELECT COALESCE(product, '?') AS product, COALESCE(lead_source, '?') AS lead_source,
            COALESCE(kind, '?') AS kind, days, n_deals,
            CASE WHEN has_closed AND stage = 'won' THEN 0
                WHEN has_closed AND stage = 'lost' THEN 1 ELSE -1 END AS outcome
        FROM (
            SELECT o.product, o.lead_source, a.kind, o.stage, {_CLOSED} AS has_closed,
                unix_date({_END}) - unix_date(o.began_on) AS days, COUNT(*) AS n_deals
            FROM opportunity AS o LEFT JOIN account AS a ON a.account_id = o.account_id
            WHERE o.began_on IS NOT NULL AND {_USED}
            GROUP BY o.product, o.lead_source, a.kind, o.stage, {_CLOSED},
                unix_date({_END}) - unix_date(o.began_on)
        ) AS timed
        WHERE days >= 0
    ) AS counted
    JOIN day_band ON days >= from_day AND days < below_day
    GROUP BY product, lead_source, kind, band, outcome
    ORDER BY product, lead_source, kind, band, outcome
    """,
)

_ENTERED = f"""(
                SELECT s.stage, {_OUTCOME} AS outcome, {_END} AS ends_on,
                    unix_date(CAST(s.occurred_at AS DATE)) AS entered_day,
                    LEAD(unix_date(CAST(s.occurred_at AS DATE))) OVER (
                        PARTITION BY s.opportunity_id ORDER BY s.occurred_at, s.stage) AS next_day
                FROM stage_change AS s
                JOIN opportunity AS o ON o.opportunity_id = s.opportunity_id
                WHERE CAST(s.occurred_at AS DATE) <= CAST(:today AS DATE) AND {_USED}
            ) AS entered"""

STAGE_TIME_CELLS = Statement(
    name="stages by outcome and interval of days since they were entered",
    reads=("opportunity", "stage_change", "day_band"),
    sql=f"""
    SELECT stage, span, band, outcome, CAST(SUM(n_deals) AS BIGINT) AS n_spells,
        CAST(SUM(n_deals * (days - from_day)) AS BIGINT) AS days_within
    FROM (
        SELECT stage, span, outcome, days, COUNT(*) AS n_deals
        FROM (
            SELECT stage, 'close' AS span, outcome, unix_date(ends_on) - entered_day AS days
            FROM {_ENTERED}
            UNION ALL
            SELECT stage, 'stage' AS span,
                CASE WHEN next_day IS NULL THEN outcome ELSE 0 END AS outcome,
                COALESCE(next_day, unix_date(ends_on)) - entered_day AS days
            FROM {_ENTERED}
        ) AS timed
        WHERE days >= 0
        GROUP BY stage, span, outcome, days
    ) AS counted
    JOIN day_band ON days >= from_day AND days < below_day
    GROUP BY stage, span, band, outcome
    ORDER BY stage, span, band, outcome
    """,
)

APPROVAL_EVENTS = Statement(
    name="steps of approvals up to a day, in order",
    reads=("approval_step",),
    sql="""
    SELECT case_id, activity, role, occurred_at, CAST(amount AS DOUBLE) AS amount
    FROM approval_step
    WHERE CAST(occurred_at AS DATE) <= CAST(:today AS DATE)
    ORDER BY case_id, step_number
    """,
)
