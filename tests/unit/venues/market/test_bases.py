from dataclasses import replace

import pytest

from signoff.brief import Language
from signoff.units import CommitteeRole, VenueKind
from signoff.venues.market.bases import (
    list_assumed,
    list_assumed_answers,
    list_assumed_hands,
    say_audience,
    say_carry_over,
    say_hands,
    say_response,
)
from signoff.venues.market.evidence import AudienceNote, AudienceSource
from signoff.venues.market.response import Response
from signoff.venues.sample import sample_venue
from signoff.venues.venue import Venue

CARD = AudienceSource("card", "media kit", "measured")
SURVEY = AudienceSource("survey", "spring", "measured")
OWN = AudienceSource("matched_list", "events", "measured")
KIND = AudienceSource("kind", "trade_title", "prior")


def venue(*sources: AudienceSource, assumed: float = 0.0) -> Venue:
    note = AudienceNote("title", CommitteeRole.DECIDER, sources, assumed, "measured")
    return sample_venue(bases=(note,))


def test_say_audience_card_alone_needs_no_words() -> None:
    assert say_audience(venue(CARD), language=Language.EN) == ""


def test_say_audience_names_every_source_that_was_put_together() -> None:
    text = say_audience(venue(CARD, SURVEY, OWN), language=Language.EN)
    assert text == (
        "Its reach puts together its card, the survey spring, what share of our own people it has "
        "touched."
    )


@pytest.mark.parametrize("language", list(Language))
def test_say_audience_names_roles_of_which_nothing_is_known(language: Language) -> None:
    assert "decider" in say_audience(venue(KIND, assumed=1.0), language=language)


@pytest.mark.parametrize(
    ("sources", "text"),
    [
        ((CARD,), ""),
        (
            (KIND,),
            (
                "Its response, 0.2 % of exposures (0.02 % to 1 %), is assumed of such venues, "
                "a guess: no published number was found."
            ),
        ),
        (
            (CARD, AudienceSource("campaigns", "spring", "measured")),
            "Its response puts together its card, what campaigns showed (spring).",
        ),
    ],
)
def test_say_response_speaks_of_what_is_not_the_card(
    sources: tuple[AudienceSource, ...], text: str
) -> None:
    assert say_response(sample_venue(response_sources=sources), language=Language.EN) == text


def test_say_response_names_who_published_what_it_stands_on() -> None:
    search = sample_venue(kind=VenueKind.SEARCH, response_sources=(KIND,))
    text = say_response(search, language=Language.EN)
    assert text == (
        "Its response, 5.1 % of exposures (1.5 % to 15 %), is assumed of such venues, after "
        "LocaliQ 2023 search benchmarks, reported by The American Genius."
    )
    bounded = sample_venue(kind=VenueKind.DISPLAY, response_sources=(KIND,))
    text = say_response(bounded, language=Language.FR)
    assert text.endswith("au jugé, dans les bornes de Digital Thrive guide.")


def test_say_audience_says_what_an_assumed_reach_stands_on() -> None:
    text = say_audience(venue(KIND, assumed=1.0), language=Language.EN)
    assert text.endswith(
        "it is assumed of such venues, after BE:Europe 2009, average issue "
        "readership of 13 titles among business leaders."
    )


def test_list_assumed_answers_gives_each_assumption_once() -> None:
    guessed = [sample_venue(name=name, response_sources=(KIND,)) for name in "AB"]
    known = sample_venue(name="C", response_sources=(CARD, KIND))
    found = list(list_assumed_answers((*guessed, known)))
    assert [(prior.value, names) for prior, names in found] == [(0.002, ("A", "B"))]


def test_say_carry_over_names_what_moved_it() -> None:
    assert say_carry_over(sample_venue(), language=Language.EN) == (
        "What is assumed of such venues, a guess: no published number was found"
    )
    sources = (KIND, AudienceSource("campaigns", "mix model", "measured"))
    shown = replace(sample_venue().carry_over, sources=sources)
    text = say_carry_over(sample_venue(carry_over=shown), language=Language.FR)
    assert text.endswith("; ce que des campagnes ont montré (mix model)")


def test_list_assumed_names_venues_with_their_roles() -> None:
    found = list(list_assumed((venue(CARD), venue(KIND, assumed=0.5))))
    assert found == ["The Title (decider)"]


def test_say_hands_names_the_assumption_and_who_published_it() -> None:
    title = say_hands(sample_venue(), language=Language.EN)
    assert title == (
        "Its raised hands per visit, 3 % (0.4 % to 12 %), are assumed of such venues, a guess: "
        "no published number was found."
    )
    search = say_hands(sample_venue(kind=VenueKind.SEARCH), language=Language.EN)
    assert search.endswith(", after LocaliQ 2024 search benchmarks, MediaPost article (repost).")


def test_say_hands_of_the_card_stand_alone() -> None:
    known = sample_venue(hands=Response(0.06, 0.03, 0.12, "measured", (CARD,)))
    assert say_hands(known, language=Language.EN) == (
        "Its raised hands per visit, 6 % (3 % to 12 %), are those of its card."
    )


def test_say_hands_names_campaigns_in_french() -> None:
    sources = (KIND, AudienceSource("campaigns", "printemps", "measured"))
    hands = Response(0.042, 0.025, 0.07, "measured", sources)
    text = say_hands(sample_venue(hands=hands), language=Language.FR)
    assert "4,2 % des visites (2,5 % à 7 %)" in text
    assert "ce que des campagnes ont montré (printemps)" in text


def test_list_assumed_hands_leaves_out_what_campaigns_showed() -> None:
    sources = (KIND, AudienceSource("campaigns", "spring", "measured"))
    known = sample_venue(hands=Response(0.04, 0.02, 0.07, "measured", sources))
    found = list(list_assumed_hands((known, sample_venue(name="A"), sample_venue(name="B"))))
    assert [(prior.value, names) for prior, names in found] == [(0.03, ("A", "B"))]
