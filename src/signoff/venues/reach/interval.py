"""How far a reach may be off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from signoff.results import Estimate
from signoff.stats.audience_model import AudienceModel
from signoff.stats.reach import Array
from signoff.venues.reach.schedule import ReachSchedule

__all__ = ["ReachSpread", "assumed_tails", "model_error", "tails_of"]

Z90 = 1.6448536269514722
# Against audiences of eleven families that are not fitted (benchmarks/bench_reach.py), these parts
# of what duplication takes away and of what insertions after the second add make about nine in
# ten intervals hold the truth.
DUPLICATION_ERROR, LATER_ERROR, LEAST_ERROR = 0.05, 0.2, 0.002
BETWEEN_ERROR = 0.25
"""Between two known numbers of insertions this part of the later error is left."""


@dataclass(frozen=True, eq=False)
class ReachSpread:
    """What a schedule may reach, by everything that is not known.

    Attributes:
        at_least: Share of people with at least 0, 1, 2 … exposures.
        tails: The same in each version of the model: shape (versions, counts).
        weight: Weight of each version.
        assumed: The same under other assumptions, by twos: low and high.
        model_error: Standard error of the model.
        n_respondents: People asked; None: not known.
        bounds: Least and most net reach.
    """

    at_least: Array
    tails: Array
    weight: Array
    assumed: Sequence[tuple[Array, Array]]
    model_error: float
    n_respondents: int | None
    bounds: tuple[float, float]

    def estimate(self, least: int) -> Estimate:
        """Give the share of people with at least so many exposures, with a 90 % interval.

        Args:
            least: Exposures, 1 or more; more than there can be are had by nobody.
        """
        if least >= len(self.at_least):
            return Estimate(0.0, 0.0, 0.0)
        value = float(self.at_least[least])
        tails = self.tails[:, least]
        usual = float(self.weight @ tails)
        both_sides = (
            Z90 * float(np.sqrt(self.weight @ (tails - usual) ** 2)),
            Z90 * self.model_error,
        )
        below, above = list(both_sides), list(both_sides)
        for pair in self.assumed:
            ends = [float(one[least]) for one in pair]
            below.append(max(usual - min(ends), 0.0))
            above.append(max(max(ends) - usual, 0.0))
        # the bounds hold for the figures given; chance in these figures may leave them
        floor, ceiling = self.bounds if least == 1 else (0.0, self.bounds[1])
        down = min(float(np.sqrt(np.sum(np.square(below)))), value - floor)
        up = min(float(np.sqrt(np.sum(np.square(above)))), ceiling - value)
        chance = self._chance(value)
        low, high = value - np.hypot(down, chance), value + np.hypot(up, chance)
        return Estimate(value, max(float(low), 0.0), min(float(high), 1.0))

    def _chance(self, share: float) -> float:
        if self.n_respondents is None:
            return 0.0
        return Z90 * float(np.sqrt(share * (1 - share) / self.n_respondents))


def model_error(
    schedule: ReachSchedule, own: Array, *, second: Array, net: float, independence: float
) -> float:
    """Give the standard error of the model where reaches and duplications are known.

    Args:
        schedule: Venues and insertions.
        own: Reach of each venue's insertions.
        second: Reach of two insertions of each.
        net: Net reach.
        independence: Net reach by Sainsbury.

    Source: fitted to the errors that benchmarks/bench_reach.py prints.
    """
    known = second.copy()
    for venue, n_insertions, share in sorted(schedule.later):
        if n_insertions <= schedule.count[venue]:
            known[venue] = share
        else:
            known[venue] += (1 - BETWEEN_ERROR) * (own[venue] - known[venue])
    later = np.where(schedule.count > 2, np.maximum(own - known, 0.0), 0.0).sum()
    later_share = later / own.sum() if own.sum() > 0 else 0.0
    parts = (
        DUPLICATION_ERROR * abs(independence - net),
        LATER_ERROR * later_share * net,
        LEAST_ERROR * net if len(own) > 1 else 0.0,
    )
    return float(np.sqrt(np.sum(np.square(parts))))


def tails_of(counts: Array) -> Array:
    """Give the share with at least 0, 1, 2 … from the shares with exactly so many.

    Args:
        counts: Shares along the last axis.

    >>> tails_of(np.array([0.5, 0.3, 0.2]))
    array([1. , 0.5, 0.2])
    """
    return np.asarray(counts[..., ::-1].cumsum(axis=-1)[..., ::-1])


def assumed_tails(
    models: Sequence[AudienceModel], schedule: ReachSchedule
) -> list[tuple[Array, Array]]:
    """Give what the schedule reaches under other assumptions, by twos.

    Args:
        models: Audiences fitted under a low and a high assumption, one after the other.
        schedule: Venues and insertions.
    """
    found = [
        tails_of(model.weight @ model.count_shares(schedule.count, n_counts=schedule.n_counts))
        for model in models
    ]
    return list(zip(found[::2], found[1::2], strict=True))
