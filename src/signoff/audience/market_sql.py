"""Statements that find the accounts of a market; the SQL that DuckDB and Spark share."""

from signoff.store.engines.engine import Statement
from signoff.store.firm_names import DROPPED, LETTERS, SEPARATORS

__all__ = [
    "ACCOUNT_ITEMS",
    "ACCOUNT_SPANS",
    "ACCOUNT_VERDICTS",
    "CANDIDATES",
    "CANDIDATE_IDS",
    "NEVER_ACCOUNTS",
    "NEVER_HITS",
    "STEPS",
    "STEP_COUNTS",
    "UNKNOWN_COUNTS",
]

STEPS = (
    "country",
    "region",
    "city",
    "organisation_kind",
    "industry",
    "employees",
    "relationship",
)
"""Criteria of a market, in the order in which they are counted."""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_FOLD = (
    f"TRANSLATE(LOWER({{0}}), {_quoted(LETTERS[0] + ' ' + SEPARATORS + DROPPED)}, "
    f"{_quoted(LETTERS[1])})"
)
_WORDS = (
    f"TRANSLATE(LOWER({{0}}), {_quoted(LETTERS[0] + SEPARATORS + DROPPED)}, "
    f"{_quoted(LETTERS[1] + ' ' * len(SEPARATORS))})"
)
_WORDS = f"TRIM(REPLACE(REPLACE(REPLACE({_WORDS}, '    ', ' '), '  ', ' '), '  ', ' '))"

ACCOUNT_SPANS = Statement(
    name="how many accounts have a value in each column a market may ask for",
    reads=("account",),
    sql="""
    SELECT COUNT(*) AS n_accounts, COUNT(country) AS n_country, COUNT(region) AS n_region,
        COUNT(city) AS n_city, COUNT(kind) AS n_organisation_kind,
        COUNT(industry_code) AS n_industry, COUNT(employees) AS n_employees,
        COUNT(relationship) AS n_relationship
    FROM account
    """,
)

ACCOUNT_ITEMS = Statement(
    name="every value that the account list has for a criterion of the market",
    reads=("account",),
    sql="""
    SELECT criterion, scheme, item FROM (
        SELECT 'country' AS criterion, '' AS scheme, country AS item FROM account GROUP BY country
        UNION ALL
        SELECT 'region' AS criterion, '' AS scheme, region AS item FROM account GROUP BY region
        UNION ALL
        SELECT 'city' AS criterion, '' AS scheme, city AS item FROM account GROUP BY city
        UNION ALL
        SELECT 'organisation_kind' AS criterion, '' AS scheme, kind AS item
        FROM account GROUP BY kind
        UNION ALL
        SELECT 'industry' AS criterion, COALESCE(industry_scheme, '') AS scheme,
            industry_code AS item
        FROM account GROUP BY COALESCE(industry_scheme, ''), industry_code
        UNION ALL
        SELECT 'relationship' AS criterion, '' AS scheme, relationship AS item
        FROM account GROUP BY relationship
    ) AS listed
    WHERE item IS NOT NULL
    ORDER BY criterion, scheme, item
    """,
)

NEVER_ACCOUNTS = Statement(
    name="accounts named in never_contact, by name with any legal form, id or domain",
    reads=("account", "never_item"),
    sql=f"""
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'account' AND n.item = {_FOLD.format("a.name")}
    UNION
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'words' AND n.item = {_WORDS.format("a.name")}
    UNION
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'account' AND n.entry = a.account_id
    UNION
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'account' AND n.entry = a.external_id
    UNION
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'domain' AND n.item = LOWER(a.domain)
    UNION
    SELECT a.account_id, n.entry FROM account AS a
    JOIN never_item AS n ON n.kind = 'domain'
        AND RIGHT(LOWER(a.domain), LENGTH(n.item) + 1) = '.' || n.item
    ORDER BY account_id, entry
    """,
)

NEVER_HITS = Statement(
    name="entries of never_contact that match an account",
    reads=("never_account",),
    sql="SELECT entry, COUNT(*) AS n_accounts FROM never_account GROUP BY entry ORDER BY entry",
)


def _verdict(step: str, column: str) -> str:
    return f"""
        CASE WHEN :asks_{step} = 0 THEN -1 WHEN a.{column} IS NULL THEN 1
            ELSE COALESCE(v_{step}.verdict, 0) END AS {step}_verdict"""


def _join(step: str, column: str) -> str:
    scheme = " AND v_industry.scheme = COALESCE(a.industry_scheme, '')"
    return f"""
        LEFT JOIN market_verdict AS v_{step} ON v_{step}.criterion = '{step}'
            AND v_{step}.item = a.{column}{scheme if step == "industry" else ""}"""


_LISTED = {
    "country": "country",
    "region": "region",
    "city": "city",
    "organisation_kind": "kind",
    "industry": "industry_code",
    "relationship": "relationship",
}

ACCOUNT_VERDICTS = Statement(
    name="how every account stands to every criterion of the market",
    reads=("account", "market_verdict", "suppressed_account", "never_account"),
    sql=f"""
    SELECT j.*,
        CASE WHEN is_suppressed = 1 THEN 'suppressed'
            WHEN is_never = 1 THEN 'never_contact'
            {" ".join(f"WHEN {step}_verdict = 0 THEN '{step}'" for step in STEPS)}
            ELSE '' END AS failed_step,
        CASE WHEN :n_asked = 0 THEN CAST(1 AS DOUBLE) ELSE
            CAST({" + ".join(f"GREATEST({step}_verdict, 0)" for step in STEPS)} AS DOUBLE)
            / CAST(2 * :n_asked AS DOUBLE) END AS market_fit_share
    FROM (
        SELECT a.account_id, a.name, COALESCE(a.country, '?') AS country,
            COALESCE(a.industry_code, '?') AS segment,
            COALESCE(a.relationship, 'prospect') AS relationship,
            CASE WHEN s.account_id IS NULL THEN 0 ELSE 1 END AS is_suppressed,
            CASE WHEN n.account_id IS NULL THEN 0 ELSE 1 END AS is_never,
            {",".join(_verdict(step, column) for step, column in _LISTED.items())},
            CASE WHEN :asks_employees = 0 THEN -1 WHEN a.employees IS NULL THEN 1
                WHEN a.employees < :employees_min OR a.employees > :employees_max THEN 0
                ELSE 2 END AS employees_verdict
        FROM account AS a
        LEFT JOIN suppressed_account AS s ON s.account_id = a.account_id
        LEFT JOIN (SELECT DISTINCT account_id FROM never_account) AS n
            ON n.account_id = a.account_id
        {"".join(_join(step, column) for step, column in _LISTED.items())}
    ) AS j
    ORDER BY account_id
    """,
)

CANDIDATES = Statement(
    name="accounts of the market",
    reads=("account_verdict",),
    sql="""
    SELECT account_id, name, country, segment, relationship, market_fit_share
    FROM account_verdict WHERE failed_step = ''
    ORDER BY account_id
    """,
)

CANDIDATE_IDS = Statement(
    name="ids of the accounts of the market, sorted",
    reads=("market_candidate",),
    sql="SELECT account_id FROM market_candidate ORDER BY account_id",
)

STEP_COUNTS = Statement(
    name="accounts left out by each step, and (empty step) kept",
    reads=("account_verdict",),
    sql="""
    SELECT failed_step, COUNT(*) AS n_accounts FROM account_verdict
    GROUP BY failed_step ORDER BY failed_step
    """,
)

UNKNOWN_COUNTS = Statement(
    name="accounts of the market whose value is unknown, by criterion",
    reads=("account_verdict",),
    sql=f"""
    SELECT {
        ", ".join(
            f"CAST(SUM(CASE WHEN {step}_verdict = 1 THEN 1 ELSE 0 END) AS BIGINT) AS n_{step}"
            for step in STEPS
        )
    }
    FROM account_verdict WHERE failed_step = ''
    """,
)
