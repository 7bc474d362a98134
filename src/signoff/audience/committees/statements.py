"""Statements that count who is known in each committee; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement

__all__ = [
    "ACCOUNT_ROLES",
    "MARKET_TITLES",
    "PEOPLE_COUNTS",
    "PERSON_READINGS",
    "PERSON_ROLES",
    "ROLE_COUNTS",
    "ROLE_GAPS",
]

MARKET_TITLES = Statement(
    name="job titles of people at accounts of the market",
    reads=("market_account", "person_fact"),
    sql="""
    SELECT p.title FROM person_fact AS p
    JOIN market_account AS m ON m.account_id = p.account_id
    WHERE p.title IS NOT NULL
    GROUP BY p.title ORDER BY p.title
    """,
)

PERSON_READINGS = Statement(
    name="department and level of people at accounts of the market; what the source says wins",
    reads=("market_account", "person_fact", "title_reading"),
    sql="""
    SELECT p.person_id, p.account_id, p.origin,
        COALESCE(p.function, t.job_function, '?') AS job_function,
        COALESCE(p.level, t.job_level, '?') AS job_level,
        CASE WHEN p.function IS NOT NULL OR p.level IS NOT NULL
            THEN CONCAT('as imported; ', COALESCE(t.evidence, 'no title'))
            ELSE COALESCE(t.evidence, 'no title') END AS evidence
    FROM person_fact AS p
    JOIN market_account AS m ON m.account_id = p.account_id
    LEFT JOIN title_reading AS t ON t.title = p.title
    ORDER BY p.person_id
    """,
)

PEOPLE_COUNTS = Statement(
    name="people at accounts of the market, those of whom nothing can be read, those generated",
    reads=("person_reading",),
    sql="""
    SELECT COUNT(*) AS n_people,
        CAST(COALESCE(SUM(CASE WHEN job_function = '?' AND job_level = '?' THEN 1 ELSE 0 END), 0)
            AS BIGINT) AS n_unread,
        CAST(COALESCE(SUM(CASE WHEN origin = 'generated' THEN 1 ELSE 0 END), 0) AS BIGINT)
            AS n_generated
    FROM person_reading
    """,
)

ROLE_COUNTS = Statement(
    name="people known by account and role of the committee",
    reads=("person_reading", "role_match"),
    sql="""
    SELECT p.account_id, r.role, COUNT(*) AS n_known
    FROM person_reading AS p
    JOIN role_match AS r ON r.job_function = p.job_function AND r.job_level = p.job_level
    GROUP BY p.account_id, r.role ORDER BY p.account_id, r.role
    """,
)

ACCOUNT_ROLES = Statement(
    name="roles of the committee at each account of the market",
    reads=("market_account", "committee_part", "role_count"),
    sql="""
    SELECT m.account_id, b.role, COALESCE(c.n_known, 0) AS n_known,
        COALESCE(c.n_known, b.people_expected) AS n_planned
    FROM market_account AS m
    CROSS JOIN committee_part AS b
    LEFT JOIN role_count AS c ON c.account_id = m.account_id AND c.role = b.role
    ORDER BY m.account_id, b.role
    """,
)

ROLE_GAPS = Statement(
    name="accounts of the market where nobody is known to play a role",
    reads=("account_role",),
    sql="""
    SELECT role, COUNT(*) AS n_accounts,
        CAST(SUM(CASE WHEN n_known = 0 THEN 1 ELSE 0 END) AS BIGINT) AS n_missing,
        CAST(SUM(n_known) AS BIGINT) AS n_people
    FROM account_role GROUP BY role ORDER BY role
    """,
)

PERSON_ROLES = Statement(
    name="probability of each committee role for each person, as the table committee_role has it",
    reads=("person_reading", "role_prior"),
    sql="""
    SELECT p.person_id, p.account_id, r.role, r.probability_share, p.evidence
    FROM person_reading AS p
    JOIN role_prior AS r ON r.job_function = p.job_function AND r.job_level = p.job_level
    ORDER BY p.person_id, r.role
    """,
)
