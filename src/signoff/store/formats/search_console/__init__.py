"""Google Search Console's performance tables, one CSV of its zip at a time."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "PERFORMANCE"]

PERFORMANCE = Format(
    name="search_console",
    title="Google Search Console: performance",
    target="spend",
    signature=("clicks", "impressions"),
    marks=("Position",),
    constants={"venue": "Google Search", "campaign": "organic search"},
    columns=(
        SourceColumn(
            "campaign",
            (
                "Top queries",
                "Top pages",
                "Query",
                "Page",
                "Queries",
                "Pages",
                "Requêtes les plus fréquentes",
                "Pages les plus populaires",
                "Requête",
            ),
        ),
        SourceColumn("starts_on", ("Date",)),
        SourceColumn("clicks", ("Clicks", "Clics")),
        SourceColumn("impressions", ("Impressions",)),
    ),
    ignored={
        "CTR": "clicks over impressions, worked out when needed",
        "Position": "an average, which does not add up",
    },
    source="Search Console help on exporting performance data; French labels †",
    source_date="2026-11",
)
FORMATS = (PERFORMANCE,)
