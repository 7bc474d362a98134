"""LinkedIn: its campaign performance report in, and matched-audience lists out."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "REPORT"]

REPORT = Format(
    name="linkedin_report",
    title="LinkedIn: campaign performance report",
    target="spend",
    signature=("campaign", "starts_on", "spend"),
    marks=(
        "Start Date (in UTC)",
        "Campaign Group Name",
        "Total Spent",
        "Date de début (en UTC)",
        "Nom du groupe de campagnes",
        "Total dépensé",
    ),
    constants={"venue": "LinkedIn"},
    columns=(
        SourceColumn(
            "starts_on",
            ("Start Date (in UTC)", "Start Date", "Date de début (en UTC)", "Date de début"),
        ),
        SourceColumn("campaign", ("Campaign Name", "Nom de la campagne")),
        SourceColumn("currency", ("Currency", "Devise")),
        SourceColumn("spend", ("Total Spent", "Total dépensé", "Dépenses totales")),
        SourceColumn("impressions", ("Impressions",)),
        SourceColumn("clicks", ("Clicks", "Clics")),
        SourceColumn("conversions", ("Conversions",)),
    ),
    date_order="mdy",
    has_totals=True,
    sums_rows=True,
    source="LinkedIn Campaign Manager help on reports; French labels from its interface †",
    source_date="2026-11",
)
FORMATS = (REPORT,)
