"""Where else in the application something can be looked at, if there is a page for it."""

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse

__all__ = ["address_of_table", "first_address"]

# pages that show the rows of a table of the lake, the best first
TABLE_PAGES: dict[str, tuple[str, ...]] = {
    "account": ("audience:accounts",),
    "person_fact": ("audience:accounts",),
    "opportunity": ("audience:accounts",),
    "venue": ("venues:book",),
    "rate": ("venues:book",),
    "venue_audience": ("venues:book",),
    "venue_issue": ("venues:book",),
    "venue_package": ("venues:book",),
    "spend": ("measure:spend",),
    "event": ("measure:events",),
    "document: brief": ("documents:list",),
}


def address_of_table(table: str) -> str:
    """Give the page that shows the rows of a table; empty where there is none.

    Args:
        table: Table of the lake, or a kind of document, as a plan's notes name them.
    """
    return first_address(*((name, []) for name in TABLE_PAGES.get(table, ())))


def first_address(*candidates: tuple[str, Sequence[object]]) -> str:
    """Give the address of the first page that there is; empty where there is none.

    Args:
        candidates: Name of a page and what its address takes.
    """
    for name, values in candidates:
        try:
            return reverse(name, args=list(values))
        except NoReverseMatch:
            continue
    return ""
