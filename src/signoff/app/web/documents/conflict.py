"""Somebody else saved meanwhile: both versions side by side, and a choice for each field."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.web.documents.names import author_names
from signoff.app.web.documents.sheet import Sheet, reader_language
from signoff.app.web.forms.meeting import Meeting, Side, meet_bodies
from signoff.app.web.place import current_workspace
from signoff.store.register import Version, load_document

__all__ = ["both_sides", "show_conflict", "taken_sides"]


def show_conflict(
    request: HttpRequest,
    sheet: Sheet,
    *,
    mine: Mapping[str, Any],
    unanswered: Sequence[str] = (),
) -> HttpResponse:
    """Show who changed what meanwhile, mine and theirs side by side.

    Args:
        request: Who wanted to save.
        sheet: What was typed.
        mine: The document that it says.
        unanswered: Fields for which a choice was still missing.
    """
    theirs, met = both_sides(sheet, mine=mine)
    chosen = taken_sides(request, met)
    context = {
        "sheet": sheet,
        "theirs": theirs,
        "author": author_names([theirs.author])[theirs.author],
        "rows": [(one, chosen.get(one.path), one.path in unanswered) for one in met],
        "clashes": [one for one in met if one.changed_by is None],
        "unanswered": unanswered,
        "typed": [(name, text) for name, texts in sheet.typed.items() for text in texts],
    }
    return render(request, "documents/conflict.html", context, status=422 if unanswered else 409)


def both_sides(
    sheet: Sheet, *, mine: Mapping[str, Any], version: int | None = None
) -> tuple[Version, list[Meeting]]:
    """Give their version and where it differs from mine.

    Args:
        sheet: What was typed, and from which version.
        mine: The document that it says.
        version: Theirs; the newest when not given.
    """
    load = partial(
        load_document, current_workspace().register, kind=sheet.kind.name, name=sheet.name
    )
    theirs = load(version=version)
    met = meet_bodies(
        sheet.kind.shape,
        base=load(version=sheet.base_version).body if sheet.base_version else {},
        mine=mine,
        theirs=theirs.body,
        language=reader_language(),
    )
    return theirs, met


def taken_sides(request: HttpRequest, met: Sequence[Meeting]) -> dict[str, Side]:
    """Give whose value each field has: what was chosen, else whoever alone changed it.

    Args:
        request: What was chosen.
        met: The fields that differ.
    """
    taken: dict[str, Side] = {}
    for one in met:
        chosen = request.POST.get(f"take {one.path}", "")
        if chosen in set(Side):
            taken[one.path] = Side(chosen)
        elif one.changed_by:
            taken[one.path] = one.changed_by
    return taken
