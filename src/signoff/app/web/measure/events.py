"""Touches by venue and kind: what went together, never what caused what."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from signoff.app.web.monthly import draw_months
from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.app.web.tables import Head, export_table, show_table
from signoff.measure import count_events, count_events_by_month

__all__ = ["show_events"]

KINDS = {
    "impression": pgettext_lazy("kind of touch", "impression"),
    "click": pgettext_lazy("kind of touch", "click"),
    "visit": pgettext_lazy("kind of touch", "visit"),
    "form": pgettext_lazy("kind of touch", "form sent"),
    "mail": pgettext_lazy("kind of touch", "mail"),
    "call": pgettext_lazy("kind of touch", "call"),
    "meeting": pgettext_lazy("kind of touch", "meeting"),
}


def show_events(request: HttpRequest) -> HttpResponse:
    """Show touches by venue and kind, and month by month."""
    with lake_engine() as engine:
        rows, months = count_events(engine), count_events_by_month(engine)
    heads = _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="touches", heads=heads, form=form)
    caption = gettext_lazy("Touches by venue and kind, the most frequent first: association only.")
    figure = draw_months(
        [
            (row["month"], str(KINDS.get(row["kind"], row["kind"])), row["n_events"])
            for row in months
        ],
        name="touches-by-month",
        title=_("Touches by month and kind"),
        axis=_("Touches"),
    )
    shown = [{**row, "venue": row["venue"] or _("no venue named")} for row in rows]
    context: dict[str, Any] = {
        "tab": "events",
        "figure": figure,
        "n_events": sum(row["n_events"] for row in rows),
        "n_with_account": sum(row["n_with_account"] for row in rows),
        "table": show_table(request, shown, name="touches", caption=caption, heads=heads),
        "import_address": first_address(("imports:upload", []), ("imports:imports", [])),
    }
    return render(request, "measure/events.html", context)


def _heads() -> Sequence[Head]:
    return (
        Head("venue", gettext_lazy("Venue")),
        Head("kind", gettext_lazy("Kind of touch"), choices=tuple(KINDS.items())),
        Head("n_events", gettext_lazy("Touches"), kind="number"),
        Head("n_with_account", gettext_lazy("with a known account"), kind="number"),
        Head("n_accounts", gettext_lazy("Accounts"), kind="number"),
        Head("first_at", gettext_lazy("First"), kind="day"),
        Head("last_at", gettext_lazy("Last"), kind="day"),
    )
