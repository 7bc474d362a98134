from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from signoff.venues.solver.relaxation import relax_money


def test_relax_money_every_affordable_schedule_keeps_it(drawn: Any) -> None:
    rng = np.random.default_rng(2)
    for seed in range(10):
        problem = drawn(seed, budget_cents=70_000)
        money = relax_money(problem, slack_cents=5)
        for _ in range(100):
            units = rng.integers(0, 5, 5)
            allowed = all(o.fits(int(n)) for o, n in zip(problem.options, units, strict=True))
            if allowed and problem.cost_cents(units) <= problem.budget_cents:
                assert np.all(units <= money.high)
                assert (units - money.low) @ money.unit_cents <= money.spare_cents


def test_relax_money_committed_line_is_fixed_and_paid(drawn: Any) -> None:
    problem = drawn(1)
    fixed = replace(problem.options[0], fixed_cents=40_000)
    money = relax_money(replace(problem, options=(fixed, *problem.options[1:])))
    assert money.low[0] == money.high[0] == fixed.fixed_units
    assert money.spare_cents == 50_000


def test_relax_money_floor_is_bought_first(drawn: Any) -> None:
    problem = drawn(1)
    floored = replace(problem.options[0], floor_cents=15_000)
    money = relax_money(replace(problem, options=(floored, *problem.options[1:])))
    assert money.low[0] == floored.fewest_units() > 0


def test_best_vertex_spends_where_a_cent_adds_most(drawn: Any) -> None:
    money = relax_money(drawn(1, budget_cents=20_000))
    gradient = np.array([0.0, 1.0, -1.0, 1e-3, 2.0]) * money.unit_cents
    units = money.best_vertex(gradient)
    assert units[4] == pytest.approx(min(money.high[4], 20_000 / money.unit_cents[4]))
    assert units[2] == 0.0
    assert (units * money.unit_cents).sum() <= 20_000 + 1e-6


def test_scaled_spends_all_unless_everything_is_bought(drawn: Any) -> None:
    money = relax_money(drawn(1, budget_cents=60_000))
    units = money.scaled(np.ones(5))
    assert (units * money.unit_cents).sum() == pytest.approx(60_000)
    rich = relax_money(drawn(1, budget_cents=10**9))
    assert rich.scaled(np.ones(5)) == pytest.approx(rich.high)
