"""All documents in one list, and new ones begun."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from signoff.app.web.documents.kinds import KINDS, DocumentKind, form_kind, kind_of
from signoff.app.web.documents.names import author_names, require_name
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_table, show_table
from signoff.errors import DataError, MissingError
from signoff.store.register import document_history, list_headings

__all__ = ["NewForm", "list_all", "new_document"]


# kept as documents, but named by ids and shown on pages of their own
ELSEWHERE = {"plan", "scenario"}


class NewForm(forms.Form):
    """How a new document is called and what it begins with."""

    name = forms.CharField(label=_("Name"), max_length=80)
    source = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *values: Any, kind: DocumentKind, **named: Any) -> None:
        super().__init__(*values, **named)
        self.kind = kind
        kept = [one.name for one in list_headings(current_workspace().register, kinds=[kind.name])]
        self.fields["source"].choices = [
            ("", _("sample values to replace")),
            *((name, _("a copy of %(name)s") % {"name": name}) for name in sorted(kept)),
        ]

    def clean_name(self) -> str:
        """Refuse names that cannot be carried, and those that are taken."""
        try:
            name = require_name(self.cleaned_data["name"])
        except DataError as error:
            fault = error.fault
            said = {"what": fault.what, "why": fault.why, "fix": fault.fix}
            raise forms.ValidationError(_("%(what)s: %(why)s; %(fix)s."), params=said) from error
        if document_history(current_workspace().register, kind=self.kind.name, name=name):
            raise forms.ValidationError(_("There is one of this name already."))
        return name


def list_all(request: HttpRequest) -> HttpResponse:
    """List the newest version of every document but of those with pages of their own."""
    written = [name for name in KINDS if name not in ELSEWHERE]
    headings = list_headings(current_workspace().register, kinds=written)
    names = author_names(one.author for one in headings)
    rows = [
        {
            "name": one.name,
            "kind": one.kind,
            "version": one.version,
            "at": one.at,
            "author": names[one.author],
        }
        for one in headings
    ]
    heads = _heads({one.kind for one in headings})
    if form := request.GET.get("export"):
        return export_table(request, rows, name="documents", heads=heads, form=form)
    caption = _("Every document in its newest version, the last saved first.")
    table = show_table(request, rows, name="documents", caption=caption, heads=heads)
    kinds = [kind for kind in KINDS.values() if kind.begins_blank]
    return render(request, "documents/list.html", {"table": table, "rows": rows, "kinds": kinds})


def new_document(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for the name of a new document; sent, open its form. Nothing is saved yet."""
    known = form_kind(kind)
    if not known.begins_blank:
        raise MissingError(
            _("documents of this kind are not begun from a name"),
            why=_("a message belongs to a role and a venue of its brief"),
            fix=_("choose it among the messages, and edit it there"),
        )
    start = {"source": request.GET.get("copy", "")}
    form = NewForm(request.POST or None, kind=known, initial=start)
    if request.method == "POST" and form.is_valid():
        address = reverse("documents:edit", args=[kind, form.cleaned_data["name"]])
        copied = form.cleaned_data["source"]
        query = f"?{urlencode({'copy': copied})}" if copied else ""
        return HttpResponseRedirect(address + query)
    status = 422 if form.is_bound else 200
    return render(request, "documents/new.html", {"form": form, "kind": known}, status=status)


def _heads(kinds: set[str]) -> list[Head]:
    def show(row: Mapping[str, Any]) -> str:
        return reverse("documents:show", args=[row["kind"], row["name"]])

    return [
        Head("name", _("Name"), address=show),
        Head("kind", _("Kind"), choices=[(kind, kind_of(kind).word) for kind in sorted(kinds)]),
        Head("version", _("Version"), kind="number"),
        Head("at", _("Saved"), kind="moment"),
        Head("author", _("By")),
    ]
