"""Statements that set the accounts against the counts of firms; SQL of DuckDB and Spark alike."""

from signoff.store.engines.engine import Statement

__all__ = ["ACCOUNT_INDUSTRIES", "FIRM_INDUSTRIES", "MARKET_REGIONS", "MARKET_SIZES"]

FIRM_INDUSTRIES = Statement(
    name="industries of which firms were counted",
    reads=("firm_count",),
    sql="""
    SELECT industry_scheme, industry_code FROM firm_count
    WHERE :country = '' OR country = :country
    GROUP BY industry_scheme, industry_code ORDER BY industry_scheme, industry_code
    """,
)

ACCOUNT_INDUSTRIES = Statement(
    name="industries of the accounts, an empty one where it is not known",
    reads=("account",),
    sql="""
    SELECT scheme, code, COUNT(*) AS n_accounts FROM (
        SELECT CASE WHEN industry_code IS NULL THEN '' ELSE COALESCE(industry_scheme, '') END
            AS scheme, COALESCE(industry_code, '') AS code
        FROM account WHERE :country = '' OR country IS NULL OR country = :country
    ) AS listed
    GROUP BY scheme, code ORDER BY scheme, code
    """,
)

MARKET_REGIONS = Statement(
    name="every spelling of a region among the accounts and the counts",
    reads=("account", "firm_count"),
    sql="""
    SELECT region FROM (
        SELECT region FROM account GROUP BY region
        UNION
        SELECT region FROM firm_count GROUP BY region
    ) AS listed
    WHERE region IS NOT NULL ORDER BY region
    """,
)

MARKET_SIZES = Statement(
    name="each newest count of firms with the accounts that are among them",
    reads=("firm_count", "account", "wanted_industry", "industry_pair", "region_name"),
    sql="""
    WITH ranked AS (
        SELECT f.*, ROW_NUMBER() OVER (
            PARTITION BY f.source, f.country, f.region, f.industry_scheme, f.industry_code,
                f.size_band
            ORDER BY f.year DESC
        ) AS age
        FROM firm_count AS f
        JOIN wanted_industry AS w
            ON w.industry_scheme = f.industry_scheme AND w.industry_code = f.industry_code
        WHERE :country = '' OR f.country = :country
    ),
    cell AS (
        SELECT country, place, scheme, code, band, COUNT(*) AS n,
            SUM(CASE WHEN relationship = 'client' THEN 1 ELSE 0 END) AS n_clients
        FROM (
            SELECT a.country, r.folded AS place, a.relationship,
                CASE WHEN a.industry_code IS NULL THEN '' ELSE COALESCE(a.industry_scheme, '') END
                    AS scheme,
                COALESCE(a.industry_code, '') AS code,
                CASE WHEN a.employees IS NULL THEN NULL WHEN a.employees < 10 THEN 'micro'
                    WHEN a.employees < 50 THEN 'small' WHEN a.employees < 250 THEN 'medium'
                    ELSE 'large' END AS band
            FROM account AS a LEFT JOIN region_name AS r ON r.region = a.region
        ) AS banded
        GROUP BY country, place, scheme, code, band
    ),
    gathered AS (
        SELECT p.industry_scheme, p.industry_code, c.country, c.place, c.band, SUM(c.n) AS n,
            SUM(CASE WHEN p.is_same = 1 THEN c.n ELSE 0 END) AS n_same,
            SUM(CASE WHEN p.is_same = 1 THEN c.n_clients ELSE 0 END) AS n_clients,
            SUM(CASE WHEN p.is_same = 0 AND p.compared_permille > 0 THEN c.n ELSE 0 END)
                AS n_other,
            SUM(c.n * p.compared_permille) AS n_compared_permille
        FROM cell AS c
        JOIN industry_pair AS p ON p.account_scheme = c.scheme AND p.account_code = c.code
        GROUP BY p.industry_scheme, p.industry_code, c.country, c.place, c.band
    ),
    judged AS (
        SELECT f.country, f.region, f.industry_scheme, f.industry_code, f.size_band, f.year,
            f.source, f.n_firms, c.n, c.n_same, c.n_clients, c.n_other, c.n_compared_permille,
            CASE WHEN c.country = f.country
                AND (f.region IS NULL OR c.place = g.folded)
                AND (f.size_band IS NULL OR c.band = f.size_band) THEN 1 ELSE 0 END AS is_inside
        FROM ranked AS f
        LEFT JOIN region_name AS g ON g.region = f.region
        LEFT JOIN gathered AS c
            ON c.industry_scheme = f.industry_scheme AND c.industry_code = f.industry_code
            AND (c.country = f.country OR c.country IS NULL)
            AND (f.region IS NULL OR c.place = g.folded OR c.place IS NULL)
            AND (f.size_band IS NULL OR c.band = f.size_band OR c.band IS NULL)
        WHERE f.age = 1
    )
    SELECT country, region, industry_scheme, industry_code, size_band, year, source, n_firms,
        CAST(SUM(CASE WHEN is_inside = 1 THEN n_same ELSE 0 END) AS BIGINT) AS n_accounts,
        CAST(SUM(CASE WHEN is_inside = 1 THEN n_clients ELSE 0 END) AS BIGINT) AS n_clients,
        CAST(SUM(CASE WHEN is_inside = 1 THEN n_compared_permille ELSE 0 END) AS BIGINT)
            AS n_compared_permille,
        CAST(SUM(CASE WHEN n IS NULL THEN 0 WHEN is_inside = 1 THEN n - n_same - n_other
            ELSE n END) AS BIGINT) AS n_undecided
    FROM judged
    GROUP BY country, region, industry_scheme, industry_code, size_band, year, source, n_firms
    ORDER BY country, source, industry_scheme, industry_code, region, size_band
    """,
)
