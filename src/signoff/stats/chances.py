"""How people differ in their chance of meeting one insertion, and how two venues' chances go along.

A chance is written as a rising function of a standard normal number on a fixed grid, so that
chances of several venues can be tied by correlated normals (a Gaussian copula).
"""

from typing import Literal

import numpy as np

from signoff.stats.reach import Array

__all__ = ["GRID", "Spread", "chance_quantiles", "normal_correlations"]

Spread = Literal["beta", "lognormal", "heavy"]
"""Beta: many never and some always, as readership surveys show. Lognormal: rates of meeting an
insertion that differ by factors, so that rare readers add up. Heavy: log rates with longer tails,
so that a few always do and many more hardly ever."""

GRID = np.linspace(-8.0, 8.0, 801)
_MASS = np.exp(-(GRID**2) / 2) / np.exp(-(GRID**2) / 2).sum()
_COARSE = np.linspace(-7.0, 7.0, 141)
_COARSE_MASS = np.exp(-(_COARSE**2) / 2) / np.exp(-(_COARSE**2) / 2).sum()
_TAIL = 0.1
_N_TERMS = 64
_CLOSEST = 0.97


def chance_quantiles(mean: Array, *, tie: Array, spread: Spread) -> Array:
    """Chance of meeting one insertion, for people from the least to the most likely.

    Args:
        mean: Mean chance of each venue: the reach of one insertion, above 0 and below 1.
        tie: Correlation of two insertions (`chance_correlation`), above 0 and below 1.
        spread: Family of the distribution.

    Returns:
        A row for each venue: chances at the normal numbers of `GRID`.

    Source: beta-binomial (Metheringham 1964); lognormal rates with Poisson meetings (Bulmer 1974);
    heavy tails by the h transform (Tukey 1977) with h = .1.

    >>> table = chance_quantiles(np.array([0.2]), tie=np.array([0.5]), spread="beta")
    >>> [round(float(chance), 4) for chance in table[0, [300, 400, 500]]]
    [0.0, 0.0433, 0.947]
    """
    if spread == "beta":
        return _beta_quantiles(mean, tie)
    tail = _TAIL if spread == "heavy" else 0.0
    location, width = _rate_parameters(mean, tie * mean * (1 - mean) + mean**2, tail=tail)
    return _met(location[:, None] + width[:, None] * _tailed(GRID, tail))


def normal_correlations(quantiles: Array, *, covariance: Array) -> Array:
    """Correlations of normals that give the chances of each two venues their covariance.

    Args:
        quantiles: Chances at `GRID`, a row for each venue.
        covariance: Square matrix of covariances of chances; its diagonal is not used.

    Returns:
        Square matrix with 1 on its diagonal; at most 0.97 where the covariance is out of reach. It
        need not be positive definite.

    Source: Mehler (1866): the covariance is a power series in the correlation, with the products
    of the two functions' Hermite coefficients.

    >>> flat = np.vstack([GRID, GRID])
    >>> normal_correlations(flat, covariance=np.full((2, 2), 0.5)).round(3)
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    coefficients = quantiles @ _hermite().T
    i, j = np.triu_indices(len(quantiles), 1)
    series = coefficients[i] * coefficients[j]
    target = covariance[i, j]
    low, high = np.full(len(i), -_CLOSEST), np.full(len(i), _CLOSEST)
    for _ in range(30):
        middle = (low + high) / 2
        value = np.zeros(len(i))
        for term in range(_N_TERMS - 1, 0, -1):
            value = (value + series[:, term]) * middle
        too_low = value < target
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    found = np.eye(len(quantiles))
    found[i, j] = found[j, i] = (low + high) / 2
    return found


def _beta_quantiles(mean: Array, tie: Array) -> Array:
    from scipy import special

    total = 1 / tie - 1
    alpha, beta = mean * total, (1 - mean) * total
    found = special.betaincinv(alpha[:, None], beta[:, None], special.ndtr(GRID))
    return np.asarray(np.maximum.accumulate(np.nan_to_num(found), axis=1))


def _rate_parameters(mean: Array, second: Array, *, tail: float) -> tuple[Array, Array]:
    """Give location and width of the log rates that have these first two moments of chances."""
    coarse = _tailed(_COARSE, tail)
    low, high = np.full(mean.shape, -4.0), np.full(mean.shape, 3.7)
    for _ in range(22):
        middle = (low + high) / 2
        width = np.exp(middle)
        chance = _met(_location(mean, width, coarse)[:, None] + width[:, None] * coarse)
        too_low = chance**2 @ _COARSE_MASS < second
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    width = np.exp((low + high) / 2)
    return _location(mean, width, coarse), width


def _location(mean: Array, width: Array, coarse: Array) -> Array:
    low, high = -60.0 - 40 * width, 20.0 + 10 * width
    for _ in range(36):
        middle = (low + high) / 2
        too_low = _met(middle[:, None] + width[:, None] * coarse) @ _COARSE_MASS < mean
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
    return np.asarray((low + high) / 2)


def _tailed(normal: Array, tail: float) -> Array:
    return np.asarray(normal * np.exp(tail * normal**2 / 2))


def _met(log_rate: Array) -> Array:
    return np.asarray(-np.expm1(-np.exp(np.minimum(log_rate, 40.0))))


def _hermite() -> Array:
    """Give normalised Hermite polynomials at the grid, times the normal mass."""
    rows = [np.ones_like(GRID), GRID.copy()]
    for term in range(2, _N_TERMS):
        rows.append((GRID * rows[-1] - np.sqrt(term - 1) * rows[-2]) / np.sqrt(term))
    return np.asarray(np.array(rows) * _MASS)
