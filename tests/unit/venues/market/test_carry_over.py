from typing import Any

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.stats.reach import nbd_reach_share
from signoff.stats.shares import Z90
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


def _row(measure: str, **changes: Any) -> dict[str, Any]:
    row = {"scope": "kind", "item": "event", "measure": measure, "grounds": "data"}
    return {**row, "source": "mix model", "run_id": None, **changes}


def test_find_carry_over_estimate_moves_what_is_assumed() -> None:
    row = _row("carry_over_share", value=0.5, low=0.45, high=0.55)
    found, assumed = find_carry_over(VENUE, estimates=[row]), find_carry_over(VENUE, estimates=[])
    assert 0.5 < found.decay_share < assumed.decay_share
    assert (found.peak_week, found.peak_interval) == (assumed.peak_week, assumed.peak_interval)
    # the peak is still assumed
    assert found.basis == "prior"


def test_find_carry_over_estimate_moves_the_peak_by_precision() -> None:
    assumed = find_carry_over(VENUE, estimates=[])
    row = _row("peak_week", scope="venue", item="fair", value=4.0, low=3.5, high=4.5)
    found = find_carry_over(VENUE, estimates=[row])
    doubt, error = (3.0 - 0.0) / 2 / Z90, (4.5 - 3.5) / 2 / Z90
    weights = np.array([doubt, error]) ** -2.0
    assert found.peak_week == pytest.approx(weights @ [assumed.peak_week, 4.0] / weights.sum())
    low, high = found.peak_interval
    assert low < found.peak_week < high < assumed.peak_week + 4
    assert found.decay_share == assumed.decay_share
    assert [source.method for source in found.sources] == ["kind", "campaigns"]


def test_find_carry_over_estimate_of_the_kind_is_less_sure_of_one_venue() -> None:
    ends = {"value": 4.0, "low": 3.5, "high": 4.5}
    of_kind = find_carry_over(VENUE, estimates=[_row("peak_week", **ends)]).peak_interval
    own = _row("peak_week", scope="venue", item="fair", **ends)
    of_venue = find_carry_over(VENUE, estimates=[own]).peak_interval
    assert of_kind[1] - of_kind[0] > 1.5 * (of_venue[1] - of_venue[0])


def test_find_carry_over_estimate_with_its_prior_stands_in_its_place() -> None:
    ends = {"value": 4.0, "low": 3.5, "high": 4.5, "grounds": "data_and_prior"}
    rows = [
        _row("peak_week", scope="venue", item="fair", **ends),
        _row("carry_over_share", value=0.5, low=0.45, high=0.55),
    ]
    found = find_carry_over(VENUE, estimates=rows)
    assert found.peak_week == 4.0
    assert found.basis == "measured"
    other = find_carry_over({**VENUE, "venue_id": "other"}, estimates=rows)
    assert other.peak_week == 1.0


def test_draw_carry_over_keeps_the_intervals() -> None:
    wide = CarryOver(0.8, 0.5, 0.9, 3.0, "prior", 1.0, 7.0)
    normals = np.random.default_rng(2).standard_normal((2000, 2))
    drawn = [draw_carry_over(wide, normals=normal) for normal in normals]
    decay = np.array([one.decay_share for one in drawn])
    assert ((decay > 0.5) & (decay < 0.9)).mean() == pytest.approx(0.9, abs=0.02)
    peak = np.array([one.peak_week for one in drawn])
    assert ((peak > 1.0) & (peak < 7.0)).mean() == pytest.approx(0.9, abs=0.02)
    assert abs(np.corrcoef(decay, peak)[0, 1]) < 0.06


def test_draw_carry_over_peak_comes_never_before_the_exposure() -> None:
    found = CarryOver(0.8, 0.5, 0.9, 1.0, "prior", 0.0, 3.0)
    assert draw_carry_over(found, normals=np.array([0.0, -4.0])).peak_week == 0
    assert draw_carry_over(LATE, normals=np.array([0.0, 2.0])).peak_week == LATE.peak_week
