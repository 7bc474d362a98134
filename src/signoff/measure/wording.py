"""A holdout design in plain words, in English and French."""

from collections.abc import Mapping
from decimal import Decimal

from signoff.units import NO_BREAK_SPACE, french_spaces, number_text

__all__ = ["percent", "points", "say"]

TEXTS = {
    "left_out": {
        "en": "{holdout} of {total} accounts, drawn at random, see no advertising; {treated} do.",
        "fr": "{holdout} comptes sur {total}, tirés au hasard, ne voient aucune publicité ; "
        "{treated} la voient.",
    },
    "baseline": {
        "en": "Without advertising {baseline} of them are expected to respond, as the brief says.",
        "fr": "Sans publicité, {baseline} d’entre eux devraient répondre, selon le brief.",
    },
    "baseline_assumed": {
        "en": "That {baseline} of them respond without advertising is an assumption: the brief "
        "gives no baseline_share.",
        "fr": "Que {baseline} d’entre eux répondent sans publicité est une hypothèse : le brief "
        "ne donne pas de baseline_share.",
    },
    "visible": {
        "en": "A rise of {smallest} or more would be seen ({power} of the time, with "
        "{alpha} false alarms); the plan hopes for {wanted}, so its effect can be seen.",
        "fr": "Une hausse de {smallest} ou plus serait vue ({power} du temps, avec {alpha} "
        "de fausses alertes) ; le plan en espère {wanted} : son effet pourra être vu.",
    },
    "not_visible": {
        "en": "Only a rise of {smallest} or more would be seen ({power} of the time, with "
        "{alpha} false alarms); the plan hopes for {wanted}, so its effect cannot be seen with "
        "these accounts.",
        "fr": "Seule une hausse de {smallest} ou plus serait vue ({power} du temps, avec "
        "{alpha} de fausses alertes) ; le plan en espère {wanted} : son effet ne pourra pas être "
        "vu avec ces comptes.",
    },
    "never_visible": {
        "en": "With so few accounts left out no rise could be told from chance, whatever its size.",
        "fr": "Avec si peu de comptes à l’écart, aucune hausse ne pourrait être distinguée du "
        "hasard, quelle qu’en soit la taille.",
    },
    "doubling": {
        "en": "What the plan hopes for is taken to be a doubling, for want of a forecast.",
        "fr": "Faute de prévision, l’espoir du plan est supposé être un doublement.",
    },
    "needed": {
        "en": "To see {wanted} it would take {needed} accounts with this split.",
        "fr": "Pour voir {wanted}, il faudrait {needed} comptes avec cette répartition.",
    },
    "even": {
        "en": "With half of the accounts left out it would be {even}.",
        "fr": "Avec la moitié des comptes à l’écart, ce serait {even}.",
    },
    "stage": {
        "en": "Measure an earlier stage beside it: at '{name}', which {share} of accounts reach, a "
        "rise of {rise} would be seen.",
        "fr": "Mesurez aussi une étape antérieure : à « {name} », atteinte par {share} des "
        "comptes, une hausse de {rise} serait vue.",
    },
    "stage_unnamed": {
        "en": "Measure an earlier stage beside it: one that about {share} of accounts reach "
        "without advertising (a visit to the site, say) would show a rise of {rise}.",
        "fr": "Mesurez aussi une étape antérieure : une étape qu’environ {share} des comptes "
        "atteignent sans publicité (une visite du site, par exemple) montrerait une hausse de "
        "{rise}.",
    },
    "even_stage": {
        "en": "That holds with half of the accounts left out.",
        "fr": "Cela vaut avec la moitié des comptes à l’écart.",
    },
    "no_stage": {
        "en": "No earlier stage would show it either; report what happened, without "
        "a claim of effect.",
        "fr": "Aucune étape antérieure ne le montrerait non plus ; rapportez ce "
        "qui s’est passé, sans prétendre à un effet.",
    },
    "permute": {
        "en": "Judge the result by permuting whole accounts: with few accounts other tests see "
        "effects that are not there.",
        "fr": "Jugez le résultat en permutant des comptes entiers : avec peu de comptes, les "
        "autres tests voient des effets qui n’existent pas.",
    },
    "no_holdout": {
        "en": "No account is left out, so what happens after the campaign cannot be told from what "
        "would have happened without it. Set measurement.holdout_share.",
        "fr": "Aucun compte n’est mis à l’écart : ce qui suivra la campagne ne pourra pas être "
        "distingué de ce qui serait arrivé sans elle. Indiquez measurement.holdout_share.",
    },
}


def say(key: str, values: Mapping[str, object], *, language: str) -> str:
    """Give one sentence.

    Args:
        key: Which sentence.
        values: What stands in its gaps.
        language: "en" or "fr".

    >>> say("even", {"even": "3 points"}, language="en")
    'With half of the accounts left out it would be 3 points.'
    """
    return french_spaces(TEXTS[key][language], language=language).format(**values)


def percent(share: float, *, language: str) -> str:
    """Give a share as a percentage in the reader's form, to a tenth.

    >>> percent(0.125, language="en")
    '12.5%'
    """
    return _number(share, language) + ("%" if language == "en" else f"{NO_BREAK_SPACE}%")


def points(share: float, *, language: str) -> str:
    """Give a difference of shares in percentage points, to a tenth.

    >>> points(0.01, language="en"), points(0.125, language="fr").split()
    ('1 point', ['12,5', 'points'])
    """
    number = _number(share, language)
    is_one = number == "1" if language == "en" else 100 * share < 2
    return f"{number}{NO_BREAK_SPACE if language == 'fr' else ' '}{'point' if is_one else 'points'}"


def _number(share: float, language: str) -> str:
    return number_text(Decimal(f"{100 * share:.1f}".removesuffix(".0")), language=language)
