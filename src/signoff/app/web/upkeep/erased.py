"""What was done to erase a person, place by place; nobody is named."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from signoff.app.translation import translate, translate_word
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_table, show_table
from signoff.store.privacy.request import load_request

__all__ = ["show_erased"]

PLACES = {
    "register": gettext_lazy("register"),
    "lake": gettext_lazy("facts"),
    "documents": gettext_lazy("documents"),
    "suppression list": gettext_lazy("suppression list"),
}
DONE = {
    "versions deleted": gettext_lazy("versions of records deleted"),
    "rows deleted or made anonymous": gettext_lazy("rows deleted or made anonymous"),
    "mentions taken out": gettext_lazy("mentions taken out"),
    "hashes added": gettext_lazy("hashes added"),
}


def show_erased(request: HttpRequest, request_id: str) -> HttpResponse:
    """Show what came of an erasure; before its end, that it is still to be done."""
    asked = load_request(current_workspace(), request_id)
    rows = [_worded(row) for row in asked.outcome]
    heads = (
        Head("place", _("Where")),
        Head("what", _("What was done")),
        Head("n_rows", _("How many"), kind="number"),
    )
    if form := request.GET.get("export"):
        return export_table(request, rows, name="erased", heads=heads, form=form)
    caption = _("What was done, place by place; nobody is named")
    table = show_table(request, rows, name="erased", caption=caption, heads=heads)
    return render(request, "upkeep/erased.html", {"asked": asked, "table": table})


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row in the reader's language; of a file its path stays."""
    language, place, what = get_language() or "en", row["place"], row["what"]
    word = translate_word(what, family="scrubbing", language=language)
    return {
        "place": str(PLACES.get(place, place)),
        "what": str(DONE[what]) if what in DONE else translate(word, language=language),
        "n_rows": row["n_rows"],
    }
