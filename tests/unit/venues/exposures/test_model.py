from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from signoff.venues.exposures.approval import RULES, RuleName
from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.problem import Appetite, ExposureProblem
from signoff.venues.exposures.sample import sample_problem

UNITS = np.array([2.0, 1.0])


def test_value_of_two_cells_is_what_is_reckoned_by_hand() -> None:
    # first role 0.6 x 2 + 0.1 x 1 = 1.3 exposures, second 0.1 x 2 + 0.4 x 1 = 0.6
    first, second = 1 - np.exp(-1.3), 1 - np.exp(-0.6)
    two_people = 1 - np.exp(-2 * 0.6)
    expected = 3 * first * two_people + 1 * first * second
    model = ExposureModel(sample_problem())
    assert model.value(UNITS) == pytest.approx(expected, rel=1e-12)
    assert model.ceiling == 4.0


def test_value_of_two_exposures_needed_counts_poisson_tails() -> None:
    problem = replace(sample_problem(), exposures_needed=2, weight=np.array([0.0, 1.0]))
    tail = [1 - np.exp(-u) * (1 + u) for u in (1.3, 0.6)]
    assert ExposureModel(problem).value(UNITS) == pytest.approx(tail[0] * tail[1], rel=1e-12)


def test_value_of_appetites_and_draws_is_their_mean() -> None:
    problem = sample_problem()
    halves = Appetite(np.array([0.5, 1.5]), np.array([0.5, 0.5]))
    parts = [ExposureModel(problem).value(UNITS * factor) for factor in (0.5, 1.5)]
    assert ExposureModel(replace(problem, appetite=halves)).value(UNITS) == pytest.approx(
        np.mean(parts), rel=1e-12
    )
    drawn = replace(problem, draws=np.array([[0.5, 0.5], [1.5, 1.5]]))
    assert ExposureModel(drawn).value(UNITS) == pytest.approx(np.mean(parts), rel=1e-12)
    worst = ExposureModel(replace(drawn, draw_share=0.5))
    assert worst.value(UNITS) == pytest.approx(parts[0], rel=1e-12)
    assert worst.values(UNITS[None, :])[0] == pytest.approx(parts[0], rel=1e-12)


def drawn(rule: RuleName, seed: int, **changes: Any) -> ExposureProblem:
    rng = np.random.default_rng(seed)
    problem = draw_problem(rng, rule=rule, exposures_needed=1 + seed % 3)
    return replace(problem, **changes)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("seed", range(6))
def test_gradient_equals_differences(rule: RuleName, seed: int) -> None:
    shapes = Appetite(np.array([0.4, 1.6]), np.array([0.5, 0.5]))
    draws = np.random.default_rng(seed).gamma(4.0, 0.25, (8, 4))
    changes: list[dict[str, Any]] = [
        {},
        {"appetite": shapes},
        {"draws": draws, "draw_share": 1.0},
        {"draws": draws, "draw_share": 0.25, "appetite": shapes},
    ]
    model = ExposureModel(drawn(rule, seed, **changes[seed % 4]))
    units = np.random.default_rng(seed + 50).uniform(0.5, 4.0, 4)
    value, slopes = model.gradient(units)
    assert value == pytest.approx(model.value(units), rel=1e-12)
    for venue in range(4):
        step = np.zeros(4)
        step[venue] = 1e-5
        difference = (model.value(units + step) - model.value(units - step)) / 2e-5
        assert slopes[venue] == pytest.approx(difference, rel=1e-5, abs=1e-8)


@pytest.mark.parametrize("rule", RULES)
def test_values_of_many_schedules_equal_those_of_each(rule: RuleName) -> None:
    model = ExposureModel(drawn(rule, 7))
    many = np.random.default_rng(1).uniform(0, 4, (5, 4))
    assert model.values(many) == pytest.approx([model.value(units) for units in many], rel=1e-12)


def test_gradient_where_nothing_is_bought_is_finite() -> None:
    for needed in (1, 2, 3):
        problem = replace(drawn("any", 3), exposures_needed=needed)
        value, slopes = ExposureModel(problem).gradient(np.zeros(4))
        assert value == 0.0
        assert np.isfinite(slopes).all()


def test_role_reach_of_roles_that_a_cell_lacks_is_nothing() -> None:
    problem = replace(sample_problem(), people=np.array([[1.0, 0.0], [1.0, 1.0]]))
    reach = ExposureModel(problem).role_reach(UNITS)
    assert reach[0, 1] == 0.0
    assert reach[1, 1] == pytest.approx(1 - np.exp(-0.6))
