"""Every message of a brief: one for each role on each venue, each part with its limit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signoff.app.translation import translate_word
from signoff.app.web.documents.message_kind import venues_at_hand
from signoff.app.web.messages.choosing import choose_brief
from signoff.app.web.messages.kept import kept_messages
from signoff.app.web.tables import Head, export_table, show_table
from signoff.brief import Brief
from signoff.messages import Message, Part, VenueRef, build_house, judge_message, write_messages
from signoff.report.wording import read_catalog

__all__ = ["VERDICTS", "list_messages", "message_rows"]

VERDICTS = (
    ("fits", _("fits")),
    ("long", _("longer than advised")),
    ("over", _("too long")),
    ("missing", _("missing")),
)
ORIGINS = (("house", _("from the message house")), ("written", _("written by hand")))


def list_messages(request: HttpRequest) -> HttpResponse:
    """List the parts of every message; one that was written by hand takes the house's place."""
    choice = choose_brief(request)
    if choice.brief is None:
        return render(request, "messages/none.html")
    venues = venues_at_hand()
    rows = message_rows(choice.brief, brief_name=choice.name, venues=venues)
    heads = _heads(choice.brief, brief_name=choice.name, venues=venues)
    if form := request.GET.get("export"):
        return export_table(request, rows, name=f"messages-{choice.name}", heads=heads, form=form)
    caption = _("One line for each part of each message.")
    table = show_table(request, rows, name="messages", caption=caption, heads=heads)
    context = {"choice": choice, "table": table, "has_venues": bool(venues)}
    return render(request, "messages/list.html", context)


def message_rows(
    brief: Brief, *, brief_name: str, venues: Sequence[VenueRef]
) -> list[dict[str, Any]]:
    """Give one row for each part of each message.

    Args:
        brief: The brief.
        brief_name: Its name among the documents.
        venues: Venues to write for.
    """
    roles = [one.role for one in brief.committee.roles]
    written = kept_messages(brief_name)
    made = write_messages(build_house(brief), roles=roles, venues=venues).messages if venues else ()
    return [row for message in made for row in _rows_of(message, written)]


def _rows_of(message: Message, written: Mapping[tuple[str, str], Any]) -> Iterator[dict[str, Any]]:
    kept = written.get((message.role.value, message.venue_id))
    parts: Sequence[Part] = judge_message(kept) if kept else message.parts
    language = get_language() or "en"
    for number, part in enumerate(parts, 1):
        yield {
            "venue": message.venue_name,
            "venue_id": message.venue_id,
            "role": message.role.value,
            "format": translate_word(message.format_name, family="ad_format", language=language),
            "number": number,
            "part": _part_name(part.name, language),
            "text": part.text,
            "length": part.length,
            "limit": part.limit,
            "unit": translate_word(part.unit, family="length_unit", language=language),
            "verdict": part.verdict,
            "origin": "written" if kept else "house",
        }


def _part_name(name: str, language: str) -> str:
    bare, _gap, number = name.rpartition(" ") if name[-1:].isdigit() else (name, "", "")
    said = translate_word(bare, family="ad_part", language=language)
    return f"{said} {number}" if number else said


def _heads(brief: Brief, *, brief_name: str, venues: Sequence[VenueRef]) -> list[Head]:
    words = read_catalog(get_language() or "en")
    roles = [(one.role.value, words.term("role", one.role.value)) for one in brief.committee.roles]

    def show(row: Mapping[str, Any]) -> str:
        address = reverse("messages:show", args=[row["role"], row["venue_id"]])
        return f"{address}?{urlencode({'brief': brief_name})}"

    return [
        Head("venue", _("Venue"), address=show, choices=[(one.name, one.name) for one in venues]),
        Head("role", _("Role"), choices=roles),
        Head("format", _("Ad format")),
        Head("part", _("Part")),
        Head("text", _("Words")),
        Head("length", _("Length"), kind="number"),
        Head("limit", _("Limit"), kind="number"),
        Head("unit", _("Counted in")),
        Head("verdict", _("Verdict"), choices=VERDICTS),
        Head("origin", _("Origin"), choices=ORIGINS),
    ]
