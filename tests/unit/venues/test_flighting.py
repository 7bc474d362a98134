"""Every unit appears in a week, within capacity and the money of the months."""

from datetime import date, timedelta

import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.venues.flighting import CashLimit, Flight, VenueWeeks, flight_units

MONDAYS = tuple(date(2027, 1, 4) + timedelta(weeks=week) for week in range(8))


def weekly(
    units: int, most: float = np.inf, worth: float = 1.0, name: str = "weekly"
) -> VenueWeeks:
    """Give a venue of 100.00 a unit in eight weeks, the last four worth something else."""
    return VenueWeeks(
        name, units, MONDAYS, np.full(8, most), 10_000.0, np.array([1.0] * 4 + [worth] * 4)
    )


def by_day(flights: list[Flight]) -> dict[date, int]:
    return {flight.starts_on: flight.units for flight in flights}


def test_flight_units_of_equal_weeks_spreads_them_evenly() -> None:
    found = by_day(flight_units([weekly(16)]))
    assert found == dict.fromkeys(MONDAYS, 2)


def test_flight_units_prefers_the_weeks_that_are_worth_more() -> None:
    found = by_day(flight_units([weekly(4, most=1, worth=5.0)]))
    assert set(found) == set(MONDAYS[4:])


def test_flight_units_keeps_the_capacity_of_each_week() -> None:
    found = by_day(flight_units([weekly(11, most=2, worth=5.0)]))
    assert max(found.values()) == 2
    assert sum(found.values()) == 11


def test_flight_units_keeps_the_money_of_each_month() -> None:
    cash = [CashLimit("2027-01", 50_000.0), CashLimit("2027-02", 45_000.0)]
    found = flight_units([weekly(4), weekly(5, name="daily")], cash=cash)
    spent = dict.fromkeys(("2027-01", "2027-02"), 0.0)
    for flight in found:
        spent[flight.starts_on.strftime("%Y-%m")] += flight.spend_cents
    assert sum(spent.values()) == 90_000
    assert spent["2027-01"] <= 50_000
    assert spent["2027-02"] <= 45_000


def test_flight_units_without_units_places_nothing() -> None:
    assert flight_units([weekly(0)]) == []


def test_flight_units_beyond_capacity_names_the_venue() -> None:
    with pytest.raises(BriefError, match="the weeks of weekly hold fewer units"):
        flight_units([weekly(17, most=2)])


def test_flight_units_beyond_the_months_says_how_much_they_allow() -> None:
    cash = [CashLimit("2027-01", 30_000.0), CashLimit("2027-02", 20_000.0)]
    with pytest.raises(BriefError, match=r"costs 600\.00, the months allow 500\.00 together"):
        flight_units([weekly(6)], cash=cash)
    with pytest.raises(BriefError, match="too tight"):
        flight_units(
            [weekly(1)], cash=[*cash[:0], *(CashLimit(m, 9e3) for m in ("2027-01", "2027-02"))]
        )
