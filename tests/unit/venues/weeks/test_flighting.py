"""Units in weeks: all placed, within capacity and the money of months, in proportion to worth."""

from collections import Counter
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.venues.weeks.flighting import CashLimit, VenueWeeks, cash_limits, flight_units

MONDAY = date(2027, 1, 4)


def _weeks(
    units: int, most: list[float], *, worth: list[float] | None = None, cents: float = 10_000.0
) -> VenueWeeks:
    days = tuple(MONDAY + timedelta(days=7 * week) for week in range(len(most)))
    return VenueWeeks("v", units, days, np.array(most), cents, np.array(worth or [1.0] * len(most)))


def _units(venue: VenueWeeks, cash: list[CashLimit] | None = None) -> list[int]:
    found = {flight.starts_on: flight.units for flight in flight_units([venue], cash=cash or [])}
    return [found.get(day, 0) for day in venue.starts_on]


def test_flight_units_equal_weeks_share_evenly() -> None:
    assert _units(_weeks(8, [np.inf] * 4)) == [2, 2, 2, 2]


def test_flight_units_stand_in_proportion_to_worth() -> None:
    assert _units(_weeks(12, [np.inf] * 3, worth=[1.0, 2.0, 3.0])) == [2, 4, 6]


def test_flight_units_beyond_a_full_week_go_to_the_others() -> None:
    # in proportion 2, 4, 6; the last holds 3, so 9 are shared as 1 to 2
    assert _units(_weeks(12, [np.inf, np.inf, 3.0], worth=[1.0, 2.0, 3.0])) == [3, 6, 3]


def test_flight_units_worthless_weeks_are_used_only_when_the_others_are_full() -> None:
    assert _units(_weeks(2, [2.0, 2.0], worth=[0.0, 1.0])) == [0, 2]
    assert _units(_weeks(3, [2.0, 2.0], worth=[0.0, 1.0])) == [1, 2]


def test_flight_units_no_week_of_worth_shares_evenly() -> None:
    assert _units(_weeks(2, [5.0, 5.0], worth=[0.0, 0.0])) == [1, 1]


def test_flight_units_nothing_bought_is_nothing() -> None:
    assert flight_units([_weeks(0, [1.0])]) == []
    assert flight_units([]) == []


def test_flight_units_more_than_the_weeks_hold_names_the_venue() -> None:
    with pytest.raises(BriefError, match="the weeks of v hold fewer units"):
        flight_units([_weeks(3, [1.0, 1.0])])


def test_flight_units_month_without_room_pushes_units_to_the_next() -> None:
    # four weeks of January, two of February; January holds the money of two units
    venue = _weeks(6, [np.inf] * 6)
    placed = _units(venue, [CashLimit("2027-01", 20_000.0)])
    assert (sum(placed[:4]), sum(placed[4:])) == (2, 4)


def test_flight_units_months_too_tight_say_what_the_plan_costs_and_they_allow() -> None:
    cash = [CashLimit("2027-01", 20_000.0), CashLimit("2027-02", 30_000.0)]
    with pytest.raises(BriefError, match=r"the plan costs 600\.00, the months allow 500\.00"):
        flight_units([_weeks(6, [np.inf] * 6)], cash=cash)


def test_flight_units_month_tighter_than_one_unit_is_named_so() -> None:
    with pytest.raises(BriefError, match="too tight for one of its units"):
        flight_units(
            [_weeks(1, [1.0])],
            cash=[CashLimit("2027-01", 9_000.0)] * 1 + [CashLimit("2027-02", 9_000.0)],
        )


@pytest.mark.parametrize("seed", range(25))
def test_flight_units_drawn_plans_place_every_unit_within_every_limit(seed: int) -> None:
    rng = np.random.default_rng(seed)
    venues = []
    for name in "abc"[: int(rng.integers(1, 4))]:
        n_weeks = int(rng.integers(2, 9))
        most = rng.integers(0, 4, n_weeks).astype(float)
        days = tuple(MONDAY + timedelta(days=7 * week) for week in range(n_weeks))
        units = int(rng.integers(0, int(most.sum()) + 1))
        cents = float(rng.integers(1, 9) * 1_000)
        venues.append(VenueWeeks(name, units, days, most, cents, rng.random(n_weeks)))
    cash = [CashLimit("2027-01", float(rng.integers(0, 30) * 1_000))]
    try:
        flights = flight_units(venues, cash=cash)
    except BriefError:
        assert not _can_be_placed(venues, cash[0])
        return
    placed = Counter[str]()
    spent = 0.0
    for flight in flights:
        venue = next(venue for venue in venues if venue.venue == flight.venue)
        assert flight.units <= venue.most_units[venue.starts_on.index(flight.starts_on)]
        assert flight.spend_cents == pytest.approx(flight.units * venue.unit_cents)
        placed[flight.venue] += flight.units
        spent += flight.spend_cents if flight.starts_on.month == 1 else 0.0
    assert placed == Counter({venue.venue: venue.units for venue in venues if venue.units})
    assert spent <= cash[0].most_cents + 0.5
    assert len({(flight.venue, flight.starts_on) for flight in flights}) == len(flights)


def _can_be_placed(venues: list[VenueWeeks], limit: CashLimit) -> bool:
    """Place as much as can be after January: what is left must fit its money."""
    least = 0.0
    for venue in venues:
        later = sum(
            most
            for day, most in zip(venue.starts_on, venue.most_units.tolist(), strict=True)
            if day.month != 1
        )
        least += max(venue.units - later, 0.0) * venue.unit_cents
    return least <= limit.most_cents


def test_cash_limits_hold_for_venues_that_appear_in_no_other_month() -> None:
    january, both = _weeks(0, [1.0] * 4), _weeks(0, [1.0] * 6)
    one, two = CashLimit("2027-01", 500.0), CashLimit("2027-02", 700.0)
    alone = cash_limits([january, both], [one], places=[0, 1])
    assert [(limit.name, limit.venues, limit.most_cents) for limit in alone] == [
        ("2027-01", (0,), 500.0)
    ]
    together = cash_limits([january, both], [one, two], places=[0, 1])
    assert [(limit.name, limit.venues, limit.most_cents) for limit in together] == [
        ("2027-01", (0,), 500.0),
        ("2027-01 to 2027-02", (0, 1), 1_200.0),
    ]


@pytest.mark.parametrize("seed", range(10))
def test_cash_limits_are_kept_by_every_placing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    venues = [_weeks(0, [2.0] * int(rng.integers(1, 7))) for _ in range(2)]
    cash = [CashLimit("2027-01", 30_000.0), CashLimit("2027-02", 20_000.0)]
    limits = cash_limits(venues, cash, places=[0, 1])
    for units in product(range(4), repeat=2):
        bought = [
            VenueWeeks(name, n, v.starts_on, v.most_units, v.unit_cents, v.worth)
            for name, n, v in zip("ab", units, venues, strict=True)
        ]
        try:
            flight_units(bought, cash=cash)
        except BriefError:
            continue
        for limit in limits:
            spent = sum(units[v] * venues[v].unit_cents for v in limit.venues)
            assert spent <= limit.most_cents
