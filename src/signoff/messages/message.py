"""One message per role and venue, each part within its limit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from signoff.brief import Language
from signoff.errors import BriefError, Fault
from signoff.messages.copywriting import Copy, Tiers, wordings
from signoff.messages.formats import AdFormat, PartRule, VenueRef, format_of, text_length
from signoff.messages.house import MessageHouse
from signoff.messages.wording import phrase
from signoff.results import Result, Row
from signoff.units import CommitteeRole

__all__ = ["Message", "MessagePlan", "Part", "write_messages"]


@dataclass(frozen=True)
class Part:
    """One part of a message.

    Attributes:
        name: Name in the trade, numbered where there are several.
        text: The words; empty when nothing fits.
        limit: Most characters or words.
        advised: Length beyond which it reads badly; None for none.
        length: Length of the text.
        unit: "characters" or "words".
        verdict: "fits", "long" (beyond what is advised) or "missing" (nothing fits).
    """

    name: str
    text: str
    limit: int
    advised: int | None
    length: int
    unit: str
    verdict: str


@dataclass(frozen=True)
class Message:
    """What one role is told on one venue.

    Attributes:
        role: The role.
        venue_id: The venue.
        venue_name: Its name in the trade.
        format: Id of the ad format.
        format_name: Its name.
        basis: "published", "assumption" or "house_rule": what the limits rest on.
        source: Where the limits come from; empty for an assumption.
        gathered_on: Day they were gathered; empty for an assumption.
        note: What to know about the format.
        parts: Its parts.
        faults: Parts for which nothing fits.
        warnings: Parts that are longer than advised.
    """

    role: CommitteeRole
    venue_id: str
    venue_name: str
    format: str
    format_name: str
    basis: str
    source: str
    gathered_on: str
    note: str
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True)
class MessagePlan(Result):
    """All messages of a campaign.

    Attributes:
        messages: One for each role and venue, roles within venues.
        language: Language of the words between the brief's own.
        cautions: What holds for all of them, such as two languages mixed.
    """

    messages: tuple[Message, ...]
    language: Language
    cautions: tuple[str, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """All parts for which nothing fits."""
        return tuple(fault for message in self.messages for fault in message.faults)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """All parts that are longer than advised."""
        return tuple(fault for message in self.messages for fault in message.warnings)

    def rows(self) -> Sequence[Row]:
        """Give one row for each part of each message."""
        return [
            {
                "venue": message.venue_id,
                "role": message.role.value,
                "format": message.format_name,
                "part": part.name,
                "text": part.text,
                "length": part.length,
                "limit": part.limit,
                "advised": part.advised,
                "unit": part.unit,
                "verdict": part.verdict,
            }
            for message in self.messages
            for part in message.parts
        ]


def write_messages(
    house: MessageHouse,
    *,
    roles: Sequence[CommitteeRole],
    venues: Sequence[VenueRef],
    language: Language | str | None = None,
) -> MessagePlan:
    """Write one message for each role on each venue, from the brief's own words.

    Args:
        house: The message house.
        roles: Roles to speak to; each must be in the house.
        venues: Venues to write for.
        language: Language of the words between the brief's own; the brief's when left out.

    Returns:
        The messages; no text passes its limit, and no word is cut.

    Raises:
        BriefError: a role has no house.
        DataError: a venue names an unknown ad format.

    >>> from signoff.brief import read_brief, starter_brief
    >>> from signoff.messages.house import build_house
    >>> from signoff.units import VenueKind
    >>> house = build_house(read_brief(starter_brief()))
    >>> venue = VenueRef("search", "Google Ads", VenueKind.SEARCH)
    >>> plan = write_messages(house, roles=[CommitteeRole.USER], venues=[venue])
    >>> plan.messages[0].parts[0].text
    'Save 3 days per month'
    """
    chosen = Language(language) if language else house.language
    houses = {item.role: item for item in house.roles}
    _check_roles(roles, known=tuple(houses))
    messages = tuple(
        _write_message(venue, copy=Copy(house, houses[role], chosen))
        for venue in venues
        for role in roles
    )
    return MessagePlan(messages, chosen, tuple(_cautions(house, chosen)))


def _check_roles(roles: Sequence[CommitteeRole], *, known: Sequence[CommitteeRole]) -> None:
    strangers = [role for role in roles if role not in known]
    if strangers:
        raise BriefError(
            f"messages are asked for {', '.join(strangers)}, not in the committee",
            why=f"the brief's committee has {', '.join(known)}",
            fix="add the role under [[committee.roles]]",
            where="committee.roles",
        )


def _cautions(house: MessageHouse, language: Language) -> Iterator[str]:
    if language != house.language:
        values = {"own": house.language.value, "other": language.value}
        yield phrase("other_language", values, language=language)


def _write_message(venue: VenueRef, *, copy: Copy) -> Message:
    ad_format = format_of(venue)
    role_house = copy.role_house
    is_call_apart = any(rule.use in ("call", "button") for rule in ad_format.parts)
    copy = replace(copy, is_call_apart=is_call_apart)
    parts: list[Part] = []
    faults: list[Fault] = []
    for rule in ad_format.parts:
        tiers = wordings(rule.use, copy=copy)
        found = _fill(rule, tiers)
        parts += found
        faults += [
            _missing_fault(part, tiers, place=f"{role_house.role}, {venue.venue_id}")
            for part in found
            if part.verdict == "missing"
        ]
    return _message(venue, ad_format, role=role_house.role, parts=parts, faults=faults)


def _message(
    venue: VenueRef,
    ad_format: AdFormat,
    *,
    role: CommitteeRole,
    parts: Sequence[Part],
    faults: Sequence[Fault],
) -> Message:
    place = f"{role}, {venue.venue_id}"
    return Message(
        role=role,
        venue_id=venue.venue_id,
        venue_name=venue.name,
        format=ad_format.id,
        format_name=ad_format.name,
        basis=ad_format.basis,
        source=ad_format.source,
        gathered_on=ad_format.gathered_on,
        note=ad_format.note,
        parts=tuple(parts),
        faults=tuple(faults),
        warnings=tuple(_long_fault(part, place) for part in parts if part.verdict == "long"),
    )


def _fill(rule: PartRule, tiers: Tiers) -> list[Part]:
    if rule.most == 1:
        return [_part(rule, rule.name, _choose(rule, tiers))]
    fitting = [text for tier in tiers for text in tier if _fits(rule, text, rule.limit)]
    texts = _unlike(fitting)[: rule.most]
    spare = [text for text in fitting if text not in texts]
    texts += spare[: max(0, rule.least - len(texts))]
    texts += [""] * (rule.least - len(texts))
    return [_part(rule, f"{rule.name} {n}", text) for n, text in enumerate(texts, start=1)]


def _unlike(texts: Sequence[str]) -> list[str]:
    """Leave out each text that repeats, or is repeated in, one before it."""
    kept: list[str] = []
    for text in texts:
        bare = text.casefold().rstrip(".")
        others = [other.casefold().rstrip(".") for other in kept]
        if not any(bare in other or other in bare for other in others):
            kept.append(text)
    return kept


def _choose(rule: PartRule, tiers: Tiers) -> str:
    """Choose the richest wording within what is advised, or the shortest within the limit."""
    for tier in tiers:
        advised = [text for text in tier if _fits(rule, text, rule.advised or rule.limit)]
        if advised:
            return advised[0]
        allowed = [text for text in tier if _fits(rule, text, rule.limit)]
        if allowed:
            return min(allowed, key=lambda text: text_length(text, unit=rule.unit))
    return ""


def _fits(rule: PartRule, text: str, limit: int) -> bool:
    return text_length(text, unit=rule.unit) <= limit


def _part(rule: PartRule, name: str, text: str) -> Part:
    length = text_length(text, unit=rule.unit)
    is_long = rule.advised is not None and length > rule.advised
    verdict = "missing" if not text else "long" if is_long else "fits"
    return Part(name, text, rule.limit, rule.advised, length, rule.unit, verdict)


def _missing_fault(part: Part, tiers: Tiers, *, place: str) -> Fault:
    texts = [text for tier in tiers for text in tier]
    over = [text for text in texts if text_length(text, unit=part.unit) > part.limit]
    shortest = min(over, key=lambda text: text_length(text, unit=part.unit), default="")
    if not shortest:
        return Fault(
            what=f"there are no words for the {part.name}",
            why="the brief gives too few different claims and features for it",
            fix="add propositions or features under [message]",
            where=place,
        )
    excess = text_length(shortest, unit=part.unit) - part.limit
    return Fault(
        what=f"nothing fits the {part.name}, which has {part.limit} {part.unit}",
        why=f"the shortest wording left, '{shortest}', is {excess} {part.unit} too long",
        fix="say the claim, the feature or the name of the offering in fewer words",
        where=place,
    )


def _long_fault(part: Part, place: str) -> Fault:
    excess = part.length - (part.advised or 0)
    return Fault(
        what=f"the {part.name} has {part.length} {part.unit}, {excess} more than advised",
        why="beyond that it is cut on some screens, or reads badly",
        fix=f"shorten: {part.text}",
        where=place,
    )
