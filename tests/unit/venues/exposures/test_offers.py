"""What the rate cards, terms and limits of a problem's file mean, and which are refused."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.venues.exposures.reading import FileProblem

Read = Callable[..., FileProblem]
Refuse = Callable[..., list[tuple[str, str]]]

STEPS = [
    {"venue": "weekly", "units_from": 1, "unit_price": 1_500},
    {"venue": "weekly", "units_from": 4, "unit_price": 1_000.005},
]


def test_options_with_steps_cost_what_the_card_says(read: Read) -> None:
    found = read({"venues.0.unit_price": None, "prices": STEPS}).options[0]
    assert [found.cost_cents(n) for n in (1, 3, 4, 5)] == [150_000, 450_000, 400_002, 500_002]
    changes = {"venues.0.unit_price": None, "prices": STEPS}
    stepped = read({**changes, "venues.0.discount_kind": "incremental"}).options[0]
    assert stepped.cost_cents(4) == 550_000  # half a cent rounds to the even one


def test_options_with_set_up_cost_pay_it_once(read: Read) -> None:
    fair = read().options[1]
    assert [fair.cost_cents(n) for n in (0, 1, 2)] == [0, 450_000, 850_000]


@pytest.mark.parametrize("change", ["exclude", "fixed_units", "maximum"])
@pytest.mark.parametrize("whole_units", [True, False])
def test_options_of_which_nothing_is_to_be_had_are_closed(
    read: Read, change: str, whole_units: bool
) -> None:
    changes = {
        f"venues.0.{change}": True if change == "exclude" else 0,
        "money.whole_units": whole_units,
        "venues.1.setup_cost": 0,
        "approval.rule": "any",
    }
    assert not read(changes).options[0].is_open


def test_options_with_fixed_units_are_bought_exactly(read: Read) -> None:
    found = read({"venues.0.fixed_units": 3}).options[0]
    assert (found.fixed_units, found.fits(3), found.fits(2)) == (3, True, False)


def test_options_in_broken_units_keep_what_is_fixed_as_a_limit(read: Read) -> None:
    changes = {
        "money.whole_units": False,
        "venues.1.setup_cost": 0,
        "venues.0.fixed_units": 2.5,
        "venues.1.ceiling": 5_000,
    }
    limits = {limit.name: limit for limit in read(changes).problem.limits}
    fixed = limits["weekly: fixed"]
    assert (fixed.least_cents, fixed.most_cents) == (375_000, 375_000)
    assert limits["fair: floor and ceiling"].most_cents == 500_000


def test_limits_never_round_to_more_than_is_allowed(read: Read) -> None:
    limits = [{"name": "print", "venues": ["weekly"], "least": "10.001", "most": "99.999"}]
    budget, group = read({"money.budget": "12000.009", "limits": limits}).problem.limits
    assert budget.most_cents == 1_200_000
    assert (group.least_cents, group.most_cents) == (1_001, 9_999)


def test_limits_of_a_group_count_its_venues(read: Read) -> None:
    changes = {"venues.1.group": "fairs", "limits": [{"group": "fairs", "most": 4_500}]}
    _, limit = read(changes).problem.limits
    assert (limit.name, limit.venues, limit.most_cents) == ("fairs", (1,), 450_000)


def test_options_with_issues_hold_no_more_than_these(read: Read) -> None:
    changes = {
        "period": {"starts_on": "2027-01-01", "ends_on": "2027-03-01"},
        "venues.0.issues": ["2027-01-04", "2027-02-01", "2027-04-05"],
        "venues.0.per_issue": 2,
    }
    assert read(changes).options[0].ladder.maximum_units == 4


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"venues": []}, "venues", "the problem has no venues"),
    ({"venues.1.venue": "weekly"}, "venues.venue", "2 venues are called weekly"),
    ({"venues.0.unit_price": None}, "prices of weekly", "weekly has no price"),
    (
        {"venues.0.unit_price": None, "venues.0.minimum": 2, "prices": STEPS[1:]},
        "prices of weekly",
        "the rate card of weekly has a gap: it sells from 2 on, and its first price holds from 4",
    ),
    (
        {"prices": STEPS[:1]},
        "prices of weekly",
        "weekly has 2 prices from 1 units on",
    ),
    (
        {"prices": [{"venue": "daily", "unit_price": 1}]},
        "prices.venue",
        "prices name no venue of the problem: daily",
    ),
    (
        {"venues.0.minimum": 7},
        "venues.weekly",
        "weekly sells at least 7 units and at most 6",
    ),
    (
        {"venues.0.fixed_units": 7},
        "venues.weekly.fixed_units",
        "weekly: 7 units are fixed, and it sells from 1 to 6",
    ),
    (
        {"venues.0.floor": 9_001},
        "venues.weekly.floor",
        "weekly: no number of units costs at least 9001",
    ),
    (
        {"venues.0.floor": 20, "venues.0.ceiling": 10},
        "venues.weekly",
        "weekly: at least 20 and at most 10",
    ),
    (
        {"venues.0.exclude": True, "venues.0.fixed_units": 1},
        "venues.weekly",
        "weekly is excluded, and something is to be bought there",
    ),
    (
        {"venues.0.maximum": 2.5},
        "venues.weekly",
        "weekly: maximum is a broken number",
    ),
    (
        {"money.budget": 1_000},
        "money.budget",
        "the budget of 1000 is under the smallest buy of every venue",
    ),
    ({"money": {}}, "money", "the problem has neither a budget nor a target"),
    (
        {"limits": [{"venues": ["daily"], "most": 3}]},
        "limits[1]",
        "a limit names what is not there: daily",
    ),
    (
        {"limits": [{"most": 3}]},
        "limits[1]",
        "a limit names either a group or venues",
    ),
    (
        {"limits": [{"name": "x", "venues": ["fair"], "least": 5, "most": 3}]},
        "limits[1]",
        "x: at least 5 and at most 3",
    ),
    (
        {"money.whole_units": False},
        "prices of fair",
        "fair has price steps, a minimum buy or a set-up cost",
    ),
    (
        {"money.whole_units": False, "venues.1.setup_cost": 0, "venues.0.fixed_units": 7},
        "venues.weekly",
        "weekly: 7 units are fixed, and at most 6 are to be had",
    ),
    (
        {"period": {"starts_on": "2027-03-01", "ends_on": "2027-01-01"}},
        "period",
        "the period ends on 2027-01-01, before it starts",
    ),
    (
        {
            "period": {"starts_on": "2027-01-01", "ends_on": "2027-03-01"},
            "venues.0.issues": ["2027-04-05"],
        },
        "venues.weekly.issues",
        "weekly cannot appear within the period",
    ),
    (
        {
            "period": {"starts_on": "2027-01-01", "ends_on": "2027-03-01"},
            "venues.0.issues": ["2027-02-05"],
            "venues.0.per_issue": 2,
            "venues.0.minimum": 3,
        },
        "venues.weekly.minimum",
        "weekly has room for 2 units within the period, and sells at least 3",
    ),
    ({"venues.0.unit_price": -3}, "venues[1].unit_price", "'-3' is not more than 0"),
    ({"venues.0.unit_price": 0}, "venues[1].unit_price", "'0' is not more than 0"),
]


@pytest.mark.parametrize(("changes", "where", "what"), WRONG, ids=lambda part: str(part)[:40])
def test_options_that_cannot_be_used_are_named(
    refuse: Refuse, changes: dict[str, Any], where: str, what: str
) -> None:
    assert (where, what) in refuse(changes)


def test_options_with_several_faults_name_all_at_once(refuse: Refuse) -> None:
    faults = refuse({"venues.0.minimum": 7, "venues.1.unit_price": None, "exposures.0.role": "HR"})
    assert {where for where, _ in faults} >= {"venues.weekly", "prices of fair", "exposures.role"}
