"""What a schedule may bring, given that audiences and responses are known with intervals."""

from dataclasses import dataclass, replace

import numpy as np

from signoff.brief import Brief
from signoff.results import Estimate
from signoff.stats.reach import Array, nbd_reach_share
from signoff.stats.shares import middle_interval
from signoff.units import CommitteeRole
from signoff.venues.book import VenueBook
from signoff.venues.draws import N_DRAWS, Drawn, MarketDraws, draw_normals
from signoff.venues.market.kinds import PersonKinds
from signoff.venues.solver.committees import accounts_by_role
from signoff.venues.solver.exposure import MarketAudience, make_problem
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import FREQUENCY_SHAPE, PlanProblem

__all__ = ["Forecast", "RoleReach", "RoleVenueReach", "forecast_schedule", "list_totals"]


@dataclass(frozen=True)
class RoleReach:
    """How much of one role the plan reaches.

    Attributes:
        role: Committee role.
        reach: Share of its people with at least the exposures needed.
        n_accounts_covered: Accounts where at least one of its people is reached.
        n_people: People of the market who play it.
    """

    role: CommitteeRole
    reach: Estimate
    n_accounts_covered: Estimate
    n_people: int


@dataclass(frozen=True)
class RoleVenueReach:
    """How much of one role one venue of the plan reaches by itself.

    Attributes:
        role: Committee role.
        venue_id: Venue.
        reach: Share of the role's people with at least the exposures needed from it alone.
    """

    role: CommitteeRole
    venue_id: str
    reach: Estimate


@dataclass(frozen=True)
class Forecast:
    """What a schedule is expected to bring.

    Attributes:
        result: In the unit of the objective.
        covered_accounts: Accounts whose committee is covered by the approval rule.
        by_role: One entry for each role.
        by_role_venue: One entry for each role and venue of the plan.
        n_draws: Draws behind the intervals.
        result_draws: The result in each draw; plans of one seed are compared draw by draw.
    """

    result: Estimate
    covered_accounts: Estimate
    by_role: tuple[RoleReach, ...]
    by_role_venue: tuple[RoleVenueReach, ...]
    n_draws: int
    result_draws: tuple[float, ...]


def forecast_schedule(
    audience: MarketAudience,
    book: VenueBook,
    *,
    brief: Brief,
    units: Units,
    rng: np.random.Generator,
    n_draws: int = N_DRAWS,
) -> Forecast:
    """Forecast a schedule over draws of reach and response from their 90 % intervals.

    Args:
        audience: Reach, with its spread.
        book: Venues, with the intervals of their response.
        brief: Objective, rule, terms.
        units: The schedule.
        rng: Source of the draws.
        n_draws: How many.

    Returns:
        Estimates whose value is that of the best single numbers, and whose interval holds 90 % of
        the draws. Venues move apart from each other.
    """
    bought = np.flatnonzero(units > 0)
    part = replace(book, venues=tuple(book.venues[v] for v in bought))
    seen = replace(audience, reach=audience.reach[bought], spread=audience.spread[:, bought])
    few = units[bought].astype(np.float64)
    market = MarketDraws(seen, part, problem=make_problem(seen, part, brief=brief))
    best = _outcome(market.best(), few, people=seen.people)
    draws = [
        _outcome(market.at(normal), few, people=seen.people)
        for normal in draw_normals(part, rng=rng, n_draws=n_draws)
    ]
    by_draw = np.array(draws).reshape(n_draws, -1)
    return _forecast(_estimates(best, by_draw), by_draw, seen, part)


def list_totals(
    problem: PlanProblem, units: Array, *, people: Array, kinds: PersonKinds | None = None
) -> Array:
    """Give what a schedule brings in all.

    Args:
        problem: The problem.
        units: Units of each venue.
        people: People by profile and role.
        kinds: People with their chances of being in audiences; None: as the problem has them.

    Returns:
        Result, accounts covered, then by role the share reached, then by role the accounts.
    """
    coverage = ResultModel(problem, problem.coverage(), kinds=kinds)
    miss = coverage.person_miss(units)
    n_people = np.maximum(people.sum(axis=0), 1e-300)
    weight = problem.nodes.account_weight
    role_reach = np.einsum("pr,pra,a->r", people, 1 - miss, weight) / n_people
    model = ResultModel(problem, kinds=kinds)
    is_same = not model.measure.counts_answers  # then the same people count
    result = model.add_up(miss) if is_same else model.value(units)
    covered = accounts_by_role(miss, problem.cells, account_weight=weight)
    return np.concatenate([[result, coverage.add_up(miss)], role_reach, covered])


def _outcome(drawn: Drawn, units: Array, *, people: Array) -> Array:
    """Give the totals, then by venue and role the reach of the venue alone."""
    problem = drawn.problem
    frequent = nbd_reach_share(
        units * np.array([option.exposures_per_unit for option in problem.options]),
        shape=FREQUENCY_SHAPE,
        exposures_needed=problem.exposures_needed,
    )
    n_people = np.maximum(people.sum(axis=0), 1e-300)
    alone = drawn.reached / n_people * frequent[:, None]
    totals = list_totals(problem, units, people=people, kinds=drawn.kinds)
    return np.concatenate([totals, alone.ravel()])


def _estimates(best: Array, draws: Array) -> list[Estimate]:
    estimates = []
    for value, column in zip(best.tolist(), draws.T, strict=True):
        low, high = middle_interval(column)
        estimates.append(Estimate(value, min(low, value), max(high, value)))
    return estimates


def _forecast(
    estimates: list[Estimate], by_draw: Array, audience: MarketAudience, book: VenueBook
) -> Forecast:
    roles = audience.roles
    n_people = audience.people.sum(axis=0)
    reach, covered = estimates[2 : 2 + len(roles)], estimates[2 + len(roles) : 2 + 2 * len(roles)]
    alone = iter(estimates[2 + 2 * len(roles) :])
    return Forecast(
        result=estimates[0],
        covered_accounts=estimates[1],
        by_role=tuple(
            RoleReach(role, reach[r], covered[r], int(n_people[r])) for r, role in enumerate(roles)
        ),
        by_role_venue=tuple(
            RoleVenueReach(role, venue.venue_id, next(alone))
            for venue in book.venues
            for role in roles
        ),
        n_draws=len(by_draw),
        result_draws=tuple(by_draw[:, 0].tolist()),
    )
