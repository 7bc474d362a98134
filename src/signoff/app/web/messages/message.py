"""One message: what one role is told on one venue."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from signoff.app.translation import translate_fault
from signoff.app.web.documents.message_kind import compose_message, message_name
from signoff.app.web.messages.choosing import choose_brief
from signoff.app.web.messages.kept import kept_messages
from signoff.errors import MissingError
from signoff.messages import Part, judge_message

__all__ = ["message_text", "show_message"]


def show_message(request: HttpRequest, role: str, venue: str) -> HttpResponse:
    """Show a message part by part, with its limits, ready to be copied."""
    choice = choose_brief(request)
    if choice.brief is None:
        raise MissingError(
            gettext("there is no brief"),
            why=gettext("messages are made from the words of a brief"),
            fix=gettext("write one first"),
        )
    made = compose_message(choice.brief, role=role, venue_id=venue)
    written = kept_messages(choice.name).get((role, venue))
    parts = judge_message(written) if written else made.parts
    language = get_language() or "en"
    context = {
        "choice": choice,
        "message": made,
        "parts": parts,
        "written": written,
        "document": message_name(choice.name, role, venue),
        "faults": []
        if written
        else [translate_fault(one, language=language) for one in (*made.faults, *made.warnings)],
        "text": message_text(parts),
    }
    return render(request, "messages/message.html", context)


def message_text(parts: Sequence[Part]) -> str:
    """Give a message as plain text, its parts one below the other.

    >>> message_text([Part("headline", "Save time", 30, None, 9, "characters", "fits")])
    'Save time'
    """
    return "\n\n".join(part.text for part in parts if part.text)
