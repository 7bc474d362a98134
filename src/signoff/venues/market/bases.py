"""What a venue's numbers rest on, in a planner's words, English or French."""

from collections.abc import Iterable, Iterator

from signoff.brief import Language
from signoff.venues.market.evidence import OWN_STUDY, AudienceSource
from signoff.venues.market.priors import KindPrior, PriorMeasure, PriorOrigin, find_kind_prior
from signoff.venues.venue import Venue

__all__ = [
    "list_assumed",
    "list_assumed_answers",
    "list_assumed_hands",
    "say_audience",
    "say_carry_over",
    "say_hands",
    "say_response",
]

_METHODS = {
    Language.EN: {
        "card": "its card",
        "survey": "the survey {name}",
        "lookup": "a look-up of people like them ({name})",
        "matched_list": "our own people, looked for among its own ({name})",
        OWN_STUDY: "what share of our own people it has touched",
        "kind": "what is assumed of such venues",
        "campaigns": "what campaigns showed ({name})",
    },
    Language.FR: {
        "card": "sa fiche",
        "survey": "l’enquête {name}",
        "lookup": "une table de personnes semblables ({name})",
        "matched_list": "nos propres personnes, cherchées parmi les siennes ({name})",
        OWN_STUDY: "la part de nos propres personnes qu’il a touchées",
        "kind": "ce qu’on suppose de tels supports",
        "campaigns": "ce que des campagnes ont montré ({name})",
    },
}
_RESTS = {
    Language.EN: "Its reach puts together {sources}.",
    Language.FR: "Sa couverture réunit {sources}.",
}
_ASSUMED = {
    Language.EN: "Nothing is known of its reach among {roles}: it is assumed of such venues"
    "{stand}.",
    Language.FR: "On ne sait rien de sa couverture auprès de {roles} : elle est supposée d’après "
    "de tels supports{stand}.",
}


_ANSWERS = {
    Language.EN: "Its response puts together {sources}.",
    Language.FR: "Sa réponse réunit {sources}.",
}
_ASSUMED_ANSWERS = {
    Language.EN: "Its response, {share} of exposures ({low} to {high}), is assumed of such "
    "venues{stand}.",
    Language.FR: "Sa réponse, {share} des expositions ({low} à {high}), est supposée d’après de "
    "tels supports{stand}.",
}


_HANDS = {
    Language.EN: "Its raised hands per visit, {share} ({low} to {high}), put together {sources}.",
    Language.FR: "Ses visiteurs qui se manifestent, {share} des visites ({low} à {high}), "
    "réunissent {sources}.",
}
_HANDS_OF_CARD = {
    Language.EN: "Its raised hands per visit, {share} ({low} to {high}), are those of its card.",
    Language.FR: "Ses visiteurs qui se manifestent, {share} des visites ({low} à {high}), sont "
    "ceux de sa fiche.",
}
_ASSUMED_HANDS = {
    Language.EN: "Its raised hands per visit, {share} ({low} to {high}), are assumed of such "
    "venues{stand}.",
    Language.FR: "Ses visiteurs qui se manifestent, {share} des visites ({low} à {high}), sont "
    "supposés d’après de tels supports{stand}.",
}
_STAND = {
    Language.EN: {
        PriorOrigin.ASSUMPTION: ", a guess: no published number was found",
        PriorOrigin.BOUND: ", a guess that {source} bounds",
        PriorOrigin.SOURCE: ", after {source}",
    },
    Language.FR: {
        PriorOrigin.ASSUMPTION: ", au jugé : aucun chiffre publié n’a été trouvé",
        PriorOrigin.BOUND: ", au jugé, dans les bornes de {source}",
        PriorOrigin.SOURCE: ", selon {source}",
    },
}
_LAG = {
    Language.EN: "What is assumed of such venues{stand}",
    Language.FR: "Ce qu’on suppose de tels supports{stand}",
}


def say_hands(venue: Venue, *, language: Language) -> str:
    """Say how many visits of a venue become raised hands, and what that rests on.

    Args:
        venue: A venue.
        language: English or French.

    Returns:
        One sentence, with the 90 % interval.

    >>> from signoff.venues.sample import sample_venue
    >>> say_hands(sample_venue(), language=Language.EN)[:61]
    'Its raised hands per visit, 3 % (0.4 % to 12 %), are assumed '
    """
    hands = venue.hands
    ends = (hands.share, hands.low_share, hands.high_share)
    share, low, high = (_percent(end, language) for end in ends)
    if _is_assumed(hands.sources):
        stand = _stand(_hands_prior(venue), language)
        return _ASSUMED_HANDS[language].format(share=share, low=low, high=high, stand=stand)
    if {source.method for source in hands.sources} == {"card"}:
        return _HANDS_OF_CARD[language].format(share=share, low=low, high=high)
    named = ", ".join(_name(source, language) for source in hands.sources)
    return _HANDS[language].format(share=share, low=low, high=high, sources=named)


def list_assumed_hands(venues: tuple[Venue, ...]) -> Iterator[tuple[KindPrior, tuple[str, ...]]]:
    """Give the assumptions of raised hands that a plan rests on, each with its venues.

    Args:
        venues: Venues.

    Yields:
        Each assumption once for venues that share value and source, with their names.
    """
    guessed = [venue for venue in venues if _is_assumed(venue.hands.sources)]
    yield from _by_prior((venue.name, _hands_prior(venue)) for venue in guessed)


def list_assumed_answers(
    venues: tuple[Venue, ...],
) -> Iterator[tuple[KindPrior, tuple[str, ...]]]:
    """Give the assumptions of visits per exposure that a plan rests on, each with its venues.

    Args:
        venues: Venues.

    Yields:
        Each assumption once for venues that share value and source, with their names.
    """
    guessed = [venue for venue in venues if _is_assumed(venue.response_sources)]
    yield from _by_prior((venue.name, _visits_prior(venue)) for venue in guessed)


def _by_prior(
    named: Iterable[tuple[str, KindPrior]],
) -> Iterator[tuple[KindPrior, tuple[str, ...]]]:
    found: dict[tuple[float, str], tuple[KindPrior, list[str]]] = {}
    for name, prior in named:
        found.setdefault((prior.value, prior.source), (prior, []))[1].append(name)
    yield from ((prior, tuple(names)) for prior, names in found.values())


def _is_assumed(sources: tuple[AudienceSource, ...]) -> bool:
    return {source.method for source in sources} == {"kind"}


def say_carry_over(venue: Venue, *, language: Language) -> str:
    """Say what it rests on how long exposures at a venue work on.

    Args:
        venue: A venue.
        language: English or French.

    Returns:
        Names of all sources.

    >>> from signoff.venues.sample import sample_venue
    >>> say_carry_over(sample_venue(), language=Language.EN)
    'What is assumed of such venues, a guess: no published number was found'
    """
    prior = find_kind_prior(venue.kind.value, measure=PriorMeasure.CARRY_OVER)
    named = [
        _LAG[language].format(stand=_stand(prior, language))
        if source.method == "kind"
        else _name(source, language)
        for source in venue.carry_over.sources
    ]
    text = "; ".join(named)
    return text[:1].upper() + text[1:]


def say_response(venue: Venue, *, language: Language) -> str:
    """Say what the response of a venue rests on, where that is not its card alone.

    Args:
        venue: A venue.
        language: English or French.

    Returns:
        No sentence, or one.

    >>> from signoff.venues.sample import sample_venue
    >>> source = AudienceSource("kind", "trade_title", "prior")
    >>> say_response(sample_venue(response_sources=(source,)), language=Language.EN)[-63:]
    'assumed of such venues, a guess: no published number was found.'
    """
    methods = {source.method for source in venue.response_sources}
    if methods == {"kind"}:
        prior = _visits_prior(venue)
        ends = (prior.value, prior.low, prior.high)
        share, low, high = (_percent(end, language) for end in ends)
        stand = _stand(prior, language)
        return _ASSUMED_ANSWERS[language].format(share=share, low=low, high=high, stand=stand)
    if "campaigns" not in methods:
        return ""
    named = dict.fromkeys(_name(source, language) for source in venue.response_sources)
    return _ANSWERS[language].format(sources=", ".join(named))


def say_audience(venue: Venue, *, language: Language) -> str:
    """Say what the reach of a venue rests on, where that is more or less than its card.

    Args:
        venue: A venue matched to a market.
        language: English or French.

    Returns:
        No sentence where its card alone speaks of every role; else one or two.

    >>> from signoff.venues.market.evidence import AudienceNote
    >>> from signoff.venues.sample import sample_venue
    >>> source = AudienceSource("kind", "trade_title", "prior")
    >>> note = AudienceNote("title", "user", (source,), 1.0, "prior")
    >>> say_audience(sample_venue(bases=(note,)), language=Language.EN)[:70]
    'Nothing is known of its reach among user: it is assumed of such venues'
    """
    said = []
    studied = [rest for rest in venue.bases if _has_study(rest.sources)]
    if studied:
        sources = dict.fromkeys(one for rest in studied for one in rest.sources)
        named = dict.fromkeys(_name(source, language) for source in sources)
        said.append(_RESTS[language].format(sources=", ".join(named)))
    if venue.assumed_roles:
        prior = find_kind_prior(venue.kind.value, measure=PriorMeasure.REACH)
        roles, stand = ", ".join(venue.assumed_roles), _stand(prior, language)
        said.append(_ASSUMED[language].format(roles=roles, stand=stand))
    return " ".join(said)


def list_assumed(venues: tuple[Venue, ...]) -> Iterator[str]:
    """Give the venues of whose reach something is assumed, each with these roles.

    Args:
        venues: Venues matched to a market.

    Yields:
        Name and roles of each.
    """
    for venue in venues:
        if venue.assumed_roles:
            yield f"{venue.name} ({', '.join(venue.assumed_roles)})"


def _has_study(sources: tuple[AudienceSource, ...]) -> bool:
    return any(source.method not in {"card", "kind"} for source in sources)


def _hands_prior(venue: Venue) -> KindPrior:
    return find_kind_prior(venue.kind.value, measure=PriorMeasure.HANDS, unit=venue.unit)


def _visits_prior(venue: Venue) -> KindPrior:
    return find_kind_prior(venue.kind.value, measure=PriorMeasure.VISITS, unit=venue.unit)


def _stand(prior: KindPrior, language: Language) -> str:
    return _STAND[language][prior.origin].format(source=prior.publisher)


def _percent(share: float, language: Language) -> str:
    text = f"{100 * share:.3g} %"
    return text.replace(".", ",") if language is Language.FR else text


def _name(source: AudienceSource, language: Language) -> str:
    is_own = source.method == "matched_list" and source.name == OWN_STUDY
    return _METHODS[language][OWN_STUDY if is_own else source.method].format(name=source.name)
