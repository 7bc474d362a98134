"""Cuts above a quorum are never below it, wherever they are laid, and touch where they should."""

import numpy as np
import pytest

from signoff.stats.reach import Array
from signoff.venues.solver.quorum import quorum_chance
from signoff.venues.solver.quorum_cuts import cut_quorum, order_tangent


def chance(log: Array, *, needed: int) -> Array:
    return quorum_chance(np.moveaxis(-np.expm1(-log), 2, 0), needed=needed)


def drawn_logs(rng: np.random.Generator, *, n_cells: int, n_roles: int) -> Array:
    """Draw u of roles, some of them 0, some far apart."""
    shape = (n_cells, 1, n_roles)
    return rng.gamma(0.7, 1.0, shape) * (rng.random(shape) < 0.85) * rng.choice([0.1, 1, 4], shape)


@pytest.mark.parametrize("is_once", [True, False])
@pytest.mark.parametrize(("n_roles", "needed"), [(2, 2), (3, 2), (5, 3), (7, 4), (7, 6), (4, 1)])
def test_cut_quorum_is_never_below_the_chance(n_roles: int, needed: int, is_once: bool) -> None:
    rng = np.random.default_rng(10 * n_roles + needed)
    most = drawn_logs(rng, n_cells=60, n_roles=n_roles)
    top = -np.expm1(-most)
    cut = cut_quorum(most * rng.random(most.shape), top, needed=needed, is_once=is_once)
    assert is_once or not cut.on_log.any()
    for _ in range(400):
        log = (
            most
            * rng.choice([0.0, 1.0, rng.random()], most.shape)
            * rng.random(most.shape) ** (rng.choice([0, 1, 3]))
        )
        excess = cut.value(log, -np.expm1(-log)) - chance(log, needed=needed)
        assert excess.min() >= -1e-12


@pytest.mark.parametrize(("n_roles", "needed"), [(3, 2), (6, 3), (6, 5)])
def test_cut_quorum_equal_roles_touches_the_hull(n_roles: int, needed: int) -> None:
    """With equal roles out of reach of any limit the cut is the hull of the binomial chance."""
    s = np.linspace(0.0, 8.0, 4001)
    along = chance(np.tile(s[:, None, None], (1, 1, n_roles)), needed=needed)[:, 0]
    for at in (0.05, 0.3, 1.0, 3.0):
        log = np.full((1, 1, n_roles), at)
        cut = cut_quorum(log, np.ones_like(log), needed=needed, is_once=True)
        hull = max(
            (along[i] * (s[j] - at) + along[j] * (at - s[i])) / (s[j] - s[i])
            for i in range(0, int(at * 500) + 1, 5)
            for j in range(int(at * 500) + 1, 4001, 20)
        )
        assert cut.value(log, -np.expm1(-log))[0, 0] == pytest.approx(hull, rel=2e-3)


def test_cut_quorum_role_out_of_reach_adds_nothing() -> None:
    log = np.array([[[0.3, 0.4, 0.0]]])
    top = np.array([[[0.9, 0.8, 0.0]]])
    cut = cut_quorum(log, top, needed=3, is_once=True)
    assert cut.value(log, -np.expm1(-log))[0, 0] == pytest.approx(0.0, abs=1e-12)


def test_order_tangent_is_above_the_chance_everywhere() -> None:
    points = np.linspace(0.0, 12.0, 600)
    for n in range(1, 8):
        for needed in range(1, n + 1):
            logs = np.tile(points[:, None, None], (1, 1, n))
            along = chance(logs, needed=needed)[:, 0]
            height, rise = order_tangent(np.array([0.0, 0.2, 0.9, 2.0, 6.0]), n=n, needed=needed)
            lines = height[:, None] + rise[:, None] * points
            assert (lines - along).min() >= -1e-12


def test_quorum_chance_is_greatest_for_equal_roles_of_one_sum() -> None:
    """Pledger and Proschan (1971), on which the cuts rest, tried where it can be tried."""
    rng = np.random.default_rng(1)
    for n_roles in (3, 5, 7):
        logs = rng.dirichlet(np.ones(n_roles), 2000)[:, None, :] * rng.gamma(2, 2, (2000, 1, 1))
        even = np.repeat(logs.mean(axis=2, keepdims=True), n_roles, axis=2)
        for needed in range(1, n_roles + 1):
            assert (chance(even, needed=needed) - chance(logs, needed=needed)).min() >= -1e-12
