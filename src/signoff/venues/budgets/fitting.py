"""Fit a plan of venues once, so that every other budget is answered at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from signoff.brief import Brief
from signoff.errors import DataError
from signoff.stats.reach import Array
from signoff.store.engines.engine import Engine
from signoff.venues.book import VenueBook
from signoff.venues.budgets.fitted import DrawPoints, FittedVenues, PlanStand
from signoff.venues.budgets.rungs import Rung, climb_rungs
from signoff.venues.draws import N_DRAWS, MarketDraws, draw_normals
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.forecast import list_totals
from signoff.venues.plan import VenuePlan
from signoff.venues.solver.bound import N_CUTS, find_tangents
from signoff.venues.solver.exposure import MarketAudience, make_problem, match_audience
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_bound import find_package_tangents, list_offers
from signoff.venues.solver.package_offers import hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, committed_cents
from signoff.venues.solver.tangent import Tangent

__all__ = ["fit_facts", "fit_venues", "prove_budgets"]

_PROOF_SHARES = (0.1, 0.25, 0.5, 0.75, 1.25, 1.5, 2.0, 2.5)
_DRAW_SHARES = (0.02, 0.06, 0.12, 0.2, 0.33, 0.5, 0.75, 1.0, 1.25, 1.6, 2.0, 2.5)
_N_CUTS = 3
_THINNEST_STEP = 1.002


def fit_venues(
    engine: Engine, *, brief: Brief, plan: VenuePlan, as_of: date | None = None
) -> FittedVenues:
    """Fit a plan that was made, so that any other budget is answered in milliseconds.

    Args:
        engine: Holds the tables that the plan was made from.
        brief: The brief that it was made from.
        plan: The plan; its seed is used again.
        as_of: The day that counted as today when the plan was made.

    Returns:
        What answers budgets up to two and a half times the plan's.

    Raises:
        DataError: the tables are not those that the plan was made from.

    Call it with what a plan was made from: `fit_venues(engine, brief=brief, plan=plan_venues(
    engine, brief=brief, seed=1)).at_budget(Decimal(80_000))`.
    """
    return fit_facts(list_facts(engine, brief=brief, as_of=as_of), brief=brief, plan=plan)


def fit_facts(facts: VenueFacts, *, brief: Brief, plan: VenuePlan) -> FittedVenues:
    """Fit from facts that were asked for before, as `fit_venues` does from an engine.

    Args:
        facts: What the plan was made from.
        brief: The brief that it was made from.
        plan: The plan; its seed is used again.

    Returns:
        What answers budgets up to two and a half times the plan's.

    Raises:
        DataError: the facts are not those that the plan was made from.

    >>> from decimal import Decimal
    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.plan import plan_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> made = plan_facts(facts, brief=sample_brief(), seed=1)
    >>> fitted = fit_facts(facts, brief=sample_brief(), plan=made.plan)
    >>> fitted.at_budget(Decimal(60_000)).is_plan
    True
    """
    book = facts.book
    audience = match_audience(book, facts.cells, brief=brief)
    whole = make_problem(audience, book, brief=brief)
    problem = hold_packages(whole, _counts(plan, whole)) if whole.packages else whole
    market = _Market(book, audience, problem, brief)
    schedule = _schedule_of(plan, market)
    _, draws, curve = np.random.default_rng(plan.seed).spawn(3)
    rungs = _thinned(climb_rungs(problem, schedule, rng=curve), schedule=schedule)
    place = [tuple(rung.units) for rung in rungs].index(schedule.units)
    totals = np.stack([_totals(market, rung) for rung in rungs])
    return FittedVenues(
        currency=brief.money.currency,
        objective=plan.objective,
        result_unit=plan.result_unit,
        roles=audience.roles,
        n_accounts=plan.n_accounts,
        options=problem.options,
        rungs=rungs,
        totals=totals,
        draws=_draw(market, rungs, rng=draws),
        tangents=tuple(prove_budgets(whole, rungs, granted=ResultModel(problem).granted)),
        offers=list_offers(whole) if whole.packages else problem.options,
        ceiling=ResultModel(problem).ceiling,
        plan=PlanStand(
            place=place,
            budget_cents=problem.budget_cents,
            result=plan.result,
            covered_accounts=plan.covered_accounts,
            role_reach=tuple(role.reach for role in plan.reach_by_role),
            bound=plan.bound,
        ),
        seed=plan.seed,
    )


@dataclass(frozen=True, eq=False)
class _Market:
    book: VenueBook
    audience: MarketAudience
    problem: PlanProblem
    brief: Brief


def _schedule_of(plan: VenuePlan, market: _Market) -> Schedule:
    """Read the schedule back from a plan, and refuse facts on which it brings something else."""
    bought = {line.venue_id: line for line in plan.lines}
    ids = [option.venue_id for option in market.problem.options]
    unknown = [venue_id for venue_id in ids if venue_id not in bought]
    units = [
        0 if option.venue_id in unknown else bought[option.venue_id].units - option.granted_units
        for option in market.problem.options
    ]
    result = ResultModel(market.problem).value(np.array(units, dtype=np.float64))
    if unknown or not np.isclose(result, plan.result.value, rtol=1e-9, atol=1e-12):
        raise DataError(
            f"the plan brings {plan.result.value:.6g}, its schedule on these facts {result:.6g}",
            why="facts, brief or Signoff are not those that the plan was made from",
            fix="make the plan anew and fit that one",
        )
    cents = [o.cost_cents(n) for o, n in zip(market.problem.options, units, strict=True)]
    return Schedule(
        tuple(units), tuple(cents), result=result, bound=plan.bound, n_starts=0, n_ends=0
    )


def _counts(plan: VenuePlan, problem: PlanProblem) -> tuple[int, ...]:
    """Read back how many of each package the plan buys."""
    bought = {line.package_id: line.packages for line in plan.packages}
    return tuple(bought.get(package.package_id, 0) for package in problem.packages)


def _thinned(rungs: tuple[Rung, ...], *, schedule: Schedule) -> tuple[Rung, ...]:
    """Keep one schedule for every 0.2 % more money; the plan always."""
    kept = [rungs[0]]
    for rung in rungs[1:]:
        is_plan = tuple(rung.units) == schedule.units
        if is_plan or rung.from_cents >= kept[-1].from_cents * _THINNEST_STEP:
            kept.append(rung)
    return tuple(kept)


def _totals(market: _Market, rung: Rung) -> Array:
    people = market.audience.people
    totals = list_totals(market.problem, rung.units.astype(np.float64), people=people)
    return totals[: 2 + people.shape[1]]


def _at(rungs: Sequence[Rung], cents: float) -> int:
    """Give the place of the schedule that is the answer at a budget; the first if none is."""
    return max(sum(rung.from_cents <= cents for rung in rungs) - 1, 0)


def _draw(market: _Market, rungs: Sequence[Rung], *, rng: np.random.Generator) -> DrawPoints:
    """Judge a few schedules in each draw, all in the same ones as the plan."""
    budget = market.problem.budget_cents
    places = sorted({_at(rungs, budget * share) for share in _DRAW_SHARES})
    chosen = [rungs[place] for place in places]
    people = market.audience.people
    best = np.stack([_totals(market, rung) for rung in chosen])
    drawn = np.empty((*best.shape, N_DRAWS))
    draws = MarketDraws(market.audience, market.book, problem=market.problem)
    for d, normal in enumerate(draw_normals(market.book, rng=rng)):
        at = draws.at(normal)
        for k, rung in enumerate(chosen):
            units = rung.units.astype(np.float64)
            totals = list_totals(at.problem, units, people=people, kinds=at.kinds)
            drawn[k, :, d] = totals[: best.shape[1]]
    positive = best > 0
    ratio = np.where(positive[..., None], drawn / np.where(positive, best, 1.0)[..., None], 1.0)
    return DrawPoints(np.array([rung.from_cents for rung in chosen], dtype=np.float64), ratio)


def prove_budgets(
    problem: PlanProblem, rungs: Sequence[Rung], *, granted: Array | None = None
) -> Iterator[Tangent]:
    """Give planes that bound every budget up to two and a half times the plan's.

    Args:
        problem: The problem at the plan's budget.
        rungs: Schedules found, by rising budget.
        granted: Units that come through packages beside those of the schedules; None: none.

    Yields:
        Planes, sharpest at the plan's budget and at a few others; above each of these budgets its
        planes are no proofs any more where the measure is not concave, those of dearer ones are.
    """
    committed = committed_cents(problem)
    for share in (1.0, *_PROOF_SHARES):
        budget = max(round(problem.budget_cents * share), committed)
        near = rungs[_at(rungs, budget)].units.astype(np.float64)
        if granted is not None:
            near = near + granted
        n_cuts = N_CUTS if share == 1.0 else _N_CUTS
        at_budget = replace(problem, budget_cents=budget)
        prove = find_package_tangents if problem.packages else find_tangents
        yield from prove(at_budget, near=near, n_cuts=n_cuts)
