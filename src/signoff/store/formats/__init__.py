"""The files of other tools that are understood; one folder for each tool."""

from signoff.store.formats import (
    ga4,
    google_ads,
    hubspot,
    linkedin,
    matomo,
    maven_crm,
    microsoft_ads,
    plain,
    salesforce,
    search_console,
)
from signoff.store.formats.format import Format, SourceColumn, fold

__all__ = ["FORMATS", "Format", "SourceColumn", "fold"]

FORMATS: dict[str, Format] = {
    known.name: known
    for tool in (
        hubspot,
        salesforce,
        google_ads,
        microsoft_ads,
        linkedin,
        ga4,
        search_console,
        matomo,
        maven_crm,
        plain,
    )
    for known in tool.FORMATS
}
