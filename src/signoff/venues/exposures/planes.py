"""Bounds from planes above everything together: one row of a linear programme for each point."""

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.exposures.broken import climb
from signoff.venues.exposures.factors import Factored
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.relaxed import MoneyRows, Relaxed, Row, most_exposed

__all__ = ["climb_planes", "touch_planes"]

_N_TANGENTS = 40
_N_PLANES, _N_PLANES_OF_MANY = 25, 10
_STEP_SHARE = 0.1  # of the way to the last best point; longer steps leave planes that touch nothing
_CHUNK = 20_000


def touch_planes(model: ExposureModel, money: MoneyRows, *, start: Array) -> float:
    """Bound a concave measure by its tangent planes.

    Args:
        model: Its rule is concave.
        money: Limits.
        start: Units near the optimum.

    Returns:
        What no schedule within the limits exceeds.

    Source: cutting planes (Kelley 1960); the plane at the optimum alone gives the gap of Frank and
    Wolfe (1956).
    """
    best = climb(model, money, start=start, n_steps=300)
    units, programme, bound = best.units, Relaxed(money, np.ones(1)), np.inf
    programme.limit(high=np.array([model.ceiling]))
    for _ in range(_N_TANGENTS):
        value, slopes = model.gradient(units)
        programme.add(Row(-slopes, 0, -np.inf, value - float(slopes @ units)))
        point = programme.solve()
        if point is None:
            return best.value
        bound = min(bound, point.bound)
        if bound - best.value <= 1e-5 * best.value:
            break
        units = 0.7 * best.units + 0.3 * point.units
        if model.value(units) > best.value:
            best = climb(model, money, start=units)
    return max(bound, best.value)


def climb_planes(factored: Factored, money: MoneyRows, *, start: Array, aim: float) -> float:
    """Bound products by planes above all of them together.

    Args:
        factored: Products and their weights.
        money: Limits.
        start: Units of a good schedule.
        aim: What it brings: a bound next to it is good enough.

    Returns:
        What no schedule within the limits exceeds.
    """
    cells, weight = factored.cells, factored.weight
    most = np.concatenate(
        [
            np.maximum(most_exposed(cells.rows[i : i + _CHUNK], money), 1e-5)
            for i in range(0, len(weight), _CHUNK)
        ]
    )
    high = np.minimum(factored.high, cells.value(most))
    programme, bound = Relaxed(money, np.ones(1)), float(weight @ high)
    programme.limit(high=np.array([bound]))
    units = np.clip(start, money.low, money.high)
    for _ in range(_N_PLANES if len(weight) <= _CHUNK else _N_PLANES_OF_MANY):
        programme.add(_plane(factored, units, most=most, high=high))
        point = programme.solve()
        if point is None:
            return aim
        fell = bound - point.bound
        bound = min(bound, point.bound)
        if bound <= aim * (1 + 1e-3) or fell < 1e-4 * (bound - aim):
            break
        units = (1 - _STEP_SHARE) * units + _STEP_SHARE * point.units
    return max(bound, aim)


def _plane(factored: Factored, units: Array, *, most: Array, high: Array) -> Row:
    constant, slopes = 0.0, np.zeros(factored.cells.rows.shape[2])
    for i in range(0, len(factored.weight), _CHUNK):
        places = np.arange(i, min(i + _CHUNK, len(factored.weight)))
        cells, weight = factored.cells.part(places), factored.weight[places]
        exposed = np.minimum(cells.exposed(units), most[places])
        planes = cells.planes(
            exposed, low=np.zeros(len(places)), high=high[places], most=most[places], n_turns=1
        )
        constant += float(weight @ planes.constant)
        slopes += np.einsum("c,ck,ckv->v", weight, planes.slopes, cells.rows)
    return Row(-slopes, 0, -np.inf, constant)
