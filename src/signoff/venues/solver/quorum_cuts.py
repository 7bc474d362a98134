"""Cuts above the chance that at least so many roles are reached.

Some roles are taken as reached as surely as they can be at all; for the others, the weaker ones, a
sum is looked at: of their hits as shares of the most they can be, or of u = -log(1 - hit). Given
the sum, the chance is greatest in a case of one variable, whose concave hull is easy:

- hits: a hit is a thinned top, so the chance is a mean over which of the weaker roles are there
  with their tops; with a of them it is at most that of the a surest. The hull of these numbers over
  a = 0, 1 … is above it.
- u: with a given sum of u, equal ones make an order statistic of exponential times earliest
  (Pledger and Proschan 1971), so the chance is at most the binomial one. That is first convex,
  then concave, in the sum, since order statistics of exponential times have one mode. Where all of
  the weaker roles are needed, the cone that touches their product is used besides.
"""

import math
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from signoff.stats.poisson_binomial import count_shares
from signoff.stats.reach import Array
from signoff.venues.solver.cone import cone_cut
from signoff.venues.solver.cuts import Cut, lowest_cut

__all__ = ["cut_quorum", "order_tangent"]

_TINY = 1e-12


def cut_quorum(log: Array, top: Array, *, needed: int, is_once: bool) -> Cut:
    """Give the lowest of the cuts above a quorum at a point.

    Args:
        log: u = -log(1 - hit) of each role there, by cell, appetite and role.
        top: Most that each role can be reached, likewise.
        needed: Fewest roles.
        is_once: Whether one exposure makes a person count; then u is concave in units.

    Returns:
        The cut, never below the chance of a quorum for hits up to top.
    """
    hit = -np.expm1(-log)
    share = np.where(top > _TINY, hit / np.maximum(top, _TINY), np.inf)
    order = np.argsort(share, axis=2, kind="stable").astype(np.int64)
    here = _Sorted(log, top, order)
    cuts = [_hit_cut(here, n_weak=n, needed=needed) for n in range(1, log.shape[2] + 1)]
    if is_once:
        cuts += [_log_cut(here, n_weak=n, needed=needed) for n in range(2, log.shape[2] + 1)]
    cut = lowest_cut(cuts, log=here.log, hit=here.hit)
    return Cut(cut.constant, here.unsorted(cut.on_log), here.unsorted(cut.on_hit))


class _Sorted:
    """A point with its roles in an order of their own in each cell, the weakest first."""

    def __init__(self, log: Array, top: Array, order: NDArray[np.int64]) -> None:
        self._order = order
        self.log = np.take_along_axis(log, order, axis=2)
        self.hit = -np.expm1(-self.log)
        self.top = np.take_along_axis(top, order, axis=2)

    def unsorted(self, by_role: Array) -> Array:
        """Give what stands in the cell's order in that of the committee."""
        found = np.empty_like(by_role)
        np.put_along_axis(found, self._order, by_role, axis=2)
        return found

    def strong(self, n_weak: int, *, needed: int) -> tuple[Array, Array]:
        """Give the chance that 0, 1 … of the stronger roles are reached, and enough of them."""
        tops = list(np.moveaxis(self.top[..., n_weak:], 2, 0)) or [np.zeros(self.top.shape[:2])]
        return count_shares(tops, n_counts=needed)


def _hit_cut(here: _Sorted, *, n_weak: int, needed: int) -> Cut:
    """Give the tangent of the hull over how many of the weaker roles are there."""
    weak = here.top[..., :n_weak]
    exactly, enough = here.strong(n_weak, needed=needed)
    surest = -np.sort(-weak, axis=2)
    heights = [enough]
    for added in range(n_weak):
        hits = list(np.moveaxis(surest[..., : added + 1], 2, 0))
        heights.append(enough + _with_weak(exactly, hits, needed=needed))
    share = np.where(weak > _TINY, here.hit[..., :n_weak] / np.maximum(weak, _TINY), 0.0)
    constant, slope = _hull_tangent(np.stack(heights), share.sum(axis=2))
    on_hit = np.zeros_like(here.top)
    on_hit[..., :n_weak] = np.where(weak > _TINY, slope[..., None] / np.maximum(weak, _TINY), 0.0)
    return Cut(constant, np.zeros_like(on_hit), on_hit)


def _with_weak(exactly: Array, hits: list[Array], *, needed: int) -> Array:
    """Give the chance that weaker roles make up what the stronger ones lack."""
    total: Array = np.zeros_like(exactly[0])
    for n_strong, chance in enumerate(exactly):
        if needed - n_strong <= len(hits):
            total += chance * count_shares(hits, n_counts=needed - n_strong)[1]
    return total


def _hull_tangent(heights: Array, at: Array) -> tuple[Array, Array]:
    """Give constant and slope of the lowest line above points at 0, 1 … , lowest at a place."""
    n = len(heights)
    best, constant, slope = np.full(at.shape, np.inf), np.zeros(at.shape), np.zeros(at.shape)
    steps = np.arange(n, dtype=np.float64).reshape(n, *(1,) * at.ndim)
    for i in range(n):
        for j in range(i + 1, n):
            rise = (heights[j] - heights[i]) / (j - i)
            lift = (heights - rise * steps).max(axis=0)
            is_lower = lift + rise * at < best
            best = np.where(is_lower, lift + rise * at, best)
            constant, slope = np.where(is_lower, lift, constant), np.where(is_lower, rise, slope)
    return constant, slope


def _log_cut(here: _Sorted, *, n_weak: int, needed: int) -> Cut:
    """Give the tangents of the hulls over the sum of u of the weaker roles."""
    exactly, enough = here.strong(n_weak, needed=needed)
    weak = here.log[..., :n_weak]
    constant, slopes = enough.copy(), np.zeros_like(weak)
    for n_strong, chance in enumerate(exactly):
        lacking = needed - n_strong
        if lacking > n_weak:
            continue
        height, rise = order_tangent(weak.mean(axis=2), n=n_weak, needed=lacking)
        even = np.broadcast_to((rise / n_weak)[..., None], weak.shape)
        if lacking == n_weak:
            cone = cone_cut(np.maximum(weak, 1e-4))
            is_lower = (cone * weak).sum(axis=2) < height + (even * weak).sum(axis=2)
            height = np.where(is_lower, 0.0, height)
            even = np.where(is_lower[..., None], cone, even)
        constant += chance * height
        slopes += chance[..., None] * even
    on_log = np.zeros_like(here.log)
    on_log[..., :n_weak] = slopes
    return Cut(constant, on_log, np.zeros_like(on_log))


def order_tangent(s: Array, *, n: int, needed: int) -> tuple[Array, Array]:
    """Give the tangent of the concave hull of P(at least so many of n equal roles are reached).

    Args:
        s: u of each role, 0 or more.
        n: Roles.
        needed: Fewest of them, 1 to n.

    Returns:
        Constant and slope, by s, of a line that is never below the chance, and lowest at s.

    >>> height, rise = order_tangent(np.array(0.2), n=2, needed=2)  # below where the cone touches
    >>> float(height), float(rise.round(4))
    (0.0, 0.4073)
    """
    touch = _touching(n, needed)
    at = np.maximum(s, touch)
    miss = np.exp(-at)
    chance = sum(comb(n, i) * (1 - miss) ** i * miss ** (n - i) for i in range(needed, n + 1))
    rise = n * comb(n - 1, needed - 1) * (1 - miss) ** (needed - 1) * miss ** (n - needed + 1)
    height = np.asarray(chance - rise * at)
    return np.where(s < touch, 0.0, height), np.asarray(rise)


@lru_cache(maxsize=64)
def _touching(n: int, needed: int) -> float:
    """Give the u at which the line from the origin touches the chance; 0 where it is concave."""
    if needed == 1:
        return 0.0
    low, high = 1e-6, 50.0
    for _ in range(80):
        s = (low + high) / 2
        hit, miss = -math.expm1(-s), math.exp(-s)
        chance = sum(comb(n, i) * hit**i * miss ** (n - i) for i in range(needed, n + 1))
        rise = n * comb(n - 1, needed - 1) * hit ** (needed - 1) * miss ** (n - needed + 1)
        low, high = (s, high) if chance < s * rise else (low, s)
    return high
