"""The best split of money over curves that are not concave: a bound, and a good place to start."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.curves.response_curve import ResponseCurve

__all__ = ["bound_by_hulls", "step_split"]

_N_POINTS = 240
_N_STEPS = 300
_DRAWS_FOR_STEPS = 400


def bound_by_hulls(
    curves: tuple[ResponseCurve, ...], *, weight: Array, low: Array, high: Array, budget: float
) -> float:
    """Give what no split of the money can exceed, from concave hulls of curves that are above them.

    Args:
        curves: Curves.
        weight: Weight of each draw, 0 or more.
        low: Least money of each venue.
        high: Most.
        budget: Money in all, at least the sum of `low`.

    Returns:
        A bound on the weighted response. Between two points a curve lies below both the line from
        the first with the steepest slope there and the height of the second; the hull of these
        corners is above the curve, and the best split over hulls takes their pieces by slope.

    >>> from signoff.venues.curves.response_curve import CurveShape
    >>> one = ResponseCurve("a", CurveShape.HILL, np.ones(1), np.ones(1), np.full(1, 2.0))
    >>> ends = {"low": np.zeros(1), "high": np.full(1, 9.0)}
    >>> round(bound_by_hulls((one,), weight=np.ones(1), budget=0.5, **ends), 3)
    0.2
    """
    total, widths, rises = 0.0, [], []
    for curve, least, most in zip(curves, low.tolist(), high.tolist(), strict=True):
        at, height = _corners(curve, weight, least, min(most, least + budget - float(low.sum())))
        at, height = _hull(at, height)
        total += float(height[0])
        widths.append(np.diff(at))
        rises.append(np.diff(height))
    width, rise = np.concatenate(widths), np.concatenate(rises)
    spare = budget - float(low.sum())
    for piece in np.argsort(-rise / np.maximum(width, 1e-300), kind="stable"):
        share = min(1.0, spare / width[piece]) if width[piece] > 0 else 1.0
        total += float(rise[piece]) * share
        spare -= float(width[piece]) * share
        if spare <= 0:
            break
    return total


def step_split(
    curves: tuple[ResponseCurve, ...], *, weight: Array, low: Array, high: Array, budget: float
) -> Array:
    """Split the money in equal steps as well as can be, by dynamic programming over few draws.

    Args:
        curves: Curves.
        weight: Weight of each draw, 0 or more.
        low: Least money of each venue.
        high: Most.
        budget: Money in all.

    Returns:
        Money of each venue: the best split into 300 steps for up to 800 of the draws.
    """
    spare = budget - float(low.sum())
    steps = np.arange(_N_STEPS + 1)
    best, choices = np.zeros(_N_STEPS + 1), []
    lag = steps[:, None] - steps
    every = max(1, len(weight) // _DRAWS_FOR_STEPS)
    few = weight[::every]
    for curve, least, most in zip(curves, low.tolist(), high.tolist(), strict=True):
        money = least + steps * spare / _N_STEPS
        gain = np.array([curve.respond(float(x), every=every) @ few for x in money])
        gain[money > most * (1 + 1e-12) + 1e-9] = -np.inf
        tried = np.where(lag >= 0, best[np.maximum(lag, 0)] + gain, -np.inf)
        choices.append(np.argmax(tried, axis=1))
        best = tried.max(axis=1)
    split, left = low.copy(), int(np.argmax(best))
    for venue in range(len(curves) - 1, -1, -1):
        n = int(choices[venue][left])
        split[venue] += n * spare / _N_STEPS
        left -= n
    return np.minimum(split, high)


def _corners(curve: ResponseCurve, weight: Array, low: float, high: float) -> tuple[Array, Array]:
    """Give points above the curve, whose hull is above it as well."""
    money = low + (high - low) * np.linspace(0, 1, _N_POINTS + 1) ** 2
    heights = np.array([float(weight @ curve.respond(float(x))) for x in money])
    if high <= low:
        return money[:1], heights[:1]
    at, height = [low], [float(heights[0])]
    for i in range(_N_POINTS):
        steepest = float(weight @ curve.steepest(float(money[i]), float(money[i + 1])))
        rise = float(heights[i + 1] - heights[i])
        step = rise / steepest if steepest > 0 else 0.0
        at.append(min(float(money[i]) + step, float(money[i + 1])))
        height.append(float(heights[i + 1]))
    return np.array([*at, high]), np.array([*height, float(heights[-1])])


def _hull(at: Array, height: Array) -> tuple[Array, Array]:
    """Give the corners of the upper concave hull."""
    kept: list[int] = []
    for i in range(len(at)):
        while kept and at[i] <= at[kept[-1]] and height[i] >= height[kept[-1]]:
            kept.pop()
        while len(kept) > 1:
            a, b = kept[-2], kept[-1]
            if (height[b] - height[a]) * (at[i] - at[a]) > (height[i] - height[a]) * (
                at[b] - at[a]
            ):
                break
            kept.pop()
        kept.append(i)
    return at[kept], height[kept]
