"""Searches by which people found the site, as Search Console exports them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.digital import list_queries

__all__ = ["show_queries"]


def show_queries(request: HttpRequest) -> HttpResponse:
    """Show queries, or pages, with how often they were shown and chosen."""
    with lake_engine() as engine:
        rows = list_queries(engine)
    heads = _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="searches", heads=heads, form=form)
    caption = _("Searches without payment, the most often shown first; 5,000 at most.")
    context: dict[str, Any] = {
        "tab": "queries",
        "n_rows": len(rows),
        "table": show_table(request, rows, name="searches", caption=caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, "digital/queries.html", context)


def _heads() -> Sequence[Head]:
    return (
        Head("query", _("Search or page")),
        Head("impressions", _("Times shown"), kind="number"),
        Head("clicks", _("Clicks"), kind="number"),
        Head("click_share", _("Clicks of times shown"), kind="share"),
        Head("first_on", _("First day"), kind="day"),
        Head("last_on", _("Last day"), kind="day"),
    )
