"""Packages with every kind of limit: what a plan may buy, and what it must."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.unit.venues.conftest import draw_packages

from signoff.venues.solver.package_choices import (
    PackageChoices,
    cheapest_counts,
    is_allowed,
    least_cents,
)
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.solver.schedule import Schedule
from signoff.venues.terms.limits import SpendLimit, excess_cents


def with_terms(problem: PlanProblem, *, seed: int) -> PlanProblem:
    """Draw floors and ceilings of venues and groups, caps on frequency, and closed venues."""
    rng = np.random.default_rng(seed)
    dearest = [option.ladder.cost_cents(option.ladder.maximum_units) for option in problem.options]
    options = tuple(
        _with_terms(option, rng=rng, dearest=cents)
        for option, cents in zip(problem.options, dearest, strict=True)
    )
    pair = tuple(sorted(rng.choice(len(options), 2, replace=False).tolist()))
    both = dearest[pair[0]] + dearest[pair[1]]
    least = round(both * rng.uniform(0.0, 0.8))
    limits = (
        SpendLimit("pair", pair, least_cents=least, most_cents=least + round(both * 0.5)),
        SpendLimit("month", (0,), most_cents=round(dearest[0] * rng.uniform(0.3, 1.3))),
    )
    budget = round(sum(dearest) * rng.uniform(0.2, 1.1))
    return replace(problem, options=options, limits=limits, budget_cents=budget)


def _with_terms(option: VenueOption, *, rng: np.random.Generator, dearest: int) -> VenueOption:
    kind = rng.random()
    if kind < 0.25:
        return replace(option, floor_cents=round(dearest * rng.uniform(0.1, 1.1)))
    if kind < 0.45:
        return replace(option, ceiling_cents=round(dearest * rng.uniform(0.2, 1.0)))
    if kind < 0.6:
        most = int(rng.integers(1, option.ladder.maximum_units + 1))
        return replace(
            option, ladder=replace(option.ladder, maximum_units=most), frequency_cap=most
        )
    return replace(option, is_open=False) if kind < 0.7 else option


def broken_limits(problem: PlanProblem, found: Schedule) -> list[str]:
    """Name every limit that a plan breaks, each worked out anew from what it buys."""
    counts = found.packages or (0,) * len(problem.packages)
    held = hold_packages(problem, counts)
    granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
    own = np.array(found.units) - granted
    spend = held.spend_cents(own)
    broken = [] if spend.tolist() == list(found.spend_cents) else ["money"]
    broken += ["budget"] if spend.sum() > problem.budget_cents else []
    broken += ["groups"] if excess_cents(problem.limits, spend) else []
    for option, n, total, cents in zip(held.options, own, found.units, spend, strict=True):
        given = next(o for o in problem.options if o.venue_id == option.venue_id)
        if n < 0 or not option.fits(int(n)):
            broken.append(f"units of {option.venue_id}")
        if total > given.ladder.maximum_units:
            broken.append(f"stock or cap of {option.venue_id}")
        if cents < given.floor_cents:
            broken.append(f"floor of {option.venue_id}")
        if given.ceiling_cents is not None and cents > given.ceiling_cents:
            broken.append(f"ceiling of {option.venue_id}")
    for package, count in zip(problem.packages, counts, strict=True):
        if not 0 <= count <= package.ladder.maximum_units:
            broken.append(f"number of {package.package_id}")
    return broken


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_buy_plan_every_limit_is_kept_exactly_with_packages(drawn: Any, first: int) -> None:
    n_tried = 0
    for seed in range(first, first + 50):
        bare = drawn(seed, n_venues=3, most_units=3)
        problem = with_terms(draw_packages(bare, seed=seed, n_packages=2), seed=seed)
        if cheapest_counts(problem) is None:
            continue
        n_tried += 1
        found = buy_plan(problem, rng=np.random.default_rng(0))
        assert broken_limits(problem, found) == []
        assert found.result <= found.bound
        assert sum(found.spend_cents) >= least_cents(problem)
    assert n_tried >= 15


def test_cheapest_counts_floor_beyond_a_venues_own_units_takes_a_package(drawn: Any) -> None:
    problem = draw_packages(drawn(2, n_venues=3, budget_cents=300_000), seed=2, n_packages=1)
    venue = int(np.flatnonzero(problem.packages[0].units)[0])
    option = problem.options[venue]
    shut = replace(option, ladder=replace(option.ladder, minimum_units=99))
    options = (*problem.options[:venue], shut, *problem.options[venue + 1 :])
    only = replace(problem, options=options, limits=(SpendLimit("group", (venue,), least_cents=1),))
    assert not is_allowed(only, (0,))
    assert cheapest_counts(only) == (1,)
    assert cheapest_counts(replace(only, limits=())) == (0,)
    assert least_cents(only) == problem.packages[0].ladder.cost_cents(1)
    found = buy_plan(only, rng=np.random.default_rng(0))
    assert found.packages[0] >= 1
    assert found.spend_cents[venue] >= 1


def test_cheapest_counts_nothing_keeps_the_limits_is_none(drawn: Any) -> None:
    problem = draw_packages(drawn(2, n_venues=3), seed=2, n_packages=1)
    limits = (SpendLimit("group", (0,), least_cents=10**9),)
    assert cheapest_counts(replace(problem, limits=limits)) is None


def test_look_finds_no_more_than_fits_and_keeps_the_best(drawn: Any) -> None:
    problem = draw_packages(drawn(3, n_venues=3), seed=3)
    choices = PackageChoices(problem, seed=1)
    choices.solve((0, 0))
    for counts in choices.promising(choices.best):
        choices.look(counts, near=choices.best, n_rounds=2)
    assert len(choices.found) > 1
    assert all(broken_limits(problem, found) == [] for found in choices.found.values())
    assert choices.best.result == max(found.result for found in choices.found.values())
