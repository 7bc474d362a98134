"""Why each venue is in the plan or not, in a planner's words, English or French."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signoff.brief import Language

__all__ = ["Reason", "ReasonKind", "say_reason"]


class ReasonKind(StrEnum):
    """What decided about a venue."""

    EXCLUDED = "excluded"
    REACHES_NOBODY = "reaches_nobody"
    COMMITTED = "committed"
    FLOOR = "floor"
    MINIMUM_ABOVE_BUDGET = "minimum_above_budget"
    MINIMUM_ABOVE_CEILING = "minimum_above_ceiling"
    AT_MOST = "at_most"
    CHOSEN = "chosen"
    BETTER_ELSEWHERE = "better_elsewhere"


@dataclass(frozen=True)
class Reason:
    """What decided about a venue, with the numbers that show it.

    Attributes:
        kind: What decided.
        units: Units bought.
        minimum_units: Fewest units sold.
        minimum_cost: Their cost.
        loss: What the plan would lose without this venue, its money unspent.
        marginal: What 1,000 more would add here.
        best_marginal: What 1,000 more would add where they add most.
        is_step: Whether the units stop at a price step.
        currency: Currency of the amounts.
    """

    kind: ReasonKind
    units: int
    minimum_units: int
    minimum_cost: Decimal
    loss: float
    marginal: float
    best_marginal: float
    is_step: bool
    currency: str


_WORDS = {
    Language.EN: {
        ReasonKind.EXCLUDED: "Left out because the brief excludes it.",
        ReasonKind.REACHES_NOBODY: "Left out because it reaches nobody in the roles and places of "
        "this market.",
        ReasonKind.COMMITTED: "In the plan because the money is committed: it buys {units} units, "
        "without which the result would be lower by {loss}.",
        ReasonKind.FLOOR: "In the plan because the brief sets a floor: {units} units, without "
        "which the result would be lower by {loss}.",
        ReasonKind.MINIMUM_ABOVE_BUDGET: "Left out because its minimum buy, {minimum_units} units "
        "for {minimum_cost} {currency}, costs more than the budget leaves.",
        ReasonKind.MINIMUM_ABOVE_CEILING: "Left out because its minimum buy, {minimum_units} units "
        "for {minimum_cost} {currency}, costs more than the brief's ceiling.",
        ReasonKind.AT_MOST: "In the plan with all the {units} units to be had; without it the "
        "result would be lower by {loss}.",
        ReasonKind.CHOSEN: "In the plan because without its {units} units the result would be "
        "lower by {loss}; 1,000 {currency} more would add {marginal}.",
        ReasonKind.BETTER_ELSEWHERE: "Left out because the money does more elsewhere: 1,000 "
        "{currency} would add {marginal} here, up to {best_marginal} at another venue.",
    },
    Language.FR: {
        ReasonKind.EXCLUDED: "Écarté parce que le brief l'exclut.",
        ReasonKind.REACHES_NOBODY: "Écarté parce qu'il ne touche personne dans les rôles et les "
        "lieux de ce marché.",
        ReasonKind.COMMITTED: "Retenu parce que l'argent est engagé : il achète {units} unités, "
        "sans lesquelles le résultat baisserait de {loss}.",
        ReasonKind.FLOOR: "Retenu parce que le brief fixe un plancher : {units} unités, sans "
        "lesquelles le résultat baisserait de {loss}.",
        ReasonKind.MINIMUM_ABOVE_BUDGET: "Écarté parce que l'achat minimal, {minimum_units} unités "
        "pour {minimum_cost} {currency}, dépasse ce que laisse le budget.",
        ReasonKind.MINIMUM_ABOVE_CEILING: "Écarté parce que l'achat minimal, {minimum_units} "
        "unités pour {minimum_cost} {currency}, dépasse le plafond du brief.",
        ReasonKind.AT_MOST: "Retenu avec les {units} unités disponibles ; sans lui le résultat "
        "baisserait de {loss}.",
        ReasonKind.CHOSEN: "Retenu parce que sans ses {units} unités le résultat baisserait de "
        "{loss} ; 1 000 {currency} de plus ajouteraient {marginal}.",
        ReasonKind.BETTER_ELSEWHERE: "Écarté parce que l'argent rend plus ailleurs : 1 000 "
        "{currency} ajouteraient {marginal} ici, jusqu'à {best_marginal} chez un autre support.",
    },
}
_STEP = {
    Language.EN: " It stops at a price step, where a later step costs less per unit.",
    Language.FR: " L'achat s'arrête à un palier de prix, où l'unité coûte moins.",
}


def say_reason(reason: Reason, *, language: Language) -> str:
    """Say why a venue is in the plan or not.

    Args:
        reason: What decided, with its numbers.
        language: English or French.

    Returns:
        One or two sentences.

    >>> nobody = Reason(ReasonKind.REACHES_NOBODY, 0, 1, Decimal(5), 0, 0, 0, False, "EUR")
    >>> say_reason(nobody, language=Language.FR)
    "Écarté parce qu'il ne touche personne dans les rôles et les lieux de ce marché."
    """
    words = _WORDS[language][reason.kind].format(
        units=_number(reason.units, language=language),
        minimum_units=_number(reason.minimum_units, language=language),
        minimum_cost=_number(reason.minimum_cost, language=language),
        currency=reason.currency,
        loss=_number(reason.loss, language=language),
        marginal=_number(reason.marginal, language=language),
        best_marginal=_number(reason.best_marginal, language=language),
    )
    return words + (_STEP[language] if reason.is_step else "")


def _number(value: Decimal | float, *, language: Language) -> str:
    if isinstance(value, int):
        text = f"{value:,}"
    elif isinstance(value, Decimal):
        text = f"{value:,.2f}"
    else:
        text = f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"
    if language is Language.FR:
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text
