from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief, Period
from signoff.errors import BriefError, DataError
from signoff.venues.book import VenueBook, list_venues
from signoff.venues.cards.prices import NO_LIMIT
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


def changed(table: str, venue_id: str, **values: Any) -> list[dict[str, Any]]:
    rows = sample_tables()[table]
    return [{**row, **values} if row["venue_id"] == venue_id else row for row in rows]


def issues_of(venue_id: str, *days: date, **values: Any) -> list[dict[str, Any]]:
    return [{"venue_id": venue_id, "issue_on": day, **values} for day in days]


def test_list_venues_setup_and_incremental_discount_reach_the_ladder() -> None:
    rates = changed("rate", "title", discount_kind="incremental", setup_cost=Decimal(500))
    title = book_of(rate=rates).venues[1]
    assert title.ladder.cost_cents(4) == 50_000 + 3 * 514_500 + 478_500
    assert title.list_setup_cost == Decimal(500)
    row = next(row for row in book_of(rate=rates).rows() if row["venue_id"] == "title")
    assert (row["setup_cost"], row["discount_kind"]) == (Decimal("500.00"), "incremental")


def test_list_venues_setup_is_exchanged_like_prices() -> None:
    network = book_of(rate=changed("rate", "network", setup_cost=Decimal(100))).venues[0]
    assert network.ladder.cost_cents(1) == 11_500 + 4_600


def test_list_venues_last_step_that_ends_is_the_most_that_is_sold() -> None:
    rates = changed("rate", "title", units_to=3)
    rates[1] = {**rates[1], "units_to": 9}
    assert book_of(rate=rates).venues[1].ladder.maximum_units == 9


def test_list_venues_sells_no_more_than_can_appear_in_the_period() -> None:
    period = sample_brief().period
    days = issues_of("title", period.starts_on, period.ends_on, capacity_units=2)
    title = book_of(venue_issue=days).venues[1]
    assert (title.ladder.maximum_units, title.maximum_units) == (4, 12)
    assert title.availability is not None
    assert title.availability.limit.value == "capacity"


def test_list_venues_lead_time_counts_from_today() -> None:
    period = sample_brief().period
    venues = changed("venue", "title", lead_days=30)
    days = issues_of("title", period.ends_on, capacity_units=2)
    with sample_engine(venue=venues, venue_issue=days) as engine:
        found = list_venues(engine, brief=sample_brief(), as_of=period.ends_on)
    assert [venue.venue_id for venue in found.unavailable] == ["title"]
    assert found.text().endswith(" These cannot appear in the period: The Title.")


def test_list_venues_without_a_date_in_the_period_is_left_out() -> None:
    days = issues_of("title", date(2020, 1, 1), date(2040, 1, 1))
    found = book_of(venue_issue=days)
    assert [venue.venue_id for venue in found.venues] == ["network"]
    (title,) = found.unavailable
    assert title.availability is not None
    assert title.availability.nearest == (date(2020, 1, 1), date(2040, 1, 1))


def test_list_venues_money_for_a_venue_without_a_date_is_refused() -> None:
    days = issues_of("title", date(2020, 1, 1), date(2040, 1, 1))
    with pytest.raises(BriefError, match="cannot appear between") as caught:
        book_of(with_terms({"venue": "title", "floor": 6000}), venue_issue=days)
    (fault,) = caught.value.faults
    assert "the venue title has no date between" in fault.what
    assert fault.why.endswith("the nearest are 2020-01-01, 2040-01-01")


def test_list_venues_no_venue_left_in_the_period_names_all() -> None:
    days = issues_of("title", date(2020, 1, 1))
    venues = changed("venue", "network", lead_days=3650)
    with sample_engine(venue=venues, venue_issue=days) as engine:
        brief = sample_brief()
        with pytest.raises(DataError, match="no venue can appear between") as caught:
            list_venues(engine, brief=brief, as_of=brief.period.starts_on)
    assert {fault.where for fault in caught.value.faults} == {"venue network", "venue title"}


def test_list_venues_fewer_units_than_are_sold_is_left_out() -> None:
    days = issues_of("title", sample_brief().period.starts_on, capacity_units=1)
    rates = changed("rate", "title", minimum_units=2)
    assert [v.venue_id for v in book_of(rate=rates, venue_issue=days).unavailable] == ["title"]


def test_list_venues_deadline_after_the_date_is_refused() -> None:
    days = issues_of("title", date(2027, 1, 1), closes_on=date(2027, 1, 2))
    with pytest.raises(DataError) as caught:
        book_of(venue_issue=days)
    assert "2027-01-02, is after the day of issue" in caught.value.faults[0].what


def test_list_venues_dates_of_an_unknown_venue_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        book_of(venue_issue=issues_of("nobody", date(2027, 1, 1)))
    assert caught.value.faults[0].where == "venue_issue"


def test_list_venues_days_without_a_cap_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        book_of(venue=changed("venue", "title", frequency_cap_days=7))
    assert "no cap is given" in caught.value.faults[0].what


def test_list_venues_cap_in_fewer_days_holds_for_each_stretch() -> None:
    title = book_of(venue=changed("venue", "title", frequency_cap=3, frequency_cap_days=7))
    may = Period(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
    assert title.venues[1].cap_within(may) == 15  # four weeks and a part of a fifth
    assert book_of().venues[1].cap_within(may) is None
