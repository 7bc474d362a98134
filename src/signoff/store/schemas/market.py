"""Tables that describe a market at large, beyond the accounts we know."""

from signoff.store.schemas.table import Column, ColumnType, Table

__all__ = ["FIRM_COUNT", "FIRM_OWNER"]

TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER

FIRM_COUNT = Table(
    name="firm_count",
    grain="the firms of one industry, size band and area by one source",
    key=("country", "region", "industry_scheme", "industry_code", "size_band", "year", "source"),
    columns=(
        Column("country", TEXT, "ISO 3166 alpha-2 code"),
        Column("region", TEXT, "Region as the source writes it; empty: all", nullable=True),
        Column(
            "industry_scheme",
            TEXT,
            "Scheme of the industry code: naics, nace, naf or own",
            allowed=("naics", "nace", "naf", "own"),
        ),
        Column("industry_code", TEXT, "Industry in that scheme, or * for all"),
        Column(
            "size_band",
            TEXT,
            "Size by head count; empty: all",
            nullable=True,
            allowed=("micro", "small", "medium", "large"),
        ),
        Column("n_firms", INTEGER, "Firms counted", unit="firms", low=0),
        Column("year", INTEGER, "Year of the count", unit="year", low=1900, high=2200),
        Column("source", TEXT, "Where the numbers of this row come from"),
    ),
)
FIRM_OWNER = Table(
    name="firm_owner",
    grain="the firms of one industry of one country whose owners are of one group",
    key=("country", "industry_code", "sex", "race", "year"),
    columns=(
        Column("country", TEXT, "ISO 3166 alpha-2 code"),
        Column("industry_code", TEXT, "NAICS sector, or * for all"),
        Column("industry", TEXT, "Name of the industry"),
        Column("sex", TEXT, "Sex of the owners as the source groups it, or * for all"),
        Column("race", TEXT, "Race of the owners as the source groups it, or * for all"),
        Column("year", INTEGER, "Year of the count", unit="year"),
        Column("firms", INTEGER, "Firms with paid employees", unit="firms", low=0),
        Column("source", TEXT, "Where the numbers of this row come from", nullable=True),
        Column("source_url", TEXT, "Address of the source", nullable=True),
    ),
)
