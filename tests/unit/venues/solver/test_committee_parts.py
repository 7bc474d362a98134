import numpy as np
import pytest

from signoff.venues.solver.committee_parts import list_parts
from signoff.venues.solver.problem import Cells


def drawn_cells(n_cells: int, *, most: int) -> Cells:
    rng = np.random.default_rng(n_cells)
    profile = np.sort(rng.integers(0, 4, n_cells)) * 2  # profiles 1, 3 and 5 have no cells
    people = rng.integers(0, most, (n_cells, 3)).astype(np.float64)
    return Cells(profile, people, rng.random(n_cells), np.ones(n_cells))


@pytest.mark.parametrize(("most", "n_parts"), [(2, 1), (40, 3)])
def test_list_parts_few_different_ones_stay_together(most: int, n_parts: int) -> None:
    cells = drawn_cells(500, most=most)
    parts = list_parts(cells, [0, 1, 2])
    assert len(parts) == n_parts
    assert sorted(role for part in parts for role in part.roles) == [0, 1, 2]
    for part in parts:
        assert np.array_equal(part.profile[part.place], cells.profile)
        assert np.array_equal(part.people[part.place], cells.people[:, list(part.roles)])


def test_misses_and_slopes_equal_those_of_cells() -> None:
    cells, rng = drawn_cells(300, most=3), np.random.default_rng(2)
    (part,) = list_parts(cells, [0, 2])
    logs = np.log(rng.random((3, 2, 8)))
    by_cell = np.exp(sum(logs[r][:, cells.profile] * cells.people[:, r] for r in (0, 2)))
    misses = part.misses(logs)
    assert part.by_cell(misses) == pytest.approx(by_cell, rel=1e-12)
    slopes, total = rng.random((2, 300)), np.zeros_like(logs)
    part.add_slopes(total, slopes=part.summed(slopes), misses=misses)
    expected = np.zeros_like(logs)
    for role in (0, 2):
        for cell, profile in enumerate(cells.profile):
            expected[role, :, profile] += (slopes * by_cell * cells.people[:, role])[:, cell]
    assert total == pytest.approx(expected, rel=1e-10)


def test_weight_of_remembers_the_arrays_asked_for_last() -> None:
    cells = drawn_cells(50, most=2)
    (part,) = list_parts(cells, [1])
    sums = part.weight_of(cells.weight)
    assert sums.sum() == pytest.approx(cells.weight.sum())
    assert part.weight_of(cells.weight) is sums
    assert part.weight_of(cells.weight.copy()) == pytest.approx(sums)
