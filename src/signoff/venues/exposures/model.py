"""What a schedule of exposures brings, with its exact gradient, alone and for many at once."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from signoff.stats.poisson import poisson_reach_share, poisson_reach_slope
from signoff.stats.reach import Array
from signoff.venues.exposures.problem import ExposureProblem

__all__ = ["ExposureModel"]

_BATCH_NUMBERS = 4_000_000


class ExposureModel:
    """Judges schedules of one problem.

    Args:
        problem: The problem. Where it has draws, a schedule brings the mean over the share of them
            that is worst for it (conditional value at risk; Rockafellar and Uryasev 2000).
    """

    def __init__(self, problem: ExposureProblem) -> None:
        self.problem = problem
        self._held = problem.people > 0
        n_segments, n_roles, n_venues = problem.exposure.shape
        self._rows = problem.exposure.reshape(n_segments * n_roles, n_venues)
        self._row = problem.segment[:, None] * n_roles + np.arange(n_roles)

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
        if not len(self.problem.draws):
            return self._one_value(units)
        return float(self._worst(self.draw_values(units)).mean())

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give what a schedule brings and what one more unit of each venue would add."""
        draws = self.problem.draws
        if not len(draws):
            return self._one_gradient(units)
        found = [self._one_gradient(units * factor) for factor in draws]
        values = np.array([value for value, _ in found])
        worst = self._worst_places(values)
        slopes = np.stack([found[d][1] * draws[d] for d in worst])
        return float(values[worst].mean()), slopes.mean(axis=0)

    def draw_values(self, units: Array) -> Array:
        """Give what a schedule brings in each draw; one number where there are no draws."""
        if not len(self.problem.draws):
            return np.array([self._one_value(units)])
        return np.array([self._one_value(units * factor) for factor in self.problem.draws])

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
        exposed = self._exposed(units)
        total = np.zeros(self._held.shape)
        appetite = self.problem.appetite
        for factor, weight in zip(appetite.factor, appetite.weight, strict=True):
            total += weight * self._reached(exposed * factor)
        return np.where(self._held, total, 0.0)

    @property
    def _n_worst(self) -> int:
        return max(1, round(len(self.problem.draws) * self.problem.draw_share))

    def _worst_places(self, values: Array) -> NDArray[np.int64]:
        return np.argsort(values, kind="stable")[: self._n_worst]

    def _worst(self, values: Array) -> Array:
        return np.asarray(values[self._worst_places(values)])

    def _exposed(self, units: Array) -> Array:
        """Mean exposures of a person by cell and role."""
        return np.asarray((self._rows @ units)[self._row])

    def _reached(self, exposed: Array) -> Array:
        needed = self.problem.exposures_needed
        return poisson_reach_share(exposed, people=self.problem.people, exposures_needed=needed)

    def _one_value(self, units: Array) -> float:
        problem, exposed, total = self.problem, self._exposed(units), 0.0
        for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
            reached = self._reached(exposed * factor)
            total += float(
                share * np.dot(problem.weight, problem.approval.share(reached, self._held))
            )
        return total

    def _one_gradient(self, units: Array) -> tuple[float, Array]:
        problem, exposed = self.problem, self._exposed(units)
        value, by_row = 0.0, np.zeros(len(self._rows))
        for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
            reached = self._reached(exposed * factor)
            value += float(
                share * np.dot(problem.weight, problem.approval.share(reached, self._held))
            )
            steep = poisson_reach_slope(
                exposed * factor,
                people=problem.people,
                exposures_needed=problem.exposures_needed,
            )
            slopes = problem.approval.slopes(reached, self._held) * steep
            slopes *= problem.weight[:, None] * (factor * share)
            by_row += np.bincount(self._row.ravel(), slopes.ravel(), minlength=len(by_row))
        return value, np.asarray(by_row @ self._rows)

    def _many_values(self, schedules: Array) -> Array:
        size = max(1, _BATCH_NUMBERS // max(self._row.size, 1))
        parts = [self._batch(schedules[i : i + size]) for i in range(0, len(schedules), size)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _batch(self, schedules: Array) -> Array:
        problem = self.problem
        exposed = (schedules @ self._rows.T)[:, self._row]
        total = np.zeros(len(schedules))
        for factor, share in zip(problem.appetite.factor, problem.appetite.weight, strict=True):
            reached = self._reached(exposed * factor)
            total += share * (np.dot(problem.approval.share(reached, self._held), problem.weight))
        return total
