"""The venues that the workspace knows: what there is to buy, and on what its facts rest."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.web.lake_tables import show_lake_table
from signoff.app.web.pages import role_of
from signoff.app.web.place import lake_engine
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, Table, TableState
from signoff.report.wording import read_catalog
from signoff.store.browse import count_facets, lake_table, list_rows

__all__ = ["show_book"]

BOOK = lake_table(
    "venue",
    searched=("name", "region", "venue_group"),
    facets=("kind", "country", "venue_group", "basis"),
)
FAMILIES = {"kind": "venue_kind", "basis": "basis"}


def show_book(request: HttpRequest) -> HttpResponse:
    """Show every venue, as it was imported."""
    with lake_engine() as engine:
        table = show_lake_table(
            request,
            table=_empty_table(may_plan=has_right(role_of(request), Right.PLAN)),
            list_rows=lambda asked: list_rows(engine, table=BOOK, request=asked),
            count=lambda asked: count_facets(engine, table=BOOK, request=asked),
            words=_say,
        )
    return render(request, "venues/book.html", {"table": table})


def _say(column: str, value: Any) -> str:
    if column not in FAMILIES:
        return str(value)
    return read_catalog(get_language() or "en").term(FAMILIES[column], str(value))


def _card_address(row: Mapping[str, Any]) -> str:
    """Give where the card of a venue is edited."""
    return reverse("documents:edit", args=["venue", row["venue_id"]]) if "venue_id" in row else ""


def _empty_table(*, may_plan: bool) -> Table:
    heads = (
        Head("name", _("Venue"), address=_card_address if may_plan else None),
        Head("kind", _("Kind"), kind="term", family="venue_kind"),
        Head("country", _("Country")),
        Head("region", _("Region")),
        Head("venue_group", _("Group")),
        Head("unit", _("Unit"), kind="term", family="unit"),
        Head("exposures_per_unit", _("Exposures of a unit"), kind="measure"),
        Head("response_share", _("Visits per exposure"), kind="share"),
        Head("raised_hand_share", _("Raised hands per visit"), kind="share"),
        Head("lead_days", _("Lead time in days"), kind="number"),
        Head("basis", _("Basis"), kind="term", family="basis"),
        Head("source", _("Source")),
    )
    return Table(
        name="book",
        caption=_("Venues"),
        heads=heads,
        lines=(),
        n_total=0,
        state=TableState(),
        query={},
        all_heads=heads,
        exports=(),
        empty=_("No venue fits."),
    )
