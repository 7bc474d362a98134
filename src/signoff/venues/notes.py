"""What the reader of a venue plan must know besides its numbers, English or French."""

from collections.abc import Iterable, Iterator, Sequence

from signoff.brief import ApprovalRule, Brief, Language
from signoff.units import CommitteeRole, Objective
from signoff.venues.book import PRIOR, VenueBook
from signoff.venues.cards.absence import say_absence
from signoff.venues.lines import VenueLine
from signoff.venues.market.bases import (
    list_assumed,
    list_assumed_answers,
    list_assumed_hands,
)
from signoff.venues.market.cells import N_KEPT, N_STRIPS, MarketCells
from signoff.venues.market.priors import KindPrior, PriorOrigin
from signoff.venues.solver.exposure import MarketAudience

__all__ = ["say_drawn_cells", "say_draws", "write_cautions"]

_MANY_EXPOSURES = 30.0

_DRAWS = {
    Language.EN: "Intervals hold 90 % of {n} draws (seed {seed}) of each venue's audience and "
    "response within their own 90 % intervals. Prices, market and model are taken as known.",
    Language.FR: "Les intervalles contiennent 90 % de {n} tirages (graine {seed}) de l’audience et "
    "de la réponse de chaque support dans leurs propres intervalles à 90 %. Prix, marché et modèle "
    "sont tenus pour connus.",
}
_PRIOR = {
    Language.EN: "{n} of {total} venues rest on assumptions with wide intervals, not on "
    "measurements alone.",
    Language.FR: "{n} supports sur {total} reposent sur des hypothèses à larges intervalles, non "
    "sur des mesures seules.",
}
_ASSUMED = {
    Language.EN: "Nothing is known of the reach of {names}: it is what is assumed of such venues, "
    "with wide intervals. Add rows for these roles, ask in a survey, or write 0 where a venue "
    "reaches nobody.",
    Language.FR: "On ne sait rien de la couverture de {names} : c’est ce qu’on suppose de tels "
    "supports, à larges intervalles. Ajoutez des lignes pour ces rôles, posez la question dans une "
    "enquête, ou écrivez 0 là où un support ne touche personne.",
}
_ASSUMED_ANSWERS = {
    Language.EN: "Visits per exposure of {names} are assumed, {share} % with an interval from "
    "{low} to {high} %: {source}.",
    Language.FR: "Les visites par exposition de {names} sont supposées, {share} % avec un "
    "intervalle de {low} à {high} % : {source}.",
}
_ASSUMED_HANDS = {
    Language.EN: "Raised hands per visit of {names} are assumed, {share} % with an interval from "
    "{low} to {high} %: {source}. What campaigns showed of them can be imported as posterior.",
    Language.FR: "La part des visites de {names} où l’on se manifeste est supposée, {share} % avec "
    "un intervalle de {low} à {high} % : {source}. Ce que des campagnes en ont montré s’importe "
    "comme posterior.",
}
_JUDGED = {
    Language.EN: "a guess, since no published number was found",
    Language.FR: "au jugé, faute de chiffre publié",
}
_BOUNDED = {
    Language.EN: "a guess within a published bound, {source}",
    Language.FR: "au jugé, dans une borne publiée, {source}",
}
_HOPED = {
    Language.EN: "That any venue reaches the role {role} is assumed, not known.",
    Language.FR: "Qu’un support touche le rôle {role} est supposé, non su.",
}
_UNREACHED = {
    Language.EN: "No venue reaches the role {role} in this market.",
    Language.FR: "Aucun support ne touche le rôle {role} sur ce marché.",
}
_APPETITE = {
    Language.EN: "How far audiences overlap is assumed (shape {shape}, from a survey of what "
    "European executives read), since no duplication was measured for these venues.",
    Language.FR: "Le recouvrement des audiences est supposé (forme {shape}, d’après une étude "
    "de lectorat de cadres européens), faute de duplication mesurée pour ces supports.",
}
_OFTEN = {
    Language.EN: "{name}: people in its audience would see it {n:.0f} times on average; check its "
    "maximum_units and on_target_share, or set a ceiling.",
    Language.FR: "{name} : les personnes de son audience le verraient {n:.0f} fois en moyenne ; "
    "vérifiez maximum_units et on_target_share, ou fixez un plafond.",
}
_UPLIFT = {
    Language.EN: "Under the rule uplift, results are what reached roles add to the {base} % of "
    "accounts that would approve anyway. That share and the uplifts are taken from the brief as "
    "known.",
    Language.FR: "Sous la règle uplift, les résultats sont ce que les rôles touchés ajoutent aux "
    "{base} % de comptes qui approuveraient de toute façon. Cette part et les hausses sont "
    "reprises du brief comme connues.",
}
_REGION = {
    Language.EN: "{name} is confined to {region}; where accounts are within their country is not "
    "looked at, so its reach must be a share of the whole country.",
    Language.FR: "{name} se limite à {region} ; la place des comptes dans leur pays n’étant pas "
    "regardée, sa couverture doit être une part du pays entier.",
}

_ABSENT = {
    Language.EN: "{name}: {reason}",
    Language.FR: "{name} : {reason}",
}
_DRAWN_CELLS = {
    Language.EN: "The market has more than {n:,} different committees. The most frequent are "
    "counted each by itself; for {drawn:.0f} % of the accounts, those with rarer ones, drawn "
    "accounts of their country and industry stand. The standard error from that is at most "
    "{error} % of what all accounts together could bring.",
    Language.FR: "Le marché compte plus de {n:,} comités différents. Les plus fréquents sont "
    "comptés chacun pour soi ; {drawn:.0f} % des comptes, aux comités plus rares, sont représentés "
    "par des comptes tirés dans leur pays et leur secteur. L’erreur type qui en résulte vaut au "
    "plus {error} % de ce que tous les comptes pourraient apporter.",
}


def say_draws(n_draws: int, *, seed: int, language: Language) -> str:
    """Say what the intervals hold and what they do not.

    Args:
        n_draws: Draws.
        seed: Their seed.
        language: English or French.

    Returns:
        Two sentences.

    >>> say_draws(200, seed=7, language=Language.EN)[:44]
    'Intervals hold 90 % of 200 draws (seed 7) of'
    """
    return _DRAWS[language].format(n=n_draws, seed=seed)


def say_drawn_cells(cells: MarketCells, *, language: Language) -> tuple[str, ...]:
    """Say that committees were drawn, and how far that may change the result.

    Args:
        cells: Accounts by committee.
        language: English or French.

    Returns:
        One caution where accounts stand for others; else none.

    >>> from signoff.venues.market.cells import count_cells
    >>> from signoff.venues.sample import sample_engine
    >>> with sample_engine() as engine:
    ...     say_drawn_cells(count_cells(engine, roles=("user",)), language=Language.EN)
    ()
    """
    if not cells.drawn_share:
        return ()
    error = _decimal(100 * cells.error_share, language)
    text = _DRAWN_CELLS[language].format(
        n=N_KEPT + N_STRIPS, drawn=100 * cells.drawn_share, error=error
    )
    return (text.replace(",", "\u202f", 1) if language is Language.FR else text,)


def write_cautions(
    book: VenueBook, audience: MarketAudience, *, lines: Sequence[VenueLine], brief: Brief
) -> tuple[str, ...]:
    """Write what limits the plan: assumptions, roles nobody reaches, wear-out, regions.

    Args:
        book: Venues.
        audience: Whom they reach.
        lines: Lines of the plan.
        brief: Language.

    Returns:
        One sentence for each caution.
    """
    language = brief.language
    n_prior = sum(venue.weaker_basis == PRIOR for venue in book.venues)
    cautions = []
    if n_prior:
        cautions.append(_PRIOR[language].format(n=n_prior, total=len(book.venues)))
    for venue in book.unavailable:
        reason = say_absence(venue, period=brief.period, language=language)
        cautions.append(_ABSENT[language].format(name=venue.name, reason=reason))
    if brief.committee.approval_rule is ApprovalRule.UPLIFT:
        base = _decimal(100 * (brief.committee.base_share or 0.0), language)
        cautions.append(_UPLIFT[language].format(base=base))
    reached = (audience.reach * audience.people).sum(axis=(0, 1))
    cautions += [
        _UNREACHED[language].format(role=role.value)
        for role, n_reached in zip(audience.roles, reached, strict=True)
        if n_reached <= 0
    ]
    assumed = list(list_assumed(book.venues))
    if assumed:
        cautions.append(_ASSUMED[language].format(names=", ".join(assumed)))
    guessed = list_assumed_answers(book.venues)
    cautions += _say_assumed(guessed, _ASSUMED_ANSWERS[language], language)
    if brief.objective.aim is Objective.LEADS:
        guessed = list_assumed_hands(book.venues)
        cautions += _say_assumed(guessed, _ASSUMED_HANDS[language], language)
    cautions += [_HOPED[language].format(role=role.value) for role in _hoped(audience)]
    if not book.duplications:
        cautions.append(_APPETITE[language].format(shape=_decimal(audience.shape, language)))
    cautions += [
        _OFTEN[language].format(name=line.name, n=line.exposures_per_person)
        for line in lines
        if line.exposures_per_person > _MANY_EXPOSURES
    ]
    cautions += [
        _REGION[language].format(name=venue.name, region=venue.region)
        for venue in book.venues
        if venue.region
    ]
    return tuple(cautions)


def _say_assumed(
    guessed: Iterable[tuple[KindPrior, tuple[str, ...]]], words: str, language: Language
) -> Iterator[str]:
    """Say which number is assumed of which venues, and who published what it stands on."""
    for prior, names in guessed:
        share, low, high = (
            _decimal(100 * end, language) for end in (prior.value, prior.low, prior.high)
        )
        source = ", ".join(filter(None, (prior.source, prior.source_url))) or _JUDGED[language]
        if prior.origin is PriorOrigin.BOUND:
            source = _BOUNDED[language].format(source=source)
        yield words.format(names=", ".join(names), share=share, low=low, high=high, source=source)


def _hoped(audience: MarketAudience) -> Iterator[CommitteeRole]:
    """Give the roles of which every venue's reach is assumed."""
    for r, role in enumerate(audience.roles):
        shares = [rest.assumed_share for rest in audience.bases if rest.role == role]
        if shares and min(shares) == 1 and audience.reach[:, :, r].any():
            yield role


def _decimal(number: float, language: Language) -> str:
    """Write a number with the mark of the reader."""
    shown = f"{number:.2g}"
    return shown.replace(".", ",") if language is Language.FR else shown
