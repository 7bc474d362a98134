"""Judge schedules where a person counts after several exposures: never lower than they deserve."""

from dataclasses import replace

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.committees import combine_misses
from signoff.venues.solver.objective import Combine
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.repeat_table import RepeatTable

__all__ = ["RepeatModel"]


class RepeatModel:
    """What a schedule brings at most, minus the log of each person's miss being concave in units.

    Args:
        problem: The problem that needs several exposures.
        table: What `lay_out_repeats` gives for it.
        combine: Adds misses up; None: as the objective does.
    """

    def __init__(
        self, problem: PlanProblem, table: RepeatTable, *, combine: Combine | None = None
    ) -> None:
        self.problem = replace(problem, exposures_needed=1)
        self.measure = self.problem.measure()
        self._table = table
        self._combine = combine or self._committees
        self._shape = problem.membership.shape[1:3]

    @property
    def ceiling(self) -> float:
        """Most that any schedule could bring: every account counts."""
        return float(self.measure.weight.sum()) * self.measure.most_share

    def value(self, units: Array) -> float:
        """Give what a schedule brings at most."""
        return self._combine(self.person_miss(units))[0]

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give what a schedule brings at most and what one more unit of each venue would add."""
        logs, rises = self._table.at(units)
        by_kind = np.exp(-logs)
        value, slope = self._combine(self._persons(by_kind))
        weight = self.problem.nodes.person_weight
        steep = (slope[..., None] * weight).ravel() * by_kind
        return value, -np.einsum("vk,k->v", rises, steep)

    def person_miss(self, units: Array) -> Array:
        """Chance at least that a person does not count, by profile, role and account appetite."""
        return self._persons(np.exp(-self._table.at(units)[0]))

    def _persons(self, by_kind: Array) -> Array:
        weight = self.problem.nodes.person_weight
        by_node = by_kind.reshape(*self._shape, -1, len(weight))
        return np.asarray(np.einsum("prab,b->pra", by_node, weight))

    def _committees(self, miss: Array) -> tuple[float, Array]:
        return combine_misses(
            miss,
            self.problem.cells,
            measure=self.measure,
            role_levels=self.problem.role_levels,
            account_weight=self.problem.nodes.account_weight,
        )
