"""Statements of the table of accounts; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = ["ACCOUNT_LIST", "ACCOUNT_PEOPLE", "PEOPLE_TITLES"]

PEOPLE_TITLES = Statement(
    name="job titles of people at any account",
    reads=("person_fact",),
    sql="""
    SELECT title FROM person_fact
    WHERE title IS NOT NULL AND account_id IS NOT NULL
    GROUP BY title ORDER BY title
    """,
)

ACCOUNT_PEOPLE = Statement(
    name="people known at each account, and the roles they play as bits",
    reads=("person_fact", "listed_title", "role_bit"),
    sql="""
    SELECT p.account_id, COUNT(*) AS n_people,
        CAST(SUM(CASE WHEN p.origin = 'generated' THEN 1 ELSE 0 END) AS BIGINT) AS n_generated,
        BIT_OR(COALESCE(b.role_bits, 0)) AS role_bits
    FROM person_fact AS p
    LEFT JOIN listed_title AS t ON t.title = p.title
    LEFT JOIN role_bit AS b ON b.job_function = COALESCE(p.function, t.job_function, '?')
        AND b.job_level = COALESCE(p.level, t.job_level, '?')
    WHERE p.account_id IS NOT NULL
    GROUP BY p.account_id ORDER BY p.account_id
    """,
)

ACCOUNT_LIST = Statement(
    name="accounts with the people, roles, deals and touches known of each",
    reads=(
        *("account", "opportunity", "event", "plan_account", "account_people"),
        *("guessed_kind", "guessed_place", "account_family"),
    ),
    sql="""
    SELECT a.account_id, a.external_id, a.name, a.domain, a.kind, a.industry_scheme,
        a.industry_code, a.employees, a.revenue, a.currency, a.country, a.region, a.city,
        a.founded_year, a.supply_chain_place, a.relationship, a.parent_name,
        COALESCE(a.kind, k.guessed_kind) AS likely_kind,
        a.kind IS NULL AND k.guessed_kind IS NOT NULL AS is_kind_guessed,
        CASE WHEN a.employees < 10 THEN 'micro' WHEN a.employees < 50 THEN 'small'
            WHEN a.employees < 250 THEN 'medium' WHEN a.employees >= 250 THEN 'large'
        END AS size_band,
        COALESCE(a.supply_chain_place, s.guessed_place) AS likely_place,
        a.supply_chain_place IS NULL AND s.guessed_place IS NOT NULL AS is_place_guessed,
        r.parent_id, r.circle_id, COALESCE(r.n_subsidiaries, 0) AS n_subsidiaries,
        COALESCE(p.n_people, 0) AS n_people, COALESCE(p.n_generated, 0) AS n_generated,
        COALESCE(p.role_bits, 0) AS roles_known,
        CAST(:all_bits AS BIGINT) - COALESCE(p.role_bits, 0) AS roles_missing,
        CAST(BIT_COUNT(COALESCE(p.role_bits, 0)) AS BIGINT) AS n_roles_known,
        CAST(BIT_COUNT(CAST(:all_bits AS BIGINT) - COALESCE(p.role_bits, 0)) AS BIGINT)
            AS n_roles_missing,
        COALESCE(d.n_open, 0) AS n_open_deals, COALESCE(d.n_won, 0) AS n_won_deals,
        COALESCE(d.n_lost, 0) AS n_lost_deals, t.last_touch_at,
        f.market_fit_share, f.win_share, f.value_weight, f.is_holdout,
        FOLD_TEXT(a.name) AS name_folded, FOLD_TEXT(a.city) AS city_folded,
        FOLD_TEXT(CONCAT_WS(' | ', a.name, a.domain, a.city)) AS search_text
    FROM account AS a
    LEFT JOIN account_people AS p ON p.account_id = a.account_id
    LEFT JOIN guessed_kind AS k ON k.account_id = a.account_id
    LEFT JOIN guessed_place AS s ON s.industry_scheme = a.industry_scheme
        AND s.industry_code = a.industry_code
    LEFT JOIN account_family AS r ON r.account_id = a.account_id
    LEFT JOIN (
        SELECT account_id,
            CAST(SUM(CASE WHEN stage = 'open' THEN 1 ELSE 0 END) AS BIGINT) AS n_open,
            CAST(SUM(CASE WHEN stage = 'won' THEN 1 ELSE 0 END) AS BIGINT) AS n_won,
            CAST(SUM(CASE WHEN stage = 'lost' THEN 1 ELSE 0 END) AS BIGINT) AS n_lost
        FROM opportunity WHERE account_id IS NOT NULL GROUP BY account_id
    ) AS d ON d.account_id = a.account_id
    LEFT JOIN (
        SELECT account_id, MAX(occurred_at) AS last_touch_at
        FROM event WHERE account_id IS NOT NULL GROUP BY account_id
    ) AS t ON t.account_id = a.account_id
    LEFT JOIN (
        SELECT account_id, market_fit_share, win_share, value_weight, is_holdout
        FROM plan_account WHERE plan_id = :plan_id
    ) AS f ON f.account_id = a.account_id
    ORDER BY a.account_id
    """,
)
