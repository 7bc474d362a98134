"""Who reads what: what is known, how it is known, and what a survey would have to ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from signoff.app.web.messages.choosing import Choice, choose_brief
from signoff.app.web.place import lake_engine
from signoff.app.web.tables import Head, export_table, show_table
from signoff.report.wording import read_catalog
from signoff.research import (
    ReadingGap,
    ReadingState,
    ReadingStudy,
    list_reading_gaps,
    study_reading,
)
from signoff.units import CommitteeRole

__all__ = ["show_gaps", "show_reading"]

STATES = (
    (ReadingState.UNKNOWN.value, _("nothing is known")),
    (ReadingState.ASSUMED.value, _("assumed only")),
    (ReadingState.UNDIVIDED.value, _("measured for all roles together")),
)
BASES = (("measured", _("measured")), ("prior", _("assumed")))


def show_reading(request: HttpRequest) -> HttpResponse:
    """Show every audience of every venue, with what it rests on."""
    study = look_up()
    rows = [_row(one) for one in study.rows()]
    heads = _heads(rows)
    if form := request.GET.get("export"):
        return export_table(request, rows, name="reading", heads=heads, form=form)
    caption = _(
        "One line for each audience of a venue. A reach is shown with the ends of its interval."
    )
    table = show_table(request, rows, name="reading", caption=caption, heads=heads)
    context = {"study": study, "table": table, "n_gaps": len(_gaps(study, choose_brief(request)))}
    return render(request, "research/reading.html", context)


def show_gaps(request: HttpRequest) -> HttpResponse:
    """Show of which roles no measurement says whether they read which venues."""
    choice = choose_brief(request)
    rows = [_gap_row(gap) for gap in _gaps(look_up(), choice)]
    heads = _gap_heads(rows)
    if form := request.GET.get("export"):
        return export_table(request, rows, name="to-ask", heads=heads, form=form)
    table = show_table(
        request,
        rows,
        name="gaps",
        caption=_("One line for each role and venue that nobody measured, the least known first."),
        heads=heads,
        empty=_("Every role is measured on every venue."),
    )
    return render(request, "research/gaps.html", {"choice": choice, "table": table})


def look_up() -> ReadingStudy:
    """Look up what is known of who reads what."""
    with lake_engine() as engine:
        return study_reading(engine)


def _gaps(study: ReadingStudy, choice: Choice) -> Sequence[ReadingGap]:
    """Give the gaps for the roles of the chosen brief, or for all roles without one."""
    roles = (
        [one.role for one in choice.brief.committee.roles] if choice.brief else list(CommitteeRole)
    )
    return list_reading_gaps(study, roles=roles)


def _row(known: Mapping[str, Any]) -> dict[str, Any]:
    everybody, everywhere = gettext("all roles"), gettext("all")
    role = known["role"]
    return {
        **known,
        "role": everybody if role == "*" else _role_word(role),
        "country": everywhere if known["country"] == "*" else known["country"],
        "segment": everywhere if known["segment"] == "*" else known["segment"],
    }


def _gap_row(gap: ReadingGap) -> dict[str, Any]:
    question = gettext("In the last month, did you read or see %(venue)s?")
    return {
        "role": gap.role.value,
        "venue": gap.venue,
        "state": gap.state.value,
        "question": question % {"venue": gap.venue},
    }


def _role_word(role: str) -> str:
    return read_catalog(get_language() or "en").term("role", role)


def _heads(rows: Sequence[Mapping[str, Any]]) -> list[Head]:
    def choices(name: str) -> list[tuple[str, str]]:
        return [(value, value) for value in sorted({str(row[name]) for row in rows})]

    return [
        Head("venue", _("Venue"), choices=choices("venue")),
        Head("role", _("Role"), choices=choices("role")),
        Head("country", _("Country")),
        Head("segment", _("Industry")),
        Head("reach_share", _("Reach of one unit"), kind="share"),
        Head("reach_low_share", _("from"), kind="share"),
        Head("reach_high_share", _("to"), kind="share"),
        Head("basis", _("Rests on"), choices=BASES),
        Head("source", _("Source")),
    ]


def _gap_heads(rows: Sequence[Mapping[str, Any]]) -> list[Head]:
    roles = [(role, _role_word(role)) for role in sorted({row["role"] for row in rows})]
    venues = [(name, name) for name in sorted({row["venue"] for row in rows})]
    return [
        Head("role", _("Role"), choices=roles),
        Head("venue", _("Venue"), choices=venues),
        Head("state", _("What is known"), choices=STATES),
        Head("question", _("What to ask")),
    ]
