"""Schedules found for other budgets, of which more money never brings less."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from signoff.venues.solver.moves import Units

__all__ = ["CurvePlace", "rising_places"]


@dataclass(frozen=True, eq=False)
class CurvePlace:
    """The best schedule that was found for a budget.

    Attributes:
        budget_cents: The budget.
        units: Units of each venue, those of packages among them.
        result: What it brings, in the unit of the objective.
    """

    budget_cents: int
    units: Units
    result: float


def rising_places(places: Sequence[CurvePlace]) -> tuple[CurvePlace, ...]:
    """Give a curve on which more money never brings less: a cheaper schedule stays at hand.

    Args:
        places: Places by rising budget.

    >>> import numpy as np
    >>> one, two = np.array([1]), np.array([2])
    >>> rising = rising_places([CurvePlace(1, one, result=2.0), CurvePlace(2, two, result=1.0)])
    >>> [(place.budget_cents, place.units.tolist(), place.result) for place in rising]
    [(1, [1], 2.0), (2, [1], 2.0)]
    """
    return tuple(accumulate(places, _better))


def _better(before: CurvePlace, here: CurvePlace) -> CurvePlace:
    return here if here.result >= before.result else replace(before, budget_cents=here.budget_cents)
