"""Concave stand-ins for approval rules: never below them, so their optimum is a bound."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.committees import sum_by_profile
from signoff.venues.continuous import climb
from signoff.venues.objective import ResultModel
from signoff.venues.problem import PlanProblem
from signoff.venues.relaxation import Relaxation

__all__ = ["EnvelopeModel", "cone_cut"]

_TINY = 1e-12


class EnvelopeModel:
    """The average of cuts, each concave in units and never below the approval rule.

    A cut is, for each cell and account appetite, a sum with weights of 0 or more of three things
    that are concave in units: u of a level (one exposure only), the chance of reaching a level
    (one exposure only), and the chance of reaching a role by E[min(N, f)] / f; plus a constant.

    Args:
        problem: The problem; its objective is conversions.
        high: Most units of each venue: what the levels can reach at all.
    """

    def __init__(self, problem: PlanProblem, *, high: Array) -> None:
        self.problem = problem
        self._model = ResultModel(problem, combine=self._add_up)
        levels = problem.role_levels if problem.rule.value == "every_level" else (0,)
        self._level_of = np.resize(np.array(levels), problem.cells.people.shape[1])
        self._levels = np.unique(self._level_of)
        self._weight = self._model.measure.weight[:, None] * problem.nodes.account_weight
        shape = self._weight.shape
        self._on_level = np.zeros((*shape, len(self._levels)))
        self._on_hit = np.zeros_like(self._on_level)
        self._on_role = np.zeros((*shape, len(self._level_of)))
        self._constant, self._n_cuts = np.zeros(shape), 0
        self._top = self._level_hits(self._model.person_miss(high))

    @property
    def ceiling(self) -> float:
        """Most that the rule itself could bring."""
        return self._model.ceiling

    def value(self, units: Array) -> float:
        """Give the bound's value at a schedule."""
        return self._model.value(units)

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give the bound's value and gradient at a schedule."""
        return self._model.gradient(units)

    def climb(self, money: Relaxation, *, start: Array) -> Array:
        """Give the units where the bound is greatest."""
        return climb(self, money, start=start).units

    def add_cut(self, units: Array) -> None:
        """Add the cut that is lowest at a schedule, for each cell by itself."""
        self._n_cuts += 1
        miss = self._model.person_miss(units)
        if self.problem.rule.value == "mean":
            self._on_role += 1.0 / len(self._level_of)
        elif self.problem.exposures_needed == 1:
            self._add_level_cut(miss)
        else:
            self._add_role_cut(miss)

    def _add_level_cut(self, miss: Array) -> None:
        u = self._level_logs(miss)
        hit, top = -np.expm1(-u), np.maximum(self._top, _TINY)
        reachable = (self._top > _TINY).all(axis=2)
        slopes = cone_cut(np.maximum(u, 1e-4))
        least = np.argmin(hit / top, axis=2)[..., None]
        box = self._top.prod(axis=2) / np.take_along_axis(top, least, axis=2)[..., 0]
        box_value = box * np.take_along_axis(hit, least, axis=2)[..., 0]
        by_cone = reachable & ((slopes * u).sum(axis=2) < box_value)
        self._on_level += np.where(by_cone[..., None], slopes, 0.0)
        by_box = np.zeros_like(slopes)
        np.put_along_axis(by_box, least, box[..., None], axis=2)
        self._on_hit += np.where((reachable & ~by_cone)[..., None], by_box, 0.0)

    def _add_role_cut(self, miss: Array) -> None:
        hits, top = self._level_hits(miss), np.maximum(self._top, _TINY)
        least = np.argmin(hits / top, axis=2)
        factor = np.take_along_axis(top, least[..., None], axis=2)[..., 0]
        factor = self._top.prod(axis=2) / factor
        full = np.take_along_axis(hits, least[..., None], axis=2)[..., 0] >= 1.0
        self._constant += np.where(full, factor, 0.0)
        chosen = self._levels[least][..., None] == self._level_of
        self._on_role += np.where(chosen & ~full[..., None], factor[..., None], 0.0)

    def _level_logs(self, miss: Array) -> Array:
        """U of each level: minus the log of the chance that nobody of it is reached."""
        logs = self._role_logs(miss)
        return np.stack(
            [-logs[:, self._level_of == name].sum(axis=1) for name in self._levels], axis=2
        )

    def _level_hits(self, miss: Array) -> Array:
        """Chance of reaching each level; with several exposures, never below it."""
        if self.problem.exposures_needed == 1:
            return np.asarray(-np.expm1(-self._level_logs(miss)))
        hits = -np.expm1(self._role_logs(miss))
        sums = [hits[:, self._level_of == name].sum(axis=1) for name in self._levels]
        return np.asarray(np.minimum(np.stack(sums, axis=2), 1.0))

    def _role_logs(self, miss: Array) -> Array:
        cells = self.problem.cells
        return np.asarray(
            np.log(np.maximum(miss, 1e-300))[cells.profile] * cells.people[:, :, None]
        )

    def _add_up(self, miss: Array) -> tuple[float, Array]:
        cells, n = self.problem.cells, max(self._n_cuts, 1)
        logs = self._role_logs(miss)
        role_miss = np.exp(logs)
        on_role = np.moveaxis(self._on_role, 2, 1)
        total = self._constant + (on_role * (1 - role_miss)).sum(axis=1)
        slopes = -on_role * role_miss
        if self.problem.exposures_needed == 1 and self.problem.rule.value != "mean":
            for i, name in enumerate(self._levels):
                roles = self._level_of == name
                u = -logs[:, roles].sum(axis=1)
                total += self._on_level[..., i] * u - self._on_hit[..., i] * np.expm1(-u)
                fall = self._on_level[..., i] + self._on_hit[..., i] * np.exp(-u)
                slopes[:, roles] -= fall[:, None, :]
        by_cell = slopes * self._weight[:, None, :] * cells.people[:, :, None] / n
        by_profile = sum_by_profile(by_cell, cells, n_profiles=len(miss))
        return float((self._weight * total).sum()) / n, by_profile / np.maximum(miss, 1e-300)


def cone_cut(u: Array) -> Array:
    """Slopes of the plane through the origin that touches product(1 - exp(-u)) from above.

    Args:
        u: Points, above 0, levels on the last axis.

    Returns:
        Slopes g with g . v >= product(1 - exp(-v)) for every v >= 0, least at v = u. With one level
        alone the plane touches at the origin.

    Source: along the ray t u the product over t is greatest where sum(t u / (exp(t u) - 1)) = 1,
    which has one root; the product is log-concave, so that point is the only one where it meets the
    plane.

    >>> g = cone_cut(np.array([1.0, 1.0]))
    >>> bool((g @ [1.2564, 1.2564]).round(3) == ((1 - np.exp(-1.2564)) ** 2).round(3))
    True
    """
    low, high = np.full(u.shape[:-1], -20.0), np.full(u.shape[:-1], 20.0)
    for _ in range(50):
        middle = (low + high) / 2
        tu = np.exp(middle)[..., None] * u
        above = (tu / np.expm1(np.minimum(tu, 700.0))).sum(axis=-1) > 1.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    tu = np.exp(low)[..., None] * u
    hit = -np.expm1(-tu)
    return np.asarray(hit.prod(axis=-1, keepdims=True) * np.exp(-tu) / hit)
