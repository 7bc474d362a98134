"""What the reader of a cautious plan must know, English or French."""

from signoff.brief import Language
from signoff.venues.caution.cautious_plan import CautiousResult

__all__ = ["say_caution"]

_EXPECTED = {
    Language.EN: "The plan was chosen for caution. The curve of budgets, the slider, margins and "
    "the cost of limits go by expected results: at the plan's budget the curve stands above the "
    "plan by what caution costs.",
    Language.FR: "Le plan a été choisi par prudence. La courbe des budgets, le curseur, les "
    "marges et le coût des limites suivent les résultats attendus : au budget du plan, la courbe "
    "passe au-dessus du plan de ce que coûte la prudence.",
}
_SAME = {
    Language.EN: "Caution changed nothing: no plan was found whose worst draws bring more than "
    "those of the plan of highest expected result.",
    Language.FR: "La prudence n’a rien changé : aucun plan trouvé ne rapporte plus, dans ses plus "
    "mauvais tirages, que le plan au résultat attendu le plus élevé.",
}


def say_caution(caution: CautiousResult | None, *, language: Language) -> tuple[str, ...]:
    """Say what goes by expected results though the plan does not.

    Args:
        caution: What the worst draws of the plan bring; None: it is the expected plan.
        language: English or French.

    Returns:
        One sentence or two; none without caution.

    >>> say_caution(None, language=Language.EN)
    ()
    """
    if caution is None:
        return ()
    return ((_SAME if caution.is_expected_plan else _EXPECTED)[language],)
