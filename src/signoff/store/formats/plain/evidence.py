"""Signoff's own column names for what was found out of audiences and responses."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS"]

METHODS = {
    "enquete": "survey",
    "sondage": "survey",
    "etude": "survey",
    "look up": "lookup",
    "table": "lookup",
    "statistique": "lookup",
    "list": "matched_list",
    "liste": "matched_list",
    "matched audience": "matched_list",
    "liste rapprochee": "matched_list",
}
SCOPES = {"support": "venue", "genre": "kind", "type": "kind"}
SOURCES = (
    SourceColumn("source", ("source",)),
    SourceColumn("source_url", ("source url", "adresse de la source")),
)

AUDIENCE_EVIDENCE = Format(
    name="plain_audience_evidence",
    title="What surveys, look-ups and lists say of audiences, by Signoff's own column names",
    target="audience_evidence",
    columns=(
        SourceColumn("venue_id", ("venue id", "id support")),
        SourceColumn("country", ("country", "pays", "country code", "code pays")),
        SourceColumn("segment", ("segment",)),
        SourceColumn("role", ("role", "rôle")),
        SourceColumn("method", ("method", "méthode"), translate=METHODS),
        SourceColumn("study", ("study", "survey", "étude", "enquête")),
        SourceColumn("reach_share", ("reach share", "reach", "part touchée", "share", "part")),
        SourceColumn("n_asked", ("n asked", "respondents", "répondants", "interrogés")),
        SourceColumn("n_effective", ("n effective", "effective n", "effectif efficace")),
        SourceColumn("reach_low_share", ("reach low share", "part touchée basse")),
        SourceColumn("reach_high_share", ("reach high share", "part touchée haute")),
        SourceColumn("observed_on", ("observed on", "asked on", "date", "date d'enquête")),
        *SOURCES,
    ),
    signature=("venue_id", "method", "study", "reach_share"),
    source="the tables of this package",
    source_date="2026-11",
)
POSTERIOR = Format(
    name="plain_posterior",
    title="What campaigns showed of venues, by Signoff's own column names",
    target="posterior",
    columns=(
        SourceColumn("scope", ("scope", "portée"), translate=SCOPES),
        SourceColumn("item", ("item", "objet")),
        SourceColumn("measure", ("measure", "mesure")),
        SourceColumn("value", ("value", "valeur", "estimate", "estimation")),
        SourceColumn("low", ("low", "bas", "lower")),
        SourceColumn("high", ("high", "haut", "upper")),
        SourceColumn("grounds", ("grounds", "fondement")),
        SourceColumn("estimated_at", ("estimated at", "estimé le", "date")),
        SourceColumn("run_id", ("run id", "run")),
        *SOURCES,
    ),
    signature=("item", "measure", "value", "low", "high"),
    source="the tables of this package",
    source_date="2026-11",
)
FORMATS = (AUDIENCE_EVIDENCE, POSTERIOR)
