"""The versions of a document: one read, all listed, any two compared, an old one restored."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.app.web.documents.keeping import keep_version
from signoff.app.web.documents.kinds import DocumentKind, kind_of
from signoff.app.web.documents.names import author_names
from signoff.app.web.documents.sheet import read_version, reader_language
from signoff.app.web.forms import show_document
from signoff.app.web.forms.differences import compare_bodies
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, export_table, show_table
from signoff.store.register import Version, document_history, load_document

__all__ = ["compare_versions", "restore_version", "show_history", "show_version"]

NAMED_CHANGES = 3


def show_version(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Show a document to be read: its newest version, or the one that is asked for."""
    register = current_workspace().register
    newest = load_document(register, kind=kind, name=name)
    shown = newest
    if request.GET.get("version"):
        number = read_version(request, "version")
        shown = load_document(register, kind=kind, name=name, version=number)
    known = kind_of(kind)
    context = {
        "kind": known,
        "version": shown,
        "newest": newest,
        "author": author_names([shown.author])[shown.author],
        "shown": show_document(known.shape, shown.body, language=reader_language()),
        "is_saved": bool(request.GET.get("saved")),
    }
    return render(request, "documents/show.html", context)


def show_history(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """List every version with its author, its time and what it changed."""
    known, versions = kind_of(kind), _versions(kind, name)
    rows = _history_rows(known, versions)
    heads = _history_heads(known, versions, may_restore=has_right(role_of(request), Right.PLAN))
    if form := request.GET.get("export"):
        return export_table(request, rows, name=f"{name}-history", heads=heads, form=form)
    table = show_table(
        request,
        rows,
        name="history",
        caption=_("Every version, the newest first. Nothing is ever overwritten."),
        heads=heads,
    )
    context = {"kind": known, "newest": versions[0], "versions": versions, "table": table}
    return render(request, "documents/history.html", context)


def compare_versions(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Show two versions side by side, field by field."""
    known, versions = kind_of(kind), _versions(kind, name)
    register, newest = current_workspace().register, versions[0].version
    asked = {
        side: read_version(request, side) if request.GET.get(side) else default
        for side, default in (("old", max(1, newest - 1)), ("new", newest))
    }
    old, new = (
        load_document(register, kind=kind, name=name, version=asked[side]) for side in asked
    )
    differences = compare_bodies(
        known.shape if known.model else None, old.body, new.body, language=reader_language()
    )
    context = {
        "kind": known,
        "newest": versions[0],
        "versions": versions,
        "old": old,
        "new": new,
        "names": author_names([old.author, new.author]),
        "differences": differences,
    }
    return render(request, "documents/compare.html", context)


def restore_version(request: HttpRequest, kind: str, version: int, name: str) -> HttpResponse:
    """Save an old version again as the newest; what came between stays in the history."""
    old = load_document(current_workspace().register, kind=kind, name=name, version=version)
    seen = read_version(request, "seen")
    kept = keep_version(kind_of(kind), name, old.body, by=request.user.email, seen=seen)
    said = {"old": old.version, "new": kept.version}
    messages.success(request, _("Version %(old)s was restored as version %(new)s.") % said)
    return redirect("documents:show", kind, name)


def _versions(kind: str, name: str) -> list[Version]:
    """Give the versions of a document, newest first; there is at least one."""
    register = current_workspace().register
    load_document(register, kind=kind, name=name)
    return document_history(register, kind=kind, name=name)


def _history_rows(kind: DocumentKind, versions: list[Version]) -> list[dict[str, Any]]:
    names = author_names(version.author for version in versions)
    older = [*versions[1:], None]
    return [
        {
            "version": version.version,
            "at": version.at,
            "author": names[version.author],
            "changed": _changes(kind, before, version),
            "compare": _("Compare") if before else "",
            "restore": _("Restore") if version is not versions[0] and kind.model else "",
        }
        for version, before in zip(versions, older, strict=True)
    ]


def _changes(kind: DocumentKind, before: Version | None, version: Version) -> str:
    """Say which fields a version changed."""
    if before is None:
        return _("first version")
    shape = kind.shape if kind.model else None
    found = compare_bodies(shape, before.body, version.body, language=reader_language())
    named = [" \u203a ".join(one.trail) for one in found[:NAMED_CHANGES]]
    n_more = len(found) - len(named)
    if n_more:
        more = ngettext("%(n)s more", "%(n)s more", n_more) % {"n": n_more}
        named.append(more)
    return ", ".join(named) or _("nothing")


def _history_heads(kind: DocumentKind, versions: list[Version], *, may_restore: bool) -> list[Head]:
    name, newest = versions[0].name, versions[0].version

    def show(row: Any) -> str:
        query = urlencode({"version": row["version"]})
        return f"{reverse('documents:show', args=[kind.name, name])}?{query}"

    def compare(row: Any) -> str:
        if not row["compare"]:
            return ""
        query = urlencode({"old": row["version"] - 1, "new": row["version"]})
        return f"{reverse('documents:compare', args=[kind.name, name])}?{query}"

    def restore(row: Any) -> str:
        if not row["restore"]:
            return ""
        address = reverse("documents:restore", args=[kind.name, row["version"], name])
        return f"{address}?{urlencode({'seen': newest})}"

    heads = [
        Head("version", _("Version"), kind="number", address=show),
        Head("at", _("Saved"), kind="moment"),
        Head("author", _("By")),
        Head("changed", _("What changed")),
        Head("compare", _("Compare"), address=compare),
    ]
    return [*heads, Head("restore", _("Restore"), act=restore)] if may_restore else heads
