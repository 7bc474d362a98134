"""Statements that reduce deals to cells for the win model; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = [
    "ACCOUNT_TRAITS",
    "DEALS_BY_DAY",
    "DEAL_CELLS",
    "FIRST_WINS",
    "RESOLVED_DEALS",
    "REVENUE_CURRENCIES",
    "SCORED_ACCOUNTS",
    "SCORE_CELLS",
    "TRAITS_OF_ACCOUNT",
    "UNUSED_DEALS",
]

REVENUE_CURRENCIES = Statement(
    name="currencies in which revenues are given, the commonest first",
    reads=("account",),
    sql="""
    SELECT COALESCE(currency, '?') AS currency, COUNT(*) AS n_accounts FROM account
    WHERE revenue IS NOT NULL
    GROUP BY COALESCE(currency, '?') ORDER BY n_accounts DESC, currency
    """,
)

FIRST_WINS = Statement(
    name="day on which each account first bought",
    reads=("opportunity",),
    sql="""
    SELECT account_id, MIN(closed_on) AS first_won_on FROM opportunity
    WHERE stage = 'won' AND account_id IS NOT NULL AND closed_on <= CAST(:today AS DATE)
    GROUP BY account_id ORDER BY account_id
    """,
)

_KNOWN = """CASE WHEN a.industry_code IS NULL THEN '?'
            WHEN a.industry_scheme IN ('naics', 'nace', 'naf') THEN SUBSTR(a.industry_code, 1, 2)
            ELSE a.industry_code END AS industry,
        COALESCE(a.country, '?') AS country,
        CASE WHEN a.employees IS NULL THEN -1 ELSE
            CAST(FLOOR(2 * LN(CAST(a.employees AS DOUBLE) + 1)) AS BIGINT) END AS employees_band,
        CASE WHEN a.revenue IS NULL OR COALESCE(a.currency, '?') <> :revenue_currency THEN -1 ELSE
            CAST(FLOOR(2 * LN(CAST(a.revenue AS DOUBLE) + 1)) AS BIGINT) END AS revenue_band"""

ACCOUNT_TRAITS = Statement(
    name="what is known of every account, in bands of half a natural logarithm",
    reads=("account", "first_win"),
    sql=f"""
    SELECT a.account_id,
        {_KNOWN},
        a.founded_year, a.relationship, w.first_won_on
    FROM account AS a LEFT JOIN first_win AS w ON w.account_id = a.account_id
    ORDER BY a.account_id
    """,
)

RESOLVED_DEALS = Statement(
    name="won and lost deals with what was known of them on the day they began",
    reads=("opportunity", "account_trait"),
    sql="""
    SELECT o.account_id, o.began_on,
        CASE WHEN o.stage = 'won' THEN 1 ELSE 0 END AS is_won,
        COALESCE(o.product, '?') AS product, COALESCE(o.lead_source, '?') AS lead_source,
        t.industry, t.country, t.employees_band, t.revenue_band,
        CASE WHEN t.founded_year IS NULL THEN -1
            WHEN EXTRACT(YEAR FROM o.began_on) <= t.founded_year THEN 0
            ELSE CAST(FLOOR(2 * LN(CAST(
                EXTRACT(YEAR FROM o.began_on) - t.founded_year + 1 AS DOUBLE))) AS BIGINT)
            END AS age_band,
        CASE WHEN t.first_won_on < o.began_on THEN 1 ELSE 0 END AS had_bought
    FROM opportunity AS o JOIN account_trait AS t ON t.account_id = o.account_id
    WHERE o.stage IN ('won', 'lost') AND o.began_on IS NOT NULL
        AND o.began_on <= CAST(:today AS DATE)
        AND (o.closed_on IS NULL OR o.closed_on <= CAST(:today AS DATE))
    ORDER BY o.opportunity_id
    """,
)

UNUSED_DEALS = Statement(
    name="deals that the win model cannot use: open, without a first day, without an account",
    reads=("opportunity", "resolved_deal"),
    sql="""
    SELECT n_all - n_used AS n_unused FROM
        (SELECT COUNT(*) AS n_all FROM opportunity) AS every_deal
        CROSS JOIN (SELECT COUNT(*) AS n_used FROM resolved_deal) AS used_deal
    """,
)

DEALS_BY_DAY = Statement(
    name="resolved deals by the day they began",
    reads=("resolved_deal",),
    sql="""
    SELECT began_on, COUNT(*) AS n_deals FROM resolved_deal
    GROUP BY began_on ORDER BY began_on
    """,
)

_TRAITS = (
    "industry, country, employees_band, revenue_band, age_band, had_bought, product, lead_source"
)

DEAL_CELLS = Statement(
    name="won and lost deals by equal traits, part of the period and block of accounts",
    reads=("resolved_deal",),
    sql=f"""
    SELECT part, account_block, {_TRAITS}, CAST(SUM(is_won) AS BIGINT) AS n_won,
        COUNT(*) - CAST(SUM(is_won) AS BIGINT) AS n_lost
    FROM (
        SELECT d.*,
            CASE WHEN began_on < CAST(:tune_on AS DATE) THEN 0
                WHEN began_on < CAST(:split_on AS DATE) THEN 1 ELSE 2 END AS part,
            CASE WHEN began_on < CAST(:split_on AS DATE) THEN ''
                WHEN :blocks = 1 THEN SUBSTR(MD5(account_id), 1, 2)
                ELSE account_id END AS account_block
        FROM resolved_deal AS d
    ) AS placed
    GROUP BY part, account_block, {_TRAITS}
    ORDER BY part, account_block, {_TRAITS}
    """,
)

TRAITS_OF_ACCOUNT = Statement(
    name="traits of one account, as the win model reads them on a day",
    reads=("account", "opportunity"),
    sql=f"""
    SELECT {_KNOWN},
        CASE WHEN a.founded_year IS NULL THEN -1 WHEN :year <= a.founded_year THEN 0
            ELSE CAST(FLOOR(2 * LN(CAST(:year - a.founded_year + 1 AS DOUBLE))) AS BIGINT)
            END AS age_band,
        CASE WHEN w.n_won > 0 OR a.relationship IN ('client', 'lost')
            THEN 1 ELSE 0 END AS had_bought
    FROM account AS a CROSS JOIN (
        SELECT COUNT(*) AS n_won FROM opportunity
        WHERE account_id = :account_id AND stage = 'won' AND closed_on <= CAST(:today AS DATE)
    ) AS w
    WHERE a.account_id = :account_id
    ORDER BY a.account_id
    """,
)

_SCORED = """
    SELECT t.account_id, t.industry, t.country, t.employees_band, t.revenue_band,
        CASE WHEN t.founded_year IS NULL THEN -1 WHEN :year <= t.founded_year THEN 0
            ELSE CAST(FLOOR(2 * LN(CAST(:year - t.founded_year + 1 AS DOUBLE))) AS BIGINT)
            END AS age_band,
        CASE WHEN t.first_won_on IS NOT NULL OR t.relationship IN ('client', 'lost')
            THEN 1 ELSE 0 END AS had_bought
    FROM account_trait AS t JOIN market_candidate AS m ON m.account_id = t.account_id
"""

SCORE_CELLS = Statement(
    name="different traits among the accounts of the market",
    reads=("account_trait", "market_candidate"),
    sql=f"""
    SELECT industry, country, employees_band, revenue_band, age_band, had_bought
    FROM ({_SCORED}) AS scored
    GROUP BY industry, country, employees_band, revenue_band, age_band, had_bought
    ORDER BY industry, country, employees_band, revenue_band, age_band, had_bought
    """,
)

SCORED_ACCOUNTS = Statement(
    name="accounts of the market with their probability of buying",
    reads=("account_trait", "market_candidate", "win_cell"),
    sql=f"""
    SELECT s.account_id, w.win_share
    FROM ({_SCORED}) AS s
    JOIN win_cell AS w ON w.industry = s.industry AND w.country = s.country
        AND w.employees_band = s.employees_band AND w.revenue_band = s.revenue_band
        AND w.age_band = s.age_band AND w.had_bought = s.had_bought
    ORDER BY s.account_id
    """,
)
