"""A message as somebody wrote it: a document, checked against the ad format it is for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from signoff.brief import Language, find_model_faults
from signoff.brief.section import Line, Prose, Section, refuse
from signoff.errors import Fault
from signoff.messages.formats import AdFormat, PartRule, ad_formats, text_length
from signoff.messages.message import Message, Part
from signoff.units import CommitteeRole

__all__ = [
    "WrittenMessage",
    "WrittenPart",
    "find_message_faults",
    "judge_message",
    "message_from",
]


def _known_format(name: str) -> str:
    known = ad_formats()
    if name in known:
        return name
    raise refuse(
        f"'{name[:60]}' is not an ad format",
        why="the limits of a message are those of its format",
        fix=f"write one of {', '.join(known)}",
    )


class WrittenPart(Section):
    """One part of a message."""

    part: Line
    """Which part of the format it is: headline, description and so on."""
    text: Annotated[str, Field(max_length=20_000)] = ""
    """The words."""


class WrittenMessage(Section):
    """What one role is told on one venue, as somebody wrote it."""

    brief: Line
    """The brief that it belongs to."""
    role: CommitteeRole
    """Role that it speaks to."""
    venue: Line
    """The venue's short name, as in the venue list."""
    format: Annotated[Line, AfterValidator(_known_format)]
    """Ad format, by its short name; its limits are checked."""
    language: Language
    """Language of the words."""
    parts: Annotated[tuple[WrittenPart, ...], Field(min_length=1)]
    """The parts of the message, in the order of the format."""
    note: Prose = ""
    """What to know about it."""


def message_from(message: Message, *, brief: str, language: Language) -> WrittenMessage:
    """Begin a message from the one that the message house gives.

    Args:
        message: The message of the house.
        brief: Name of the brief.
        language: Language of the words.

    Returns:
        The same words, to be changed.

    >>> from signoff.brief import read_brief, starter_brief
    >>> from signoff.messages.formats import VenueRef
    >>> from signoff.messages.house import build_house
    >>> from signoff.messages.message import write_messages
    >>> from signoff.units import VenueKind
    >>> house = build_house(read_brief(starter_brief()))
    >>> venue = VenueRef("search", "Google Ads", VenueKind.SEARCH)
    >>> plan = write_messages(house, roles=[CommitteeRole.USER], venues=[venue])
    >>> made = message_from(plan.messages[0], brief="spring", language=Language.EN)
    >>> made.parts[0]
    WrittenPart(part='headline', text='Save 3 days per month')
    """
    rules = [rule.name for rule in _format_of(message.format).parts]
    parts = tuple(
        WrittenPart(part=_rule_name(part.name, rules), text=part.text) for part in message.parts
    )
    return WrittenMessage(
        brief=brief,
        role=message.role,
        venue=message.venue_id,
        format=message.format,
        language=language,
        parts=parts,
    )


def judge_message(message: WrittenMessage) -> tuple[Part, ...]:
    """Measure every part of a message against its limit.

    Args:
        message: The message.

    Returns:
        Its parts with length, limit and verdict: "fits", "long" (beyond what is advised), "over"
        (beyond the limit) or "missing" (empty).

    >>> message = WrittenMessage(brief="spring", role="user", venue="search", format="google_rsa",
    ...     language="en", parts=(WrittenPart(part="headline", text="Save three days a month"),))
    >>> judge_message(message)[0].verdict
    'fits'
    """
    rules = {rule.name: rule for rule in _format_of(message.format).parts}
    return tuple(
        _judged(rules[written.part], written.text)
        for written in message.parts
        if written.part in rules
    )


def find_message_faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Find everything that is wrong with a message: its fields, and what its format refuses.

    Args:
        data: The message as tables and values.

    Returns:
        One fault for each thing to mend; a text that is only longer than advised is none.

    >>> [fault.where for fault in find_message_faults({"brief": "spring"})][:2]
    ['role', 'venue']
    """
    faults = find_model_faults(data, model=WrittenMessage)
    if any(fault.where.startswith(("format", "parts")) for fault in faults):
        return faults
    parts = [WrittenPart.model_validate(part) for part in data["parts"]]
    ad_format = _format_of(str(data["format"]).strip())
    return (*faults, *_part_faults(parts, ad_format), *_count_faults(parts, ad_format))


def _part_faults(parts: Sequence[WrittenPart], ad_format: AdFormat) -> Iterator[Fault]:
    rules = {rule.name: rule for rule in ad_format.parts}
    for number, written in enumerate(parts, 1):
        rule = rules.get(written.part)
        if rule is None:
            yield Fault(
                f"'{written.part[:60]}' is not a part of {ad_format.name}",
                "it would not be shown anywhere",
                f"choose one of {', '.join(rules)}, or remove it",
                f"parts[{number}].part",
            )
            continue
        judged = _judged(rule, written.text)
        if judged.verdict == "over":
            yield Fault(
                f"the {rule.name} has {judged.length} {rule.unit}, "
                f"{judged.length - rule.limit} more than its {rule.limit}",
                "the platform refuses a longer text, or cuts it",
                "say it shorter",
                f"parts[{number}].text",
            )
        elif judged.verdict == "missing" and rule.least:
            yield Fault(
                f"the {rule.name} is empty",
                f"{ad_format.name} needs it",
                "write it, or remove it if there are others",
                f"parts[{number}].text",
            )


def _count_faults(parts: Sequence[WrittenPart], ad_format: AdFormat) -> Iterator[Fault]:
    counts = Counter(written.part for written in parts)
    for rule in ad_format.parts:
        n_parts = counts[rule.name]
        if n_parts < rule.least:
            yield Fault(
                f"there are {n_parts} of the part '{rule.name}', and {ad_format.name} needs "
                f"{rule.least}",
                "the platform refuses the message without them",
                f"add as many as are missing, {rule.most} at most",
                "parts",
            )
        elif n_parts > rule.most:
            yield Fault(
                f"there are {n_parts} of the part '{rule.name}', and {ad_format.name} takes "
                f"{rule.most}",
                "those beyond would not be shown",
                "remove the weakest",
                "parts",
            )


def _judged(rule: PartRule, text: str) -> Part:
    length = text_length(text, unit=rule.unit)
    if not text.strip():
        verdict = "missing"
    elif length > rule.limit:
        verdict = "over"
    else:
        verdict = "long" if rule.advised is not None and length > rule.advised else "fits"
    return Part(rule.name, text, rule.limit, rule.advised, length, rule.unit, verdict)


def _rule_name(part: str, rules: Sequence[str]) -> str:
    """Give the name of a part without its number."""
    bare = part.rstrip("0123456789").rstrip()
    return part if part in rules else bare


def _format_of(name: str) -> AdFormat:
    return ad_formats()[name]
