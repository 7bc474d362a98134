from typing import Any

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.stats.reach import nbd_reach_share
from signoff.venues.market.carry_over import (
    CarryOver,
    WeeklyResponse,
    draw_carry_over,
    find_carry_over,
    weekly_response,
)
from signoff.venues.solver.problem import FREQUENCY_SHAPE

VENUE = {"venue_id": "fair", "kind": "event", "unit": "booth"}
AT_ONCE = CarryOver(0.3, 0.1, 0.6, 0.0, "prior")
LATE = CarryOver(0.8, 0.5, 0.9, 2.0, "prior")


def respond(*units: float, carry: CarryOver = AT_ONCE) -> WeeklyResponse:
    return weekly_response(
        np.array(units)[:, None],
        (carry,),
        exposures_per_unit=np.array([1.5]),
        response_shares=np.array([0.2]),
    )


def test_weekly_response_visits_are_exposures_times_response_in_all() -> None:
    found = respond(3, 0, 4, carry=LATE)
    assert found.visits.sum() == pytest.approx(7 * 1.5 * 0.2)
    assert found.exposures.sum() == pytest.approx(7 * 1.5)


def test_weekly_response_newcomers_sum_to_what_the_plan_counts() -> None:
    found = respond(3, 0, 4)
    expected = nbd_reach_share(np.array(7 * 1.5 * 0.2), shape=FREQUENCY_SHAPE)
    assert found.newcomers.sum() == pytest.approx(float(expected))
    assert (found.newcomers >= 0).all()


def test_weekly_response_equal_weeks_bring_ever_fewer_newcomers() -> None:
    flat = CarryOver(0.0, 0.0, 0.0, 0.0, "prior")
    found = respond(2, 2, 2, 2, carry=flat)
    assert np.allclose(found.visits[:4], 0.6)
    assert (np.diff(found.newcomers[:4, 0]) < 0).all()


def test_weekly_response_late_peak_comes_after_the_schedule() -> None:
    found = respond(2, carry=LATE)
    assert found.visits[:, 0].argmax() == 2
    assert found.late_share[0] > 0.8 > respond(2).late_share[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"units_by_week": np.array([[-1.0]])},
        {"units_by_week": np.array([[1.0, 2.0]])},
        {"units_by_week": np.array([1.0])},
        {"response_shares": np.array([0.1, 0.2])},
    ],
)
def test_weekly_response_numbers_that_do_not_fit_are_refused(changes: dict[str, Any]) -> None:
    given: dict[str, Any] = {
        "units_by_week": np.array([[1.0]]),
        "carry_overs": (AT_ONCE,),
        "exposures_per_unit": np.array([1.0]),
        "response_shares": np.array([0.1]),
    }
    with pytest.raises(DataError, match="each venue needs all four"):
        weekly_response(**{**given, **changes})


def test_find_carry_over_estimate_moves_what_is_assumed() -> None:
    row = {"scope": "kind", "item": "event", "measure": "carry_over_share", "grounds": "data"}
    row |= {"source": "mix model", "run_id": None}
    found = find_carry_over(VENUE, estimates=[{**row, "value": 0.5, "low": 0.45, "high": 0.55}])
    assert 0.5 < found.decay_share < find_carry_over(VENUE, estimates=[]).decay_share
    assert found.basis == "measured"


def test_draw_carry_over_keeps_the_interval() -> None:
    normals = np.random.default_rng(2).standard_normal(2000)
    drawn = np.array([draw_carry_over(LATE, normal=float(n)).decay_share for n in normals])
    held = (drawn > LATE.decay_low_share) & (drawn < LATE.decay_high_share)
    assert held.mean() == pytest.approx(0.9, abs=0.02)
