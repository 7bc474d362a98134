"""Reach of several people whose exposures are Poisson."""

import numpy as np

from signoff.errors import ModelError
from signoff.stats.reach import Array

__all__ = ["poisson_reach_share", "poisson_reach_slope"]


def poisson_reach_share(exposed: Array, *, people: Array, exposures_needed: int = 1) -> Array:
    """Chance that at least one of some people has at least so many exposures.

    Args:
        exposed: Mean exposures of each person, 0 or more, any shape.
        people: People, 0 or more, shaped to go with `exposed`; they are independent.
        exposures_needed: Fewest exposures that count, 1 or more.

    Returns:
        Chances from 0 to 1.

    Raises:
        ModelError: no exposure is needed.

    Source: counts of rare independent meetings (Poisson); independent people multiply their misses.

    >>> round(float(poisson_reach_share(np.array(0.5), people=np.array(2.0))), 6)
    0.632121
    """
    _check(exposures_needed)
    if exposures_needed == 1:
        return np.asarray(-np.expm1(-exposed * people))
    return np.asarray(-np.expm1(people * np.log1p(-_enough(exposed, exposures_needed))))


def poisson_reach_slope(exposed: Array, *, people: Array, exposures_needed: int = 1) -> Array:
    """How the chance of `poisson_reach_share` changes with the mean exposures of each person.

    Args:
        exposed: As there.
        people: As there.
        exposures_needed: As there.

    Returns:
        Derivatives, 0 or more.

    >>> poisson_reach_slope(np.array(0.0), people=np.array(3.0))
    array(3.)
    """
    _check(exposures_needed)
    if exposures_needed == 1:
        return np.asarray(people * np.exp(-exposed * people))
    from scipy.special import gammaln

    with np.errstate(divide="ignore", invalid="ignore"):
        log_density = (exposures_needed - 1) * np.log(exposed) - exposed - gammaln(exposures_needed)
        missed = (people - 1) * np.log1p(-_enough(exposed, exposures_needed))
    return np.where(people > 0, people * np.exp(log_density + missed), 0.0)


def _enough(exposed: Array, exposures_needed: int) -> Array:
    """Give the chance of one person, below 1 so that its logarithm stays finite."""
    from scipy.special import gammainc

    return np.minimum(gammainc(exposures_needed, exposed), 1.0 - 1e-16)


def _check(exposures_needed: int) -> None:
    if exposures_needed < 1:
        raise ModelError(
            what=f"{exposures_needed} exposures are needed",
            why="without any exposure everybody would count as reached",
            fix="ask for 1 exposure or more",
        )
