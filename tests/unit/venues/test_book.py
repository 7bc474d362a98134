from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief
from signoff.errors import BriefError, DataError
from signoff.venues.book import NO_LIMIT, VenueBook, list_venues
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


def book_of(brief: Brief | None = None, **tables: list[dict[str, Any]]) -> VenueBook:
    with sample_engine(**tables) as engine:
        return list_venues(engine, brief=brief or sample_brief())


def with_terms(*terms: dict[str, Any]) -> Brief:
    return Brief.model_validate({**sample_brief().model_dump(), "venues": terms})


def test_list_venues_prices_stand_in_the_briefs_currency() -> None:
    network = book_of().venues[0]
    assert network.ladder.unit_price(1) == Decimal("46.000")  # 40 GBP at 1.15
    assert network.list_steps == ((1, Decimal("40.00")),)
    assert network.list_currency == "GBP"


def test_list_venues_steps_come_by_rising_units() -> None:
    title = book_of().venues[1]
    assert [step.units_from for step in title.ladder.steps] == [1, 4]
    assert title.ladder.cost_cents(4) == 1_914_000


def test_list_venues_no_maximum_means_no_limit_but_money() -> None:
    assert book_of().venues[0].ladder.maximum_units == NO_LIMIT


def test_list_venues_rows_have_one_for_each_price_step() -> None:
    rows = book_of().rows()
    assert [(row["venue_id"], row["units_from"]) for row in rows] == [
        ("network", 1),
        ("title", 1),
        ("title", 4),
    ]
    assert "network" in book_of().to_csv()


def test_list_venues_text_counts_assumptions() -> None:
    # both of the sample's audiences are assumed, though one response is measured
    assert "2 of them rest on assumptions" in book_of().text()


def test_list_venues_excluded_venue_is_not_checked() -> None:
    tables = sample_tables()
    rates = [rate for rate in tables["rate"] if rate["venue_id"] == "network"]
    found = book_of(with_terms({"venue": "title", "exclude": True}), rate=rates)
    assert [venue.venue_id for venue in found.venues] == ["network"]
    assert [venue.name for venue in found.excluded] == ["The Title"]


def test_list_venues_duplications_are_read() -> None:
    pair = {"venue_id": "network", "other_venue_id": "title", "both_share": 0.05}
    assert book_of(venue_duplication=[pair]).duplications[0].both_share == 0.05


def test_list_venues_faults_of_tables_and_terms_come_together() -> None:
    with pytest.raises(DataError) as caught:
        book_of(with_terms({"venue": "nobody"}), rate=[])
    assert {fault.where for fault in caught.value.faults} == {
        "rate, venue network",
        "rate, venue title",
        "venues.0 (nobody)",
    }


def test_list_venues_only_terms_at_fault_is_a_brief_error() -> None:
    with pytest.raises(BriefError, match="no venue is called nobody"):
        book_of(with_terms({"venue": "nobody"}))


def test_list_venues_empty_tables_are_refused() -> None:
    with pytest.raises(DataError, match="no venue to plan with"):
        book_of(venue=[], rate=[], venue_audience=[])
