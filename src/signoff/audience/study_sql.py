"""Statements that put the market together for the plan; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = ["ACCOUNT_LINES", "LINE_ROLES", "MARKET_ACCOUNTS", "MARKET_TOTALS", "PLAN_ACCOUNTS"]

MARKET_ACCOUNTS = Statement(
    name="accounts of the market with their weight in the plan",
    reads=("market_candidate", "account_score", "holdout_account"),
    sql="""
    SELECT c.account_id, c.name, c.country, c.segment, c.relationship, c.market_fit_share,
        s.win_share,
        c.market_fit_share * COALESCE(s.win_share, CAST(1 AS DOUBLE))
            * CAST(:in_market_share AS DOUBLE) AS value_weight,
        CASE WHEN h.account_id IS NULL THEN FALSE ELSE TRUE END AS is_holdout
    FROM market_candidate AS c
    LEFT JOIN account_score AS s ON s.account_id = c.account_id
    LEFT JOIN holdout_account AS h ON h.account_id = c.account_id
    ORDER BY c.account_id
    """,
)

MARKET_TOTALS = Statement(
    name="size of the market and of its holdout",
    reads=("market_account",),
    sql="""
    SELECT COUNT(*) AS n_accounts,
        CAST(COALESCE(SUM(CASE WHEN is_holdout THEN 1 ELSE 0 END), 0) AS BIGINT) AS n_holdout
    FROM market_account
    """,
)

ACCOUNT_LINES = Statement(
    name="accounts of the market, those worth most first",
    reads=("market_account",),
    sql="""
    SELECT account_id, name, country, segment, relationship, market_fit_share, win_share,
        value_weight, is_holdout
    FROM (
        SELECT m.*, ROW_NUMBER() OVER (ORDER BY value_weight DESC, name, account_id) AS place
        FROM market_account AS m
    ) AS ranked
    WHERE place <= :n_listed
    ORDER BY place
    """,
)

LINE_ROLES = Statement(
    name="roles of the committees of the listed accounts",
    reads=("listed_account", "account_role"),
    sql="""
    SELECT r.account_id, r.role, r.n_known
    FROM account_role AS r JOIN listed_account AS l ON l.account_id = r.account_id
    ORDER BY r.account_id, r.role
    """,
)

PLAN_ACCOUNTS = Statement(
    name="accounts of a plan's market, as the table plan_account has them",
    reads=("market_account",),
    sql="""
    SELECT :plan_id AS plan_id, account_id, market_fit_share, win_share, value_weight, is_holdout
    FROM market_account ORDER BY account_id
    """,
)
