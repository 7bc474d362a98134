"""Tables to look through: columns, filters, search, order and page, checked and bound."""

from signoff.store.browse.listing import Facet, TablePage, count_facets, list_rows
from signoff.store.browse.request import Filter, Operator, Sort, TableRequest
from signoff.store.browse.shown import ShownTable, lake_table

__all__ = [
    "Facet",
    "Filter",
    "Operator",
    "ShownTable",
    "Sort",
    "TablePage",
    "TableRequest",
    "count_facets",
    "lake_table",
    "list_rows",
]
