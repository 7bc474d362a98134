"""What a reader must know before believing a plan."""

from signoff.audience import AudienceStudy
from signoff.brief import Language
from signoff.measure import HoldoutDesign
from signoff.units import french_spaces, number_text
from signoff.venues import VenuePlan

__all__ = ["list_cautions"]

WORDS = {
    "en": {
        "no_signal": (
            "The won and lost deals carry no usable signal ({reason}): accounts are ranked by "
            "market fit alone."
        ),
        "generated": (
            "{n} contacts are generated for demonstration, not real people: the gaps in the "
            "committees show the method alone."
        ),
    },
    "fr": {
        "no_signal": (
            "Les affaires gagnées et perdues ne portent aucun signal exploitable ({reason}) : les "
            "comptes sont classés selon la seule adéquation au marché."
        ),
        "generated": (
            "{n} contacts sont générés pour la démonstration, ce ne sont pas de vraies personnes : "
            "les manques dans les comités ne montrent que la méthode."
        ),
    },
}


def list_cautions(
    *,
    audience: AudienceStudy,
    venues: VenuePlan,
    holdout: HoldoutDesign,
    language: Language = Language.EN,
) -> tuple[str, ...]:
    """Name what weakens a plan, the gravest first.

    Args:
        audience: Accounts and committees.
        venues: The budget plan.
        holdout: How success will be measured.
        language: Language of the sentences, that of the brief.

    Returns:
        Sentences; none when nothing weakens it.

    Call it with the parts of a plan: `list_cautions(audience=plan.audience, venues=plan.venues,
    holdout=plan.holdout, language=plan.brief.language)`.
    """
    words = {
        key: french_spaces(text, language=language) for key, text in WORDS[language.value].items()
    }
    cautions: list[str] = []
    if not audience.fit.usable:
        reason = audience.fit.reason.text(language=language)
        cautions.append(words["no_signal"].format(reason=reason))
    if audience.n_generated_contacts:
        drawn = number_text(audience.n_generated_contacts, language=language)
        cautions.append(words["generated"].format(n=drawn))
    if not holdout.can_be_seen:
        cautions.append(holdout.verdict_text(language=language.value))
    return (*cautions, *venues.cautions)
