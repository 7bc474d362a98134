"""The brief's own words reach the reader whole: no sentence cut, no number misread, no markup."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief, Language, Proposition
from signoff.errors import DataError
from signoff.messages import VenueRef, ad_formats, build_house, format_of, write_messages
from signoff.messages.formats import text_length
from signoff.messages.proposition import house_proposition
from signoff.messages.wording import first_sentence
from signoff.units import CommitteeRole, VenueKind

Changed = Callable[[dict[str, Any]], Brief]


def ready(language: str = "en", **told: Any) -> tuple[str, str]:
    said = house_proposition(Proposition(**told), where="", language=Language(language))
    return said.headline.replace("\u00a0", " "), said.sentence.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Measured by Dr. Smith in 2025. Full report.", "Measured by Dr. Smith in 2025."),
        ("Mesuré par la S.A. Dupont en 2024.", "Mesuré par la S.A. Dupont en 2024."),
        ("Vérifié par Mme. Roy. Puis publié.", "Vérifié par Mme. Roy."),
        ("Acme Inc. Boston saved a day. More.", "Acme Inc. Boston saved a day."),
        ("In 2025. Then more.", "In 2025."),
        ("Really? Yes!", "Really?"),
        ("version 2.5 Beta", "Version 2.5 Beta."),
        ("", ""),
    ],
)
def test_first_sentence_ends_at_no_abbreviation(text: str, first: str) -> None:
    assert first_sentence(text) == first


@pytest.mark.parametrize(
    ("claim", "amount", "sentence"),
    [
        ("Close 13 sites", 3, "Close 13 sites: save 3 days."),
        ("Close in 3.5 hours", 3, "Close in 3.5 hours: save 3 days."),
        ("Win 3 days a month", 3, "Win 3 days a month."),
        ("Savings for all", 3, "Savings for all: save 3 days."),
        ("Save on overtime", 3, "Save on overtime: 3 days."),
        ("Late again?", 3, "Late again? save 3 days."),
    ],
)
def test_house_proposition_says_its_amount_once(claim: str, amount: int, sentence: str) -> None:
    assert ready(kind="time_saved", claim=claim, amount=amount, unit="days")[1] == sentence


@pytest.mark.parametrize(
    ("language", "amount", "unit", "said"),
    [
        ("en", "12000.5", "EUR", "€12,000.5"),
        ("fr", "12000.5", "EUR", "12 000,5 €"),
        ("en", "12000", "$", "$12,000"),
        ("fr", "12000", "CHF", "12 000 CHF"),
        ("en", "2", "FTE", "2 FTE"),
        ("fr", "2", "ETP", "2 ETP"),
        ("en", "0.5", "%", "0.5%"),
        ("fr", "0.5", "%", "0,5 %"),
        ("fr", "1500.25", "heures", "1 500,25 heures"),
    ],
)
def test_house_proposition_writes_amounts_in_the_readers_form(
    language: str, amount: str, unit: str, said: str
) -> None:
    told = {"kind": "quality", "claim": "mieux", "amount": Decimal(amount), "unit": unit}
    assert said in ready(language, **told)[1]


@pytest.mark.parametrize("claim", ["...", ".", "?!"])
def test_house_proposition_of_marks_alone_keeps_them(claim: str) -> None:
    assert ready(kind="risk", claim=claim)[0] != ""


def test_write_messages_keeps_markup_and_braces_as_they_are(changed: Changed) -> None:
    odd = "<b>x</b> & {name} {0} %s"
    told = {"kind": "risk", "claim": odd, "proof": "<script>alert(1)</script>"}
    brief = changed({"offering": {"name": odd}, "message": {"propositions": [told]}})
    plan = write_messages(
        build_house(brief),
        roles=[CommitteeRole.USER],
        venues=[VenueRef("v", "V", kind) for kind in VenueKind],
    )
    texts = " ".join(part.text for message in plan.messages for part in message.parts)
    assert odd.removeprefix("<b>") in texts
    assert "&amp;" not in texts


@pytest.mark.parametrize("language", ["en", "fr"])
def test_write_messages_fills_every_format_for_every_role_within_its_limits(
    changed: Changed, language: str
) -> None:
    roles = [{"role": role} for role in CommitteeRole]
    brief = changed({"committee": {"roles": roles}})
    venues = [VenueRef(name, name, VenueKind.OTHER, format=name) for name in ad_formats()]
    house = build_house(brief)
    plan = write_messages(house, roles=list(CommitteeRole), venues=venues, language=language)
    assert len(plan.messages) == len(CommitteeRole) * len(venues)
    assert plan.faults == ()
    for message in plan.messages:
        for part in message.parts:
            assert 0 < text_length(part.text, unit=part.unit) == part.length <= part.limit


def test_format_of_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(DataError, match="billboard") as caught:
        format_of(VenueRef("b", "Board", "billboard"))  # type: ignore[arg-type]
    assert "newspaper" in caught.value.fault.fix


@pytest.mark.parametrize(
    ("text", "n_words"),
    [("", 0), ("  ", 0), ("a  b", 2), ("a\n\nb ", 2), ("12\u00a0000\u00a0€", 1)],
)
def test_text_length_counts_words_not_blanks(text: str, n_words: int) -> None:
    assert text_length(text, unit="words") == n_words
