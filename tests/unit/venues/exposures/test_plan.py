"""Plans of problems in files: what the answer says, and that it says it in clear words."""

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.venues import plan_problem
from signoff.venues.exposures.answer import ExposurePlan

Write = Callable[..., Path]
Plan = Callable[..., ExposurePlan]


@pytest.fixture
def plan(write: Write) -> Plan:
    """Give a function that plans the small problem with changes."""

    def plan_(changes: dict[str, Any] | None = None, **overrides: Any) -> ExposurePlan:
        return plan_problem(write(changes), overrides=overrides)

    return plan_


def numbers_of(part: object) -> Iterator[float]:
    """Give every number of an answer."""
    if isinstance(part, dict):
        part = list(part.values())
    if isinstance(part, list | tuple):
        for inner in part:
            yield from numbers_of(inner)
    elif isinstance(part, int | float):
        yield part


def test_plan_spends_within_the_budget_and_says_what_it_brings(plan: Plan) -> None:
    found = plan()
    units = {line.venue: line.units for line in found.lines}
    # reckoned by hand: two people of IT and one of finance in 62, 12 and 4 in 63
    weekly, fair = units["weekly"], units["fair"]
    it = 0.2 * weekly + 0.1 * fair
    small = (1 - math.exp(-2 * it)) * (1 - math.exp(-(0.2 * weekly + 0.3 * fair)))
    large = (1 - math.exp(-12 * it)) * (1 - math.exp(-4 * 0.2 * weekly))
    assert found.result == pytest.approx(40 * small + 60 * large)
    assert found.total_spend == 1_500 * Decimal(int(weekly)) + (
        4_000 * Decimal(int(fair)) + (500 if fair else 0)
    )
    assert found.total_spend <= 12_000
    assert (found.proof, found.gap_share) == ("enumerated", 0.0)
    assert found.bound == found.result


def test_plan_of_a_target_needs_less_than_all(plan: Plan) -> None:
    found = plan({"money": {"target": 60}})
    assert found.result >= 60
    assert found.budget is None
    assert found.budget_bound is not None
    assert found.budget_bound <= found.total_spend < Decimal(17_500)
    assert "The target 60 is reached" in found.text()


def test_plan_names_why_each_venue_is_in_or_out(plan: Plan) -> None:
    nobody = {"venue": "radio", "unit_price": 900}
    dear = {"venue": "tv", "unit_price": 50_000}
    left = {"venue": "daily", "unit_price": 100, "exclude": True}
    exposures = [
        {"role": "*", "venue": "weekly", "exposures_per_unit": 0.2},
        {"role": "*", "venue": "fair", "exposures_per_unit": 0.01},
        {"role": "*", "venue": "tv", "exposures_per_unit": 0.9},
        {"role": "*", "venue": "daily", "exposures_per_unit": 0.9},
    ]
    venues = [
        {"venue": "weekly", "unit_price": 1_500, "maximum": 6},
        {"venue": "fair", "unit_price": 4_000, "maximum": 2},
        *(nobody, dear, left),
    ]
    found = plan({"venues": venues, "exposures": exposures})
    reasons = {line.venue: line.reason for line in found.lines}
    assert reasons["weekly"] == "all that is to be had"
    assert reasons["radio"] == "meets nobody"
    assert reasons["tv"] == "its smallest buy is above the budget"
    assert reasons["daily"] == "excluded"
    assert [line.venue for line in found.lines if line.in_plan] == ["weekly"]


def test_plan_names_roles_that_no_venue_meets_in_one_sentence(plan: Plan) -> None:
    exposures = [{"role": "IT", "venue": "weekly", "exposures_per_unit": 0.2}]
    found = plan({"approval.rule": "any", "exposures": exposures})
    (caution,) = found.cautions
    assert caution.startswith(
        "Roles that no venue meets, with the cells in which they are: finance"
    )
    assert "finance (2)" in caution


def test_plan_with_draws_gives_interval_and_the_chance_to_beat_the_present_one(plan: Plan) -> None:
    rng = np.random.default_rng(1)
    draws = [
        {"draw": n, "venue": venue, "factor": round(float(rng.gamma(4, 0.25)), 3)}
        for n in range(40)
        for venue in ("weekly", "fair")
    ]
    found = plan({"draws": draws, "venues.0.present_units": 2, "venues.1.present_units": 1})
    assert found.n_draws == 40
    assert found.interval is not None
    assert found.cautious_result is not None
    assert found.interval.low <= found.result <= found.interval.high
    assert found.cautious_result <= found.result
    assert found.present_result is not None
    assert found.present_result < found.result
    assert found.better_share is not None
    assert found.better_share > 0.5
    cautious = plan({"draws": draws, "caution": {"share": 0.1}})
    assert cautious.cautious_result is not None
    assert cautious.cautious_result >= found.cautious_result - 1e-9


def test_plan_draws_with_zeros_are_planned(plan: Plan) -> None:
    draws = [{"draw": n, "venue": "weekly", "factor": n % 2} for n in range(10)]
    found = plan({"draws": draws, "caution": {"share": 0.2}})
    assert math.isfinite(found.result)


def test_plan_says_what_it_does_and_what_counts_for_nothing(write: Write) -> None:
    told = list[str]()
    exposures = [
        {"role": "*", "venue": "weekly", "exposures_per_unit": 0.2},
        {"segment": "99", "role": "*", "venue": "fair", "exposures_per_unit": 0.2},
    ]
    path = write({"venues.0.issues": ["2027-01-04"], "exposures": exposures})
    found = plan_problem(path, on_progress=lambda step, *_counts: told.append(step))
    assert told == [
        "Reading problem.json",
        "Looking for the best plan of 2 venues for 2 kinds of accounts",
    ]
    assert found.cautions == (
        "Exposures are given for segments that no cell has: 99. They count for nothing.",
        "Issues, units by issue and lead times are not looked at without a period: weekly.",
    )


def test_plan_places_every_unit_in_a_week(plan: Plan) -> None:
    changes = {
        "period": {"starts_on": "2027-01-04", "ends_on": "2027-03-28"},
        "venues.0.issues": ["2027-01-11", "2027-02-08", "2027-03-08"],
        "venues.0.per_issue": 2,
        "cash": [{"month": "2027-01", "most": 5_000}],
    }
    found = plan(changes)
    for line in found.lines:
        placed = [flight for flight in found.flights if flight.venue == line.venue]
        assert sum(flight.units for flight in placed) == line.units
    january = [f for f in found.flights if f.starts_on.startswith("2027-01")]
    assert sum(flight.spend for flight in january) <= 5_000
    assert {f.starts_on for f in found.flights if f.venue == "weekly"} <= {
        "2027-01-11",
        "2027-02-08",
        "2027-03-08",
    }


ODD: list[dict[str, Any]] = [
    {"venues.0.unit_price": 0.01, "venues.0.maximum": 1_000_000, "money.whole_units": True},
    {"money.budget": 1_000_000_000},
    {"cells.0.weight": 0},
    {"cells.0.people": {}},
    {"venues.0.exclude": True, "approval.rule": "any"},
    {"approval.exposures_needed": 3},
    {"approval.appetite_shape": 0.3},
    {"exposures.1.exposures_per_unit": 1e-9, "exposures.2.exposures_per_unit": 500},
    {"venues.0.fixed_units": 6, "venues.1.fixed_units": 0},
    {"venues.1.floor": 4_000, "limits": [{"venues": ["weekly"], "least": 3_000}]},
    {"money.whole_units": False, "venues.1.setup_cost": 0},
    {"money.whole_units": False, "venues.1.setup_cost": 0, "venues.0.maximum": 0.25},
    {"money": {"budget": 12_000, "whole_units": False}, "venues.1.setup_cost": 0},
]


@pytest.mark.parametrize("changes", ODD, ids=str)
def test_plan_of_odd_problems_is_finite_and_proven(plan: Plan, changes: dict[str, Any]) -> None:
    found = plan(changes)
    assert all(math.isfinite(number) for number in numbers_of(asdict(found)))
    assert found.result <= found.bound * (1 + 1e-12)
    assert found.budget is not None
    assert found.total_spend <= found.budget
    assert found.text()


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        (
            {"venues.0.floor": 8_000, "venues.1.floor": 8_000},
            ["budget: at most 12,000.00", "weekly: at least 8,000.00", "fair: at least 8,000.00"],
        ),
        (
            {
                "limits": [{"name": "fairs", "venues": ["fair"], "least": 4_500}],
                "venues.1.ceiling": 4_000,
                "venues.0.floor": 1_500,
            },
            ["fairs: at least 4,500.00", "fair: at most 4,000.00"],
        ),
    ],
)
def test_plan_limits_that_contradict_name_the_smallest_set(
    plan: Plan, changes: dict[str, Any], names: list[str]
) -> None:
    with pytest.raises(BriefError) as refused:
        plan(changes)
    assert [fault.what for fault in refused.value.faults] == names
