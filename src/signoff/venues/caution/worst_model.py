"""Judges schedules by the mean over their worst draws, in the place of what judges by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.stats.worst_draws import worst_mean, worst_weights
from signoff.venues.solver.objective import ResultModel, Standing
from signoff.venues.solver.problem import PlanProblem

__all__ = ["WorstModel"]

_NEAR_FACTOR, _NEAR_MORE = 1.25, 4


@dataclass(frozen=True, eq=False)
class _WorstStanding(Standing):
    """Where a schedule stands in the draws that are worst for it.

    Attributes:
        draws: Places of the draws in which changes of it are judged, the worst first.
        weights: Their weights in the mean; 0 for those next to the worst.
        parts: Its standing in each of them.
    """

    draws: tuple[int, ...]
    weights: Array
    parts: tuple[Standing, ...]


class WorstModel(ResultModel):
    """Judges schedules of one problem by the mean over the worst share of draws.

    Args:
        problem: The problem at the best single values.
        drawn: The same as each draw has it.
        share: Share of the draws, above 0, to 1.
    """

    def __init__(self, problem: PlanProblem, drawn: Sequence[PlanProblem], *, share: float) -> None:
        super().__init__(problem)
        self._drawn = [ResultModel(each) for each in drawn]
        self._share = share

    def value(self, units: Array) -> float:
        """Give the mean over the draws that are worst for a schedule.

        Args:
            units: Units bought of each venue, beside those granted; broken numbers are allowed.
        """
        return worst_mean(self.by_draw(units), share=self._share)

    def by_draw(self, units: Array) -> Array:
        """Give what a schedule brings in each draw."""
        return np.array([model.value(units) for model in self._drawn])

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give the mean over the worst draws and what one more unit of each venue would add."""
        results = self.by_draw(units)
        weights = worst_weights(results, share=self._share)
        slopes = np.zeros(len(units))
        for d in np.flatnonzero(weights):
            slopes += weights[d] * self._drawn[d].gradient(units)[1]
        return float(weights @ results), slopes

    def stand(self, units: Array) -> Standing:
        """Give the schedule's standing in its worst draws, and in those next to them."""
        results = self.by_draw(units)
        weights = worst_weights(results, share=self._share)
        n_worst = int((weights > 0).sum())
        n_near = min(int(n_worst * _NEAR_FACTOR) + _NEAR_MORE, len(results))
        draws = np.argsort(results, kind="stable")[:n_near]
        nothing = np.empty((0, 0))
        return _WorstStanding(
            nothing,
            nothing,
            float(weights @ results),
            nothing,
            tuple(draws.tolist()),
            weights[draws],
            tuple(self._drawn[d].stand(units) for d in draws),
        )

    def value_after(self, standing: Standing, changes: Mapping[int, int]) -> float:
        """Give what the schedule brings once some venues have other units, or a little more.

        A mean over the draws that were the worst is never below that over those that are then the
        worst. Where it shows no gain there is none; else the draws next to them are looked at too.

        Args:
            standing: The schedule as it stands.
            changes: New units by index of the venue.
        """
        assert isinstance(standing, _WorstStanding)  # noqa: S101 - what `stand` of this class gives
        n_worst = int((standing.weights > 0).sum())
        results = np.array([self._after(standing, i, changes) for i in range(n_worst)])
        first = float(standing.weights[:n_worst] @ results)
        if first <= standing.value or n_worst == len(standing.draws):
            return first
        rest = [self._after(standing, i, changes) for i in range(n_worst, len(standing.draws))]
        near = np.concatenate([results, rest])
        share = max(self._share * len(self._drawn), 1.0) / len(near)
        return worst_mean(near, share=min(share, 1.0))

    def promises(
        self, standing: Standing, *, venue: NDArray[np.int64], units: NDArray[np.int64]
    ) -> Array:
        """Give what new units of single venues would add in the worst draws, to first order."""
        assert isinstance(standing, _WorstStanding)  # noqa: S101 - what `stand` of this class gives
        total = np.zeros(len(venue))
        for d, weight, part in zip(standing.draws, standing.weights, standing.parts, strict=True):
            if weight > 0:
                total += weight * self._drawn[d].promises(part, venue=venue, units=units)
        return total

    def _after(self, standing: _WorstStanding, i: int, changes: Mapping[int, int]) -> float:
        return self._drawn[standing.draws[i]].value_after(standing.parts[i], changes)
