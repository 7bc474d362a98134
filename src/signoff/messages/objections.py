"""What each role probably doubts, and what the brief can answer."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from signoff.brief import Language
from signoff.messages.proposition import HouseProposition
from signoff.messages.wording import phrase
from signoff.units import CommitteeRole, french_spaces

__all__ = ["Objection", "answer_objections"]


@dataclass(frozen=True)
class Objection:
    """One probable doubt of a role.

    Attributes:
        doubt: The doubt, as the role would say it.
        answer: What the brief answers; empty when it answers nothing.
        gap: What is missing for a sound answer; empty when nothing is.
        where: Place of the answer in the brief.
    """

    doubt: str
    answer: str
    gap: str
    where: str


def answer_objections(
    role: CommitteeRole,
    *,
    propositions: Sequence[HouseProposition],
    price: str,
    language: Language,
) -> tuple[Objection, ...]:
    """Answer the probable doubts of a role from the brief, or say what is missing.

    Args:
        role: The role.
        propositions: All of the brief's propositions, the strongest for the role first.
        price: Price as a sentence.
        language: Language of doubts and gaps.

    Returns:
        One objection for each doubt of the catalogue, in its order.

    >>> answer_objections(
    ...     CommitteeRole.APPROVER, propositions=(), price="It is €5.", language=Language.EN
    ... )[1].answer
    'It is €5.'
    """
    return tuple(
        _answer(entry, propositions, price=price, language=language)
        for entry in _catalogue()[str(role)]
    )


def _answer(
    entry: dict[str, Any],
    propositions: Sequence[HouseProposition],
    *,
    price: str,
    language: Language,
) -> Objection:
    doubt = french_spaces(str(entry[language]), language=language)
    found = _fitting(entry["answers"], propositions)
    if found is not None and (found.proof or "price" not in entry["answers"]):
        answer = " ".join(part for part in (found.sentence, found.proof) if part)
        claim = {"claim": found.claim}
        gap = "" if found.proof else phrase("no_proof", claim, language=language)
        return Objection(doubt, answer, gap, found.where)
    if "price" in entry["answers"]:
        return Objection(doubt, price, "", "offering.price")
    kinds = {"kinds": ", ".join(entry["answers"])}
    return Objection(doubt, "", phrase("no_answer", kinds, language=language), "")


def _fitting(
    kinds: Sequence[str], propositions: Sequence[HouseProposition]
) -> HouseProposition | None:
    """Choose a proved proposition of one of the kinds, by their order, else an unproved one."""
    for is_proved in (True, False):
        for kind in kinds:
            for proposition in propositions:
                if proposition.kind == kind and bool(proposition.proof) == is_proved:
                    return proposition
    return None


@cache
def _catalogue() -> dict[str, Any]:
    folder = resources.files("signoff.messages") / "data"
    return tomllib.loads((folder / "objections.toml").read_text(encoding="utf-8"))
