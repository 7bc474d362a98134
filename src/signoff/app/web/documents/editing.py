"""The form of a document: opened, checked, and saved as the next version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.documents.beside import look_beside
from signoff.app.web.documents.conflict import show_conflict
from signoff.app.web.documents.drafts import drop_draft, find_draft, keep_draft, others_at_work
from signoff.app.web.documents.keeping import current_body, keep_version, newest_version
from signoff.app.web.documents.kinds import DocumentKind, form_kind
from signoff.app.web.documents.measuring import look_at_message
from signoff.app.web.documents.names import author_names
from signoff.app.web.documents.sheet import Sheet, blank_sheet, sent_sheet
from signoff.app.web.forms import read_act
from signoff.app.web.forms.differences import is_same
from signoff.app.web.place import current_workspace
from signoff.errors import ConflictError
from signoff.store.register import load_document

__all__ = ["edit_document", "keep_sheet", "show_sheet"]


def edit_document(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Show the form of a document; sent, save it, check it, or change its rows."""
    known = form_kind(kind)
    if request.method != "POST":
        return show_sheet(request, _opened(request, known, name))
    act, sheet = request.POST.get("act", "save"), sent_sheet(request, kind=known, name=name)
    if act == "save":
        return keep_sheet(request, sheet)
    if act == "check":
        sheet.check()
    elif row_act := read_act(act, shape=known.shape):
        sheet.change_rows(row_act)
    keep_draft(request.user, sheet)
    return show_sheet(request, sheet, is_checked=act == "check" and not sheet.faults)


def keep_sheet(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Save a form as the next version of its document, if nothing is wrong and nobody was first.

    Args:
        request: Who saves.
        sheet: The form.
    """
    read = sheet.check()
    if sheet.faults:
        keep_draft(request.user, sheet)
        return show_sheet(request, sheet, status=422)
    body = sheet.kind.tidy(read)
    if _is_unchanged(sheet, body):
        messages.info(request, _("Nothing was changed, so no new version was made."))
    else:
        try:
            kept = keep_version(
                sheet.kind, sheet.name, body, by=request.user.email, seen=sheet.base_version
            )
        except ConflictError:
            keep_draft(request.user, sheet)
            return show_conflict(request, sheet, mine=body)
        messages.success(request, _("Saved as version %(number)s.") % {"number": kept.version})
    drop_draft(request.user, kind=sheet.kind.name, name=sheet.name)
    address = reverse("documents:show", args=[sheet.kind.name, sheet.name])
    return HttpResponseRedirect(f"{address}?saved=1")


def show_sheet(
    request: HttpRequest, sheet: Sheet, *, status: int = 200, is_checked: bool = False
) -> HttpResponse:
    """Show a form with all that stands beside it.

    Args:
        request: Who asks.
        sheet: The form.
        status: Status of the answer.
        is_checked: Whether it was just found to be without faults.
    """
    named = {"kind": sheet.kind.name, "name": sheet.name}
    has_newer = bool(request.method == "GET" and not request.GET.get("draft"))
    context: dict[str, Any] = {
        "sheet": sheet,
        "form": sheet.form,
        "is_checked": is_checked,
        "draft": find_draft(request.user, **named) if has_newer else None,
        "others": others_at_work(request.user, **named),
        "newer": _newer(sheet),
        "beside": look_beside(sheet) if request.POST.get("act") == "check" else None,
        **(look_at_message(sheet) if sheet.kind.name == "message" else {}),
    }
    return render(request, "documents/edit.html", context, status=status)


def _opened(request: HttpRequest, kind: DocumentKind, name: str) -> Sheet:
    """Open the form: the draft that was asked for, the newest version, or a beginning."""
    register = current_workspace().register
    draft = find_draft(request.user, kind=kind.name, name=name)
    if draft and request.GET.get("draft"):
        return Sheet(kind, name, draft.base_version, draft.typed)
    newest, body = newest_version(kind, name), current_body(kind, name)
    if body is not None:
        return blank_sheet(kind, name, body=body, base_version=newest.version if newest else 0)
    if copied := request.GET.get("copy"):
        body = (
            current_body(kind, copied) or load_document(register, kind=kind.name, name=copied).body
        )
        return blank_sheet(kind, name, body=body, base_version=0)
    return blank_sheet(kind, name, body=kind.begin(request.GET.dict()), base_version=0)


def _is_unchanged(sheet: Sheet, body: dict[str, Any]) -> bool:
    newest = newest_version(sheet.kind, sheet.name)
    if newest is None or newest.version != sheet.base_version:
        return False
    return is_same(sheet.kind.shape, current_body(sheet.kind, sheet.name), body)


def _newer(sheet: Sheet) -> dict[str, Any] | None:
    """Give the version that somebody saved since the form was opened, if there is one."""
    newest = newest_version(sheet.kind, sheet.name)
    if newest is None or newest.version <= sheet.base_version:
        return None
    return {"version": newest, "author": author_names([newest.author])[newest.author]}
