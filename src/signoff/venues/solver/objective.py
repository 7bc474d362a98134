"""What a schedule brings, with its exact gradient, and quickly after one or two changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array, nbd_count_shares, nbd_count_slopes
from signoff.venues.market.kinds import PersonKinds, person_kinds
from signoff.venues.solver.committees import add_up_misses, combine_misses
from signoff.venues.solver.problem import FREQUENCY_SHAPE, Measure, PlanProblem

__all__ = ["Combine", "ResultModel", "Standing"]

Combine = Callable[[Array], tuple[float, Array]]


@dataclass(frozen=True, eq=False)
class Standing:
    """Where a schedule stands, kept so that a change of one venue costs little.

    Attributes:
        counts: Share of people with 0, 1 … exposures, by count and by person kind.
        shares: The same by venue alone, among the people of its audience.
        value: What the schedule brings.
        count_slopes: Derivative of the value by each entry of `shares`.
    """

    counts: Array
    shares: Array
    value: float
    count_slopes: Array


class ResultModel:
    """Judges schedules of one problem by one measure.

    Args:
        problem: The problem.
        measure: What is counted; None: what the objective counts.
        combine: Adds misses up in another way; the miss of a person is then 1 - E[min(N, f)] / f,
            which is convex in units and never above the chance of fewer than f exposures.
        kinds: People with other chances of being in audiences than the problem has.
    """

    def __init__(
        self,
        problem: PlanProblem,
        measure: Measure | None = None,
        *,
        combine: Combine | None = None,
        kinds: PersonKinds | None = None,
    ) -> None:
        self.problem = problem
        self.measure = measure or problem.measure()
        self._combine_misses = combine or self._committees
        self._is_plain = combine is None
        self._count_weight = (
            1.0 - np.arange(self._n_counts) / self._n_counts if combine else np.ones(self._n_counts)
        )
        self._kinds = kinds or person_kinds(problem.membership)
        answers = [
            o.response_share if self.measure.counts_answers else 1.0 for o in problem.options
        ]
        self.mean_per_unit = np.array([o.exposures_per_unit for o in problem.options]) * answers
        self.granted = np.array([float(o.granted_units) for o in problem.options])
        self._person_weight = problem.nodes.person_weight

    @property
    def ceiling(self) -> float:
        """Most that any schedule could bring: every account, or every person, counts."""
        weight = self.measure.weight
        if self.measure.combination == "people":
            return float((weight[:, None] * self.problem.cells.people).sum())
        return float(weight.sum()) * self.measure.most_share

    def value(self, units: Array) -> float:
        """Give what a schedule brings, in the unit of the measure.

        Args:
            units: Units bought of each venue, beside those granted; broken numbers are allowed.
        """
        return self.add_up(self.person_miss(units))

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give what a schedule brings and what one more unit of each venue would add."""
        standing = self.stand(units)
        means = (units + self.granted) * self.mean_per_unit
        slopes = nbd_count_slopes(means, shape=FREQUENCY_SHAPE, n_counts=self._n_counts)
        return standing.value, (standing.count_slopes * slopes).sum(axis=0) * self.mean_per_unit

    def stand(self, units: Array) -> Standing:
        """Give the schedule's standing, from which changes are judged quickly."""
        shares = self._shares(units)
        counts = self._kinds.counts(shares)
        value, slope = self._combine(counts)
        count_slopes = self._kinds.count_slopes(
            counts, shares, slope=slope, count_weight=self._count_weight
        )
        return Standing(counts, shares, value, count_slopes)

    def value_after(self, standing: Standing, changes: Mapping[int, int]) -> float:
        """Give what the schedule brings once some venues have other units.

        Args:
            standing: The schedule as it stands.
            changes: New units by index of the venue.
        """
        counts = standing.counts
        for venue, units in changes.items():
            mean = np.array((units + self.granted[venue]) * self.mean_per_unit[venue])
            share = nbd_count_shares(mean, shape=FREQUENCY_SHAPE, n_counts=self._n_counts)
            old = standing.shares[:, venue]
            counts = self._kinds.replaced(counts, venue, old=old, new=share)
        return self.add_up(self._miss(counts))

    def promises(
        self, standing: Standing, *, venue: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Array:
        """Give what new units of single venues would add, exact to first order.

        Args:
            standing: The schedule as it stands.
            venue: Venue of each move.
            units: Its new units.
        """
        shares = nbd_count_shares(
            (units + self.granted[venue]) * self.mean_per_unit[venue],
            shape=FREQUENCY_SHAPE,
            n_counts=len(standing.shares),
        )
        moved = shares - standing.shares[:, venue]
        return np.asarray((standing.count_slopes[:, venue] * moved).sum(axis=0))

    def person_miss(self, units: Array) -> Array:
        """Chance that a person does not count, by profile, role and account appetite."""
        return self._miss(self._kinds.counts(self._shares(units)))

    @property
    def _n_counts(self) -> int:
        return self.measure.exposures_needed

    def _shares(self, units: Array) -> Array:
        means = (units + self.granted) * self.mean_per_unit
        return nbd_count_shares(means, shape=FREQUENCY_SHAPE, n_counts=self._n_counts)

    def _miss(self, counts: Array) -> Array:
        missed = self._kinds.by_profile(np.einsum("f,fs->s", self._count_weight, counts))
        by_node = missed.reshape(*missed.shape[:2], -1, len(self._person_weight))
        return np.asarray(np.einsum("prab,b->pra", by_node, self._person_weight))

    def _combine(self, counts: Array) -> tuple[float, Array]:
        value, slope = self._combine_misses(self._miss(counts))
        by_node = (slope[..., None] * self._person_weight).reshape(*slope.shape[:2], -1)
        return value, self._kinds.laid_out(by_node)

    def add_up(self, miss: Array) -> float:
        """Give the value alone: most schedules are tried and dropped.

        Args:
            miss: What `person_miss` gives.
        """
        if not self._is_plain:
            return self._combine_misses(miss)[0]
        return add_up_misses(
            miss,
            self.problem.cells,
            measure=self.measure,
            role_levels=self.problem.role_levels,
            account_weight=self.problem.nodes.account_weight,
        )

    def _committees(self, miss: Array) -> tuple[float, Array]:
        return combine_misses(
            miss,
            self.problem.cells,
            measure=self.measure,
            role_levels=self.problem.role_levels,
            account_weight=self.problem.nodes.account_weight,
        )
