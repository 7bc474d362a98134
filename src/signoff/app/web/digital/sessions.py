"""Sessions of the site by tool and source, as GA4 and Matomo export them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.monthly import draw_months
from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.digital import list_sessions, list_sessions_by_month

__all__ = ["show_sessions"]


def show_sessions(request: HttpRequest) -> HttpResponse:
    """Show sessions by source, and month by month."""
    with lake_engine() as engine:
        rows, months = list_sessions(engine), list_sessions_by_month(engine)
    heads = _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="sessions", heads=heads, form=form)
    caption = gettext_lazy("Sessions by source, the largest first, as the tools count them.")
    tools = {row["tool"] for row in rows}
    context: dict[str, Any] = {
        "tab": "sessions",
        "n_rows": len(rows),
        "has_several": len(tools) > 1,
        "figure": draw_months(
            [(row["month"], row["tool"], row["sessions"]) for row in months],
            name="sessions-by-month",
            title=_("Sessions by month"),
            axis=_("Sessions"),
            notes=(_("A period counts for the month in which it begins."),),
        ),
        "table": show_table(request, rows, name="sessions", caption=caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, "digital/sessions.html", context)


def _heads() -> Sequence[Head]:
    return (
        Head("source", gettext_lazy("Source")),
        Head("tool", gettext_lazy("Counted by")),
        Head("sessions", gettext_lazy("Sessions"), kind="number"),
        Head("conversions", gettext_lazy("Conversions, as the tool counts them"), kind="measure"),
        Head("first_on", gettext_lazy("First day"), kind="day"),
        Head("last_on", gettext_lazy("Last day"), kind="day"),
    )
