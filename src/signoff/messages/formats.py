"""The ad formats: what parts an advertisement has on each venue, and how long each may be."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from signoff.errors import DataError
from signoff.units import VenueKind

__all__ = ["AdFormat", "PartRule", "VenueRef", "ad_formats", "format_of", "text_length"]


@dataclass(frozen=True)
class PartRule:
    """One part of an advertisement.

    Attributes:
        name: Name in the trade, such as "headline".
        use: What stands in it: headline, line, paragraph, call, button, letter, script, signature.
        limit: Most characters or words; longer texts are refused.
        unit: "characters" or "words".
        advised: Length beyond which it is cut on some screens or reads badly; None for none.
        least: Fewest such parts.
        most: Most such parts.
    """

    name: str
    use: str
    limit: int
    unit: str = "characters"
    advised: int | None = None
    least: int = 1
    most: int = 1


@dataclass(frozen=True)
class AdFormat:
    """One ad format.

    Attributes:
        id: Short name.
        name: Name in the trade.
        basis: "published" by the platform, "assumption" of ours, or "house_rule" of the user.
        parts: Its parts.
        source: Where the limits come from; empty for an assumption.
        gathered_on: Day they were gathered, as year-month-day; empty for an assumption.
        note: What to know about it.
    """

    id: str
    name: str
    basis: str
    parts: tuple[PartRule, ...]
    source: str = ""
    gathered_on: str = ""
    note: str = ""


@dataclass(frozen=True)
class VenueRef:
    """A venue for which messages are written.

    Attributes:
        venue_id: Its short name.
        name: Name as the trade knows it.
        kind: Kind of venue.
        format: Id of an ad format; empty to choose by name and kind.
        house_rules: The venue's own rules for the parts; empty for those of the format.
    """

    venue_id: str
    name: str
    kind: VenueKind
    format: str = ""
    house_rules: tuple[PartRule, ...] = ()


def ad_formats() -> dict[str, AdFormat]:
    """Give every ad format by its id, with limits, source and date.

    >>> ad_formats()["google_rsa"].parts[0].limit
    30
    """
    return dict(_formats())


def format_of(venue: VenueRef) -> AdFormat:
    """Choose the ad format of a venue: the one named, else by its name, else by its kind.

    Args:
        venue: The venue.

    Returns:
        The format, with the venue's own rules where it has some.

    Raises:
        DataError: the venue names a format or a kind that does not exist.

    >>> format_of(VenueRef("li", "LinkedIn sponsored content", VenueKind.SOCIAL)).id
    'linkedin_single_image'
    """
    formats, kinds = _formats(), _data()["kinds"]
    chosen = venue.format or _format_by_name(venue) or kinds.get(str(venue.kind), "")
    if not chosen:
        raise DataError(
            f"the venue {venue.venue_id} is of the kind '{venue.kind}'",
            why="no ad format is known for it",
            fix=f"give it one of the kinds {', '.join(kinds)}, or name its ad format",
            where=venue.venue_id,
        )
    if chosen not in formats:
        raise DataError(
            f"the venue {venue.venue_id} names the ad format '{chosen}'",
            why="no such format is known",
            fix=f"write one of {', '.join(formats)}, or leave it out",
            where=venue.venue_id,
        )
    found = formats[chosen]
    if not venue.house_rules:
        return found
    return AdFormat(found.id, found.name, "house_rule", venue.house_rules, source=venue.name)


def text_length(text: str, *, unit: str) -> int:
    """Give the length of a text in characters or words.

    Args:
        text: Any text; an amount with its sign counts as one word.
        unit: "characters" or "words".

    >>> text_length("Save 3 days per month", unit="words")
    5
    """
    if unit == "characters":
        return len(text)
    return len(re.findall(r"[^ \t\n]+", text))


def _format_by_name(venue: VenueRef) -> str:
    words = f" {venue.venue_id} {venue.name} ".casefold()
    for char in "-_/.,()":
        words = words.replace(char, " ")
    words = f" {' '.join(words.split())} "
    for format_id, phrases in _data()["names"].items():
        if any(f" {phrase} " in words for phrase in phrases) and _suits(format_id, venue.kind):
            return str(format_id)
    return ""


def _suits(format_id: str, kind: VenueKind) -> bool:
    """Tell whether a venue of this kind can be the platform that its name says."""
    is_search = format_id in ("google_rsa", "microsoft_rsa")
    return kind == (VenueKind.SEARCH if is_search else VenueKind.SOCIAL)


@cache
def _data() -> dict[str, Any]:
    folder = resources.files("signoff.messages") / "data"
    return tomllib.loads((folder / "formats.toml").read_text(encoding="utf-8"))


@cache
def _formats() -> dict[str, AdFormat]:
    return {entry["id"]: _format(entry) for entry in _data()["formats"]}


def _format(entry: dict[str, Any]) -> AdFormat:
    return AdFormat(
        id=entry["id"],
        name=entry["name"],
        basis=entry["basis"],
        parts=tuple(PartRule(**part) for part in entry["parts"]),
        source=entry.get("source", ""),
        gathered_on=str(entry.get("gathered_on", "")),
        note=entry.get("note", ""),
    )
