"""Numbers, money and dates as readers of each language write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.errors import DataError
from signoff.report.forms import LANGUAGES, reader_forms

EN, FR = reader_forms("en"), reader_forms("fr")


# Expected forms: CLDR 44, numbers and currencies of locales en-GB and fr-FR.
@pytest.mark.parametrize(
    ("amount", "currency", "english", "french"),
    [
        (Decimal("1234567.00"), "EUR", "€1,234,567", "1\u202f234\u202f567\u00a0€"),
        (Decimal("1200.50"), "USD", "$1,200.50", "1\u202f200,50\u00a0$US"),
        (Decimal(-3), "GBP", "\u2212£3", "\u22123\u00a0£GB"),
        (Decimal(80), "CHF", "CHF\u00a080", "80\u00a0CHF"),
    ],
)
def test_money_in_each_language_follows_cldr(
    amount: Decimal, currency: str, english: str, french: str
) -> None:
    assert EN.money(amount, currency=currency) == english
    assert FR.money(amount, currency=currency) == french


def test_number_half_rounds_to_even() -> None:
    assert EN.number(Decimal("2.5")) == "2"
    assert FR.number(12345.25, digits=1) == "12\u202f345,2"


@pytest.mark.parametrize(
    ("share", "english", "french"),
    [
        (0.0, "0%", "0\u202f%"),
        (0.425, "42%", "42\u202f%"),
        (0.0345, "3.4%", "3,4\u202f%"),
        (0.05, "5%", "5\u202f%"),
        (0.00123, "0.12%", "0,12\u202f%"),
        (1.0, "100%", "100\u202f%"),
    ],
)
def test_share_small_is_shown_finer(share: float, english: str, french: str) -> None:
    assert EN.share(share) == english
    assert FR.share(share) == french


def test_measure_interval_takes_decimals_of_its_middle() -> None:
    assert [EN.measure(x, spread=5.2) for x in (0.512, 4.23, 11.0)] == ["0.5", "4.2", "11.0"]
    assert EN.measure(1234.5) == "1,234"
    assert EN.measure(0) == "0.00"


def test_day_first_of_month_in_french_is_ordinal() -> None:
    assert FR.day(date(2027, 1, 1)) == "1er janvier 2027"
    assert EN.day(date(2027, 1, 1)) == "1 January 2027"


def test_moment_gives_time_in_utc() -> None:
    assert EN.moment(datetime(2027, 8, 2, 7, 5)) == "2 August 2027, 07:05 UTC"  # noqa: DTZ001  # stored naive
    assert FR.moment(datetime(2027, 8, 2, 7, 5)) == "2 août 2027, 07\u00a0h\u00a005 UTC"  # noqa: DTZ001  # stored naive


def test_is_singular_zero_is_singular_in_french_alone() -> None:
    assert (FR.is_singular(0), EN.is_singular(0)) == (True, False)
    assert (FR.is_singular(1), EN.is_singular(1)) == (True, True)
    assert (FR.is_singular(2), EN.is_singular(2)) == (False, False)


def test_reader_forms_unknown_language_says_which_there_are() -> None:
    with pytest.raises(DataError, match="en, fr"):
        reader_forms("de")


@given(
    value=st.decimals(min_value=-(10**12), max_value=10**12, places=2),
    language=st.sampled_from(LANGUAGES),
)
def test_number_any_value_can_be_read_back(value: Decimal, language: str) -> None:
    forms = reader_forms(language)
    text = forms.number(value, digits=2).replace(forms.thousands, "")
    assert Decimal(text.replace(forms.decimal, ".").replace("\u2212", "-")) == value
