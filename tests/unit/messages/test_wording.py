"""The brief's own words as phrases."""

from decimal import Decimal

import pytest

from signoff.brief import Language, Proposition, PropositionKind
from signoff.messages.wording import (
    amount_text,
    call_to_action,
    first_sentence,
    join_list,
    lead_in,
    money_text,
    saving_headline,
    sentence,
)
from signoff.units import CommitteeRole, Objective

EN, FR = Language.EN, Language.FR


def gain(kind: str, amount: str, unit: str, per: str | None = None) -> Proposition:
    return Proposition(
        kind=PropositionKind(kind), claim="c", amount=Decimal(amount), unit=unit, per=per
    )


@pytest.mark.parametrize(
    ("proposition", "language", "amount", "headline"),
    [
        (gain("time_saved", "6", "hours", "day"), EN, "6 hours per day", "Save 6 hours per day"),
        (gain("money_saved", "12000", "EUR", "job"), EN, "€12,000 per job", "Save €12,000 per job"),
        (gain("money_saved", "12000", "CHF"), EN, "CHF 12,000", "Save CHF 12,000"),
        (gain("money_saved", "5", "£"), EN, "£5", "Save £5"),
        (gain("time_saved", "30", "%", "per job"), EN, None, "Save 30% of the time per job"),
        (gain("risk", "2.5", "percent"), EN, "2.5%", ""),
        (gain("time_saved", "6", "jours", "an"), FR, "6 jours par an", "Gagnez 6 jours par an"),
        (gain("time_saved", "30", "%", "an"), FR, None, "Gagnez 30 % de temps par an"),
        (gain("money_saved", "1200.5", "EUR", "par an"), FR, "1 200,5 € par an", None),
    ],
)
def test_amounts_are_said_as_people_say_them(
    proposition: Proposition, language: Language, amount: str | None, headline: str | None
) -> None:
    def plain(text: str) -> str:
        return text.replace("\u00a0", " ")

    if amount is not None:
        assert plain(amount_text(proposition, language=language)) == amount
    if headline is not None:
        assert plain(saving_headline(proposition, language=language)) == headline


def test_money_text_keeps_cents_that_are_there() -> None:
    assert money_text(Decimal("12.50"), "USD", language=EN) == "$12.50"
    assert money_text(Decimal("1234.00"), "EUR", language=FR) == "1\u00a0234\u00a0€"


def test_sentence_keeps_marks_and_own_spellings() -> None:
    assert sentence("ready?") == "Ready?"
    assert sentence("eBay sellers gain") == "eBay sellers gain."
    assert sentence("  ") == ""


def test_first_sentence_drops_the_rest() -> None:
    assert first_sentence("One.\nTwo follows.") == "One."


@pytest.mark.parametrize(("items", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a et b")])
def test_join_list_of_few_items(items: tuple[str, ...], text: str) -> None:
    assert join_list(items, language=FR) == text


@pytest.mark.parametrize("language", list(Language))
def test_every_role_has_its_calls_and_leads(language: Language) -> None:
    for role in CommitteeRole:
        for aim in Objective:
            assert 3 < len(call_to_action(role, aim=aim, language=language)) <= 25
        for kind in PropositionKind:
            assert lead_in(role, gain=kind, language=language)
