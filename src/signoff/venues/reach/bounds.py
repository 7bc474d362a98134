"""Bounds on net reach that no assumption touches."""

from itertools import combinations

import numpy as np

from signoff.stats.duplication import duplication_range, union_range
from signoff.stats.union_bounds import insertion_bounds
from signoff.venues.reach.schedule import ReachSchedule

__all__ = ["schedule_bounds"]

MOST_EXACT = 10


def schedule_bounds(schedule: ReachSchedule) -> tuple[float, float]:
    """Give the least and the most net reach whatever is assumed: only what was measured counts.

    Args:
        schedule: Venues, insertions and measured duplications.

    >>> from signoff.venues.reach.lines import ReachVenue
    >>> from signoff.venues.reach.schedule import make_schedule
    >>> two = [ReachVenue("A", 0.4), ReachVenue("B", 0.3)]
    >>> [round(end, 3) for end in schedule_bounds(make_schedule(two, {}))]
    [0.4, 0.7]
    """
    size = len(schedule.lines)
    least, most = np.zeros((size, size)), np.zeros((size, size))
    for i, j in combinations(range(size), 2):
        known = schedule.pairs.get((i, j))
        low, high = duplication_range(schedule.first[i], schedule.first[j])
        least[i, j] = least[j, i] = low if known is None else known
        most[i, j] = most[j, i] = high if known is None else known
    twice = 2 * schedule.first - schedule.known_second
    np.fill_diagonal(least, np.where(np.isnan(twice), schedule.first**2, twice))
    np.fill_diagonal(most, np.where(np.isnan(twice), schedule.first, twice))
    low, high = insertion_bounds(
        schedule.first, n_insertions=schedule.count, least_both=least, most_both=most
    )
    bought = np.flatnonzero(schedule.count > 0).tolist()
    if 1 < len(bought) <= MOST_EXACT:
        place = {venue: k for k, venue in enumerate(bought)}
        pairs = {
            (place[i], place[j]): share
            for (i, j), share in schedule.pairs.items()
            if i in place and j in place
        }
        one_low, one_high = union_range(schedule.first[bought].tolist(), pairs)
        low = max(low, one_low)
        high = min(high, one_high) if schedule.count.max() == 1 else high
    return low, max(low, high)
