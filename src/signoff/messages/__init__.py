"""What to tell each role."""

from signoff.messages.formats import AdFormat, PartRule, VenueRef, ad_formats, format_of
from signoff.messages.house import CoreMessage, MessageHouse, RoleHouse, build_house
from signoff.messages.message import Message, MessagePlan, Part, write_messages
from signoff.messages.objections import Objection
from signoff.messages.proposition import HouseProposition

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
    "ad_formats",
    "build_house",
    "format_of",
    "write_messages",
]
