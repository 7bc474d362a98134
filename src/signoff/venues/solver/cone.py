"""The cone from the origin that touches the chance that several levels are all reached."""

import numpy as np

from signoff.stats.reach import Array

__all__ = ["cone_cut"]

_N_HALVINGS, _N_NEWTON = 12, 6


def cone_cut(u: Array) -> Array:
    """Slopes of the plane through the origin that touches product(1 - exp(-u)) from above.

    Args:
        u: Points, above 0, levels on the last axis.

    Returns:
        Slopes g with g . v >= product(1 - exp(-v)) for every v >= 0, least at v = u. With one level
        alone the plane touches at the origin.

    Source: along the ray t u the product over t is greatest where sum(t u / (exp(t u) - 1)) = 1,
    which has one root; the product is log-concave, so that point is the only one where it meets the
    plane.

    >>> g = cone_cut(np.array([1.0, 1.0]))
    >>> bool((g @ [1.2564, 1.2564]).round(3) == ((1 - np.exp(-1.2564)) ** 2).round(3))
    True
    """
    low, high = np.full(u.shape[:-1], -20.0), np.full(u.shape[:-1], 20.0)
    excess, slope = np.ones_like(low), np.full_like(low, -np.inf)
    for step in range(_N_HALVINGS + _N_NEWTON):
        middle = (low + high) / 2
        if step >= _N_HALVINGS:
            # The sum is convex in t, so that Newton's steps from below never go too far.
            middle = np.clip(low + np.log1p(-excess / slope), low, high)
        sum_, fall = _sum_and_slope(middle, u)
        above = sum_ >= 1.0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
        excess, slope = np.where(above, sum_ - 1.0, excess), np.where(above, fall, slope)
    tu = np.exp(low)[..., None] * u
    hit = -np.expm1(-tu)
    return np.asarray(hit.prod(axis=-1, keepdims=True) * np.exp(-tu) / hit)


def _sum_and_slope(log_t: Array, u: Array) -> tuple[Array, Array]:
    """Give sum(t u / (exp(t u) - 1)) and its derivative by log t."""
    tu = np.minimum(np.exp(log_t)[..., None] * u, 700.0)
    grown = np.expm1(tu)
    share = tu / grown
    return share.sum(axis=-1), np.minimum((share * (1.0 - tu - share)).sum(axis=-1), -1e-300)
