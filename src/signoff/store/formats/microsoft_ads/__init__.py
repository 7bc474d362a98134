"""Microsoft Advertising's campaign report."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "REPORT"]

REPORT = Format(
    name="microsoft_ads_report",
    title="Microsoft Advertising: campaign report",
    target="spend",
    signature=("campaign", "starts_on", "spend"),
    marks=(
        "TimePeriod",
        "CampaignName",
        "Gregorian date",
        "Spend",
        "Campaign name",
        "Nom de la campagne",
        "Date grégorienne",
    ),
    constants={"venue": "Microsoft Ads"},
    columns=(
        SourceColumn(
            "campaign",
            ("CampaignName", "Campaign name", "Campaign", "Nom de la campagne", "Nom de campagne"),
        ),
        SourceColumn(
            "starts_on", ("TimePeriod", "Gregorian date", "Date", "Date grégorienne", "Période")
        ),
        SourceColumn("spend", ("Spend", "Dépense", "Dépenses")),
        SourceColumn("currency", ("CurrencyCode", "Currency code", "Code de devise")),
        SourceColumn("impressions", ("Impressions",)),
        SourceColumn("clicks", ("Clicks", "Clics")),
        SourceColumn("conversions", ("Conversions", "ConversionsQualified")),
    ),
    date_order="mdy",
    has_totals=True,
    sums_rows=True,
    source="Microsoft Advertising report columns; about nine preamble lines and a footer with ©",
    source_date="2026-11",
)
FORMATS = (REPORT,)
