from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver import package_search
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_bound import bound_packages
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.package_search import buy_plan, hold_schedule, trace_package_curve
from signoff.venues.solver.problem import PackageOption, PlanProblem
from signoff.venues.terms.limits import SpendLimit, excess_cents

CASES = [
    *({"rule": rule, "exposures_needed": f} for rule, f in product(ApprovalRule, (1, 3))),
    {"objective": Objective.LEADS},
    {"objective": Objective.TRAFFIC},
]


def packaged(problem: PlanProblem, *, seed: int, n_packages: int = 2) -> PlanProblem:
    """Add packages of two venues each, for 55 to 95 % of what their units cost singly."""
    rng = np.random.default_rng(seed)
    packages = []
    for p in range(n_packages):
        units = np.zeros(len(problem.options), dtype=np.int64)
        units[rng.choice(len(units), 2, replace=False)] = rng.integers(1, 3, 2)
        value = np.array(
            [n * float(o.ladder.unit_price(1)) for n, o in zip(units, problem.options, strict=True)]
        )
        price = Decimal(round(float(value.sum() * rng.uniform(0.55, 0.95)), 2))
        ladder = Ladder((PriceStep(1, price),), 1, int(rng.integers(1, 3)))
        packages.append(PackageOption(f"p{p}", ladder, units, value / value.sum()))
    return replace(problem, packages=tuple(packages))


def enumerated_best(problem: PlanProblem) -> float:
    """Try every number of packages with every schedule of whole units that keeps all limits."""
    model, best = ResultModel(problem), 0.0
    maxima = np.array([option.ladder.maximum_units for option in problem.options])
    menus = [range(package.ladder.maximum_units + 1) for package in problem.packages]
    for counts in product(*menus):
        held = hold_packages(problem, counts)
        granted = granted_units(problem.packages, counts, n_venues=len(maxima))
        if (granted > maxima).any():
            continue
        own = [[n for n in range(5) if option.fits(n)] for option in held.options]
        for units in map(np.array, product(*own)):
            spend = held.spend_cents(units)
            if spend.sum() <= held.budget_cents and not excess_cents(held.limits, spend):
                best = max(best, model.value((units + granted).astype(np.float64)))
    return best


@pytest.mark.parametrize("case", CASES, ids=str)
def test_buy_plan_small_instances_equal_full_enumeration(drawn: Any, case: Any) -> None:
    losses = []
    for seed in range(4):
        problem = packaged(drawn(seed, n_venues=3, budget_cents=60_000, **case), seed=seed)
        found = buy_plan(problem, rng=np.random.default_rng(0))
        best = enumerated_best(problem)
        assert found.result <= best * (1 + 1e-9)
        near = np.array(found.units, dtype=np.float64)
        assert found.bound >= best * (1 - 1e-9)
        assert bound_packages(problem, near=near) >= best * (1 - 1e-9)
        assert sum(found.spend_cents) <= problem.budget_cents
        losses.append(1 - found.result / best)
    assert np.mean(np.array(losses) < 1e-9) >= 3 / 4  # a search, not a proof
    assert max(losses) < 0.1


def test_buy_plan_many_choices_are_climbed_and_bounded(
    drawn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_search, "_MOST_WHOLE", 1)
    hits = 0
    for seed in range(6):
        problem = packaged(drawn(seed, n_venues=3, budget_cents=60_000), seed=seed)
        found, best = buy_plan(problem, rng=np.random.default_rng(0)), enumerated_best(problem)
        assert found.result <= best * (1 + 1e-9) <= found.bound * (1 + 2e-9)
        hits += found.result > best * (1 - 1e-9)
    assert hits >= 5


def test_buy_plan_cheap_package_is_bought_and_dear_one_is_not(drawn: Any) -> None:
    problem = packaged(drawn(2, n_venues=3, budget_cents=60_000), seed=2, n_packages=1)
    cheap, dear = (
        replace(problem.packages[0], ladder=Ladder((PriceStep(1, Decimal(price)),), 1, 1))
        for price in (5, 550)
    )
    bought = buy_plan(replace(problem, packages=(cheap,)), rng=np.random.default_rng(0))
    assert bought.packages == (1,)
    assert np.all(np.array(bought.units) >= cheap.units)
    left = buy_plan(replace(problem, packages=(dear,)), rng=np.random.default_rng(0))
    assert left.packages == (0,)
    bare = buy_plan(replace(problem, packages=()), rng=np.random.default_rng(0))
    assert left.result == pytest.approx(bare.result)


def test_buy_plan_units_of_packages_use_up_what_a_venue_sells(drawn: Any) -> None:
    for seed in range(4):
        problem = packaged(drawn(seed, n_venues=3, budget_cents=300_000), seed=seed)
        found = buy_plan(problem, rng=np.random.default_rng(0))
        most = [option.ladder.maximum_units for option in problem.options]
        assert all(n <= m for n, m in zip(found.units, most, strict=True))


def test_buy_plan_ceiling_of_a_group_counts_the_money_of_packages(drawn: Any) -> None:
    for seed in range(4):
        problem = packaged(drawn(seed, n_venues=3, budget_cents=60_000), seed=seed)
        venue = int(np.flatnonzero(problem.packages[0].units)[0])
        limited = replace(problem, limits=(SpendLimit("group", (venue,), most_cents=9_000),))
        found = buy_plan(limited, rng=np.random.default_rng(0))
        assert found.spend_cents[venue] <= 9_000
        assert found.result <= enumerated_best(limited) * (1 + 1e-9) <= found.bound * (1 + 2e-9)


def test_hold_packages_price_is_split_to_the_cent(drawn: Any) -> None:
    problem = packaged(drawn(3, n_venues=3), seed=3)
    held = hold_packages(problem, (1, 1))
    prices = sum(package.ladder.cost_cents(1) for package in problem.packages)
    assert sum(option.granted_cents for option in held.options) == prices
    assert held.cost_cents(np.zeros(3, dtype=np.int64)) == prices


def test_hold_schedule_units_bought_singly_are_those_beside_packages(drawn: Any) -> None:
    problem = packaged(drawn(2, n_venues=3, budget_cents=60_000), seed=2)
    found = buy_plan(problem, rng=np.random.default_rng(0))
    held, own = hold_schedule(problem, found)
    units = np.array(own.units)
    assert tuple(held.spend_cents(units).tolist()) == found.spend_cents
    assert all(o.fits(int(n)) for o, n in zip(held.options, units, strict=True))
    assert ResultModel(held).value(units.astype(np.float64)) == pytest.approx(found.result)


def test_trace_package_curve_rises_and_holds_the_plan(drawn: Any) -> None:
    problem = packaged(drawn(2, n_venues=3, budget_cents=60_000), seed=2)
    found = buy_plan(problem, rng=np.random.default_rng(0))
    places = trace_package_curve(problem, found, rng=np.random.default_rng(1))
    results = {place.budget_cents: place.result for place in places}
    assert list(results.values()) == sorted(results.values())
    assert results[problem.budget_cents] >= found.result * (1 - 1e-12)
    alone = ResultModel(replace(problem, packages=()))
    for place in places:
        assert alone.value(place.units.astype(np.float64)) == pytest.approx(place.result)
