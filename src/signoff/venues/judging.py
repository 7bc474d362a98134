"""Schedules judged in the draws of what audiences and responses may be."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.book import VenueBook
from signoff.venues.draws import MarketDraws
from signoff.venues.market.audience import MarketAudience
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem

__all__ = ["judge_units"]


def judge_units(
    audience: MarketAudience,
    book: VenueBook,
    *,
    problem: PlanProblem,
    schedules: Sequence[Units],
    normals: Array,
) -> Array:
    """Judge schedules in the same draws; venues that none of them buys are left aside.

    Args:
        audience: Reach, with its spread.
        book: Venues, with the intervals of their answers.
        problem: What `make_problem` gives for them; units that packages grant count beside those
            of the schedules.
        schedules: Units by venue, one array for each schedule.
        normals: How far audience and answers of each venue lie from their best single values,
            shape (draws, 2, venues).

    Returns:
        Results, shape (schedules, draws), in the unit of the objective.
    """
    granted = np.array([option.granted_units for option in problem.options])
    used = np.flatnonzero(np.any(np.array(schedules) > 0, axis=0) | (granted > 0))
    part = replace(book, venues=tuple(book.venues[v] for v in used))
    seen = replace(audience, reach=audience.reach[used], spread=audience.spread[:, used])
    few = [units[used].astype(np.float64) for units in schedules]
    draws = MarketDraws(seen, part, problem=problem.part(used.tolist()))
    results = np.zeros((len(schedules), len(normals)))
    for d, normal in enumerate(normals[:, :, used]):
        drawn = draws.at(normal)
        model = ResultModel(drawn.problem, kinds=drawn.kinds)
        results[:, d] = [model.value(units) for units in few]
    return results
