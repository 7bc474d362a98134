"""Matomo's exports of visits by channel, site, country or page."""

from signoff.store.formats.format import Format, SourceColumn

__all__ = ["FORMATS", "VISITS"]

OTHERS = ("nb_uniq_visitors", "nb_actions", "max_actions", "sum_visit_length", "bounce_count")
VISITS = Format(
    name="matomo_visits",
    title="Matomo: visits by label",
    target="spend",
    signature=("campaign", "sessions"),
    marks=("nb_visits", "nb_uniq_visitors", "bounce_count"),
    constants={"venue": "Website (Matomo)"},
    columns=(
        SourceColumn("campaign", ("label",)),
        SourceColumn("starts_on", ("date",)),
        SourceColumn("sessions", ("nb_visits",)),
        SourceColumn("conversions", ("nb_conversions",)),
    ),
    ignored=dict.fromkeys(OTHERS, "it does not add up over periods, or no question needs it"),
    source="Matomo's reporting interface; column names are the same in every language",
    source_date="2026-11",
)
FORMATS = (VISITS,)
