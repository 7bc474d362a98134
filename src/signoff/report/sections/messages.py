"""What to say: the message house, and one message for each role and venue with its limits."""

from collections.abc import Sequence

from signoff.messages import HouseProposition, Message, Objection, RoleHouse
from signoff.report.document import (
    Block,
    Bullets,
    Chip,
    Fact,
    Facts,
    Folded,
    Line,
    Notice,
    Paragraph,
    Section,
    Table,
    Tone,
    Verbatim,
    Words,
)
from signoff.report.scribe import Scribe

__all__ = ["write_messages"]

TONES: dict[str, Tone] = {"fits": "good", "long": "caution", "missing": "caution"}


def write_messages(scribe: Scribe) -> Section:
    """Write what there is to say to each role, and the words for each venue.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_messages(Scribe(plan, read_catalog("en")))`.
    """
    house = scribe.plan.house
    blocks: list[Block] = [Paragraph((Verbatim(house.positioning),), lead=True)]
    core = tuple(_proved(scribe, message.claim, message.proof) for message in house.core_messages)
    if core:
        blocks += [Paragraph(scribe.say("messages.core")), Bullets(core)]
    gaps = (*house.gaps, *scribe.plan.messages.cautions)
    if gaps:
        lines = tuple((Verbatim(gap),) for gap in gaps)
        blocks.append(Notice(scribe.word("messages.gaps"), lines))
    blocks.append(Paragraph(scribe.say("messages.by_role")))
    blocks += [
        Folded(_role_summary(scribe, role), _role_blocks(scribe, role)) for role in house.roles
    ]
    if scribe.plan.messages.messages:
        table = _format_table(scribe)
        blocks.append(Folded(scribe.say("messages.formats"), (table,)))
    return scribe.section("messages", blocks)


def _role_summary(scribe: Scribe, role: RoleHouse) -> Line:
    name = Words(scribe.term("role", role.role).text.capitalize())
    if not role.propositions:
        return (name,)
    best = Verbatim(role.propositions[0].headline)
    return scribe.say("messages.role", role=name, best=best)


def _role_blocks(scribe: Scribe, role: RoleHouse) -> tuple[Block, ...]:
    facts = [
        ("values", _plain(role.values)),
        ("features", _plain(role.features)),
        ("propositions", _propositions(scribe, role.propositions)),
        ("objections", _objections(scribe, role.objections)),
        ("missing", _plain(role.gaps)),
    ]
    told = tuple(
        Fact(scribe.say(f"messages.{name}"), scribe.joined(lines, by="form.line"))
        for name, lines in facts
        if lines
    )
    places = [
        place
        for place, message in enumerate(scribe.plan.messages.messages)
        if message.role == role.role
    ]
    blocks: tuple[Block, ...] = (Facts(told),) if told else ()
    return (*blocks, _part_table(scribe, places, anchor=f"words-{role.role}")) if places else blocks


def _plain(texts: Sequence[str]) -> list[Line]:
    return [(Verbatim(text),) for text in texts]


def _proved(scribe: Scribe, claim: str, proof: str) -> Line:
    if not proof:
        return scribe.say("messages.unproved", claim=Verbatim(claim))
    return scribe.say("messages.proved", claim=Verbatim(claim), proof=Verbatim(proof))


def _propositions(scribe: Scribe, items: Sequence[HouseProposition]) -> list[Line]:
    return [_proved(scribe, item.sentence, item.proof) for item in items]


def _objections(scribe: Scribe, items: Sequence[Objection]) -> list[Line]:
    lines = []
    for item in items:
        answer = Verbatim(" ".join(part for part in (item.answer, item.gap) if part))
        lines.append(scribe.say("messages.answered", doubt=Verbatim(item.doubt), answer=answer))
    return lines


def _part_table(scribe: Scribe, places: Sequence[int], *, anchor: str) -> Table:
    rows: list[list[Line]] = []
    for place in places:
        message = scribe.plan.messages.messages[place]
        for number, part in enumerate(message.parts):
            path = f"messages.messages[{place}].parts[{number}]"
            rows.append(
                [
                    (Verbatim(message.venue_name),),
                    (Verbatim(part.name),),
                    (Verbatim(part.text),) if part.text else scribe.say("form.none"),
                    scribe.say(
                        "messages.of_limit",
                        length=scribe.count(f"{path}.length"),
                        limit=scribe.count(f"{path}.limit"),
                        unit=scribe.term("length_unit", part.unit),
                    ),
                    (Chip(scribe.catalog.term("verdict", part.verdict), TONES[part.verdict]),),
                ]
            )
    columns = "venue part +text length verdict"
    return scribe.table("words", columns=columns, rows=rows, anchor_as=anchor)


def _format_table(scribe: Scribe) -> Table:
    first: dict[str, Message] = {}
    for message in scribe.plan.messages.messages:
        first.setdefault(message.venue_id, message)
    rows: list[list[Line]] = [
        [
            (Verbatim(message.venue_name),),
            (Verbatim(message.format_name),),
            (scribe.term("limit_basis", message.basis),),
            scribe.source(message.source, message.source),
            (Verbatim(message.gathered_on),) if message.gathered_on else scribe.say("form.none"),
            (Verbatim(message.note),) if message.note else scribe.say("form.none"),
        ]
        for message in first.values()
    ]
    return scribe.table("formats", columns="venue format basis source gathered +note", rows=rows)
