"""How often each person meets several insertions of one venue, from the reach of one and of two."""

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = [
    "beta_binomial_count_shares",
    "chance_correlation",
    "later_reach_range",
    "second_from_later",
    "second_reach_range",
]

_SHARPEST = 1e-9


def second_reach_range(first_share: float) -> tuple[float, float]:
    """What two insertions of a venue can reach, given what one reaches.

    Args:
        first_share: Share reached by one insertion, 0 to 1.

    Returns:
        From the same people again to whoever comes by chance.

    >>> second_reach_range(0.5)
    (0.5, 0.75)
    """
    return first_share, 1.0 - (1.0 - first_share) ** 2


def chance_correlation(first_share: Array, *, second_share: Array) -> Array:
    """How much who met one insertion is the one who meets the next: 0 by chance, 1 always.

    Args:
        first_share: Share reached by one insertion, above 0 and below 1, any shape.
        second_share: Share reached by two, within `second_reach_range`.

    Returns:
        Correlation of two insertions, 0 to 1: 1 / (alpha + beta + 1) of the beta-binomial.

    Source: moments of the beta-binomial (Metheringham 1964).

    >>> round(float(chance_correlation(np.array(0.5), second_share=np.array(0.625))), 6)
    0.5
    """
    first = np.asarray(first_share, dtype=np.float64)
    return np.asarray(1.0 - (second_share - first) / (first * (1.0 - first)))


def beta_binomial_count_shares(
    first_share: float, *, second_share: float, n_insertions: int
) -> Array:
    """Share of people who meet 0, 1, 2 … of several insertions in one venue.

    Args:
        first_share: Share reached by one insertion, above 0 and below 1.
        second_share: Share reached by two, from `first_share` to independence.
        n_insertions: Insertions, 0 or more.

    Returns:
        n_insertions + 1 shares that sum to 1.

    Raises:
        ModelError: the two shares fit no beta-binomial.

    Source: Metheringham (1964); Danaher (1991) for its use within one vehicle. At its two ends it
    is the binomial (everybody alike) and all or nothing (always the same people).

    >>> beta_binomial_count_shares(0.5, second_share=0.625, n_insertions=2)
    array([0.375, 0.25 , 0.375])
    """
    from scipy import special

    low, high = second_reach_range(first_share)
    if not 0 < first_share < 1 or not low <= second_share <= high + 1e-12 or n_insertions < 0:
        raise ModelError(
            what=f"one insertion reaches {first_share}, two reach {second_share}",
            why="two insertions reach no fewer than one, and at most what independence gives",
            fix="give the reach of one and of two insertions of the same venue as shares",
        )
    count = np.arange(n_insertions + 1.0)
    ways = special.gammaln(n_insertions + 1) - special.gammaln(count + 1)
    ways -= special.gammaln(n_insertions - count + 1)
    tie = 1.0 - (second_share - first_share) / (first_share * (1.0 - first_share))
    if tie < _SHARPEST:
        logs = count * np.log(first_share) + (n_insertions - count) * np.log1p(-first_share)
        return np.asarray(np.exp(ways + logs))
    if tie > 1 - _SHARPEST:
        shares = np.zeros(n_insertions + 1)
        shares[-1] = first_share
        shares[0] += 1 - first_share
        return shares if n_insertions else np.ones(1)
    total = 1 / tie - 1
    alpha, beta = first_share * total, (1 - first_share) * total
    logs = special.betaln(count + alpha, n_insertions - count + beta) - special.betaln(alpha, beta)
    return np.asarray(np.exp(ways + logs))


def later_reach_range(
    first_share: float, *, second_share: float | None, n_insertions: int
) -> tuple[float, float]:
    """What several insertions of a venue can reach, given what one and two reach.

    Args:
        first_share: Share reached by one insertion, 0 to 1.
        second_share: Share reached by two, within `second_reach_range`; None: not known.
        n_insertions: Insertions, 2 or more.

    Returns:
        Sharp bounds: least where some never meet it and the others are all alike, most where some
        always do and the others are all alike.

    Source: principal representations of the first two moments of chances (Karlin and Studden 1966).

    >>> low, high = later_reach_range(0.5, second_share=0.625, n_insertions=8)
    >>> round(low, 3), round(high, 3)
    (0.667, 0.933)
    """
    low, high = second_reach_range(first_share)
    alone = first_share, 1.0 - (1.0 - first_share) ** n_insertions
    if second_share is None or not 0 < first_share < 1 or not low < second_share < high:
        return (low if second_share is None else second_share), alone[1]
    moment = 2 * first_share - second_share
    often = moment / first_share
    least = first_share / often * (1.0 - (1.0 - often) ** n_insertions)
    seldom = (first_share - moment) / (1.0 - first_share)
    always = (first_share - seldom) / (1.0 - seldom)
    return least, 1.0 - (1.0 - always) * (1.0 - seldom) ** n_insertions


def second_from_later(first_share: float, *, n_insertions: int, later_share: float) -> float:
    """Reach of two insertions that goes with that of several, by the beta-binomial.

    Args:
        first_share: Share reached by one insertion, above 0 and below 1.
        n_insertions: Insertions, 3 or more.
        later_share: Share that so many reach, from `first_share` to independence.

    >>> round(second_from_later(0.5, n_insertions=8, later_share=0.803619), 4)
    0.625
    """
    low, high = second_reach_range(first_share)
    for _ in range(50):
        middle = (low + high) / 2
        counts = beta_binomial_count_shares(
            first_share, second_share=middle, n_insertions=n_insertions
        )
        too_low = 1.0 - counts[0] < later_share
        low, high = (middle, high) if too_low else (low, middle)
    return (low + high) / 2
