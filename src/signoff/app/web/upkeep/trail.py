"""The audit trail: who did what, and whether a row was changed since."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from signoff.app.translation import translate_word
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_rows, show_table
from signoff.store.register import AuditRow, list_audit, verify_audit

__all__ = ["show_trail"]

ID = re.compile(r"[0-9a-f]{16,}")
SHORT = 8  # letters of an id that tell it apart on a page; the exports have it whole
DETAILS = {
    "n_read": gettext_lazy("rows read"),
    "n_published": gettext_lazy("rows imported"),
    "n_superseded": gettext_lazy("in place of earlier rows"),
    "n_rejected": gettext_lazy("rows given back"),
    "n_persons": gettext_lazy("people"),
    "n_hashes": gettext_lazy("hashes"),
    "n_files": gettext_lazy("files"),
    "n_cancelled": gettext_lazy("jobs cancelled"),
    "table": gettext_lazy("what"),
    "kind": gettext_lazy("kind"),
    "names": gettext_lazy("names"),
    "version": gettext_lazy("version"),
    "lake_snapshot": gettext_lazy("snapshot of the facts"),
    "role": gettext_lazy("role"),
    "scopes": gettext_lazy("scopes"),
}


def show_trail(request: HttpRequest) -> HttpResponse:
    """Show the acts, newest first; asked to, check the chain that links them."""
    register = current_workspace().register
    rows = list(reversed(list_audit(register)))
    if request.GET.get("export"):
        return export_rows([_stored(row) for row in rows], name="audit", form=request.GET["export"])
    kinds = sorted({row.act.object_kind for row in rows})
    table = show_table(
        request,
        [_shown(row) for row in rows],
        name="trail",
        caption=_("What was done, newest first"),
        heads=(
            Head("seq", _("No."), kind="number"),
            Head("at", _("When"), kind="moment"),
            Head("by", _("Who")),
            Head("action", _("Did")),
            Head(
                "object_kind",
                _("To what"),
                choices=[(kind, _word(kind, "object_kind")) for kind in kinds],
            ),
            Head("object_id", _("Which one")),
            Head("detail", _("More")),
        ),
    )
    check = verify_audit(register) if request.GET.get("check") else None
    return render(request, "upkeep/trail.html", {"table": table, "check": check})


def _stored(row: AuditRow) -> dict[str, Any]:
    """Give a row as it is kept, for a file."""
    return {
        "seq": row.seq,
        "at": row.act.at,
        "by": row.act.by,
        "action": row.act.action,
        "object_kind": row.act.object_kind,
        "object_id": row.act.object_id,
        "detail": ", ".join(f"{name}: {value}" for name, value in row.act.detail.items()),
    }


def _shown(row: AuditRow) -> dict[str, Any]:
    """Give a row in the reader's words, its ids short."""
    return _stored(row) | {
        "action": _word(row.act.action, "action"),
        "object_id": ID.sub(lambda found: found[0][:SHORT], row.act.object_id),
        "detail": _say_detail(row.act.detail),
    }


def _say_detail(detail: Mapping[str, Any]) -> str:
    said = []
    for name, value in detail.items():
        values = value if isinstance(value, list | tuple) else str(value).split(", ")
        if name == "table":
            values = [_word(str(one), "table") for one in values]
        text = ID.sub(lambda found: found[0][:SHORT], ", ".join(str(one) for one in values))
        said.append(_("%(name)s: %(value)s") % {"name": _detail(name), "value": text})
    return " · ".join(said)


def _detail(name: str) -> str:
    return str(DETAILS.get(name, name.removeprefix("n_").replace("_", " ")))


def _word(word: str, family: str) -> str:
    return translate_word(word, family=family, language=get_language() or "en")
