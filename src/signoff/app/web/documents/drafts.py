"""Drafts: what was typed is kept on the server until it is saved, and offered again."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from signoff.app.web.documents.kinds import form_kind
from signoff.app.web.documents.models import Draft
from signoff.app.web.documents.sheet import Sheet, sent_sheet
from signoff.brief.addresses import hide_addresses

__all__ = ["drop_draft", "find_draft", "keep_draft", "others_at_work", "save_draft", "throw_away"]

LIFE = timedelta(days=30)
AT_WORK = timedelta(minutes=10)


def keep_draft(member: Any, sheet: Sheet) -> Draft:
    """Keep what a member has typed; e-mail addresses are hidden, for no document may hold one.

    Args:
        member: Whose draft it is.
        sheet: The form with what stands in it.
    """
    now = timezone.now()
    Draft.objects.filter(kept_at__lt=now - LIFE).delete()
    typed = {name: [hide_addresses(text) for text in texts] for name, texts in sheet.typed.items()}
    kept, _is_new = Draft.objects.update_or_create(
        member=member,
        kind=sheet.kind.name,
        name=sheet.name,
        defaults={"typed": typed, "base_version": sheet.base_version, "kept_at": now},
    )
    return kept


def find_draft(member: Any, *, kind: str, name: str) -> Draft | None:
    """Give what a member has typed and not saved, if anything."""
    return Draft.objects.filter(member=member, kind=kind, name=name).first()


def drop_draft(member: Any, *, kind: str, name: str) -> None:
    """Forget what a member has typed, once it is saved or thrown away."""
    Draft.objects.filter(member=member, kind=kind, name=name).delete()


def others_at_work(member: Any, *, kind: str, name: str) -> list[Draft]:
    """List the drafts of other members who typed into the same form just now."""
    since = timezone.now() - AT_WORK
    found = Draft.objects.filter(kind=kind, name=name, kept_at__gte=since).exclude(member=member)
    return list(found.select_related("member").order_by("-kept_at"))


def save_draft(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Keep what stands in the form, as the page does by itself at each pause."""
    sheet = sent_sheet(request, kind=form_kind(kind), name=name)
    context = {
        "kept": keep_draft(request.user, sheet),
        "others": others_at_work(request.user, kind=kind, name=name),
    }
    return render(request, "documents/_draft.html", context)


def throw_away(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Forget a draft, and go back to the document."""
    drop_draft(request.user, kind=form_kind(kind).name, name=name)
    return redirect("documents:edit", kind, name)
