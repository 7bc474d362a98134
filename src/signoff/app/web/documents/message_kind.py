"""Messages as documents: what one begins with, and which house and venue it belongs to."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace, lake_engine
from signoff.brief import Brief
from signoff.errors import MissingError
from signoff.messages import (
    Message,
    VenueRef,
    build_house,
    list_venue_refs,
    message_from,
    write_messages,
)
from signoff.store.register import load_document
from signoff.units import CommitteeRole

__all__ = ["begin_message", "compose_message", "load_kept_brief", "message_name", "venues_at_hand"]


def begin_message(asked: Mapping[str, str]) -> dict[str, Any]:
    """Begin a message with the words that the message house gives.

    Args:
        asked: Names the brief, the role and the venue.

    Returns:
        The body of a new document.

    Raises:
        MissingError: there is no such brief, role in it, or venue.
    """
    brief = load_kept_brief(asked.get("brief", ""))
    made = compose_message(brief, role=asked.get("role", ""), venue_id=asked.get("venue", ""))
    written = message_from(made, brief=asked["brief"], language=brief.language)
    return written.model_dump(mode="json", exclude_unset=True)


def compose_message(brief: Brief, *, role: str, venue_id: str) -> Message:
    """Write the message of one role on one venue from the message house.

    Args:
        brief: The brief.
        role: A role of its committee.
        venue_id: A venue of the lake.

    Raises:
        MissingError: there is no such role in it, or no such venue.
    """
    known = [one.role for one in brief.committee.roles if one.role == role]
    venues = [one for one in venues_at_hand() if one.venue_id == venue_id]
    if not known or not venues:
        raise MissingError(
            _("there is no message for %(role)s on %(venue)s")
            % {"role": repr(role[:40]), "venue": repr(venue_id[:80])},
            why=_("a message is for a role of the brief's committee, on a venue of the list"),
            fix=_("choose one from the list of messages"),
        )
    return write_messages(build_house(brief), roles=known, venues=venues).messages[0]


def load_kept_brief(name: str) -> Brief:
    """Load the newest version of a brief.

    Raises:
        MissingError: there is none of this name.
    """
    kept = load_document(current_workspace().register, kind="brief", name=name)
    return Brief.model_validate_json(json.dumps(kept.body))


def venues_at_hand() -> tuple[VenueRef, ...]:
    """Give the venues of the lake, by name."""
    with lake_engine() as engine:
        return list_venue_refs(engine)


def message_name(brief: str, role: CommitteeRole | str, venue_id: str) -> str:
    """Give the name of a message among the documents.

    >>> message_name("spring", CommitteeRole.USER, "trade-weekly")
    'spring user trade-weekly'
    """
    return f"{brief} {role} {venue_id}"
