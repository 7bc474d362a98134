"""What a schedule of exposures brings, with its exact gradient, alone and for many at once."""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.stats.poisson import poisson_reach_share, poisson_reach_slope
from signoff.stats.reach import Array
from signoff.venues.exposures.problem import ExposureProblem

__all__ = ["ExposureModel"]

_BATCH_NUMBERS = 4_000_000
_SPARSE_NUMBERS = 400_000
_SPARSE_SHARE = 0.3


class ExposureModel:
    """Judges schedules of one problem.

    Args:
        problem: The problem. Where it has draws, a schedule brings the mean over the share of them
            that is worst for it (conditional value at risk; Rockafellar and Uryasev 2000).
    """

    def __init__(self, problem: ExposureProblem) -> None:
        self.problem = problem
        # roles stand outermost in memory: sums and products over them then run along the cells
        self._people = _roles_outermost(problem.people)
        self._held = self._people > 0
        n_segments, n_roles, n_venues = problem.exposure.shape
        rows = np.moveaxis(problem.exposure, 1, 0).reshape(n_roles * n_segments, n_venues)
        self._rows = _sparse(rows)
        self._row = np.arange(n_roles)[:, None] * n_segments + problem.segment
        self._is_own = np.array_equal(self._row.ravel(), np.arange(len(rows)))

    @cached_property
    def ceiling(self) -> float:
        """Most that any schedule could bring: every role of every account reached."""
        sure = self.problem.approval.share(np.ones(self._held.shape), self._held)
        return float(np.dot(self.problem.weight, sure))

    def value(self, units: Array) -> float:
        """Give what a schedule brings.

        Args:
            units: Units bought of each venue; broken numbers are allowed.
        """
        values = self.draw_values(units)
        return float(values[self._worst_places(values)].mean())

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give what a schedule brings and what one more unit of each venue would add."""
        values = self.draw_values(units)
        worst = self._worst_places(values)
        factors = self._factors[worst]
        size = max(1, _BATCH_NUMBERS // max(self._row.size, 1))
        total = np.zeros(len(units))
        for start in range(0, len(worst), size):
            part = factors[start : start + size]
            total += (self._slopes(units * part) * part).sum(axis=0)
        return float(values[worst].mean()), total / len(worst)

    def draw_values(self, units: Array) -> Array:
        """Give what a schedule brings in each draw; one number where there are no draws."""
        return self._many_values(units * self._factors)

    def values(self, schedules: Array) -> Array:
        """Give what each of many schedules brings.

        Args:
            schedules: Units, shape (schedules, venues).

        Returns:
            Values by schedule.
        """
        draws = self.problem.draws
        if not len(draws):
            return self._many_values(schedules)
        by_draw = np.stack([self._many_values(schedules * factor) for factor in draws], axis=1)
        n_worst = self._n_worst
        return np.asarray(np.sort(by_draw, axis=1)[:, :n_worst].mean(axis=1))

    def role_reach(self, units: Array) -> Array:
        """Give the chance that each role of each cell is reached; 0 for roles it lacks."""
        exposed = self._exposed(units[None, :])[0]
        total = np.zeros(self._held.shape)
        appetite = self.problem.appetite
        for factor, weight in zip(appetite.factor, appetite.weight, strict=True):
            total += weight * self._reached(exposed * factor)
        return np.where(self._held, total, 0.0)

    @property
    def _n_worst(self) -> int:
        return max(1, round(len(self.problem.draws) * self.problem.draw_share))

    @cached_property
    def _factors(self) -> Array:
        draws = self.problem.draws
        return draws if len(draws) else np.ones((1, self.problem.exposure.shape[2]))

    def _worst_places(self, values: Array) -> NDArray[np.int64]:
        if not len(self.problem.draws):
            return np.zeros(1, dtype=np.int64)
        return np.argsort(values, kind="stable")[: self._n_worst]

    def _exposed(self, schedules: Array) -> Array:
        """Mean exposures of a person by schedule, cell and role."""
        by_row = np.ascontiguousarray((self._rows @ schedules.T).T)
        if not self._is_own:
            return np.moveaxis(by_row[:, self._row], 1, -1)
        return np.moveaxis(by_row.reshape(len(schedules), *self._row.shape), 1, -1)

    def _reached(self, exposed: Array) -> Array:
        needed = self.problem.exposures_needed
        return poisson_reach_share(exposed, people=self._people, exposures_needed=needed)

    def _slopes(self, schedules: Array) -> Array:
        """Rise of what each of some schedules brings, by one more unit of each venue."""
        problem = self.problem
        exposed = self._exposed(schedules)
        total = np.zeros_like(exposed)
        for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
            steep = poisson_reach_slope(
                exposed * factor,
                people=self._people,
                exposures_needed=problem.exposures_needed,
            )
            rise = problem.approval.slopes(self._reached(exposed * factor), self._held)
            total += rise * steep * (factor * share)
        total *= problem.weight[:, None]
        by_row = np.moveaxis(total, -1, 1).reshape(len(schedules), self._row.size)
        if not self._is_own:
            n_rows = self._rows.shape[0]
            places = self._row.ravel() + n_rows * np.arange(len(schedules))[:, None]
            sums = np.bincount(places.ravel(), by_row.ravel(), minlength=n_rows * len(schedules))
            by_row = np.asarray(sums, dtype=np.float64).reshape(len(schedules), n_rows)
        return np.asarray((self._rows.T @ by_row.T).T)

    def _many_values(self, schedules: Array) -> Array:
        size = max(1, _BATCH_NUMBERS // max(self._row.size, 1))
        parts = [self._batch(schedules[i : i + size]) for i in range(0, len(schedules), size)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _batch(self, schedules: Array) -> Array:
        problem = self.problem
        exposed = self._exposed(schedules)
        total = np.zeros(len(schedules))
        for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
            reached = self._reached(exposed * factor)
            total += share * (np.dot(problem.approval.share(reached, self._held), problem.weight))
        return total


def _roles_outermost(numbers: Array) -> Array:
    """Give numbers by cell and role, with the roles outermost in memory."""
    return np.ascontiguousarray(numbers.T).T


def _sparse(rows: Array) -> Any:
    """Keep only the exposures that are above 0, where they are few of many."""
    if rows.size < _SPARSE_NUMBERS or np.count_nonzero(rows) > _SPARSE_SHARE * rows.size:
        return rows
    from scipy.sparse import csr_array

    return csr_array(rows)
