"""What no plan can exceed where packages can be bought too: one more variable for each package.

A plane above what units bring, whoever sold them, is a plane over units bought singly and over
packages: a package rises by what its units rise. The most that it reaches is a linear programme in
which each single unit costs its venue's lowest price and each package its own. Every plan is a
point of that programme, so its optimum is a proof.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.bound import N_CUTS, find_tangents, rounded_up
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.solver.relaxation import relax_options
from signoff.venues.solver.tangent import Tangent

__all__ = ["bound_packages", "find_package_tangents", "list_offers"]


def bound_packages(problem: PlanProblem, *, near: Array) -> float:
    """Give what no schedule within the budget can exceed, whatever packages it buys.

    Args:
        problem: A problem with packages; ceilings of groups are left out of the proof, which makes
            it higher, not wrong.
        near: Units of a good schedule, those of packages counted.

    Returns:
        A bound in the unit of the objective.
    """
    offers = list_offers(problem)
    slack = len(offers)
    money = relax_options(offers, budget_cents=problem.budget_cents, slack_cents=slack)
    heights = (plane.most(money) for plane in find_package_tangents(problem, near=near))
    return rounded_up(min([ResultModel(problem).ceiling, *heights]))


def list_offers(problem: PlanProblem) -> tuple[VenueOption, ...]:
    """Give what can be bought: units of each venue singly, then packages.

    Args:
        problem: A problem with packages. Floors of their venues are left out, since the money of a
            package may keep them.
    """
    in_packages = _in_packages(problem)
    singly = [
        replace(option, floor_cents=0) if packaged else option
        for option, packaged in zip(problem.options, in_packages, strict=True)
    ]
    together = [VenueOption(p.package_id, p.ladder, 0.0, 0.0) for p in problem.packages]
    return (*singly, *together)


def find_package_tangents(
    problem: PlanProblem, *, near: Array, n_cuts: int = N_CUTS
) -> Iterator[Tangent]:
    """Give planes over what `list_offers` gives that no schedule within the budget rises above.

    Args:
        problem: A problem with packages.
        near: Units of a good schedule, those of packages counted.
        n_cuts: Rounds of cutting where the measure is not concave.

    Yields:
        Planes; those of a measure that is not concave hold up to the problem's budget.
    """
    options = tuple(_cheapened(problem, v) for v in range(len(problem.options)))
    by_units = replace(problem, options=options, packages=(), limits=())
    grants = np.array([package.units for package in problem.packages], dtype=np.float64)
    for plane in find_tangents(by_units, near=near, n_cuts=n_cuts, shares_money=False):
        slopes = np.concatenate([plane.slopes, grants @ plane.slopes])
        yield replace(plane, slopes=slopes)


def _in_packages(problem: PlanProblem) -> list[bool]:
    return [any(p.units[v] for p in problem.packages) for v in range(len(problem.options))]


def _cheapened(problem: PlanProblem, v: int) -> VenueOption:
    """Give a venue at a price at which every plan could have its units, wherever they come from.

    So many units of the venue are the most that any plan can have; what levels can be reached at
    all rests on that. Prices here only choose where planes touch.
    """
    option = problem.options[v]
    holding = [package for package in problem.packages if package.units[v]]
    if not holding:
        return option
    most = option.ladder.maximum_units
    lowest = option.ladder.lowest_price(max(most, 1))
    prices = [p.ladder.lowest_price(p.ladder.maximum_units) / int(p.units[v]) for p in holding]
    price = min(lowest if option.is_open else prices[0], *prices) * Decimal("0.999")
    return replace(
        option,
        ladder=Ladder((PriceStep(1, price),), 1, most),
        floor_cents=0,
        ceiling_cents=None,
        is_open=True,
    )
