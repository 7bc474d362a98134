"""Two people's changes brought together and saved as one version."""

from django.http import HttpRequest, HttpResponse

from signoff.app.web.documents.conflict import both_sides, show_conflict, taken_sides
from signoff.app.web.documents.editing import keep_sheet, show_sheet
from signoff.app.web.documents.kinds import form_kind
from signoff.app.web.documents.sheet import blank_sheet, read_version, sent_sheet
from signoff.app.web.forms.meeting import join_bodies

__all__ = ["join_versions"]


def join_versions(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Save their version with mine where it was chosen; ask again where nothing was chosen."""
    sheet = sent_sheet(request, kind=form_kind(kind), name=name)
    read = sheet.check()
    if sheet.faults:
        return show_sheet(request, sheet, status=422)
    mine = sheet.kind.tidy(read)
    theirs, met = both_sides(sheet, mine=mine, version=read_version(request, "their_version"))
    taken = taken_sides(request, met)
    unanswered = [one.path for one in met if one.path not in taken]
    if unanswered:
        return show_conflict(request, sheet, mine=mine, unanswered=unanswered)
    joined = join_bodies(theirs.body, mine, taken=taken)
    return keep_sheet(
        request, blank_sheet(sheet.kind, name, body=joined, base_version=theirs.version)
    )
