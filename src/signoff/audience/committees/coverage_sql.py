"""Statements of the committees' coverage; the SQL that DuckDB and Spark share.

Losses are whole numbers, a thousand million of them to one nat: their sum is exact in any order,
and e to its negative is the probability that nobody known plays the role.
"""

from signoff.audience.committees.approval_sql import CHANCE, QUORUM_COUNTS, gain_of
from signoff.store.engines.engine import Statement
from signoff.units import CommitteeRole

__all__ = [
    "COVERAGE_LIST",
    "COVERAGE_TOTALS",
    "COVERED_PEOPLE",
    "COVERED_TITLES",
    "LOSS_PER_NAT",
    "MARKET_COVERED",
    "NEXT_PEOPLE",
    "PLAN_COVERED",
]

ROLES = tuple(role.value for role in CommitteeRole)
LEVELS = range(1, 10)
LOSS_PER_NAT = 1_000_000_000


def _each(pattern: str, *, by: str = ",\n        ") -> str:
    return by.join(pattern.format(role=role, place=n) for n, role in enumerate(ROLES))


PLAN_COVERED = Statement(
    name="accounts whose committees are looked at: a plan's market, or all",
    reads=("account", "plan_account"),
    sql="""
    SELECT a.account_id, a.name, a.domain, a.kind, a.industry_code, a.employees, a.country, a.city,
        a.relationship, f.value_weight
    FROM account AS a
    LEFT JOIN (
        SELECT account_id, value_weight FROM plan_account WHERE plan_id = :plan_id
    ) AS f ON f.account_id = a.account_id
    WHERE :plan_id = '' OR f.account_id IS NOT NULL
    ORDER BY a.account_id
    """,
)

MARKET_COVERED = Statement(
    name="accounts of a market whose committees are looked at",
    reads=("account", "market_account"),
    sql="""
    SELECT a.account_id, a.name, a.domain, a.kind, a.industry_code, a.employees, a.country, a.city,
        a.relationship, m.value_weight
    FROM account AS a JOIN market_account AS m ON m.account_id = a.account_id
    ORDER BY a.account_id
    """,
)

COVERED_TITLES = Statement(
    name="job titles of people at the accounts that are looked at",
    reads=("person_fact", "covered_account"),
    sql="""
    SELECT p.title FROM person_fact AS p
    JOIN covered_account AS c ON c.account_id = p.account_id
    WHERE p.title IS NOT NULL
    GROUP BY p.title ORDER BY p.title
    """,
)

COVERED_PEOPLE = Statement(
    name="people of each account, who of them plays each role, and the loss of each role",
    reads=("person_fact", "covered_account", "covered_title", "role_loss"),
    sql=f"""
    SELECT p.account_id, COUNT(*) AS n_people,
        {_each("CAST(SUM(b.{role}_plays) AS BIGINT) AS {role}_people")},
        {_each("CAST(SUM(b.{role}_loss) AS BIGINT) AS {role}_loss")}
    FROM person_fact AS p
    JOIN covered_account AS c ON c.account_id = p.account_id
    LEFT JOIN covered_title AS t ON t.title = p.title
    LEFT JOIN role_loss AS b ON b.job_function = COALESCE(p.function, t.job_function, '?')
        AND b.job_level = COALESCE(p.level, t.job_level, '?')
    GROUP BY p.account_id ORDER BY p.account_id
    """,
)

_NAT = f"CAST({LOSS_PER_NAT} AS DOUBLE)"
_ONE = "CAST(1 AS DOUBLE)"


def _miss_of_level(level: int) -> str:
    """Give the probability that nobody known speaks at a level; 0 for a level nobody stands at."""
    losses = _each(f"CASE WHEN :{{role}}_level = {level} THEN {{role}}_loss ELSE 0 END", by=" + ")
    stands = _each(f":{{role}}_level = {level}", by=" OR ")
    return (
        f"CASE WHEN {stands} THEN EXP(-CAST({losses} AS DOUBLE) / {_NAT}) "
        f"ELSE CAST(0 AS DOUBLE) END AS m{level}"
    )


def _shortfall(role: str) -> str:
    """Give how far a role, or with every_level its level, is from being covered."""
    levels = " ".join(f"WHEN {level} THEN m{level}" for level in LEVELS)
    return (
        f"CASE WHEN :rule = 'every_level' THEN CASE :{role}_level {levels} END ELSE {role}_miss END"
    )


def _key(role: str) -> str:
    """Give the rank of a role among those to find: gain, shortfall, level, order in the brief."""
    return (
        f"CASE WHEN :{role}_level = 0 OR {role}_people > 0 THEN CAST(-1 AS BIGINT) ELSE "
        f"CAST(FLOOR({role}_gain * 1000000) AS BIGINT) * 1000000000 "
        f"+ CAST(FLOOR(({_shortfall(role)}) * 100000) AS BIGINT) * 1000 "
        f"+ (9 - :{role}_level) * 10 + (6 - :{role}_place) END AS {role}_key"
    )


_ASKED_MISS = (
    f"EXP(-CAST(CASE WHEN :{{role}}_level > 0 THEN {{role}}_loss ELSE 0 END AS DOUBLE) / {_NAT}) "
    "AS {role}_q"
)
_FACTS = """account_id, name, domain, kind, industry_code, employees, country, city,
        relationship, value_weight, n_people"""

_SHOWN = "ROUND(1 - {role}_miss, 6)"
_ROLE_SHARE = f"CASE WHEN :{{role}}_level = 0 THEN NULL ELSE {_SHOWN} END AS {{role}}_share"
_NEXT_GAIN = f"""CASE WHEN next_key < 0 THEN NULL {
    _each("WHEN next_key = {role}_key THEN {role}_gain", by=" ")
} END"""

COVERAGE_LIST = Statement(
    name="accounts with what is known of each role, and whom to find next",
    reads=("covered_account", "covered_people"),
    sql=f"""
    SELECT {_FACTS},
        ROUND(chance_share, 6) AS chance_share, {
        _each("CASE WHEN :{role}_level = 0 THEN NULL ELSE {role}_people END AS {role}_people")
    },
        {_each(_ROLE_SHARE)},
        {
        _each(
            "CASE WHEN :{role}_level = 0 THEN NULL WHEN {role}_people > 0 THEN 'known' "
            "WHEN {role}_miss <= CAST(0.5 AS DOUBLE) THEN 'likely' ELSE 'unknown' END "
            "AS {role}_state"
        )
    },
        CAST({
        _each("CASE WHEN :{role}_level > 0 AND {role}_people = 0 THEN 1 ELSE 0 END", by=" + ")
    } AS BIGINT) AS n_roles_missing,
        CASE WHEN next_key < 0 THEN NULL {
        _each("WHEN next_key = {role}_key THEN '{role}'", by=" ")
    } END AS next_role,
        ROUND({_NEXT_GAIN}, 6) AS next_gain_share,
        ROUND({_NEXT_GAIN} * COALESCE(value_weight, {_ONE}), 9) AS next_value_share,
        FOLD_TEXT(name) AS name_folded, FOLD_TEXT(city) AS city_folded,
        FOLD_TEXT(CONCAT_WS(' | ', name, domain, city)) AS search_text
    FROM (
        SELECT keyed.*, GREATEST({_each("{role}_key", by=", ")}) AS next_key
        FROM (
            SELECT gained.*, {CHANCE},
                {", ".join(_key(role) for role in ROLES)}
            FROM (
                SELECT missed.*, {", ".join(gain_of(role) for role in ROLES)}
                FROM (
                SELECT counted.*, {QUORUM_COUNTS} FROM (
                    SELECT lost.*,
                        EXP(-CAST({
        _each("CASE WHEN :{role}_level > 0 THEN {role}_loss ELSE 0 END", by=" + ")
    } AS DOUBLE) / {_NAT}) AS miss_all,
                        {_each(f"EXP(-CAST({{role}}_loss AS DOUBLE) / {_NAT}) AS {{role}}_miss")},
                        {_each(_ASKED_MISS)},
                        {", ".join(_miss_of_level(level) for level in LEVELS)}
                    FROM (
                        SELECT c.*, COALESCE(p.n_people, 0) AS n_people,
                            {_each("COALESCE(p.{role}_people, 0) AS {role}_people")},
                            {_each("COALESCE(p.{role}_loss, 0) AS {role}_loss")}
                        FROM covered_account AS c
                        LEFT JOIN covered_people AS p ON p.account_id = c.account_id
                    ) AS lost
                ) AS counted
                ) AS missed
            ) AS gained
        ) AS keyed
    ) AS ranked
    ORDER BY account_id
    """,
)

COVERAGE_TOTALS = Statement(
    name="accounts by what is known of each role",
    reads=("committee_coverage",),
    sql=f"""
    SELECT COUNT(*) AS n_accounts,
        CAST(COALESCE(SUM(CASE WHEN n_roles_missing = 0 THEN 1 ELSE 0 END), 0) AS BIGINT)
            AS n_complete,
        CAST(COALESCE(SUM(CAST(FLOOR(chance_share * {LOSS_PER_NAT}) AS BIGINT)), 0) AS BIGINT)
            AS chance_parts,
        {
        _each(
            "CAST(COALESCE(SUM(CASE WHEN {role}_state = 'known' THEN 1 ELSE 0 END), 0) AS BIGINT) "
            "AS {role}_known, "
            "CAST(COALESCE(SUM(CASE WHEN {role}_state = 'likely' THEN 1 ELSE 0 END), 0) AS BIGINT) "
            "AS {role}_likely, "
            "CAST(COALESCE(SUM({role}_people), 0) AS BIGINT) AS {role}_people, "
            "CAST(COALESCE(SUM(CAST(FLOOR({role}_share * " + str(LOSS_PER_NAT) + ") AS BIGINT)), 0)"
            " AS BIGINT) AS {role}_parts"
        )
    }
    FROM committee_coverage
    """,
)

NEXT_PEOPLE = Statement(
    name="the people to find next, those worth most first",
    reads=("committee_coverage",),
    sql="""
    SELECT account_id, name, next_role AS role, chance_share, next_gain_share AS gain_share,
        value_weight, next_value_share AS value_share
    FROM committee_coverage WHERE next_role IS NOT NULL
    ORDER BY next_value_share DESC, value_weight DESC, name, account_id LIMIT :n_listed
    """,
)
