"""Types of the fields."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from signoff.brief.market import Industry
from signoff.brief.section import Country, Currency, Domain, Line
from signoff.brief.terms import Money, VenueTerms
from signoff.errors import BriefError


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (Country, " fr ", "FR"),
        (Currency, "gbp", "GBP"),
        (Domain, "https://www.Example.com/", "example.com"),
        (Industry, "NAF:62.01z", "naf:6201Z"),
        (Industry, "nace:J", "nace:J"),
        (Industry, "naics:31-33", "naics:31-33"),
        (Industry, "own:Office Supplies", "own:office supplies"),
    ],
)
def test_field_type_reads_common_spellings(kind: Any, written: str, read: str) -> None:
    assert TypeAdapter(kind).validate_python(written) == read


@pytest.mark.parametrize(
    ("kind", "written", "hint"),
    [
        (Country, "uk", "write GB"),
        (Country, "XX", "two-letter"),
        (Currency, "euro", "write EUR"),
        (Currency, "ZZZ", "three-letter"),
        (Domain, "example", "without a path"),
        (Domain, "example.com/contact", "without a path"),
        (Industry, "62", "naics:51"),
        (Industry, "sic:12", "naics:51"),
        (Industry, "naics:5", "naics:51"),
        (Line, "two\nlines", "on one line"),
    ],
)
def test_field_type_refuses_with_a_fix(kind: Any, written: str, hint: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(kind).validate_python(written)
    assert hint in caught.value.errors()[0]["ctx"]["fix"]


def test_venue_segment_may_carry_its_scheme() -> None:
    terms = VenueTerms(venue="a", segments=("own:Software", "NAF:62.01z", "62"))
    assert terms.segments == ("software", "6201Z", "62")


def test_in_own_currency_without_rate_names_the_missing_one() -> None:
    money = Money(budget=Decimal(1), currency="EUR", exchange_rates={})
    assert money.in_own_currency(Decimal(7), currency="EUR") == 7
    with pytest.raises(BriefError, match="no exchange rate for USD"):
        money.in_own_currency(Decimal(7), currency="USD")
