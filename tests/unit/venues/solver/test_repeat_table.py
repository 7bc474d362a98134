from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from signoff.stats.frailty import membership_share
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import Relaxation, relax_money
from signoff.venues.solver.repeat_table import lay_out_repeats, least_rate
from signoff.venues.solver.repeats import RepeatModel


def _units(money: Relaxation, rng: np.random.Generator) -> np.ndarray[Any, Any]:
    """Draw units within the money: few venues, or many."""
    shares = rng.dirichlet(np.full(len(money.low), rng.choice([0.1, 1.0])))
    spent = money.spare_cents * shares * rng.uniform() ** 0.3
    return np.minimum(money.low + spent / money.unit_cents, money.high)


def _problem(drawn: Any, seed: int, *, needed: int, reach: float) -> PlanProblem:
    rng = np.random.default_rng(seed)
    problem = drawn(seed, exposures_needed=needed, most_units=int(rng.choice([4, 60, 3000])))
    shares = rng.beta(reach, 1.0, problem.membership.shape[:3])
    first = replace(problem.options[0], granted_units=2)
    return replace(
        problem,
        membership=membership_share(shares, problem.nodes),
        options=(first, *problem.options[1:]),
        budget_cents=int(rng.choice([20_000, 90_000, 10**6, 10**8])),
    )


@pytest.mark.parametrize("needed", [2, 3, 4])
@pytest.mark.parametrize("reach", [0.1, 0.6, 8.0])
def test_lay_out_repeats_miss_is_never_above_the_true_one(
    drawn: Any, needed: int, reach: float
) -> None:
    rng = np.random.default_rng(0)
    for seed in range(12):
        problem = _problem(drawn, seed, needed=needed, reach=reach)
        money = relax_money(problem)
        table = lay_out_repeats(problem, money)
        assert table is not None
        stand_in, model = RepeatModel(problem, table), ResultModel(problem)
        for _ in range(40):
            units = _units(money, rng)
            assert (stand_in.person_miss(units) <= model.person_miss(units) * (1 + 1e-12)).all()


def test_lay_out_repeats_parts_are_concave(drawn: Any) -> None:
    for seed in range(6):
        problem = _problem(drawn, seed, needed=3, reach=0.4)
        table = lay_out_repeats(problem, relax_money(problem))
        assert table is not None
        for units, logs in zip(table.units, table.logs, strict=True):
            slopes = np.diff(logs, axis=0) / np.diff(units)[:, None]
            assert (np.diff(slopes, axis=0) <= 1e-9 * (1 + slopes[:-1])).all()
            assert (slopes >= 0).all()


def test_lay_out_repeats_without_shared_money_allows_everything_at_once(drawn: Any) -> None:
    problem = replace(
        _problem(drawn, 3, needed=3, reach=0.4), options=drawn(3, most_units=60).options
    )
    money = relax_money(replace(problem, budget_cents=90_000))
    table = lay_out_repeats(problem, money, shares_money=False)
    assert table is not None
    stand_in, model = RepeatModel(problem, table), ResultModel(problem)
    for share in (0.1, 0.3, 1.0):
        units = money.high * share
        assert (stand_in.person_miss(units) <= model.person_miss(units) * (1 + 1e-12)).all()


def test_lay_out_repeats_too_many_kinds_gives_nothing(drawn: Any) -> None:
    problem = drawn(1, exposures_needed=3)
    wide = np.tile(problem.membership, (1, 2_000, 1, 1))
    assert lay_out_repeats(replace(problem, membership=wide), relax_money(problem)) is None


def test_repeat_table_at_slopes_agree_with_differences(drawn: Any) -> None:
    problem = _problem(drawn, 5, needed=3, reach=0.4)
    money = relax_money(problem)
    table = lay_out_repeats(problem, money)
    assert table is not None
    model = RepeatModel(problem, table)
    units = money.low + 0.4137 * (money.high - money.low)
    value, gradient = model.gradient(units)
    assert value == pytest.approx(model.value(units))
    for v, step in enumerate(1e-6 * np.maximum(money.high, 1.0)):
        moved = units.copy()
        moved[v] += step
        assert (model.value(moved) - value) / step == pytest.approx(gradient[v], rel=1e-3, abs=1e-7)


@pytest.mark.parametrize("needed", [2, 3])
def test_least_rate_line_is_never_above_the_logarithm(needed: int) -> None:
    rng = np.random.default_rng(2)
    once = rng.gamma(0.5, 3.0, (20_000, 1))
    twice = np.minimum(rng.gamma(0.5, 2.0, once.shape), 1.5 * once) if needed == 3 else 0 * once
    most = once + twice + rng.gamma(0.5, 3.0, once.shape)
    most_twice = twice + rng.gamma(0.3, 2.0, once.shape)
    rate = least_rate(most.ravel(), most_twice.ravel(), exposures_needed=needed)[:, None]
    bracket = 1 + once + (once**2 / 2 + twice if needed == 3 else 0.0)
    assert (rate * (once + twice) <= np.log(bracket) + 1e-12).all()
    assert rate.max() > 0.9
