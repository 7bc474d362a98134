"""Google Ads: its campaign report in, and Customer Match lists out."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "REPORT"]

REPORT = Format(
    name="google_ads_report",
    title="Google Ads: campaign report",
    target="spend",
    signature=("campaign", "spend"),
    marks=(
        "Impr.",
        "Campaign status",
        "État de la campagne",
        "Kampagnenstatus",
        "Campaign",
        "Campagne",
        "Kampagne",
    ),
    constants={"venue": "Google Ads"},
    columns=(
        SourceColumn("campaign", ("Campaign", "Campagne", "Kampagne")),
        SourceColumn(
            "starts_on",
            ("Day", "Jour", "Tag", "Week", "Semaine", "Woche", "Month", "Mois", "Monat"),
        ),
        SourceColumn("spend", ("Cost", "Coût", "Kosten")),
        SourceColumn(
            "currency", ("Currency code", "Code de devise", "Code devise", "Währungscode")
        ),
        SourceColumn("impressions", ("Impr.", "Impressions", "Impressionen")),
        SourceColumn("clicks", ("Clicks", "Clics", "Klicks", "Interactions")),
        SourceColumn("conversions", ("Conversions", "Conv.", "Conversionen")),
    ),
    ignored={
        "Campaign status": "the state on the day of the export, not of the period",
        "État de la campagne": "the state on the day of the export, not of the period",
        "Budget": "what was allowed, not what was spent",
    },
    has_totals=True,
    sums_rows=True,
    source="Google Ads help on reports; columns, preamble and totals seen in published exports",
    source_date="2026-11",
)
FORMATS = (REPORT,)
