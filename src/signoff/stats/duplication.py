"""What duplications can be: of a pair beside two reaches, and of many pairs beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = ["Pair", "conflicting_pairs", "duplication_range", "union_range"]

Pair = tuple[int, int]
ROUNDING = 5e-5
"""Published shares have four decimals: so much may each be off before pairs are contradictions."""
MOST_VENUES = 12


def duplication_range(first_share: float, second_share: float) -> tuple[float, float]:
    """Least and most people who can be in both of two audiences.

    Args:
        first_share: Reach of the one, 0 to 1.
        second_share: Reach of the other.

    Returns:
        Shares from 0 to 1.

    Source: Fréchet (1951).

    >>> duplication_range(0.5, 0.75)
    (0.25, 0.5)
    """
    return max(0.0, first_share + second_share - 1.0), min(first_share, second_share)


def conflicting_pairs(
    reach_shares: Sequence[float], pairs: Mapping[Pair, float]
) -> tuple[Pair, ...]:
    """Smallest set of pairs that no audience can have together.

    Args:
        reach_shares: Reach of each venue, 0 to 1.
        pairs: Share of people in both audiences, by the two places in `reach_shares`. Each is
            within `duplication_range`.

    Returns:
        Pairs among as few venues as there are in any contradiction, and of these as few as
        contradict each other; nothing where all can be true. Of more than 12 venues only groups
        of three and four are looked at. Rounding to four decimals is no contradiction.

    Source: linear programmes over all combinations of audiences (Boole 1854, Hailperin 1965).

    >>> conflicting_pairs([0.5, 0.5, 0.5], {(0, 1): 0.0, (0, 2): 0.0, (1, 2): 0.0})
    ((0, 1), (0, 2), (1, 2))
    """
    venues = sorted({place for pair in pairs for place in pair})
    if len(pairs) < 3 or (len(venues) <= MOST_VENUES and _fits(reach_shares, pairs, venues)):
        return ()
    largest = len(venues) if len(venues) <= MOST_VENUES else 4
    for size in range(3, largest + 1):
        for group in combinations(venues, size):
            within = {pair: share for pair, share in pairs.items() if set(pair) <= set(group)}
            if len(within) >= size and not _fits(reach_shares, within, group):
                return tuple(sorted(_needed(reach_shares, within, group)))
    return ()


def union_range(reach_shares: Sequence[float], pairs: Mapping[Pair, float]) -> tuple[float, float]:
    """Least and most people in at least one audience, whatever else is true of them.

    Args:
        reach_shares: Reach of each of at most 12 venues, 0 to 1.
        pairs: Known shares of people in both of two audiences, by places.

    Returns:
        Sharp bounds, but for the rounding of shares: some audience attains each of them.

    Raises:
        ModelError: too many venues, or pairs that contradict each other.

    Source: linear programmes over all combinations of audiences (Hailperin 1965).

    >>> [round(end, 3) for end in union_range([0.5, 0.5, 0.5], {(0, 1): 0.25})]
    [0.75, 1.0]
    """
    if len(reach_shares) > MOST_VENUES:
        raise ModelError(
            what=f"{len(reach_shares)} venues",
            why=f"combinations of audiences double with each; {MOST_VENUES} are the most",
            fix="use the bounds from sums (insertion_bounds)",
        )
    venues = range(len(reach_shares))
    least, most = (_solve(reach_shares, pairs, venues, sign=sign) for sign in (1.0, -1.0))
    if least is None or most is None:
        raise ModelError(
            what="the duplications contradict each other",
            why="no audience has all of them",
            fix="look at conflicting_pairs",
        )
    return least, -most


def _needed(
    reach_shares: Sequence[float], pairs: Mapping[Pair, float], venues: Sequence[int]
) -> Iterator[Pair]:
    """Leave out every pair without which the others still contradict each other."""
    kept = dict(pairs)
    for pair in sorted(pairs):
        fewer = {other: share for other, share in kept.items() if other != pair}
        if not _fits(reach_shares, fewer, venues):
            kept = fewer
    yield from kept


def _fits(
    reach_shares: Sequence[float], pairs: Mapping[Pair, float], venues: Sequence[int]
) -> bool:
    return _solve(reach_shares, pairs, venues, sign=0.0) is not None


def _solve(
    reach_shares: Sequence[float],
    pairs: Mapping[Pair, float],
    venues: Sequence[int],
    *,
    sign: float,
) -> float | None:
    """Give the least (sign 1) or minus the most (sign -1) of the union; None: none is possible."""
    from scipy.optimize import linprog

    place = {venue: column for column, venue in enumerate(venues)}
    is_in = _combinations(len(place))
    rows = [is_in[:, place[venue]] for venue in venues]
    rows += [is_in[:, place[i]] * is_in[:, place[j]] for i, j in pairs]
    shares = np.array([*(reach_shares[venue] for venue in venues), *pairs.values()])
    matrix = np.array(rows)
    slack: Array = np.concatenate([shares + ROUNDING, ROUNDING - shares])
    union: Array = sign * is_in.max(axis=1)
    both_ways: Array = np.vstack([matrix, -matrix])
    everybody: Array = np.ones((1, len(is_in)))
    found = linprog(
        union, A_ub=both_ways, b_ub=slack, A_eq=everybody, b_eq=np.ones(1), method="highs"
    )
    return float(found.fun) if found.status == 0 and found.fun is not None else None


def _combinations(n_venues: int) -> Array:
    numbers = np.arange(2**n_venues)
    return ((numbers[:, None] >> np.arange(n_venues)) & 1).astype(np.float64)
