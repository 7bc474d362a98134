"""The history of imports, and the uploads that wait for theirs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from signoff.app.web.imports.words import IMPORT_STATES, TABLE_WORDS
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, export_table, show_table
from signoff.store.imports.upload import list_uploads
from signoff.store.register import ImportEntry, list_imports

__all__ = ["show_imports"]


def show_imports(request: HttpRequest) -> HttpResponse:
    """Show what came in, the newest first, and the member's uploads that wait."""
    workspace = current_workspace()
    entries = [entry for entry in list_imports(workspace.register) if not entry.is_derived]
    rows, heads = [_row(entry) for entry in entries], _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="imports", heads=heads, form=form)
    may_import = has_right(role_of(request), Right.IMPORT)
    context = {
        "table": show_table(
            request,
            rows,
            name="imports",
            caption=_("Imports, the newest first"),
            heads=heads,
        ),
        "n_imports": len(entries),
        "uploads": list_uploads(workspace, by=request.user.email) if may_import else [],
    }
    return render(request, "imports/history.html", context)


def _row(entry: ImportEntry) -> dict[str, Any]:
    return {
        "import_id": entry.import_id,
        "file": entry.file_name,
        "table": entry.table_name,
        "state": entry.state.value,
        "n_read": entry.counts.n_read,
        "n_published": entry.counts.n_published,
        "n_superseded": entry.counts.n_superseded,
        "n_rejected": entry.counts.n_rejected,
        "by": entry.by,
        "created_at": entry.created_at,
    }


def _heads() -> Sequence[Head]:
    return (
        Head("file", _("File"), address=_address),
        Head("table", _("Imported as"), choices=tuple(TABLE_WORDS.items())),
        Head("state", _("State"), choices=tuple(IMPORT_STATES.items())),
        Head("n_read", _("Rows read"), kind="number"),
        Head("n_published", _("Imported"), kind="number"),
        Head("n_superseded", _("in place of earlier"), kind="number"),
        Head("n_rejected", _("Given back"), kind="number"),
        Head("by", _("By")),
        Head("created_at", _("At"), kind="moment"),
    )


def _address(row: Mapping[str, Any]) -> str:
    return reverse("imports:show", args=[row["import_id"]])
