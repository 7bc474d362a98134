"""Who owns the firms of a market, looked up in official counts and never assumed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from signoff.audience.industries import Verdict, judge_industry
from signoff.store.engines.engine import Engine, Statement
from signoff.store.schemas.table import Column, ColumnType

__all__ = [
    "NAICS_CODES",
    "OWNER_COUNTS",
    "OwnerShare",
    "list_owners",
    "share_owners",
]

ALL, CLASSIFIABLE = "*", "classifiable"

OWNER_COUNTS = Statement(
    name="firms by owners in the countries of a market, newest year of each",
    reads=("firm_owner", "wanted_country"),
    sql="""
    SELECT f.country, f.industry_code, f.industry, f.sex, f.race, f.year, f.firms, f.source,
        f.source_url
    FROM firm_owner AS f
    JOIN wanted_country AS w ON w.country = f.country
    JOIN (SELECT country, MAX(year) AS newest FROM firm_owner GROUP BY country) AS n
        ON n.country = f.country AND n.newest = f.year
    ORDER BY f.country, f.industry_code, f.sex, f.race
    """,
)

NAICS_CODES = Statement(
    name="NAICS sectors among the accounts",
    reads=("account",),
    sql="""
    SELECT SUBSTR(industry_code, 1, 2) AS sector, COUNT(*) AS n_accounts FROM account
    WHERE industry_scheme = 'naics' AND industry_code IS NOT NULL
    GROUP BY SUBSTR(industry_code, 1, 2) ORDER BY sector
    """,
)


@dataclass(frozen=True)
class OwnerShare:
    """Share of the firms of one industry whose owners are of one group.

    Attributes:
        country: ISO 3166 alpha-2 code.
        industry_code: NAICS sector, or * for all.
        industry: Its name.
        sex: Sex of the owners as the source groups it, or * for all.
        race: Race of the owners as the source groups it, or * for all.
        year: Year of the count.
        firms: Firms of the group with paid employees.
        n_classifiable: Firms of the industry whose owners the source could group.
        share: The one divided by the other, 0 to 1.
        source: Where the counts come from.
        source_url: Its address.
    """

    country: str
    industry_code: str
    industry: str
    sex: str
    race: str
    year: int
    firms: int
    n_classifiable: int
    share: float
    source: str | None
    source_url: str | None


def list_owners(engine: Engine, *, countries: Iterable[str]) -> tuple[OwnerShare, ...]:
    """Look up who owns the firms of the market's countries.

    All industries together by sex, by race and by both; the NAICS sectors that accounts have, by
    sex and by race alone. Nothing is filled in: a country without counts has no entry.

    Args:
        engine: An engine with `firm_owner` and `account`.
        countries: ISO 3166 alpha-2 codes.

    Returns:
        One entry per country, industry and group, in that order.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> row = {"country": "US", "industry_code": "*", "industry": "All", "year": 2015}
    >>> rows = [{**row, "sex": "classifiable", "race": "*", "firms": 4},
    ...         {**row, "sex": "Male-owned", "race": "*", "firms": 3}]
    >>> with duckdb_engine_on({"firm_owner": rows}) as engine:
    ...     [(found.sex, found.share) for found in list_owners(engine, countries=["US"])]
    [('Male-owned', 0.75)]
    """
    columns = (Column("country", ColumnType.TEXT, "ISO 3166 alpha-2 code"),)
    engine.put("wanted_country", columns, [{"country": code} for code in sorted(set(countries))])
    sectors = [row["sector"] for row in engine.rows(NAICS_CODES)]
    return tuple(
        found
        for found in share_owners(engine.rows(OWNER_COUNTS))
        if found.industry_code == ALL
        or (ALL in (found.sex, found.race) and _has_sector(found.industry_code, sectors))
    )


def share_owners(counts: Sequence[Mapping[str, Any]]) -> tuple[OwnerShare, ...]:
    """Divide counts of firms by the firms of their industry whose owners could be grouped.

    Args:
        counts: Rows of the table firm_owner of one year, with a row of sex "classifiable" and
            race * for each industry; an industry without it is left out.

    Returns:
        One entry per row about a group of owners, in the order of the rows.

    >>> share_owners([])
    ()
    """
    whole = {
        (row["country"], row["industry_code"]): int(row["firms"])
        for row in counts
        if row["sex"] == CLASSIFIABLE and row["race"] == ALL
    }
    return tuple(
        OwnerShare(**row, n_classifiable=n, share=int(row["firms"]) / n)
        for row in counts
        if row["sex"] != CLASSIFIABLE
        and (row["sex"], row["race"]) != (ALL, ALL)
        and (n := whole.get((row["country"], row["industry_code"]), 0)) > 0
    )


def _has_sector(industry_code: str, sectors: Iterable[str]) -> bool:
    wanted = [f"naics:{industry_code}"]
    return any(judge_industry("naics", s, wanted=wanted) is Verdict.MET for s in sectors)
