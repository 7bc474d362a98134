from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief
from signoff.errors import DataError
from signoff.venues.book import VenueBook, list_venues
from signoff.venues.sample import sample_brief, sample_engine

DUO: dict[str, Any] = {
    "package_id": "duo",
    "name": "Title and network",
    "package_price": Decimal("6000.00"),
    "currency": "EUR",
    "maximum_packages": None,
    "source": "media kit",
}
PARTS = [
    {**DUO, "venue_id": "network", "units": 20},
    {**DUO, "venue_id": "title", "units": 5},
]


def book_of(*rows: dict[str, Any], brief: Brief | None = None) -> VenueBook:
    with sample_engine(venue_package=list(rows)) as engine:
        return list_venues(engine, brief=brief or sample_brief())


def test_packages_hold_units_of_their_venues_at_one_price() -> None:
    (package,) = book_of(*PARTS).packages
    assert package.units == (("network", 20), ("title", 5))
    assert package.ladder.cost_cents(2) == 1_200_000
    assert (package.name, package.source) == ("Title and network", "media kit")


def test_packages_are_no_more_than_the_venues_units_allow() -> None:
    # the title sells 12, each package holds 5
    assert book_of(*PARTS).packages[0].ladder.maximum_units == 2
    one = [{**part, "maximum_packages": 1} for part in PARTS]
    assert book_of(*one).packages[0].ladder.maximum_units == 1


def test_packages_stand_in_the_briefs_currency() -> None:
    pounds = [{**part, "currency": "GBP"} for part in PARTS]
    (package,) = book_of(*pounds).packages
    assert package.ladder.cost_cents(1) == 690_000  # 6,000 GBP at 1.15
    assert (package.list_price, package.list_currency) == (Decimal("6000.00"), "GBP")


def test_packages_with_an_excluded_venue_are_left_out() -> None:
    terms = [{"venue": "title", "exclude": True}]
    brief = Brief.model_validate({**sample_brief().model_dump(), "venues": terms})
    assert book_of(*PARTS, brief=brief).packages == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"package_price": Decimal("5.00")}, "differ in package_price"),
        ({"maximum_packages": 4}, "differ in maximum_packages"),
        ({"venue_id": "nobody"}, "rows for the venue nobody"),
        ({"units": 0}, "0 units of network"),
    ],
)
def test_packages_that_contradict_themselves_are_refused(change: dict[str, Any], told: str) -> None:
    with pytest.raises(DataError) as caught:
        book_of({**PARTS[0], **change}, PARTS[1])
    (fault,) = caught.value.faults
    assert told in fault.what
    assert fault.where == "venue_package, package duo"


def test_packages_in_a_currency_without_a_rate_name_the_field() -> None:
    with pytest.raises(DataError) as caught:
        book_of(*({**part, "currency": "CHF"} for part in PARTS))
    assert "money.exchange_rates.CHF" in caught.value.faults[0].fix


def test_packages_for_nothing_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        book_of(*({**part, "package_price": Decimal(0)} for part in PARTS))
    assert "costs nothing" in caught.value.faults[0].why
