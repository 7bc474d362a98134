"""Google Analytics 4's traffic acquisition report."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "TRAFFIC"]

RATES = (
    "Engagement rate",
    "Average engagement time per session",
    "Events per session",
    "Session key event rate",
    "Taux d'engagement",
    "Durée d'engagement moyenne par session",
    "Événements par session",
)
TRAFFIC = Format(
    name="ga4_traffic",
    title="Google Analytics 4: traffic acquisition",
    target="spend",
    signature=("campaign", "sessions"),
    marks=(
        "Session primary channel group (Default Channel Group)",
        "Engaged sessions",
        "Sessions avec engagement",
        "Session default channel group",
        "Groupe de canaux principal de la session (Groupe de canaux par défaut)",
    ),
    constants={"venue": "Website (GA4)"},
    columns=(
        SourceColumn(
            "campaign",
            (
                "Session primary channel group (Default Channel Group)",
                "Session primary channel group (Default channel group)",
                "Session default channel group",
                "Groupe de canaux principal de la session (Groupe de canaux par défaut)",
                "Groupe de canaux par défaut de la session",
                "Session campaign",
                "Campagne de la session",
                "Session source / medium",
                "Source/Support de la session",
            ),
        ),
        SourceColumn("starts_on", ("Date",)),
        SourceColumn("sessions", ("Sessions",)),
        SourceColumn("conversions", ("Key events", "Conversions", "Événements clés")),
    ),
    ignored=dict.fromkeys(RATES, "a rate or an average, which does not add up"),
    has_totals=True,
    sums_rows=True,
    source="GA4 help on the traffic acquisition report; letter case varies between exports",
    source_date="2026-11",
)
FORMATS = (TRAFFIC,)
