"""Pages of the site with what people did there, as imported events tell."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.digital import list_pages

__all__ = ["show_pages"]


def show_pages(request: HttpRequest) -> HttpResponse:
    """Show pages with visits, clicks, forms and accounts."""
    with lake_engine() as engine:
        rows = list_pages(engine)
    heads = _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="pages", heads=heads, form=form)
    caption = _("Pages of the site by touches, the most touched first; 5,000 at most.")
    context: dict[str, Any] = {
        "tab": "pages",
        "n_rows": len(rows),
        "table": show_table(request, rows, name="pages", caption=caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, "digital/pages.html", context)


def _heads() -> Sequence[Head]:
    return (
        Head("page", _("Page")),
        Head("n_visits", _("Visits"), kind="number"),
        Head("n_clicks", _("Clicks"), kind="number"),
        Head("n_forms", _("Forms sent"), kind="number"),
        Head("n_visitors", _("Visitors"), kind="number"),
        Head("n_accounts", _("Accounts known"), kind="number"),
        Head("last_at", _("Last touch"), kind="day"),
    )
