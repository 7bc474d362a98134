from dataclasses import replace
from decimal import Decimal

import pytest

from signoff.brief import Language
from signoff.venues.reasons import Reason, ReasonKind, say_reason


def reason(kind: ReasonKind, *, is_step: bool = False) -> Reason:
    return Reason(
        kind,
        units=1200,
        minimum_units=3,
        minimum_cost=Decimal("1234.50"),
        loss=0.25,
        marginal=0.5,
        best_marginal=0.75,
        is_step=is_step,
        currency="EUR",
    )


@pytest.mark.parametrize("kind", list(ReasonKind))
@pytest.mark.parametrize("language", list(Language))
def test_say_reason_every_kind_and_language_is_a_sentence(
    kind: ReasonKind, language: Language
) -> None:
    words = say_reason(reason(kind), language=language)
    assert words.endswith(".")
    assert "{" not in words


def test_say_reason_french_numbers_are_french() -> None:
    words = say_reason(reason(ReasonKind.MINIMUM_ABOVE_BUDGET), language=Language.FR)
    assert "1\N{NO-BREAK SPACE}234,50 EUR" in words


def test_say_reason_step_is_mentioned() -> None:
    words = say_reason(reason(ReasonKind.CHOSEN, is_step=True), language=Language.EN)
    assert "price step" in words


def test_say_reason_setup_and_increments_are_mentioned_where_units_are_bought() -> None:
    priced = replace(reason(ReasonKind.CHOSEN), setup_cost=Decimal("1500.00"), is_incremental=True)
    words = say_reason(priced, language=Language.EN)
    assert "1,500.00 EUR are paid once" in words
    assert words.endswith("the price shown is that of the last.")
    french = say_reason(priced, language=Language.FR)
    assert "1\N{NO-BREAK SPACE}500,00 EUR se paient une fois" in french
    nothing = replace(priced, units=0)
    assert "once" not in say_reason(nothing, language=Language.EN)


@pytest.mark.parametrize(
    ("loss", "shown"),
    [
        (0.0000123, "0.0000123"),
        (1e-16, "by 0;"),
        (0.25, "0.25"),
        (99.96, "100;"),
        (1234.56, "1,234.6"),
    ],
)
def test_say_reason_numbers_have_no_exponent(loss: float, shown: str) -> None:
    words = say_reason(replace(reason(ReasonKind.CHOSEN), loss=loss), language=Language.EN)
    assert shown in words
    assert "e-" not in words


def test_say_reason_no_more_to_be_had_promises_nothing() -> None:
    words = say_reason(replace(reason(ReasonKind.AT_CEILING), marginal=None), language=Language.EN)
    assert "ceiling" in words
    assert "more would add" not in words
