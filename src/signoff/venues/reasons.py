"""Why each venue is in the plan or not, in a planner's words, English or French."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from signoff.brief import Language
from signoff.results import shorten

__all__ = ["Reason", "ReasonKind", "say_number", "say_reason"]

_NOTHING = 1e-12


class ReasonKind(StrEnum):
    """What decided about a venue; `say_absence` says why one cannot appear."""

    EXCLUDED = "excluded"
    CANNOT_APPEAR = "cannot_appear"
    REACHES_NOBODY = "reaches_nobody"
    COMMITTED = "committed"
    FLOOR = "floor"
    MINIMUM_ABOVE_BUDGET = "minimum_above_budget"
    MINIMUM_ABOVE_CEILING = "minimum_above_ceiling"
    CAP_BELOW_MINIMUM = "cap_below_minimum"
    AT_MOST = "at_most"
    AT_CAP = "at_cap"
    PACKAGED = "packaged"
    AT_CEILING = "at_ceiling"
    CHOSEN = "chosen"
    ADDS_NOTHING = "adds_nothing"
    WHOLE_UNITS = "whole_units"
    BETTER_ELSEWHERE = "better_elsewhere"
    CAUTION = "caution"


@dataclass(frozen=True)
class Reason:
    """What decided about a venue, with the numbers that show it.

    Attributes:
        kind: What decided.
        units: Units bought.
        minimum_units: Units of the cheapest buy: the fewest sold, or a later step that costs less.
        minimum_cost: Their cost.
        loss: What the plan would lose without this venue, its money unspent.
        marginal: What 1,000 more would add here; None where no more is to be had.
        best_marginal: What 1,000 more would add at the other venue where they add most.
        is_step: Whether the units stop at a price step that makes each cheaper.
        currency: Currency of the amounts.
        setup_cost: Part of the spend that is paid once, whatever the number of units.
        is_incremental: Whether each unit has the price of its own step.
        frequency_cap: Most exposures of one person that happen and are paid for; None: no cap.
        granted_units: Units among them that come through packages.
        packages: Names of these packages.
        expected_units: Units in the plan of highest expected result; None where this is that plan.
    """

    kind: ReasonKind
    units: int
    minimum_units: int
    minimum_cost: Decimal
    loss: float
    marginal: float | None
    best_marginal: float
    is_step: bool
    currency: str
    setup_cost: Decimal = Decimal(0)
    is_incremental: bool = False
    frequency_cap: int | None = None
    granted_units: int = 0
    packages: tuple[str, ...] = ()
    expected_units: int | None = None


_WORDS = {
    Language.EN: {
        ReasonKind.EXCLUDED: "Left out because the brief excludes it.",
        ReasonKind.CANNOT_APPEAR: "Left out because it cannot appear in the period.",
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
        ReasonKind.AT_CAP: "In the plan with all the {units} units that its frequency cap of {cap} "
        "exposures per person allows; without it the result would be lower by {loss}.",
        ReasonKind.PACKAGED: "In the plan through packages alone: {units} units, in {packages}.",
        ReasonKind.CAP_BELOW_MINIMUM: "Left out because its minimum buy, {minimum_units} units, "
        "would be seen more often than its frequency cap of {cap} exposures per person allows.",
        ReasonKind.AT_CEILING: "In the plan with the {units} units that the brief's ceiling "
        "allows; without them the result would be lower by {loss}.",
        ReasonKind.CHOSEN: "In the plan because without its {units} units the result would be "
        "lower by {loss}; 1,000 {currency} more would add {marginal}.",
        ReasonKind.BETTER_ELSEWHERE: "Left out because the money does more elsewhere: 1,000 "
        "{currency} would add {marginal} here, up to {best_marginal} at another venue.",
        ReasonKind.ADDS_NOTHING: "Left out because, beside what is bought, it adds nothing to the "
        "result.",
        ReasonKind.CAUTION: "Left out for caution: the plan of highest expected result buys "
        "{expected_units} units here, yet in the worst draws the money does more elsewhere.",
        ReasonKind.WHOLE_UNITS: "Left out because no plan was found that brings more with its "
        "smallest buy, {minimum_units} units for {minimum_cost} {currency}; 1,000 {currency} would "
        "add {marginal} here if units could be broken.",
    },
    Language.FR: {
        ReasonKind.EXCLUDED: "Écarté parce que le brief l’exclut.",
        ReasonKind.CANNOT_APPEAR: "Écarté parce qu’il ne peut pas paraître pendant la période.",
        ReasonKind.REACHES_NOBODY: "Écarté parce qu’il ne touche personne dans les rôles et les "
        "lieux de ce marché.",
        ReasonKind.COMMITTED: "Retenu parce que l’argent est engagé : il achète {units} unités, "
        "sans lesquelles le résultat baisserait de {loss}.",
        ReasonKind.FLOOR: "Retenu parce que le brief fixe un plancher : {units} unités, sans "
        "lesquelles le résultat baisserait de {loss}.",
        ReasonKind.MINIMUM_ABOVE_BUDGET: "Écarté parce que l’achat minimal, {minimum_units} unités "
        "pour {minimum_cost} {currency}, dépasse ce que laisse le budget.",
        ReasonKind.MINIMUM_ABOVE_CEILING: "Écarté parce que l’achat minimal, {minimum_units} "
        "unités pour {minimum_cost} {currency}, dépasse le plafond du brief.",
        ReasonKind.AT_MOST: "Retenu avec les {units} unités disponibles ; sans lui le résultat "
        "baisserait de {loss}.",
        ReasonKind.AT_CAP: "Retenu avec les {units} unités que permet son plafond de {cap} "
        "expositions par personne ; sans lui le résultat baisserait de {loss}.",
        ReasonKind.PACKAGED: "Retenu par des offres groupées seulement : {units} unités, dans "
        "{packages}.",
        ReasonKind.CAP_BELOW_MINIMUM: "Écarté parce que l’achat minimal, {minimum_units} unités, "
        "serait vu plus souvent que ne le permet son plafond de {cap} expositions par personne.",
        ReasonKind.AT_CEILING: "Retenu avec les {units} unités que permet le plafond du brief ; "
        "sans elles le résultat baisserait de {loss}.",
        ReasonKind.CHOSEN: "Retenu parce que sans ses {units} unités le résultat baisserait de "
        "{loss} ; 1 000 {currency} de plus ajouteraient {marginal}.",
        ReasonKind.BETTER_ELSEWHERE: "Écarté parce que l’argent rend plus ailleurs : 1 000 "
        "{currency} ajouteraient {marginal} ici, jusqu’à {best_marginal} chez un autre support.",
        ReasonKind.ADDS_NOTHING: "Écarté parce qu’à côté de ce qui est acheté, il n’ajoute rien au "
        "résultat.",
        ReasonKind.CAUTION: "Écarté par prudence : le plan au résultat attendu le plus élevé y "
        "achète {expected_units} unités, mais dans les plus mauvais tirages l’argent rend plus "
        "ailleurs.",
        ReasonKind.WHOLE_UNITS: "Écarté parce qu’aucun plan trouvé ne rapporte plus avec son plus "
        "petit achat, {minimum_units} unités pour {minimum_cost} {currency} ; 1 000 {currency} "
        "ajouteraient {marginal} ici si les unités se divisaient.",
    },
}
_STEP = {
    Language.EN: " It stops at a price step, from which each unit costs less.",
    Language.FR: " L’achat s’arrête à un palier de prix, où l’unité coûte moins.",
}


_SETUP = {
    Language.EN: " Of its cost, {setup_cost} {currency} are paid once, whatever is bought.",
    Language.FR: " De son coût, {setup_cost} {currency} se paient une fois, quoi qu’on achète.",
}
_INCREMENTAL = {
    Language.EN: " Each unit has the price of its own step; the price shown is that of the last.",
    Language.FR: " Chaque unité a le prix de son palier ; le prix montré est celui de la dernière.",
}


_GRANTED = {
    Language.EN: " Of its units, {granted} come through packages: {packages}.",
    Language.FR: " De ses unités, {granted} viennent d’offres groupées : {packages}.",
}


_EXPECTED = {
    Language.EN: " For caution: the plan of highest expected result buys {expected_units} here.",
    Language.FR: " Par prudence : le plan au résultat attendu le plus élevé en achète "
    "{expected_units} ici.",
}


def say_reason(reason: Reason, *, language: Language) -> str:
    """Say why a venue is in the plan or not, and which of its units come through packages.

    Args:
        reason: What decided, with its numbers.
        language: English or French.

    Returns:
        One sentence; more where steps, set-up or increments say how the cost came about.

    >>> nobody = Reason(ReasonKind.REACHES_NOBODY, 0, 1, Decimal(5), 0, 0, 0, False, "EUR")
    >>> say_reason(nobody, language=Language.FR)
    'Écarté parce qu’il ne touche personne dans les rôles et les lieux de ce marché.'
    """
    packages = ", ".join(reason.packages)
    words = _WORDS[language][reason.kind].format(
        units=say_number(reason.units, language=language),
        minimum_units=say_number(reason.minimum_units, language=language),
        minimum_cost=say_number(reason.minimum_cost, language=language),
        currency=reason.currency,
        loss=say_number(reason.loss, language=language),
        marginal=say_number(reason.marginal or 0.0, language=language),
        best_marginal=say_number(reason.best_marginal, language=language),
        cap=say_number(reason.frequency_cap or 0, language=language),
        packages=packages,
        expected_units=say_number(reason.expected_units or 0, language=language),
    )
    if reason.expected_units not in (None, reason.units) and reason.kind is not ReasonKind.CAUTION:
        expected_units = say_number(reason.expected_units or 0, language=language)
        words += _EXPECTED[language].format(expected_units=expected_units)
    words += _STEP[language] if reason.is_step else ""
    if 0 < reason.granted_units < reason.units:
        granted = say_number(reason.granted_units, language=language)
        words += _GRANTED[language].format(granted=granted, packages=packages)
    if reason.units and reason.setup_cost:
        setup_cost = say_number(reason.setup_cost, language=language)
        words += _SETUP[language].format(setup_cost=setup_cost, currency=reason.currency)
    return words + (_INCREMENTAL[language] if reason.units and reason.is_incremental else "")


def say_number(value: Decimal | float, *, language: Language) -> str:
    """Write a number with the marks of the reader: whole, as money, or to three digits.

    Args:
        value: The number.
        language: English or French.

    >>> say_number(1234, language=Language.EN), say_number(0.12345, language=Language.FR)
    ('1,234', '0,123')
    """
    if isinstance(value, int):
        text = f"{value:,}"
    elif isinstance(value, Decimal):
        text = f"{value:,.2f}"
    else:
        text = f"{value:,.1f}" if abs(value) >= 100 else _three_digits(value)
    if language is Language.FR:
        return text.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return text


def _three_digits(value: float) -> str:
    """Give three digits, never with an exponent; what is only rounding error is 0."""
    return "0" if abs(value) < _NOTHING else shorten(value)
