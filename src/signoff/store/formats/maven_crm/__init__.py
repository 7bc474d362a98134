"""The files of the data set "CRM Sales Opportunities" (Maven Analytics)."""

from decimal import Decimal

from signoff.store.formats.format import STAFF_REASON, Format, SourceColumn

__all__ = ["ACCOUNTS", "FORMATS", "PIPELINE"]

SOURCE = "the files themselves, Maven Analytics data playground"
SOURCE_DATE = "2026-11"

ACCOUNTS = Format(
    name="maven_crm_accounts",
    title="CRM Sales Opportunities: accounts",
    target="account",
    signature=("name", "industry_label", "country"),
    marks=("office_location",),
    constants={"currency": "USD"},
    columns=(
        SourceColumn("name", ("account",)),
        SourceColumn("industry_label", ("sector",), mended={"technolgy": "technology"}),
        SourceColumn("founded_year", ("year_established",)),
        SourceColumn("revenue", ("revenue",), factor=Decimal(1_000_000)),
        SourceColumn("employees", ("employees",)),
        SourceColumn("country", ("office_location",), mended={"philipines": "Philippines"}),
        SourceColumn("parent_name", ("subsidiary_of",)),
    ),
    source=SOURCE,
    source_date=SOURCE_DATE,
)
PIPELINE = Format(
    name="maven_crm_pipeline",
    title="CRM Sales Opportunities: sales pipeline",
    target="opportunity",
    signature=("external_id", "stage", "began_on"),
    marks=("engage_date",),
    constants={"currency": "USD"},
    columns=(
        SourceColumn("external_id", ("opportunity_id",)),
        SourceColumn("product", ("product",), mended={"gtxpro": "GTX Pro"}),
        SourceColumn("account_name", ("account",)),
        SourceColumn(
            "stage",
            ("deal_stage",),
            translate={"won": "won", "lost": "lost", "engaging": "open", "prospecting": "open"},
        ),
        SourceColumn("began_on", ("engage_date",)),
        SourceColumn("closed_on", ("close_date",)),
        SourceColumn("value", ("close_value",)),
    ),
    ignored={"sales_agent": STAFF_REASON},
    source=SOURCE,
    source_date=SOURCE_DATE,
)
FORMATS = (ACCOUNTS, PIPELINE)
