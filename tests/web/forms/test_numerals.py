"""Numbers, shares and days as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signoff.app.web.forms.numerals import (
    DoubtError,
    read_day,
    read_number,
    read_share,
    write_number,
    write_share,
)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("60000", "en", "60000"),
        ("60,000", "en", "60000"),
        ("60,000.50", "en", "60000.50"),
        ("60.000,50", "en", "60000.50"),
        ("60 000,50", "en", "60000.50"),
        ("12,5", "en", "12.5"),
        ("0,875", "en", "0.875"),
        ("1.234", "en", "1.234"),
        ("-3", "en", "-3"),
        ("60\u202f000,50", "fr", "60000.50"),
        ("60\u00a0000", "fr", "60000"),
        ("1,234", "fr", "1.234"),
        ("1,234.50", "fr", "1234.50"),
        ("12.5", "fr", "12.5"),
        (",5", "fr", "0.5"),
        ("1'000", "fr", "1000"),
    ],
)
def test_read_number_in_the_forms_people_use(text: str, language: str, number: str) -> None:
    assert read_number(text, language=language) == Decimal(number)


@pytest.mark.parametrize("text", ["", "abc", "1e5", "1,2,3.4.5", "12 5", "--1", "1" * 60, "NaN"])
def test_read_number_of_what_is_none_is_refused(text: str) -> None:
    for language in ("en", "fr"):
        with pytest.raises(DoubtError):
            read_number(text, language=language)


def test_read_number_that_could_be_two_asks_which() -> None:
    with pytest.raises(DoubtError) as asked:
        read_number("60.000", language="fr")
    assert asked.value.meanings == ("60000", "60,000")


@given(
    st.decimals(-(10**12), 10**12, places=11),
    st.sampled_from(["en", "fr"]),
)
def test_read_number_reads_what_write_number_writes(number: Decimal, language: str) -> None:
    assert read_number(write_number(number, language=language), language=language) == number


@given(st.floats(0, 1), st.sampled_from(["en", "fr"]))
def test_read_share_reads_what_write_share_writes(share: float, language: str) -> None:
    if share and share < 1e-9:
        return
    assert float(read_share(write_share(share, language=language), language=language)) == share


def test_read_share_without_its_sign_is_a_share_and_above_one_is_asked_about() -> None:
    assert read_share("0.05", language="en") == read_share("5 %", language="en")
    assert read_share("1", language="en") == 1
    with pytest.raises(DoubtError) as asked:
        read_share("5", language="en")
    assert asked.value.meanings == ("5%",)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2027-03-01", "en", date(2027, 3, 1)),
        ("1 March 2027", "en", date(2027, 3, 1)),
        ("3rd sept 2027", "en", date(2027, 9, 3)),
        ("31/03/2027", "en", date(2027, 3, 31)),
        ("03/31/2027", "en", date(2027, 3, 31)),
        ("01/03/2027", "fr", date(2027, 3, 1)),
        ("1er mars 2027", "fr", date(2027, 3, 1)),
        ("4 déc. 2027", "fr", date(2027, 12, 4)),
        ("5.5.2027", "en", date(2027, 5, 5)),
    ],
)
def test_read_day_in_the_forms_people_use(text: str, language: str, day: date) -> None:
    assert read_day(text, language=language) == day


def test_read_day_that_could_be_two_asks_which_and_none_is_refused() -> None:
    with pytest.raises(DoubtError) as asked:
        read_day("01/03/2027", language="en")
    assert asked.value.meanings == ("2027-03-01", "2027-01-03")
    for text in ("2027-02-30", "soon", "1 ju 2027", "31/31/2027", "2027-03-01T10:00"):
        with pytest.raises(DoubtError):
            read_day(text, language="en")
