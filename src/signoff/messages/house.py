"""The message house: one positioning, a few core messages, and what each role needs to hear."""

from collections.abc import Sequence
from dataclasses import dataclass

from signoff.brief import Brief, Language, Proposition
from signoff.messages.objections import Objection, answer_objections
from signoff.messages.proposition import HouseProposition, house_proposition, order_for_role
from signoff.messages.wording import (
    capital,
    first_sentence,
    full_stop,
    money_text,
    phrase,
    sentence,
    site,
)
from signoff.results import Result, Row
from signoff.units import CommitteeRole, Objective

__all__ = ["CoreMessage", "MessageHouse", "RoleHouse", "build_house"]

MOST_CORE_MESSAGES = 5
LEAST_CORE_MESSAGES = 3
BEST_FEATURES = 3

Pair = tuple[Proposition, HouseProposition]


@dataclass(frozen=True)
class CoreMessage:
    """One message that holds for every audience.

    Attributes:
        claim: What is said.
        proof: What proves it; empty when the brief gives none.
        gap: What is missing; empty when nothing is.
        where: Its place in the brief.
    """

    claim: str
    proof: str
    gap: str
    where: str


@dataclass(frozen=True)
class RoleHouse:
    """What one role needs to hear.

    Attributes:
        role: The role.
        values: What the firm stands for.
        features: Best features.
        propositions: What this role gains, the strongest first.
        objections: What it probably doubts, with answer or gap.
        gaps: What the brief does not give for it.
    """

    role: CommitteeRole
    values: tuple[str, ...]
    features: tuple[str, ...]
    propositions: tuple[HouseProposition, ...]
    objections: tuple[Objection, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class MessageHouse(Result):
    """Everything there is to say, from the one positioning down to each role.

    Attributes:
        language: Language of the brief's own words.
        aim: Objective, by which the call to action goes.
        advertiser: Name of the advertiser.
        offering: Name of the offering.
        description: What the offering is, in the brief's own spelling, with a full stop.
        price: Price as a sentence.
        story: First sentence of the firm's story; may be empty.
        website: Address as it is printed; may be empty.
        positioning: What the offering is and from whom.
        core_messages: Three to five messages for every audience, fewer if the brief gives fewer.
        roles: One house for each role of the committee.
        gaps: What the brief does not give.
    """

    language: Language
    aim: Objective
    advertiser: str
    offering: str
    description: str
    price: str
    story: str
    website: str
    positioning: str
    core_messages: tuple[CoreMessage, ...]
    roles: tuple[RoleHouse, ...]
    gaps: tuple[str, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each proposition of each role."""
        return [
            {
                "role": house.role.value,
                "kind": item.kind.value,
                "proposition": item.sentence,
                "proof": item.proof,
                "where": item.where,
            }
            for house in self.roles
            for item in house.propositions
        ]

    def text(self) -> str:
        """Give positioning and core messages in a few lines."""
        lines = [self.positioning]
        lines += [" ".join(part for part in (m.claim, m.proof) if part) for m in self.core_messages]
        return "\n".join(lines)


def build_house(brief: Brief) -> MessageHouse:
    """Build the message house from the brief's own words.

    Args:
        brief: A brief without faults.

    Returns:
        One house; what the brief does not give is named as a gap, never invented.

    >>> from signoff.brief import read_brief, starter_brief
    >>> house = build_house(read_brief(starter_brief()))
    >>> house.roles[0].propositions[0].headline
    'Save 3 days per month'
    """
    language, offering = brief.language, brief.offering
    pairs = [
        (item, house_proposition(item, where=f"message.propositions[{n}]", language=language))
        for n, item in enumerate(brief.message.propositions, start=1)
    ]
    names = {"name": offering.name, "advertiser": brief.advertiser.name}
    title = phrase("by", names, language=language)
    description = full_stop(" ".join(offering.description.split()))
    said = {"name": title, "text": description}
    return MessageHouse(
        language=language,
        aim=brief.objective.aim,
        advertiser=brief.advertiser.name,
        offering=offering.name,
        description=description,
        price=_price(brief),
        story=first_sentence(brief.advertiser.story),
        website=site(brief.advertiser.website),
        positioning=phrase("name_is", said, language=language),
        core_messages=_core_messages(brief, pairs),
        roles=tuple(_role_house(brief, pairs, role=role.role) for role in brief.committee.roles),
        gaps=_gaps(brief),
    )


def _price(brief: Brief) -> str:
    offering, language = brief.offering, brief.language
    price = money_text(offering.price, brief.money.currency, language=language)
    is_plain = offering.price_basis.casefold().startswith(("per ", "par ", "a ", "an "))
    basis = offering.price_basis if is_plain else f"({offering.price_basis})"
    values = {"price": price, "basis": basis}
    return phrase("price_answer", values, language=language)


def _core_messages(brief: Brief, pairs: Sequence[Pair]) -> tuple[CoreMessage, ...]:
    ready = sorted((pair[1] for pair in pairs), key=lambda item: not item.proof)
    found = [
        CoreMessage(item.sentence, item.proof, _proof_gap(item, brief.language), item.where)
        for item in ready
    ]
    spare = [
        CoreMessage(sentence(text), "", "", f"message.{key}[{number}]")
        for key in ("features", "values")
        for number, text in enumerate(getattr(brief.message, key), start=1)
    ]
    missing = max(0, LEAST_CORE_MESSAGES - len(found))
    return tuple(found[:MOST_CORE_MESSAGES] + spare[:missing])


def _role_house(brief: Brief, pairs: Sequence[Pair], *, role: CommitteeRole) -> RoleHouse:
    language = brief.language
    own = order_for_role(pairs, role=role)
    rest = tuple(item for _, item in pairs if item not in own)
    objections = answer_objections(
        role, propositions=(*own, *rest), price=_price(brief), language=language
    )
    gaps = [_proof_gap(item, language) for item in own if not item.proof]
    if not own:
        gaps.append(phrase("no_proposition", {"role": role.value}, language=language))
    return RoleHouse(
        role=role,
        values=tuple(capital(value) for value in brief.message.values),
        features=brief.message.features[:BEST_FEATURES],
        propositions=own,
        objections=objections,
        gaps=tuple(gaps),
    )


def _proof_gap(item: HouseProposition, language: Language) -> str:
    return "" if item.proof else phrase("no_proof", {"claim": item.claim}, language=language)


def _gaps(brief: Brief) -> tuple[str, ...]:
    empty = {
        "no_values": not brief.message.values,
        "no_features": not brief.message.features,
        "no_story": not brief.advertiser.story,
    }
    return tuple(
        phrase(key, {}, language=brief.language) for key, is_gap in empty.items() if is_gap
    )
