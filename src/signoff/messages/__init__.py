"""What to tell each role."""

from signoff.messages.formats import AdFormat, PartRule, VenueRef, ad_formats, format_of
from signoff.messages.house import CoreMessage, MessageHouse, RoleHouse, build_house
from signoff.messages.message import Message, MessagePlan, Part, write_messages
from signoff.messages.objections import Objection
from signoff.messages.proposition import HouseProposition
from signoff.messages.venue_refs import list_venue_refs
from signoff.messages.written import (
    WrittenMessage,
    WrittenPart,
    find_message_faults,
    judge_message,
    message_from,
)

__all__ = [
    "AdFormat",
    "CoreMessage",
    "HouseProposition",
    "Message",
    "MessageHouse",
    "MessagePlan",
    "Objection",
    "Part",
    "PartRule",
    "RoleHouse",
    "VenueRef",
    "WrittenMessage",
    "WrittenPart",
    "ad_formats",
    "build_house",
    "find_message_faults",
    "format_of",
    "judge_message",
    "list_venue_refs",
    "message_from",
    "write_messages",
]
