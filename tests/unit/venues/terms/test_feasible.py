"""The cheapest schedule that keeps all limits, against trying every one."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from tests.unit.venues.conftest import draw_problem

from signoff.venues.terms.feasible import cheapest_plan
from signoff.venues.terms.limits import SpendLimit, excess_cents


@pytest.mark.parametrize("seed", range(15))
def test_cheapest_plan_equals_trying_every_schedule(seed: int) -> None:
    rng = np.random.default_rng(seed)
    options = draw_problem(seed, n_venues=3).options
    tops = [min(option.ladder.maximum_units, 12) for option in options]
    options = tuple(
        replace(option, ladder=replace(option.ladder, maximum_units=top))
        if option.ladder.minimum_units <= top
        else option
        for option, top in zip(options, tops, strict=True)
    )
    spend = [
        [option.ladder.cost_cents(n) if n else 0 for n in range(option.ladder.maximum_units + 1)]
        for option in options
    ]
    most = sum(max(costs) for costs in spend)
    limits = [
        SpendLimit("all", (0, 1, 2), most_cents=int(most * rng.uniform(0.3, 1.0))),
        SpendLimit("two", (0, 1), least_cents=int(most * rng.uniform(0.0, 0.5))),
    ]
    best = None
    for units in product(*(range(len(costs)) for costs in spend)):
        if any(0 < n < o.ladder.minimum_units for n, o in zip(units, options, strict=True)):
            continue
        cents = np.array([costs[n] for costs, n in zip(spend, units, strict=True)])
        if excess_cents(limits, cents) == 0 and (best is None or cents.sum() < best):
            best = int(cents.sum())
    found = cheapest_plan(options, limits)
    if best is None:
        assert found is None
        return
    assert found is not None
    cents = np.array([costs[n] for costs, n in zip(spend, found.tolist(), strict=True)])
    assert excess_cents(limits, cents) == 0
    assert int(cents.sum()) == best
