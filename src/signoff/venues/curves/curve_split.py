"""The split of money over response curves that brings most, on the mean or in the worst draws."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.curves.curve_hull import bound_by_hulls, step_split
from signoff.venues.curves.response_curve import ResponseCurve

__all__ = ["CurveSet", "fill_by_price", "split_bound", "split_money", "worst_mean"]

_N_OUTER, _N_INNER = 80, 60
_N_SPREAD, _N_TAILS = 3, 3
_CLOSE, _LEAST_GAIN = 1e-11, 1e-9
_EXCHANGED = (1.0, 0.5, 0.2, 0.05, 0.01)
_SMOOTHINGS = (3e-2, 3e-3, 5e-4)


@dataclass(frozen=True, eq=False)
class CurveSet:
    """Curves with the limits of the money.

    Attributes:
        curves: One for each venue.
        low: Least money of each.
        high: Most.
        budget: Money in all, from the sum of `low` on.
    """

    curves: tuple[ResponseCurve, ...]
    low: Array
    high: Array
    budget: float

    @property
    def is_concave(self) -> bool:
        """Whether more money always adds less, everywhere."""
        return all(curve.is_concave for curve in self.curves)

    def responses(self, money: Array) -> Array:
        """Give the response by venue and draw."""
        pairs = zip(self.curves, money.tolist(), strict=True)
        return np.stack([curve.respond(x) for curve, x in pairs])

    def slopes(self, money: Array, weight: Array) -> tuple[Array, Array]:
        """Give the first and second derivative of the weighted response by each venue's money."""
        pairs = zip(self.curves, money.tolist(), strict=True)
        both = [[np.einsum("d,d->", weight, by) for by in curve.slopes(x)] for curve, x in pairs]
        first, second = np.array(both).T
        return first, second

    def draw_slopes(self, money: Array) -> Array:
        """Give the first derivative by venue and draw."""
        pairs = zip(self.curves, money.tolist(), strict=True)
        return np.stack([curve.slopes(x)[0] for curve, x in pairs])


def split_money(curves: CurveSet, *, worst_share: float) -> tuple[Array, Array]:
    """Find the split of the money that brings most.

    Args:
        curves: Curves and limits.
        worst_share: Share of the draws, the worst ones, whose mean counts; 1: all.

    Returns:
        Money of each venue, and the weight of each draw that proves it (see `split_bound`).
    """
    n_draws = len(curves.curves[0].ceiling)
    even = np.full(n_draws, 1.0 / n_draws)
    if curves.is_concave:
        starts = [fill_by_price(curves, even)]
        ends = starts
    else:
        steps = _by_steps(curves, even)
        spread = sorted(
            _spread_starts(curves), key=lambda money: -worst_mean(curves, money, worst_share=1.0)
        )
        starts = [steps, *spread[:_N_SPREAD]]
        ends = [_climb(curves, start, _weighted(curves, even)) for start in starts]
    if worst_share < 1:
        return _best_tail(curves, [*starts, *ends], worst_share=worst_share)
    best = max([*starts, *ends], key=lambda money: worst_mean(curves, money, worst_share=1.0))
    return best, even


def _best_tail(curves: CurveSet, starts: list[Array], *, worst_share: float) -> tuple[Array, Array]:
    """Climb the mean of the worst draws from several splits, and from one made for these draws."""

    def brings(tail: tuple[Array, Array]) -> float:
        return worst_mean(curves, tail[0], worst_share=worst_share)

    if curves.is_concave:
        return _tail(curves, starts[0], worst_share=worst_share)
    best = max((_tail(curves, start, worst_share=worst_share) for start in starts), key=brings)
    for _ in range(_N_TAILS):
        again = _tail(curves, _by_steps(curves, best[1]), worst_share=worst_share)
        if brings(again) <= brings(best):
            break
        best = again
    return _exchanged(curves, best[0], worst_share=worst_share), best[1]


def _exchanged(curves: CurveSet, money: Array, *, worst_share: float) -> Array:
    """Move parts of the money from venue to venue as long as the worst draws bring more."""
    best, value = money, worst_mean(curves, money, worst_share=worst_share)
    for _ in range(_N_TAILS):
        before = value
        for giver, taker in permutations(range(len(money)), 2):
            most = min(best[giver] - curves.low[giver], curves.high[taker] - best[taker])
            for share in _EXCHANGED:
                tried = best.copy()
                tried[giver] -= share * most
                tried[taker] += share * most
                if most > 0 and (
                    (new := worst_mean(curves, tried, worst_share=worst_share)) > value
                ):
                    best, value = tried, new
                    break
        if value <= before * (1 + _LEAST_GAIN):
            break
    return best


def _by_steps(curves: CurveSet, weight: Array) -> Array:
    return step_split(
        curves.curves, weight=weight, low=curves.low, high=curves.high, budget=curves.budget
    )


def split_bound(curves: CurveSet, money: Array, *, weight: Array) -> float:
    """Give what no split can exceed: the most that the response in weighted draws can be.

    Args:
        curves: Curves and limits.
        money: A good split, near which the proof is sharp.
        weight: Weight of each draw: 0 or more, 1 in all, none above 1 / (draws x share of the worst
            ones); the mean of the worst draws is never above a mean so weighted.

    Returns:
        With concave curves the tangent plane at the split (its Frank-Wolfe gap), else hulls.
    """
    if not curves.is_concave:
        return bound_by_hulls(
            curves.curves, weight=weight, low=curves.low, high=curves.high, budget=curves.budget
        )
    touched = np.maximum(money, 1e-9 * max(curves.budget, 1e-300))
    value = float(np.einsum("vd,d->", curves.responses(touched), weight))
    slopes = curves.slopes(touched, weight)[0]
    best, spare = curves.low.copy(), curves.budget - float(curves.low.sum())
    for venue in np.argsort(-slopes, kind="stable"):
        more = min(float(curves.high[venue] - curves.low[venue]), spare)
        best[venue] += more
        spare -= more
    return value + float(slopes @ (best - touched))


def worst_mean(curves: CurveSet, money: Array, *, worst_share: float) -> float:
    """Give the mean response of the worst share of the draws (all of them with the share 1)."""
    total = curves.responses(money).sum(axis=0)
    if worst_share >= 1:
        return float(total.mean())
    n_worst = worst_share * len(total)
    whole = int(n_worst)
    rising = np.sort(total)
    tail = rising[:whole].sum() + (n_worst - whole) * rising[min(whole, len(rising) - 1)]
    return float(tail / n_worst)


def fill_by_price(curves: CurveSet, weight: Array) -> Array:
    """Split the money over concave curves so that the last cent brings equally much everywhere.

    Args:
        curves: Concave curves and limits.
        weight: Weight of each draw.

    Returns:
        Money of each venue. Water-filling: at a price, each venue takes money until its slope falls
        to it; Newton steps within a bracket find the price at which the money is spent.
    """
    if float(curves.high.sum()) <= curves.budget:
        return curves.high.copy()
    money = curves.low + (curves.high - curves.low) * (
        (curves.budget - curves.low.sum()) / max(float((curves.high - curves.low).sum()), 1e-300)
    )
    ends = (curves.slopes(curves.low, weight)[0], curves.slopes(curves.high, weight)[0])
    cheap, dear = -np.inf, np.inf
    log_price = float(np.log(max(curves.slopes(money, weight)[0].mean(), 1e-300)))
    for _ in range(_N_OUTER):
        price = float(np.exp(log_price))
        money, second = _at_price(curves, weight, money, price=price, ends=ends)
        excess = float(money.sum()) - curves.budget
        if abs(excess) <= _CLOSE * max(curves.budget, 1e-300):
            break
        cheap, dear = (log_price, dear) if excess > 0 else (cheap, log_price)
        is_free = (money > curves.low) & (money < curves.high)
        fall = float((np.exp(log_price) / np.minimum(second[is_free], -1e-300)).sum())
        log_price = _within(log_price - (excess / fall if fall else 0.0), cheap, dear)
    return _exactly(curves, money)


def _within(step: float, low: float, high: float) -> float:
    """Keep a step inside its bracket; where it leaves it, halve, or widen what has no end yet."""
    if low < step < high and np.isfinite(step):
        return step
    if not np.isfinite(low):
        return high - 1.0
    return low + 1.0 if not np.isfinite(high) else (low + high) / 2


def _at_price(
    curves: CurveSet, weight: Array, start: Array, *, price: float, ends: tuple[Array, Array]
) -> tuple[Array, Array]:
    """Give the money at which each venue's slope falls to a price, and the second derivatives.

    `ends` are the slopes at the limits: where they say that a limit is reached, it is.
    """
    low, high = curves.low.copy(), curves.high.copy()
    stays, fills = ends[0] <= price, ends[1] >= price
    money = np.where(stays, low, np.where(fills, high, np.clip(start, low, high)))
    is_free = ~stays & ~fills
    for _ in range(_N_INNER):
        first, second = curves.slopes(money, weight)
        low, high = np.where(first > price, money, low), np.where(first > price, high, money)
        step = money + (price - first) / np.minimum(second, -1e-300)
        step = np.where((step > low) & (step < high), step, (low + high) / 2)
        change = np.where(is_free, step - money, 0.0)
        money = money + change
        if np.abs(change).max() <= _CLOSE * max(curves.budget, 1e-300):
            break
    return money, second


def _exactly(curves: CurveSet, money: Array) -> Array:
    """Take away or add what is left over, within the limits."""
    excess = float(money.sum()) - curves.budget
    room = money - curves.low if excess > 0 else curves.high - money
    share = abs(excess) / max(float(room.sum()), 1e-300)
    return np.asarray(money - np.sign(excess) * room * min(share, 1.0))


def _spread_starts(curves: CurveSet) -> list[Array]:
    """Give the even split, and for each venue the split that gives it all it can have."""
    spare = curves.budget - float(curves.low.sum())
    room = np.minimum(curves.high - curves.low, spare)
    even = curves.low + room * min(1.0, spare / max(float(room.sum()), 1e-300))
    starts = [even]
    for venue in range(len(room)):
        rest = room.copy()
        rest[venue] = 0.0
        left = spare - room[venue]
        share = min(1.0, left / max(float(rest.sum()), 1e-300))
        start = curves.low + rest * share
        start[venue] += room[venue]
        starts.append(start)
    return starts


Judged = Callable[[Array], tuple[float, Array]]


def _weighted(curves: CurveSet, weight: Array) -> Judged:
    def judge(money: Array) -> tuple[float, Array]:
        value = float(np.einsum("vd,d->", curves.responses(money), weight))
        return value, curves.slopes(money, weight)[0]

    return judge


def _climb(curves: CurveSet, start: Array, judge: Judged) -> Array:
    """Climb by sequential quadratic programming; never ends below the start."""
    from scipy.optimize import minimize

    unit = max(curves.budget, 1e-300)
    scale = max(abs(judge(start)[0]), 1e-300)

    def loss(shares: Array) -> tuple[float, Array]:
        value, slopes = judge(shares * unit)
        return -value / scale, -slopes * unit / scale

    spend = {"type": "ineq", "fun": lambda x: 1.0 - x.sum(), "jac": lambda x: -np.ones_like(x)}
    minimise: Any = minimize
    found = minimise(
        loss,
        start / unit,
        jac=True,
        method="SLSQP",
        bounds=list(zip(curves.low / unit, curves.high / unit, strict=True)),
        constraints=[spend],
        options={"maxiter": 100, "ftol": 1e-10},
    )
    money = np.clip(np.asarray(found.x) * unit, curves.low, curves.high)
    money = money if money.sum() <= curves.budget else _exactly(curves, money)
    return money if judge(money)[0] >= judge(start)[0] else start


def _tail(curves: CurveSet, start: Array, *, worst_share: float) -> tuple[Array, Array]:
    """Climb the mean of the worst draws, smoothed less and less; give the split and its weights.

    Source: Rockafellar and Uryasev (2000), the mean of the worst draws as the most of
    t - mean(max(t - total, 0)) / share; here max(x, 0) is smoothed to s log(1 + exp(x / s)).
    """
    money, weight = start, np.empty(0)
    size = max(worst_mean(curves, start, worst_share=worst_share), 1e-300)
    for smoothing in _SMOOTHINGS:
        width = smoothing * size

        def judge(split: Array, width: float = width) -> tuple[float, Array]:
            total = curves.responses(split).sum(axis=0)
            level, by_draw = _level(total, worst_share=worst_share, width=width)
            over = np.logaddexp(0.0, (level - total) / width)
            value = level - width * float(over.mean()) / worst_share
            return value, np.einsum("vd,d->v", curves.draw_slopes(split), by_draw)

        money = _climb(curves, money, judge)
        total = curves.responses(money).sum(axis=0)
        weight = _level(total, worst_share=worst_share, width=width)[1]
    return money, weight


def _level(total: Array, *, worst_share: float, width: float) -> tuple[float, Array]:
    """Give the level below which draws count as the worst, and their weights, 1 in all."""
    low, high = float(total.min()) - 60 * width, float(total.max()) + 60 * width
    for _ in range(100):
        level = (low + high) / 2
        below = 1.0 / (1.0 + np.exp(np.clip((total - level) / width, -700, 700)))
        low, high = (level, high) if below.mean() < worst_share else (low, level)
    return level, below / below.sum()
