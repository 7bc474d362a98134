"""Two lists as imports hold them: searches that found the site, and pages with what people did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.digital import list_pages, list_queries

__all__ = ["show_pages", "show_queries"]


@dataclass(frozen=True)
class Listing:
    """One list: its template, which is its tab too, its name, its rows and what they say."""

    tab: str
    name: str
    list_rows: Callable[[Any], Sequence[Any]]
    caption: Any
    heads: tuple[Head, ...]


QUERIES = Listing(
    tab="queries",
    name="searches",
    list_rows=list_queries,
    caption=_("Searches without payment, the most often shown first; 5,000 at most."),
    heads=(
        Head("query", _("Search or page")),
        Head("impressions", _("Times shown"), kind="number"),
        Head("clicks", _("Clicks"), kind="number"),
        Head("click_share", _("Clicks of times shown"), kind="share"),
        Head("first_on", _("First day"), kind="day"),
        Head("last_on", _("Last day"), kind="day"),
    ),
)
TOUCHED = Listing(
    tab="pages",
    name="pages",
    list_rows=list_pages,
    caption=_("Pages of the site by touches, the most touched first; 5,000 at most."),
    heads=(
        Head("page", _("Page")),
        Head("n_visits", _("Visits"), kind="number"),
        Head("n_clicks", _("Clicks"), kind="number"),
        Head("n_forms", _("Forms sent"), kind="number"),
        Head("n_visitors", _("Visitors"), kind="number"),
        Head("n_accounts", _("Accounts known"), kind="number"),
        Head("last_at", _("Last touch"), kind="day"),
    ),
)


def show_queries(request: HttpRequest) -> HttpResponse:
    """Show queries, or pages, with how often they were shown and chosen, from Search Console."""
    return _show(request, QUERIES)


def show_pages(request: HttpRequest) -> HttpResponse:
    """Show pages with visits, clicks, forms and accounts, as imported events tell."""
    return _show(request, TOUCHED)


def _show(request: HttpRequest, listing: Listing) -> HttpResponse:
    with lake_engine() as engine:
        rows = listing.list_rows(engine)
    name, heads = listing.name, listing.heads
    if form := request.GET.get("export"):
        return export_table(request, rows, name=name, heads=heads, form=form)
    context: dict[str, Any] = {
        "tab": listing.tab,
        "n_rows": len(rows),
        "table": show_table(request, rows, name=name, caption=listing.caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, f"digital/{listing.tab}.html", context)
