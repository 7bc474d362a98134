"""What can be bought with packages, against trying every purchase."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.unit.venues.conftest import draw_packages, draw_problem

from signoff.errors import BriefError
from signoff.venues.solver.package_offers import hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.terms.contradiction import refuse_contradictions
from signoff.venues.terms.limits import SpendLimit, excess_cents
from signoff.venues.terms.programme import Offers, find_purchase, venue_limits


def every_spend(problem: PlanProblem) -> list[NDArray[np.int64]]:
    """Give the money by venue of every purchase, whatever the terms of single venues."""
    spends = []
    sold = [option.ladder for option in problem.options]
    for counts in product(*(range(p.ladder.maximum_units + 1) for p in problem.packages)):
        held = hold_packages(problem, counts)
        menus = [
            [0, *range(option.ladder.minimum_units, option.ladder.maximum_units + 1)]
            for option in held.options
        ]
        granted = [option.granted_units for option in held.options]
        if all(n <= ladder.maximum_units for n, ladder in zip(granted, sold, strict=True)):
            spends += [held.spend_cents(np.array(units)) for units in product(*menus)]
    return spends


@pytest.mark.parametrize("seed", range(12))
def test_find_purchase_with_packages_equals_trying_every_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = draw_packages(draw_problem(seed, n_venues=3), seed=seed)
    spends = every_spend(problem)
    most = max(int(spend.sum()) for spend in spends)
    limits = [
        SpendLimit("all", (0, 1, 2), most_cents=round(most * rng.uniform(0.3, 0.9))),
        SpendLimit("two", (0, 1), least_cents=round(most * rng.uniform(0.0, 0.8))),
        SpendLimit("one", (1,), most_cents=round(most * rng.uniform(0.1, 0.5))),
    ]
    kept = [int(spend.sum()) for spend in spends if not excess_cents(limits, spend)]
    offers = Offers(problem.options, problem.packages)
    found = find_purchase(offers, limits, is_cheapest=True)
    if not kept:
        assert find_purchase(offers, limits, margin_cents=1.0) is None
        return
    assert found is not None
    spend = hold_packages(problem, found.packages).spend_cents(found.units)
    assert excess_cents(limits, spend) <= 6  # a cent for each package's part
    assert abs(int(spend.sum()) - min(kept)) <= 6


def test_refuse_contradictions_floor_that_a_package_reaches_is_no_contradiction() -> None:
    problem = draw_packages(draw_problem(2, n_venues=3), seed=2, n_packages=1)
    venue = int(np.flatnonzero(problem.packages[0].units)[0])
    option = problem.options[venue]
    most = option.ladder.cost_cents(option.ladder.maximum_units)
    shut = replace(option, is_open=False)
    options = (*problem.options[:venue], shut, *problem.options[venue + 1 :])
    everything = SpendLimit("money.budget", (0, 1, 2), most_cents=10 * most)
    floor = SpendLimit("group", (venue,), least_cents=100)
    refuse_contradictions(options, (everything, floor), packages=problem.packages)
    with pytest.raises(BriefError, match="1 limits contradict each other: group: at least"):
        refuse_contradictions(options, (everything, floor))


def test_refuse_contradictions_dear_package_is_named_with_the_budget() -> None:
    problem = draw_packages(draw_problem(2, n_venues=3), seed=2, n_packages=1)
    options = tuple(replace(option, is_open=False) for option in problem.options)
    venue = int(np.flatnonzero(problem.packages[0].units)[0])
    tight = SpendLimit("money.budget", (0, 1, 2), most_cents=50)
    floor = SpendLimit("group", (venue,), least_cents=100)
    with pytest.raises(BriefError, match="2 limits contradict each other") as caught:
        refuse_contradictions(options, (tight, floor), packages=problem.packages)
    assert [fault.where for fault in caught.value.faults] == ["money.budget", "group"]


def test_venue_limits_name_committed_sums_floors_and_ceilings() -> None:
    first, second, third = draw_problem(1, n_venues=3).options
    limits = venue_limits(
        (
            replace(first, fixed_cents=first.ladder.cost_cents(2)),
            replace(second, floor_cents=500, ceiling_cents=900),
            third,
        )
    )
    assert [limit.where for limit in limits] == ["venues.v0", "venues.v1", "venues.v1"]
    assert limits[0].least_cents == limits[0].most_cents
    assert (limits[1].least_cents, limits[2].most_cents) == (500, 900)


def test_find_purchase_nothing_to_buy_keeps_only_what_asks_for_nothing() -> None:
    options = tuple(replace(o, is_open=False) for o in draw_problem(1, n_venues=2).options)
    none = find_purchase(Offers(options), [SpendLimit("all", (0, 1), most_cents=5)])
    assert none is not None
    assert none.units.tolist() == [0, 0]
    assert find_purchase(Offers(options), [SpendLimit("all", (0, 1), least_cents=5)]) is None
