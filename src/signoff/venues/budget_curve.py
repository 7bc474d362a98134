"""What other budgets would bring, each with the interval of the same draws as the plan's."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from signoff.stats.shares import middle_interval
from signoff.venues.book import VenueBook
from signoff.venues.draws import N_DRAWS, draw_normals
from signoff.venues.judging import judge_units
from signoff.venues.market.audience import MarketAudience
from signoff.venues.solver.curve_places import CurvePlace
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import is_large

__all__ = ["CurvePoint", "draw_points"]

_N_DRAWS_LARGE = 40


@dataclass(frozen=True)
class CurvePoint:
    """What another budget would bring.

    Attributes:
        budget: Budget, in the brief's currency.
        result: Result of the plan found for it, in the unit of the objective.
        low: Lower end of its 90 % interval; None in plans of earlier versions.
        high: Upper end.
    """

    budget: Decimal
    result: float
    low: float | None = None
    high: float | None = None


def draw_points(
    audience: MarketAudience,
    book: VenueBook,
    *,
    problem: PlanProblem,
    places: Sequence[CurvePlace],
    rng: np.random.Generator,
) -> tuple[CurvePoint, ...]:
    """Give the points of the curve with their intervals.

    Args:
        audience: Reach, with its spread.
        book: Venues.
        problem: What `make_problem` gives for them.
        places: Schedules by rising budget.
        rng: Source of the draws, in the state in which the plan's own were drawn from it.

    Returns:
        Points by rising budget; their intervals hold 90 % of 200 draws, of 40 in large markets.
    """
    n_draws = _N_DRAWS_LARGE if is_large(problem) else N_DRAWS
    normals = draw_normals(book, rng=rng, n_draws=n_draws)
    schedules = [place.units for place in places]
    judged = judge_units(audience, book, problem=problem, schedules=schedules, normals=normals)
    return tuple(_point(place, draws) for place, draws in zip(places, judged, strict=True))


def _point(place: CurvePlace, draws: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> CurvePoint:
    low, high = middle_interval(draws)
    budget = Decimal(place.budget_cents) / 100
    return CurvePoint(budget, place.result, min(low, place.result), max(high, place.result))
