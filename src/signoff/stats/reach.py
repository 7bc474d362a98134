"""Exposures as the negative binomial gives them, and reach as if venues were independent."""

import numpy as np
from numpy.typing import NDArray

from signoff.errors import ModelError

__all__ = [
    "Array",
    "nbd_count_shares",
    "nbd_count_slopes",
    "nbd_reach_share",
    "sainsbury_reach_share",
]

Array = NDArray[np.float64]


def nbd_count_shares(mean: Array, *, shape: float, n_counts: int) -> Array:
    """Share of people with 0, 1, 2 … exposures, when exposures are negative binomial.

    Args:
        mean: Mean exposures per person, 0 or more, any shape.
        shape: Shape of the gamma that makes people differ, above 0; large: Poisson.
        n_counts: How many counts, from 0 on.

    Returns:
        Shape of `mean` with one more axis of length `n_counts` in front.

    Raises:
        ModelError: a mean below 0, or a shape not above 0.

    Source: Ehrenberg (1959), the negative binomial distribution of purchases and exposures.

    >>> nbd_count_shares(np.array([1.0]), shape=1.0, n_counts=3).ravel()
    array([0.5  , 0.25 , 0.125])
    """
    means = _checked_mean(mean, shape)
    shares = np.empty((n_counts, *means.shape))
    shares[0] = (1.0 + means / shape) ** -shape
    odds = means / (shape + means)
    for count in range(1, n_counts):
        shares[count] = shares[count - 1] * odds * (shape + count - 1) / count
    return shares


def nbd_count_slopes(mean: Array, *, shape: float, n_counts: int) -> Array:
    """How the shares of `nbd_count_shares` change with the mean.

    Args:
        mean: Mean exposures per person, 0 or more, any shape.
        shape: Shape of the gamma, above 0.
        n_counts: How many counts, from 0 on.

    Returns:
        Derivatives by the mean, shaped as `nbd_count_shares`.

    Source: a Poisson share falls by itself and gains the one below; weighing by the gamma turns
    shape k into k + 1.

    >>> nbd_count_slopes(np.array([0.0]), shape=2.0, n_counts=2).ravel()
    array([-1.,  1.])
    """
    means = _checked_mean(mean, shape)
    biased = nbd_count_shares(means * (shape + 1) / shape, shape=shape + 1, n_counts=n_counts)
    slopes = -biased
    slopes[1:] += biased[:-1]
    return slopes


def nbd_reach_share(mean: Array, *, shape: float, exposures_needed: int = 1) -> Array:
    """Share of people with at least so many exposures, negative binomial.

    Args:
        mean: Mean exposures per person, 0 or more, any shape.
        shape: Shape of the gamma, above 0.
        exposures_needed: Fewest exposures that count, 1 or more.

    Returns:
        Shares from 0 to 1, shaped as `mean`.

    Raises:
        ModelError: a mean below 0, a shape not above 0, or no exposure needed.

    Source: Ehrenberg (1959).

    >>> round(float(nbd_reach_share(np.array(1.5), shape=2.0)), 6)
    0.673469
    """
    if exposures_needed < 1:
        raise ModelError(
            what=f"{exposures_needed} exposures are needed",
            why="without any exposure everybody would count as reached",
            fix="ask for 1 exposure or more",
        )
    counts = nbd_count_shares(mean, shape=shape, n_counts=exposures_needed)
    return np.asarray(np.clip(1.0 - counts.sum(axis=0), 0.0, 1.0))


def sainsbury_reach_share(shares: Array) -> float:
    """Net reach of several venues if who sees one said nothing about who sees another.

    Args:
        shares: Reach of each venue, 0 to 1.

    Returns:
        Net reach: the baseline that every model of duplication should beat.

    Source: Sainsbury's formula (London Press Exchange, 1950s).

    >>> sainsbury_reach_share(np.array([0.5, 0.5]))
    0.75
    """
    return float(1.0 - np.prod(1.0 - np.asarray(shares, dtype=np.float64)))


def _checked_mean(mean: Array, shape: float) -> Array:
    means = np.asarray(mean, dtype=np.float64)
    if not shape > 0 or not np.all(means >= 0):
        raise ModelError(
            what=f"mean exposures from {means.min(initial=0.0)}, shape {shape}",
            why="exposures are counts: their mean is 0 or more, and their shape above 0",
            fix="give mean exposures per person and a shape such as 2",
        )
    return means
