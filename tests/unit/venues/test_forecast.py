import numpy as np
import pytest

from signoff.venues.book import list_venues
from signoff.venues.forecast import Forecast, forecast_schedule
from signoff.venues.market.cells import count_cells
from signoff.venues.sample import sample_brief, sample_engine, sample_tables
from signoff.venues.solver.exposure import make_problem, match_audience
from signoff.venues.solver.objective import ResultModel


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


def test_forecast_schedule_interval_holds_truths_drawn_from_the_stated_intervals() -> None:
    # logit-normal on each side of the value, by a formula of its own: 5 % below, 5 % above
    brief, rng = sample_brief(), np.random.default_rng(8)
    tables = sample_tables()
    leaning = [{**row, "reach_low_share": 0.0} for row in tables["venue_audience"]]
    roles = tuple(role.role for role in brief.committee.roles)
    with sample_engine(venue_audience=leaning) as engine:
        book = list_venues(engine, brief=brief)
        audience = match_audience(book, count_cells(engine, roles=roles), brief=brief)
    units = np.array([400, 2])
    found = forecast_schedule(
        audience, book, brief=brief, units=units, rng=np.random.default_rng(5), n_draws=1500
    ).result
    n_held = 0
    for _ in range(400):
        reach, response = audience.reach.copy(), []
        for v, venue in enumerate(book.venues):
            row = next(row for row in venue.audience if row.reach_share > 0)
            drawn = piecewise(0.01 * row.reach_share, row.reach_share, row.reach_high_share, rng)
            reach[v] = np.where(reach[v] > 0, drawn, 0.0)
            visits = (venue.response_low_share, venue.response_share, venue.response_high_share)
            hands = (venue.hands.low_share, venue.hands.share, venue.hands.high_share)
            response.append(piecewise(*visits, rng) * piecewise(*hands, rng))
        problem = make_problem(
            audience, book, brief=brief, reach=reach, response_shares=np.array(response)
        )
        truth = ResultModel(problem).value(units.astype(float))
        n_held += found.low <= truth <= found.high
    # Monte Carlo error .015 of the truths and about .01 of the draws
    assert n_held / 400 == pytest.approx(0.9, abs=0.04)


def piecewise(low: float, share: float, high: float, rng: np.random.Generator) -> float:
    z = rng.standard_normal()
    odds = [x / (1 - x) for x in (low, share, high)]
    ratio = odds[1] / odds[0] if z < 0 else odds[2] / odds[1]
    moved = odds[1] * ratio ** (z / 1.6448536)
    return float(moved / (1 + moved))
