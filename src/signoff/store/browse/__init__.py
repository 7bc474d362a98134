"""Tables to look through: columns, filters, search, order and page, checked and bound."""

from signoff.store.browse.download import Download, DownloadForm, export_rows
from signoff.store.browse.listing import Facet, TablePage, count_facets, list_rows
from signoff.store.browse.request import Filter, Operator, Sort, TableRequest
from signoff.store.browse.shown import ShownTable, lake_table

__all__ = [
    "Download",
    "DownloadForm",
    "Facet",
    "Filter",
    "Operator",
    "ShownTable",
    "Sort",
    "TablePage",
    "TableRequest",
    "count_facets",
    "export_rows",
    "lake_table",
    "list_rows",
]
