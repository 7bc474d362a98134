import numpy as np
import pytest

from signoff.venues.book import list_venues
from signoff.venues.cells import count_cells
from signoff.venues.exposure import match_audience
from signoff.venues.forecast import Forecast, forecast_schedule
from signoff.venues.sample import sample_brief, sample_engine


def forecast(units: list[int], *, seed: int = 1) -> Forecast:
    brief = sample_brief()
    roles = tuple(role.role for role in brief.committee.roles)
    with sample_engine() as engine:
        book = list_venues(engine, brief=brief)
        audience = match_audience(book, count_cells(engine, roles=roles), brief=brief)
    rng = np.random.default_rng(seed)
    return forecast_schedule(audience, book, brief=brief, units=np.array(units), rng=rng)


def test_forecast_schedule_same_seed_is_equal() -> None:
    assert forecast([10, 4]) == forecast([10, 4])


def test_forecast_schedule_intervals_hold_the_value_and_have_width() -> None:
    found = forecast([10, 4])
    for estimate in (found.result, found.covered_accounts, found.by_role[0].reach):
        assert estimate.low <= estimate.value <= estimate.high
        assert estimate.low < estimate.high


def test_forecast_schedule_reach_of_role_is_at_least_that_of_each_venue() -> None:
    found = forecast([10, 4])
    for role in found.by_role:
        alone = [r.reach.value for r in found.by_role_venue if r.role == role.role]
        assert max(alone) <= role.reach.value + 1e-9 <= sum(alone) + 0.2


def test_forecast_schedule_nothing_bought_brings_nothing() -> None:
    found = forecast([0, 0])
    assert found.result.value == pytest.approx(0.0, abs=1e-9)
    assert found.by_role_venue == ()
