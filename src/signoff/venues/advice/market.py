"""A plan on the facts that it was made from, and schedules judged in its draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from signoff.brief import Brief
from signoff.stats.reach import Array
from signoff.venues.book import VenueBook
from signoff.venues.draws import N_DRAWS, MarketDraws, draw_normals
from signoff.venues.facts import VenueFacts
from signoff.venues.judging import judge_units
from signoff.venues.market.audience import MarketAudience, match_audience
from signoff.venues.plan import VenuePlan
from signoff.venues.solver.exposure import make_problem
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_offers import hold_packages
from signoff.venues.solver.problem import PlanProblem

__all__ = [
    "PlanMarket",
    "best_marginal",
    "judge_schedules",
    "list_marginals",
    "money_of",
    "open_market",
]


@dataclass(frozen=True, eq=False)
class PlanMarket:
    """A plan and what it was made from.

    Attributes:
        book: Venues.
        audience: The market as they see it.
        brief: Objective, rule, terms.
        problem: The same as arrays.
        units: Units of the plan, by venue of the book.
        seed: Seed of its draws.
        counts: How many of each package the plan buys.
    """

    book: VenueBook
    audience: MarketAudience
    brief: Brief
    problem: PlanProblem
    units: Units
    seed: int
    counts: tuple[int, ...] = ()

    def drawn(self, normal: Array) -> ResultModel:
        """Give what judges schedules where audiences and responses lie so far from their best.

        Args:
            normal: Shape (2, venues), in standard deviations.
        """
        drawn = self._draws.at(normal)
        return ResultModel(drawn.problem, kinds=drawn.kinds)

    def normals(self, n_draws: int = N_DRAWS) -> Array:
        """Give how far audience and response of each venue lie from their best single values."""
        return draw_normals(self.book, rng=self._rng(), n_draws=n_draws)

    def units_of(self, bought: Mapping[str, int]) -> Units:
        """Give a schedule from units by venue id; venues that are not named get none."""
        units = [bought.get(venue.venue_id, 0) for venue in self.book.venues]
        return np.array(units, dtype=np.int64)

    @cached_property
    def _draws(self) -> MarketDraws:
        return MarketDraws(self.audience, self.book, problem=self.problem)

    def _rng(self) -> np.random.Generator:
        return np.random.default_rng(self.seed).spawn(3)[1]


def open_market(
    facts: VenueFacts, *, brief: Brief, plan: VenuePlan, holds_packages: bool = True
) -> PlanMarket:
    """Put a plan back on the facts that it was made from.

    Args:
        facts: The facts.
        brief: The brief that it was made from.
        plan: The plan.
        holds_packages: Whether its packages stay bought, beside the units; else their units count
            like any others.
    """
    audience = match_audience(facts.book, facts.cells, brief=brief)
    problem = make_problem(audience, facts.book, brief=brief)
    held = {line.package_id: line.packages for line in plan.packages}
    counts = tuple(held.get(package.package_id, 0) for package in problem.packages)
    if problem.packages and holds_packages:
        problem = hold_packages(problem, counts)
    bought = {line.venue_id: line.units for line in plan.lines}
    units = [bought.get(o.venue_id, 0) - o.granted_units for o in problem.options]
    units = [max(n, 0) for n in units]
    return PlanMarket(
        book=facts.book,
        audience=audience,
        brief=brief,
        problem=problem,
        units=np.array(units, dtype=np.int64),
        seed=plan.seed,
        counts=counts,
    )


def judge_schedules(
    market: PlanMarket, schedules: Sequence[Units], *, n_draws: int = N_DRAWS
) -> Array:
    """Judge schedules in the draws behind the plan's interval.

    Args:
        market: The plan.
        schedules: Schedules.
        n_draws: How many of its draws, from the first on.

    Returns:
        Results, shape (schedules, draws): all of them in the same draws.
    """
    return judge_units(
        market.audience,
        market.book,
        problem=market.problem,
        schedules=schedules,
        normals=market.normals(n_draws),
    )


def list_marginals(problem: PlanProblem, units: Units) -> Array:
    """Give what 1,000 more at each venue would add, if units could be broken.

    Args:
        problem: The problem.
        units: A schedule.

    Returns:
        Gains by venue, in the unit of the objective, at the price of the step that it stands on.
    """
    _, slopes = ResultModel(problem).gradient(units.astype(np.float64))
    prices = [
        float(option.ladder.unit_price(int(n)))
        for option, n in zip(problem.options, units, strict=True)
    ]
    return np.asarray(1000 * slopes / np.array(prices))


def best_marginal(plan: VenuePlan) -> float:
    """Give what the best 1,000 more would add to a plan, if units could be broken."""
    gains = [line.marginal_result_per_1000 or 0.0 for line in plan.lines]
    return max(gains, default=0.0)


def money_of(cents: float) -> Decimal:
    """Give cents as money."""
    return (Decimal(round(cents)) / 100).quantize(Decimal("0.01"))
