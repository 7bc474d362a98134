"""The audit trail: who did what, and whether a row was changed since."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.translation import translate_word
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_rows, show_table
from signoff.store.register import list_audit, verify_audit

__all__ = ["show_trail"]


def show_trail(request: HttpRequest) -> HttpResponse:
    """Show the acts, newest first; asked to, check the chain that links them."""
    register = current_workspace().register
    rows: list[dict[str, Any]] = [
        {
            "seq": row.seq,
            "at": row.act.at,
            "by": row.act.by,
            "action": row.act.action,
            "object_kind": row.act.object_kind,
            "object_id": row.act.object_id,
            "detail": ", ".join(f"{name}: {value}" for name, value in row.act.detail.items()),
        }
        for row in reversed(list_audit(register))
    ]
    if request.GET.get("export"):
        return export_rows(rows, name="audit", form=request.GET["export"])
    kinds = sorted({(row["object_kind"], row["object_kind"]) for row in rows})
    table = show_table(
        request,
        rows,
        name="trail",
        caption=_("What was done, newest first"),
        heads=(
            Head("seq", _("No."), kind="number"),
            Head("at", _("When"), kind="moment"),
            Head("by", _("Who")),
            Head("action", _("Did")),
            Head("object_kind", _("To what"), choices=kinds),
            Head("object_id", _("Which one")),
            Head("detail", _("More")),
        ),
    )
    check = verify_audit(register) if request.GET.get("check") else None
    return render(request, "upkeep/trail.html", {"table": table, "check": check})
