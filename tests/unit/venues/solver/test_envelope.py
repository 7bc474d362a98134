import numpy as np
import pytest

from signoff.venues.solver.cone import cone_cut


@pytest.mark.parametrize("n_levels", [2, 3, 5])
def test_cone_cut_is_never_below_the_product(n_levels: int) -> None:
    rng = np.random.default_rng(n_levels)
    slopes = cone_cut(rng.gamma(1.0, 1.0, (40, n_levels)))
    points = rng.gamma(0.7, 1.5, (500, n_levels))
    product = (-np.expm1(-points)).prod(axis=1)
    assert np.all(points @ slopes.T >= product[:, None] * (1 - 1e-9))


def test_cone_cut_touches_on_its_ray() -> None:
    u = np.array([0.5, 1.5])
    slopes = cone_cut(u)
    scales = np.linspace(0.01, 20.0, 20_000)
    rays = scales[:, None] * u
    assert ((-np.expm1(-rays)).prod(axis=1) / (rays @ slopes)).max() == pytest.approx(1.0, abs=1e-6)
