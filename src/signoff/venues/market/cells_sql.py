"""Cells of a market in the engine: equal committees together, and at most so many of them.

Millions of different committees are more than a planner needs. The largest cells are kept; those
that are left are laid out by committee, cut into strips of about equally many accounts within each
country and industry, and one cell of each strip, drawn in proportion to its accounts, stands for
the others of the strip. Accounts and weights of every group stay exact.
"""

from signoff.store.engines.engine import Statement

__all__ = [
    "BITS",
    "CELL_COUNT",
    "DRAWN_CELLS",
    "MARKET_CELLS",
    "MOST_ROLES",
    "ROLES_PER_WORD",
    "WHOLE_CELLS",
]

MOST_ROLES = 8
"""Roles that a committee may have: four counts of 15 bits in each of two whole numbers."""
BITS, ROLES_PER_WORD = 15, 4
_MOST_PEOPLE = 2**BITS - 1


def _packed(first_role: int) -> str:
    """Give the SQL that packs the people of four roles of an account into one whole number."""
    cases = " ".join(
        f"WHEN :role_{first_role + i} THEN LEAST(n_planned, {_MOST_PEOPLE}) * {2 ** (BITS * i)}"
        for i in range(ROLES_PER_WORD)
    )
    return f"CAST(SUM(CASE role {cases} ELSE 0 END) AS BIGINT)"


MARKET_CELLS = Statement(
    name="accounts to advertise to, by country, industry and committee",
    sql=f"""
        SELECT m.country, m.segment,
               COALESCE(c.first_roles, 0) AS first_roles, COALESCE(c.last_roles, 0) AS last_roles,
               COUNT(*) AS n_accounts,
               CAST(SUM(CAST(FLOOR(m.value_weight * 1000000000 + 0.5) AS BIGINT)) AS BIGINT)
                   AS weight_billionths
        FROM market_account AS m
        LEFT JOIN (
            SELECT account_id, {_packed(1)} AS first_roles, {_packed(5)} AS last_roles
            FROM account_role
            GROUP BY account_id
        ) AS c ON c.account_id = m.account_id
        WHERE NOT m.is_holdout
        GROUP BY m.country, m.segment, COALESCE(c.first_roles, 0), COALESCE(c.last_roles, 0)
        ORDER BY country, segment, first_roles, last_roles
    """,
    reads=("market_account", "account_role"),
)

CELL_COUNT = Statement(
    name="how many cells a market has",
    sql="SELECT COUNT(*) AS n_cells FROM market_cell",
    reads=("market_cell",),
)

WHOLE_CELLS = Statement(
    name="all cells of a market",
    sql="""
        SELECT country, segment, first_roles, last_roles, n_accounts, weight_billionths,
               CAST(1 AS BIGINT) AS n_cells
        FROM market_cell
        ORDER BY country, segment, first_roles, last_roles
    """,
    reads=("market_cell",),
)

DRAWN_CELLS = Statement(
    name="the largest cells of a market, and the others in strips that one of each stands for",
    sql="""
        WITH ranked AS (
            SELECT country, segment, first_roles, last_roles, n_accounts, weight_billionths,
                   ROW_NUMBER() OVER (
                       ORDER BY n_accounts DESC, weight_billionths DESC, country, segment,
                                first_roles, last_roles
                   ) AS place
            FROM market_cell
        ),
        summed AS (
            SELECT country, segment, first_roles, last_roles, n_accounts, weight_billionths,
                   CAST(SUM(n_accounts) OVER (
                       PARTITION BY country, segment ORDER BY first_roles, last_roles
                       ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                   ) AS BIGINT) AS n_upto,
                   CAST(SUM(n_accounts) OVER (PARTITION BY country, segment) AS BIGINT) AS n_group,
                   CAST(SUM(n_accounts) OVER () AS BIGINT) AS n_rest,
                   CAST(DENSE_RANK() OVER (ORDER BY country, segment) AS BIGINT) AS group_place
            FROM ranked
            WHERE place > :n_kept
        ),
        laid AS (
            SELECT country, segment, first_roles, last_roles, n_accounts, weight_billionths,
                   group_place,
                   CAST(n_upto AS DOUBLE) / n_group * group_strips AS ends_at,
                   CAST(FLOOR(
                       CAST(2 * n_upto - n_accounts AS DOUBLE) / (2 * n_group) * group_strips
                   ) AS BIGINT) AS strip
            FROM (
                SELECT *, CEIL(CAST(n_group AS DOUBLE) * :n_strips / n_rest) AS group_strips
                FROM summed
            ) AS shared
        ),
        pointed AS (
            SELECT *, strip + CAST(
                MOD((group_place * 7919 + strip) * 618033989, 1000000000) AS DOUBLE
            ) / 1000000000 AS point
            FROM laid
        ),
        told AS (
            SELECT *, ROW_NUMBER() OVER (
                PARTITION BY country, segment, strip
                ORDER BY CASE WHEN ends_at >= point THEN 0 ELSE 1 END, ABS(ends_at - point),
                         first_roles, last_roles
            ) AS turn
            FROM pointed
        )
        SELECT country, segment, first_roles, last_roles, n_accounts, weight_billionths,
               CAST(1 AS BIGINT) AS n_cells
        FROM ranked
        WHERE place <= :n_kept
        UNION ALL
        SELECT country, segment,
               MAX(CASE WHEN turn = 1 THEN first_roles END) AS first_roles,
               MAX(CASE WHEN turn = 1 THEN last_roles END) AS last_roles,
               CAST(SUM(n_accounts) AS BIGINT) AS n_accounts,
               CAST(SUM(weight_billionths) AS BIGINT) AS weight_billionths,
               COUNT(*) AS n_cells
        FROM told
        GROUP BY country, segment, strip
        ORDER BY country, segment, first_roles, last_roles
    """,
    reads=("market_cell",),
)
