"""Of many venues, purchases that promise little are not judged, and little is lost by that."""

from dataclasses import replace

import numpy as np
import pytest

from signoff.stats.reach import Array
from signoff.venues.exposures import whole
from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.whole import WholeSearch
from signoff.venues.terms.limits import SpendLimit


@pytest.mark.parametrize("seed", range(4))
def test_fill_of_many_venues_judges_few_and_brings_as_much(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    drawn = draw_problem(rng, rule="every_level", exposures_needed=1, n_venues=40, n_cells=20)
    cents = sum(option.cost_cents(option.cheapest_units()) for option in drawn.options) + 2_000_000
    budget = SpendLimit("budget", tuple(range(40)), most_cents=cents)
    problem = replace(drawn, limits=(budget,))
    model = ExposureModel(problem)
    judged: list[int] = []
    values = model.values

    def counted(units: Array) -> Array:
        judged.append(len(units))
        return values(units)

    monkeypatch.setattr(model, "values", counted)

    def filled(n_all: int) -> tuple[float, int]:
        judged.clear()
        monkeypatch.setattr(whole, "_ALL_VENUES", n_all)
        search = WholeSearch(model)
        return search.fill(search.stand(search.cheapest())).value, sum(judged)

    (every, n_every), (few, n_few) = filled(40), filled(10)
    assert n_few < n_every
    assert few >= 0.97 * every
