"""What a sample of cells keeps of all of them."""

from dataclasses import replace

import numpy as np
import pytest

from signoff.venues.exposures.broken import find_ends
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import relax_limits
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.sample import sample_problem
from signoff.venues.exposures.sketch import sample_cells
from signoff.venues.exposures.whole import WholeSearch

N_CELLS = 20_000


@pytest.fixture(scope="module")
def large() -> ExposureProblem:
    """Give the sample problem with many cells, each with exposures of its own."""
    rng = np.random.default_rng(1)
    return replace(
        sample_problem(),
        weight=rng.pareto(1.6, N_CELLS) + 0.1,
        people=rng.integers(0, 3, (N_CELLS, 2)) + 1.0,
        segment=np.arange(N_CELLS),
        exposure=rng.gamma(0.5, 0.4, (N_CELLS, 2, 2)) * (rng.random((N_CELLS, 2, 2)) < 0.2),
    )


def test_sample_cells_keeps_the_weight_and_nearly_the_value(large: ExposureProblem) -> None:
    model = ExposureModel(large)
    sample = sample_cells(model, rng=np.random.default_rng(2))
    assert len(sample.problem.weight) < N_CELLS / 2
    assert sample.ceiling == pytest.approx(model.ceiling, rel=1e-3)
    units = np.array([2.0, 2.0])
    assert sample.value(units) == pytest.approx(model.value(units), rel=0.1)


def test_sample_cells_of_a_small_problem_is_the_problem() -> None:
    model = ExposureModel(sample_problem())
    assert sample_cells(model, rng=np.random.default_rng(2)) is model


def test_sample_cells_of_many_draws_keeps_some_of_them(large: ExposureProblem) -> None:
    rng = np.random.default_rng(3)
    few = replace(sample_problem(), draws=rng.gamma(8.0, 0.125, (20_000, 2)))
    sample = sample_cells(ExposureModel(few), rng=rng)
    assert len(sample.problem.weight) == 2
    assert 10 < len(sample.problem.draws) < 100
    units = np.array([2.0, 2.0])
    assert sample.value(units) == pytest.approx(ExposureModel(few).value(units), rel=0.1)
    cautious = replace(few, draw_share=0.1)
    assert len(sample_cells(ExposureModel(cautious), rng=rng).problem.draws) >= 100
    assert sample_cells(ExposureModel(large), rng=rng).problem.draws.size == 0


def test_find_ends_of_many_cells_judges_by_all_of_them(large: ExposureProblem) -> None:
    money = relax_limits(large)
    model = ExposureModel(replace(large, is_whole=False, caps=money.high))
    best = find_ends(model, money, rng=np.random.default_rng(1), n_climbed=4)[0]
    assert best.value == pytest.approx(model.value(best.units), rel=1e-12)
    _, slopes = model.gradient(best.units)
    inside = (best.units > 1e-3) & (best.units < money.high - 1e-3)
    assert np.ptp((slopes / money.unit_cents)[inside]) <= 1e-3 * slopes.max()


def test_search_of_whole_units_of_many_cells_finds_the_best(large: ExposureProblem) -> None:
    model = ExposureModel(large)
    search = WholeSearch(model)
    found = search.search(
        search.fill(search.stand(search.cheapest())), rng=np.random.default_rng(1), n_kicks=2
    )
    plans = np.array([[a, b] for a in range(5) for b in range(5) if a + b <= 6], dtype=np.float64)
    assert found.value == pytest.approx(model.values(plans).max(), rel=1e-9)
    assert found.excess_cents == 0
