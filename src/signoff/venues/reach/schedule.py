"""A schedule of venues as arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from signoff.stats.frequency import second_from_later
from signoff.stats.reach import Array
from signoff.venues.reach.lines import ReachVenue

__all__ = ["MOST_COUNTS", "ReachSchedule", "make_schedule"]

MOST_COUNTS = 101
"""Exposures are told apart up to one less than this."""
SMALLEST, LARGEST = 1e-6, 1 - 1e-4


@dataclass(frozen=True, eq=False)
class ReachSchedule:
    """Venues as arrays, in the order of their names, so that the order of a file is no matter.

    Attributes:
        lines: The venues.
        pairs: Measured duplications by place, the lower first.
        first: Reach of one insertion, above 0 and below 1.
        known_second: Reach of two; NaN where neither it nor that of more was measured.
        count: Insertions.
        later: Place of a venue, number of insertions and the share that so many reach, where known.
    """

    lines: tuple[ReachVenue, ...]
    pairs: Mapping[tuple[int, int], float]
    first: Array
    known_second: Array
    count: Array
    later: tuple[tuple[int, int, float], ...] = ()

    @property
    def n_counts(self) -> int:
        """How many counts of exposures are told apart, none included."""
        return int(min(max(self.count.sum(), 1) + 1, MOST_COUNTS))

    @property
    def misses_pairs(self) -> bool:
        """Whether a duplication of two venues that are bought was not measured."""
        bought = np.flatnonzero(self.count > 0).tolist()
        return any(pair not in self.pairs for pair in combinations(bought, 2))

    @property
    def misses_second(self) -> bool:
        """Whether several insertions are bought where the reach of two was not measured."""
        return bool((np.isnan(self.known_second) & (self.count > 1)).any())

    @property
    def n_respondents(self) -> int | None:
        """Fewest people asked about any venue; None: not known."""
        return min((line.n_respondents for line in self.lines if line.n_respondents), default=None)


def make_schedule(
    lines: Sequence[ReachVenue], pairs: Mapping[tuple[int, int], float]
) -> ReachSchedule:
    """Put venues into arrays.

    Args:
        lines: Venues in the order of the places of `pairs`.
        pairs: Measured duplications by place.

    >>> make_schedule([ReachVenue("A", 0.2, n_insertions=3)], {}).n_counts
    4
    """
    second = [_second(line) for line in lines]
    first = np.array([line.reach_share for line in lines])
    return ReachSchedule(
        tuple(lines),
        pairs,
        np.clip(first, SMALLEST, LARGEST),
        np.array(second),
        np.array([line.n_insertions for line in lines], dtype=np.int64),
        tuple(
            (place, n_insertions, share)
            for place, line in enumerate(lines)
            for n_insertions, share in line.later_reach_shares
        ),
    )


def _second(line: ReachVenue) -> float:
    if line.second_reach_share is not None:
        return line.second_reach_share
    if not line.later_reach_shares or not SMALLEST < line.reach_share < LARGEST:
        return np.nan
    n_insertions, share = line.later_reach_shares[0]
    return second_from_later(line.reach_share, n_insertions=n_insertions, later_share=share)
