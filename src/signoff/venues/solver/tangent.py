"""Planes above what any schedule brings: a proof found at one budget holds at others too.

Where a measure, or a stand-in that is never below it, is concave in units, its tangent plane at any
point lies above it everywhere. The most that such a plane gives within another budget is a linear
programme of one constraint, solved by sorting: so a bound for a new budget costs no new climb.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.solver.continuous import Judge
from signoff.venues.solver.relaxation import Relaxation

__all__ = ["Tangent", "bound_within", "touch"]


@dataclass(frozen=True, eq=False)
class Tangent:
    """A plane that no schedule rises above.

    Attributes:
        constant: Height of the plane where nothing is bought.
        slopes: Rise by one more unit of each venue.
        holds_to_cents: Largest budget within which it is a proof; None: any budget. A stand-in
            that rests on what the levels can reach at all within a budget is none beyond it.
    """

    constant: float
    slopes: Array
    holds_to_cents: int | None = None

    def most(self, money: Relaxation) -> float:
        """Give the most that the plane reaches within some money.

        Args:
            money: Limits that hold for every schedule of whole units.
        """
        return self.constant + float(self.slopes @ money.best_vertex(self.slopes))

    def divided(self, factor: float) -> "Tangent":
        """Give the plane of a measure divided by a factor above 0."""
        return Tangent(self.constant / factor, self.slopes / factor, self.holds_to_cents)

    def holds(self, budget_cents: int) -> bool:
        """Say whether the plane is a proof within so much money."""
        return self.holds_to_cents is None or budget_cents <= self.holds_to_cents


def touch(judge: Judge, units: Array, *, holds_to_cents: int | None = None) -> Tangent:
    """Give the tangent plane of a concave measure at a schedule.

    Args:
        judge: Concave in units, and never below what schedules bring.
        units: Where to touch it.
        holds_to_cents: Largest budget within which the measure is above what schedules bring.

    Returns:
        The plane.

    Source: first-order condition of concavity; Jaggi (2013) for the gap it certifies.
    """
    value, slopes = judge.gradient(units)
    return Tangent(value - float(slopes @ units), np.asarray(slopes), holds_to_cents)


def bound_within(
    tangents: Sequence[Tangent], money: Relaxation, *, budget_cents: int, ceiling: float
) -> float:
    """Give the lowest of the planes that are proofs within a budget.

    Args:
        tangents: Planes.
        money: Limits within the budget.
        budget_cents: The budget.
        ceiling: What no schedule of any budget exceeds.

    Returns:
        What no schedule within the budget can exceed.
    """
    heights = [plane.most(money) for plane in tangents if plane.holds(budget_cents)]
    return min([ceiling, *heights])
