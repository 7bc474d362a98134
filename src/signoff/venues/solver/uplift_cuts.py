"""Cuts above the gain of the rule uplift: product of (1 + uplift x hit) less 1, times the base."""

from itertools import pairwise

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.cuts import Cut, lowest_cut

__all__ = ["conjugate_gain", "cut_uplift"]

_TINY = 1e-12
_SCALES = np.exp(np.linspace(0.0, 5.0, 26))
_N_STEPS, _N_PIECES = 60, 32


def cut_uplift(
    log: Array, top: Array, *, base_share: float, uplifts: tuple[float, ...], is_once: bool
) -> Cut:
    """Give the lowest of the cuts above an uplift at a point.

    Args:
        log: u = -log(1 - hit) of each role there, by cell, appetite and role.
        top: Most that each role can be reached, likewise.
        base_share: Chance of approval without any reached role.
        uplifts: By role, by which share of itself a reached role raises the chance.
        is_once: Whether one exposure makes a person count; then u is concave in units.

    Returns:
        The cut, never below base_share x (product of (1 + uplift hit) - 1) for hits up to top.
    """
    hit, by_role = -np.expm1(-log), np.array(uplifts)
    cuts = [_box_cut(hit, top, by_role)]
    if is_once:
        cuts.append(_plane_cut(log, by_role))
    cut = lowest_cut(cuts, log=log, hit=hit)
    return Cut(base_share * cut.constant, base_share * cut.on_log, base_share * cut.on_hit)


def _box_cut(hit: Array, top: Array, by_role: Array) -> Cut:
    """Give the concave envelope over the box of what can be reached at all.

    Source: the product is supermodular, so its concave envelope over the box is its Lovasz
    extension (Lovasz 1983): the roles join in the order of hit / top.
    """
    reachable = top > _TINY
    share = np.where(reachable, hit / np.maximum(top, _TINY), 0.0)
    order = np.argsort(-share, axis=2, kind="stable")
    factors = np.take_along_axis(1.0 + by_role * top, order, axis=2)
    product = np.cumprod(factors, axis=2)
    before = np.concatenate([np.ones_like(product[..., :1]), product[..., :-1]], axis=2)
    rises = np.empty_like(product)
    np.put_along_axis(rises, order, product - before, axis=2)
    on_hit = np.where(reachable, rises / np.maximum(top, _TINY), 0.0)
    return Cut(np.zeros(hit.shape[:2]), np.zeros_like(hit), on_hit)


def _plane_cut(log: Array, by_role: Array) -> Cut:
    """Give a plane in u: tangent where the ray through the point is steepest from the origin."""
    heights = np.stack(
        [np.log1p(-by_role * np.expm1(-scale * log)).sum(axis=2) for scale in _SCALES]
    )
    best = np.argmax(np.expm1(heights) / _SCALES[:, None, None], axis=0)
    there = log * _SCALES[best][..., None]
    product = np.exp(np.take_along_axis(heights, best[None], axis=0)[0])
    slopes = product[..., None] * by_role / ((1.0 + by_role) * np.exp(there) - by_role)
    slopes = np.maximum(slopes, np.where(by_role > 0, _TINY, 0.0))
    return Cut(conjugate_gain(slopes, by_role=by_role), slopes, np.zeros_like(log))


def conjugate_gain(slopes: Array, *, by_role: Array) -> Array:
    """Give the least constant with which a plane in u lies above the gain everywhere.

    Args:
        slopes: The plane's slopes, above 0 where a role has an uplift, roles on the last axis.
        by_role: Uplift of each role.

    Returns:
        The most that product(1 + uplift (1 - exp(-v))) - 1 - slopes . v reaches over v >= 0, or
        slightly more.

    Source: for a given product the cheapest v solves a convex problem, whose multiplier m gives
    v = log(uplift (m / slope + 1) / (1 + uplift)) where that is above 0. Along m the height rises
    while the product P(m) is above m, and falls while it is below. From below m <- P(m) rises to
    the first place where they meet, from above it falls to the last, so the top lies between the
    two. The height rises by (P / m - 1) x the sum of slope / (m + slope) over roles with v > 0; in
    a piece P is at most that at its end, and the rest is greatest at its start.

    >>> float(conjugate_gain(np.array([1.0]), by_role=np.array([1.0])))  # touches at the origin
    0.0
    """
    used = by_role > 0
    slope, rate = slopes[..., used], by_role[used]

    def cheapest(m: Array) -> Array:
        return np.maximum(np.log(rate * (m[..., None] / slope + 1.0) / (1.0 + rate)), 0.0)

    def product(v: Array) -> Array:
        return np.asarray(np.exp(np.log1p(-rate * np.expm1(-v)).sum(axis=-1)))

    low = np.ones(slope.shape[:-1])
    high = np.full(slope.shape[:-1], float(np.prod(1.0 + rate)))
    for _ in range(_N_STEPS):
        low, high = product(cheapest(low)), product(cheapest(high))
    found = np.zeros(slope.shape[:-1])
    n_pieces = _N_PIECES if (high > low * (1.0 + 1e-9)).any() else 1
    for start, end in pairwise(np.geomspace(low, high, n_pieces + 1)):
        first, last = cheapest(start), cheapest(end)
        height = product(first) - 1.0 - (slope * first).sum(axis=-1)
        rate_of_rise = np.where(last > 0, slope / (start[..., None] + slope), 0.0).sum(axis=-1)
        rise = np.maximum(product(last) / start - 1.0, 0.0) * rate_of_rise
        found = np.maximum(found, height + rise * (end - start))
    return np.asarray(found)
