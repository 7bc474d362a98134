from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from signoff.venues.solver.insertions import Effort, improve_units, round_units
from signoff.venues.solver.objective import ResultModel

EFFORT = Effort(n_tries=30, n_rounds=10, n_kicks=5)


@pytest.mark.parametrize("seed", range(6))
def test_round_units_any_broken_units_become_a_schedule(drawn: Any, seed: int) -> None:
    problem = drawn(seed, budget_cents=50_000)
    broken = np.random.default_rng(seed).uniform(0, 4, 5)
    whole = round_units(ResultModel(problem), broken, effort=EFFORT)
    assert problem.cost_cents(whole) <= 50_000
    assert all(o.fits(int(n)) for o, n in zip(problem.options, whole, strict=True))


def test_round_units_leaves_no_money_that_would_add_something(drawn: Any) -> None:
    problem = drawn(3, budget_cents=60_000)
    model = ResultModel(problem)
    whole = round_units(model, np.zeros(5), effort=EFFORT)
    spare = 60_000 - problem.cost_cents(whole)
    for v, option in enumerate(problem.options):
        more = int(whole[v]) + 1
        if option.fits(more) and option.cost_cents(more) - option.cost_cents(more - 1) <= spare:
            grown = whole.copy()
            grown[v] = more
            assert model.value(grown.astype(float)) <= model.value(whole.astype(float)) * 1.001


def test_round_units_floors_and_commitments_stay(drawn: Any) -> None:
    problem = drawn(4)
    options = (
        replace(problem.options[0], floor_cents=20_000),
        replace(problem.options[1], fixed_cents=30_000),
        *problem.options[2:],
    )
    bound = replace(problem, options=options)
    whole = round_units(ResultModel(bound), np.zeros(5), effort=EFFORT)
    assert options[0].cost_cents(int(whole[0])) >= 20_000
    assert whole[1] == options[1].fixed_units
    assert bound.cost_cents(whole) <= bound.budget_cents


def test_round_units_beyond_the_money_gives_up_what_loses_least(drawn: Any) -> None:
    problem = drawn(5, budget_cents=40_000)
    whole = round_units(ResultModel(problem), np.full(5, 4.0), effort=EFFORT)
    assert 0 < problem.cost_cents(whole) <= 40_000


@pytest.mark.parametrize("needed", [1, 3])
def test_improve_units_never_brings_less(drawn: Any, needed: int) -> None:
    for seed in range(6):
        problem = drawn(seed, exposures_needed=needed, budget_cents=60_000)
        model = ResultModel(problem)
        start = round_units(model, np.zeros(5), effort=EFFORT)
        better = improve_units(model, start, effort=EFFORT)
        assert model.value(better.astype(float)) >= model.value(start.astype(float))
        assert problem.cost_cents(better) <= 60_000


def test_improve_units_without_effort_changes_nothing(drawn: Any) -> None:
    model = ResultModel(drawn(1))
    start = np.array([0, 2, 0, 0, 0])
    none = Effort(n_tries=0, n_rounds=0, n_kicks=0)
    assert improve_units(model, start, effort=none).tolist() == start.tolist()
