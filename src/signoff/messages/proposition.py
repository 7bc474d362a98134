"""What the buyer gains, ready to be said: as headline, as sentence, with its proof."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from signoff.brief import Language, Proposition, PropositionKind
from signoff.messages.wording import (
    amount_text,
    capital,
    first_sentence,
    phrase,
    saving_headline,
    sentence,
)
from signoff.units import CommitteeRole, number_text

__all__ = ["HouseProposition", "house_proposition", "order_for_role"]

TIME, SAVED = PropositionKind.TIME_SAVED, PropositionKind.MONEY_SAVED
RISK, QUALITY, GROWTH = PropositionKind.RISK, PropositionKind.QUALITY, PropositionKind.GROWTH

PREFERENCES: dict[CommitteeRole, tuple[PropositionKind, ...]] = {
    CommitteeRole.INITIATOR: (TIME, SAVED, GROWTH, QUALITY, RISK),
    CommitteeRole.USER: (TIME, SAVED, QUALITY, RISK, GROWTH),
    CommitteeRole.INFLUENCER: (TIME, SAVED, QUALITY, RISK, GROWTH),
    CommitteeRole.DECIDER: (SAVED, TIME, GROWTH, RISK, QUALITY),
    CommitteeRole.APPROVER: (SAVED, TIME, RISK, GROWTH, QUALITY),
    CommitteeRole.PURCHASER: (SAVED, TIME, RISK, QUALITY, GROWTH),
    CommitteeRole.GATEKEEPER: (TIME, SAVED, RISK, QUALITY, GROWTH),
}
"""What moves each role; time and money saved always come first."""

_SAVING = re.compile(r"(?:sav(?:e[sd]?|ing)\b|gagne[rz]?\b|[ée]conomis)")


@dataclass(frozen=True)
class HouseProposition:
    """One gain, ready to be said.

    Attributes:
        kind: What sort of gain.
        claim: The gain, beginning with a capital.
        amount: How much, such as "3 days per month"; empty when it is not said.
        headline: Its shortest strong form.
        sentence: Claim and amount as one sentence.
        proof: First sentence of the proof; empty when there is none.
        where: Its place in the brief.
    """

    kind: PropositionKind
    claim: str
    amount: str
    headline: str
    sentence: str
    proof: str
    where: str


def house_proposition(
    proposition: Proposition, *, where: str, language: Language
) -> HouseProposition:
    """Make a proposition of the brief ready to be said.

    Args:
        proposition: The brief's own words.
        where: Its place in the brief.
        language: Language of those words.

    >>> item = Proposition(kind="time_saved", claim="close faster", amount=3, unit="days")
    >>> house_proposition(item, where="", language=Language.EN).sentence
    'Close faster: save 3 days.'
    """
    claim = capital(proposition.claim.rstrip(". ") or proposition.claim)
    amount = amount_text(proposition, language=language)
    if _names_amount(proposition, language):
        amount = ""
    saving = saving_headline(proposition, language=language) if amount else ""
    said = saving[:1].lower() + saving[1:] if saving and not _begins_with_saving(claim) else amount
    key = "beside_claim" if claim[-1:] in ("?", "!", "…") else "after_claim"
    full = phrase(key, {"claim": claim, "amount": said}, language=language)
    return HouseProposition(
        kind=proposition.kind,
        claim=claim,
        amount=amount,
        headline=saving or claim,
        sentence=sentence(full if said else claim),
        proof=first_sentence(proposition.proof),
        where=where,
    )


def order_for_role(
    propositions: Sequence[tuple[Proposition, HouseProposition]], *, role: CommitteeRole
) -> tuple[HouseProposition, ...]:
    """Order the propositions that matter to a role: time or money saved, its own, proved, first.

    Args:
        propositions: All of the brief, with their ready form, in the brief's order.
        role: The role that is spoken to.

    Returns:
        Those for this role or for all, the strongest first.

    >>> item = Proposition(kind="risk", claim="nothing breaks", roles=("user",))
    >>> ready = house_proposition(item, where="", language=Language.EN)
    >>> len(order_for_role([(item, ready)], role=CommitteeRole.DECIDER))
    0
    """
    preference = PREFERENCES[role]
    meant = [pair for pair in propositions if not pair[0].roles or role in pair[0].roles]
    meant.sort(
        key=lambda pair: (
            pair[0].kind not in (TIME, SAVED),
            role not in pair[0].roles,
            not pair[0].proof,
            preference.index(pair[0].kind),
        )
    )
    return tuple(ready for _, ready in meant)


def _names_amount(proposition: Proposition, language: Language) -> bool:
    if proposition.amount is None:
        return False
    forms = {f"{proposition.amount:f}", number_text(proposition.amount, language=language)}
    forms |= {form.replace("\u00a0", sign) for form in forms for sign in (" ", "\u202f", "")}
    return any(
        re.search(rf"(?<![\d.,]){re.escape(form)}(?![.,]?\d)", proposition.claim) for form in forms
    )


def _begins_with_saving(claim: str) -> bool:
    return _SAVING.match(claim.casefold()) is not None
