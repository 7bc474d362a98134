"""The lowest plane above a concave measure: climb it, and weigh the planes met on the way.

A measure with edges, or one that is cut anew at every point, has no single tangent that is lowest
within the money. Planes touched on the way up are weighted so that together they are: that is the
dual of the linear programme of the highest point below all of them (Kelley 1960).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.continuous import Judge, climb
from signoff.venues.solver.relaxation import Relaxation
from signoff.venues.solver.tangent import Tangent

__all__ = ["TouchedPlanes", "weigh_planes"]

_N_MORE, _STEP = 3, 0.3


class TouchedPlanes:
    """A concave measure that keeps the planes at which it was touched.

    Args:
        judge: The measure; it may be replaced in between by another that is a proof too.
        holds_to_cents: Largest budget within which it is above what schedules bring.
    """

    def __init__(self, judge: Judge, *, holds_to_cents: int | None = None) -> None:
        self._judge, self._holds_to_cents = judge, holds_to_cents
        self._planes: list[Tangent] = []

    @property
    def ceiling(self) -> float:
        """Most that any schedule could bring."""
        return self._judge.ceiling

    def value(self, units: Array) -> float:
        """Give the measure's value."""
        return self._judge.value(units)

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give the measure's value and gradient, and keep the plane."""
        value, slopes = self._judge.gradient(units)
        plane = Tangent(value - float(slopes @ units), np.asarray(slopes), self._holds_to_cents)
        self._planes.append(plane)
        return value, slopes

    def climb(self, money: Relaxation, *, start: Array) -> Array:
        """Give the units where the measure is greatest, and keep the planes met on the way."""
        return climb(self, money, start=start).units

    def lowest(self, money: Relaxation, *, near: Array) -> list[Tangent]:
        """Give planes that lie lowest within the money.

        Args:
            money: Limits.
            near: Where the measure is greatest; it is touched there, and a little away from there.

        Returns:
            The plane touched there, and the mean of all planes whose highest point is lowest.
        """
        self.gradient(near)
        here = self._planes[-1]
        for _ in range(_N_MORE):
            top, _ = weigh_planes(self._planes, money)
            if top is None:
                break
            self.gradient(near + _STEP * (top - near))
        _, mean = weigh_planes(self._planes, money)
        return [here] if mean is None else [here, mean]


def weigh_planes(
    planes: Sequence[Tangent], money: Relaxation
) -> tuple[Array | None, Tangent | None]:
    """Weigh planes so that the most that their mean gives within the money is least.

    Args:
        planes: Planes that all hold within the same money.
        money: Limits.

    Returns:
        The point that is highest below all planes, and their weighted mean; None where neither was
        found. Weights above 0 that add up to 1 make it a proof whatever the solver's tolerance.
    """
    from scipy.optimize import linprog

    solver: Any = linprog
    slopes = np.array([plane.slopes for plane in planes])
    constants = np.array([plane.constant for plane in planes])
    room = money.high - money.low
    size = max(float(np.abs(constants).max()), float(np.abs(slopes * room).max()), 1e-300)
    cents = money.unit_cents * room
    costs = np.vstack([cents, *(group * cents for group in money.groups)])
    most = np.maximum(np.concatenate([[money.spare_cents], money.group_cents]), 0.0)
    scale = np.maximum(most, 1.0)
    rows = np.hstack([-slopes * room / size, np.ones((len(planes), 1))])
    found = solver(
        np.concatenate([np.zeros(len(room)), [-1.0]]),
        A_ub=np.vstack([rows, np.hstack([costs / scale[:, None], np.zeros((len(costs), 1))])]),
        b_ub=np.concatenate([(constants + slopes @ money.low) / size, most / scale]),
        bounds=[(0, 1)] * len(room) + [(None, None)],
        method="highs",
    )
    if found.x is None:
        return None, None
    weight = np.maximum(-np.asarray(found.ineqlin.marginals)[: len(planes)], 0.0)
    if not weight.sum() > 0:
        return None, None
    weight /= weight.sum()
    mean = Tangent(float(weight @ constants), weight @ slopes, planes[0].holds_to_cents)
    return money.low + room * found.x[:-1], mean
