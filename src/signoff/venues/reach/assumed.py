"""What is assumed where the reach of two insertions or a duplication was not measured."""

from collections.abc import Mapping

import numpy as np

from signoff.stats.chances import chance_quantiles, normal_correlations
from signoff.stats.frailty import DEFAULT_SHAPE, fit_frailty_shape, frailty_duplication_share
from signoff.stats.frequency import chance_correlation
from signoff.stats.reach import Array

__all__ = ["NEW_SHARES", "SHAPES", "assumed_both", "assumed_second", "shape_range"]

NEW_SHARES = (0.15, 0.5, 0.93)
"""Of what a second insertion could add by chance, the part that it adds: low, usual, high. In 25
web sites (comScore 2003, in Kim 2005) the middle is .56, from .13 to .93; in 5 magazines (Lee 1988,
Cheong 2007) .39, from .35 to .44."""
SHAPES = (0.25, DEFAULT_SHAPE, 2.5)
"""Shapes of appetite where no pair at all was measured: low, usual, high."""

_Z90 = 1.645
_CLOSEST = 0.97
_LEAST_EIGENVALUE = 0.05
_MOST_STEPS = 40
_LOG_SPREAD = 0.35


def assumed_second(
    first_share: Array, *, known: Array, both_share: Array, new_share: float
) -> Array:
    """Give the reach of two insertions of each venue: measured, or assumed where it is not.

    Args:
        first_share: Reach of one insertion, above 0 and below 1.
        known: Measured reach of two; NaN where it is not known.
        both_share: Square matrix of duplications of one insertion each.
        new_share: Part of what a second insertion could add by chance that it adds, 0 to 1.

    Returns:
        Reach of two. Where duplications need it, who meets one insertion is more often taken to
        meet the next: as far as correlated chances can have all of them.

    >>> assumed_second(
    ...     np.array([0.5]), known=np.array([np.nan]), both_share=np.eye(1), new_share=0.5
    ... )
    array([0.625])
    """
    unknown = np.isnan(known)
    measured = chance_correlation(first_share, second_share=np.where(unknown, first_share, known))
    before = np.where(unknown, 1 - new_share, measured)
    tie = before.copy()
    covariance = both_share - np.outer(first_share, first_share)
    # what was measured may be off by chance and rounding, no more
    most = np.where(unknown, _CLOSEST, np.minimum(1.1 * before + 0.02, _CLOSEST))
    tried, least = tie, -np.inf
    for _ in range(_MOST_STEPS if len(tie) > 1 else 0):
        table = chance_quantiles(first_share, tie=np.clip(tried, 5e-4, _CLOSEST), spread="beta")
        values, vectors = np.linalg.eigh(normal_correlations(table, covariance=covariance))
        if values[0] < least + 1e-4:
            break
        tie, least = tried, float(values[0])
        if least > _LEAST_EIGENVALUE:
            break
        part = vectors[:, 0] ** 2 / (vectors[:, 0] ** 2).max()
        tried = np.minimum(tie + part * (0.3 * tie + np.where(unknown, 0.03, 0.005)), most)
        tried = np.maximum(tried, tie)
    room = first_share * (1 - first_share)
    found = first_share + (1 - tie) * room
    return np.asarray(np.where((tie == before) & ~unknown, known, found))


def shape_range(
    first_share: Array, pairs: Mapping[tuple[int, int], float]
) -> tuple[float, float, float]:
    """Give the shape of appetite for the pairs that were not measured: low, usual, high.

    Args:
        first_share: Reach of one insertion, above 0 and below 1.
        pairs: Measured duplications by place.

    Returns:
        Shapes: fitted to the measured pairs, with a 90 % interval from how they disagree; without
        any pair `SHAPES`.

    >>> shape_range(np.array([0.2, 0.3]), {})
    (0.25, 0.6, 2.5)
    """
    if not pairs:
        return SHAPES
    places = np.array(list(pairs))
    first, second = first_share[places[:, 0]], first_share[places[:, 1]]
    both = np.array(list(pairs.values()))
    shape = fit_frailty_shape(first, second, both_share=both)
    single = [
        np.log(fit_frailty_shape(first[k : k + 1], second[k : k + 1], both_share=both[k : k + 1]))
        for k in range(len(both))
    ]
    # what is assumed without any pair counts as one more
    spread = float(np.std([*single, np.log(DEFAULT_SHAPE)], mean=np.log(shape)))
    width = _Z90 * float(np.hypot(spread, _LOG_SPREAD))
    return shape * np.exp(-width), shape, shape * np.exp(width)


def assumed_both(
    first_share: Array, pairs: Mapping[tuple[int, int], float], *, shape: float
) -> Array:
    """Give the duplication of each two venues: measured, or by one appetite for all.

    Args:
        first_share: Reach of one insertion, above 0 and below 1.
        pairs: Measured duplications by place.
        shape: Shape of appetite, above 0.

    Returns:
        Square matrix; on its diagonal the reach of one insertion.

    >>> assumed_both(np.array([0.5, 0.5]), {}, shape=1.0).round(4)
    array([[0.5   , 0.3333],
           [0.3333, 0.5   ]])
    """
    found = frailty_duplication_share(first_share[:, None], first_share[None, :], shape=shape)
    for (i, j), share in pairs.items():
        found[i, j] = found[j, i] = share
    np.fill_diagonal(found, first_share)
    return found
