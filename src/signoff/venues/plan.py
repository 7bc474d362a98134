"""The budget plan: which venue, how many units, for how much, and what is expected of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from math import ceil

import numpy as np

from signoff.brief import Brief
from signoff.results import Estimate, Result, Row
from signoff.store.engines.engine import Engine
from signoff.units import Objective, VenueKind
from signoff.venues.book import VenueBook
from signoff.venues.budget_curve import CurvePoint, draw_points
from signoff.venues.caution.cautious_plan import CautiousChoice, CautiousResult, choose_cautious
from signoff.venues.caution.drawn_problems import MarketProblems
from signoff.venues.caution.wording import say_caution
from signoff.venues.draws import draw_normals
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.forecast import Forecast, RoleReach, RoleVenueReach, forecast_schedule
from signoff.venues.lines import VenueLine, write_lines
from signoff.venues.market.audience import MarketAudience, match_audience, with_notes
from signoff.venues.market.unreached import refuse_unreached
from signoff.venues.notes import say_drawn_cells, say_draws, write_cautions
from signoff.venues.package_lines import PackageLine, write_package_lines
from signoff.venues.solver.exposure import make_problem
from signoff.venues.solver.package_search import trace_package_curve
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule
from signoff.venues.terms.contradiction import refuse_contradictions
from signoff.venues.terms.frequency_caps import refuse_capped_floors
from signoff.venues.terms.limit_lines import LimitLine, list_limit_lines
from signoff.venues.terms.limits import SpendLimit
from signoff.venues.weeks.plan_weeks import WeekLine, list_week_lines, solve_in_time
from signoff.venues.weeks.result_timing import ResultTiming
from signoff.venues.weeks.result_weeks import time_results
from signoff.venues.weeks.whom_when import LevelTiming, LevelWindow, level_windows

__all__ = ["DrawnPlan", "VenuePlan", "draw_results", "plan_facts", "plan_venues"]


@dataclass(frozen=True)
class VenuePlan(Result):
    """The plan of venues, with what it is expected to bring and how far the best could be.

    Attributes:
        lines: One entry for each venue, in the plan or not, with the reason.
        total_spend: Sum of the lines' spend.
        budget: Most that may be spent.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts (each by its value weight) or people.
        result: What the plan is expected to bring.
        bound: What no plan within the budget can exceed, by proof, at the best single numbers.
        gap_share: How much more than the plan the best one could bring, as a share of the plan.
        rule: How reached roles add up to a covered account.
        exposures_needed: Exposures that make a person count as reached.
        covered_accounts: Accounts whose committee is covered by the rule, each counted once; under
            the rule uplift, those approved beyond what would come anyway.
        n_accounts: Accounts advertised to, the holdout left out.
        reach_by_role: Reach of each role.
        reach_by_role_venue: Reach of each role by each venue of the plan alone.
        curve: What other budgets would bring.
        n_starts: Starts from which a plan was sought.
        n_ends: Different ends among them.
        n_draws: Draws behind the intervals.
        draws_note: What the intervals hold, in words.
        cautions: What the reader must know, in words.
        seed: Seed of starts and draws.
        appetite_shape: Shape of the people's appetite, which makes audiences overlap.
        weeks: Units by week; none in plans of earlier versions.
        timings: When each level of approval is best met, as the weeks were chosen by.
        limits: Money of each group of the brief and of each month, beside what is allowed.
        packages: One entry for each package of venues; their units and money stand in the lines.
        timing: When the result comes; None where nothing is bought, and in earlier plans.
        caution: What the worst draws bring, where the brief asks for a cautious plan; else None.
    """

    lines: tuple[VenueLine, ...]
    total_spend: Decimal
    budget: Decimal
    currency: str
    objective: str
    result_unit: str
    result: Estimate
    bound: float
    gap_share: float
    rule: str
    exposures_needed: int
    covered_accounts: Estimate
    n_accounts: int
    reach_by_role: tuple[RoleReach, ...]
    reach_by_role_venue: tuple[RoleVenueReach, ...]
    curve: tuple[CurvePoint, ...]
    n_starts: int
    n_ends: int
    n_draws: int
    draws_note: str
    cautions: tuple[str, ...]
    seed: int
    appetite_shape: float
    weeks: tuple[WeekLine, ...] = ()
    timings: tuple[LevelWindow, ...] = ()
    limits: tuple[LimitLine, ...] = ()
    packages: tuple[PackageLine, ...] = ()
    timing: ResultTiming | None = None
    caution: CautiousResult | None = None

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue, those in the plan first."""
        return [
            {
                "venue_id": line.venue_id,
                "name": line.name,
                "kind": VenueKind(line.kind).value,
                "units": line.units,
                "packaged_units": line.packaged_units,
                "unit": line.unit,
                "unit_price": line.unit_price,
                "spend": line.spend,
                "currency": line.currency,
                "in_plan": line.in_plan,
                "reason": line.reason,
                "basis": line.basis,
                "source": line.source,
            }
            for line in self.lines
        ]

    def text(self) -> str:
        """Say what is bought, what it should bring, and how sure that is."""
        n_bought = sum(line.in_plan for line in self.lines)
        unit = "people" if self.result_unit == "people" else "accounts, by value weight"
        if self.objective == Objective.LEADS:
            unit = "accounts that raise a hand, by value weight"
        is_uplift = self.rule == "uplift"
        counted = "approved beyond those that would be anyway" if is_uplift else "covered"
        cautious = f" {self.caution.text()}" if self.caution else ""
        return (
            f"{n_bought} of {len(self.lines)} venues for {self.total_spend:,} {self.currency} of "
            f"{self.budget:,}. Expected {self.objective}: {self.result.text(digits=3)} ({unit}); "
            f"{self.covered_accounts.text(digits=1)} of {self.n_accounts:,} accounts {counted} "
            f"under the rule {self.rule}. No plan within the budget can bring more than "
            f"{self.bound:.3f}: the best one brings at most "
            f"{ceil(1000 * self.gap_share) / 10:.1f} % more.{cautious}"
        )


def plan_venues(
    engine: Engine,
    *,
    brief: Brief,
    seed: int,
    as_of: date | None = None,
    timings: Sequence[LevelTiming] = (),
) -> VenuePlan:
    """Plan where to spend the budget so that the brief's objective gets most of it.

    Args:
        engine: Holds venue, rate, venue_audience, venue_duplication, market_account, account_role.
        brief: Objective, committee, money and terms with venues.
        seed: The same seed on the same data gives the same plan, to the last digit.
        as_of: The day that counts as today, for lead times; None: orders are early enough.
        timings: How long the levels of approval take, so that each is met before its turn; none:
            every week is worth as much.

    Returns:
        The plan: every venue with its units, money and reason; the result with its interval; a
        bound that no plan can exceed; reach by role; what other budgets would bring.

    Raises:
        DataError: venues, prices, audiences or the market cannot be planned from.
        BriefError: terms that contradict each other, or a budget below every minimum buy.

    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     plan = plan_venues(engine, brief=sample_brief(), seed=1)
    >>> plan.total_spend <= plan.budget, [line.in_plan for line in plan.lines]
    (True, [True, False])
    """
    facts = list_facts(engine, brief=brief, as_of=as_of)
    return plan_facts(facts, brief=brief, seed=seed, timings=timings).plan


@dataclass(frozen=True)
class DrawnPlan:
    """A plan of venues with the draws behind its interval.

    Attributes:
        plan: The plan.
        result_draws: Its result in each draw; plans of one seed are compared draw by draw.
    """

    plan: VenuePlan
    result_draws: tuple[float, ...]


def plan_facts(
    facts: VenueFacts, *, brief: Brief, seed: int, timings: Sequence[LevelTiming] = ()
) -> DrawnPlan:
    """Plan from facts that were asked for before, as `plan_venues` does from an engine.

    Args:
        facts: Venues and accounts.
        brief: Objective, committee, money and terms with venues, as the facts were listed for.
        seed: The same seed on the same facts gives the same plan, to the last digit.
        timings: How long the levels of approval take.

    Returns:
        The plan, and its result in each draw.

    Raises:
        DataError: a part of the committee cannot be reached.
        BriefError: limits that contradict each other, or months whose money is too tight.

    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> len(plan_facts(facts, brief=sample_brief(), seed=1).result_draws)
    200
    """
    audience = match_audience(facts.book, facts.cells, brief=brief)
    book = with_notes(facts.book, audience)
    refuse_unreached(audience, brief=brief)
    problem = make_problem(audience, book, brief=brief)
    _check_limits(problem)
    starts, draws, curve = np.random.default_rng(seed).spawn(3)
    place = partial(list_week_lines, book, audience, brief=brief, timings=timings)
    first, weeks = solve_in_time(problem, place=place, rng=starts)
    market = MarketProblems(audience, book, problem, draw_normals(book, rng=_draws_rng(seed)))
    chosen = _choose(market, (first, weeks), share=brief.caution.share, place=place, seed=seed)
    schedule, weeks = (chosen.schedule, chosen.weeks) if chosen else (first, weeks)
    units = np.array(schedule.units, dtype=np.int64)
    forecast = forecast_schedule(audience, book, brief=brief, units=units, rng=draws)
    places = trace_package_curve(problem, first, rng=curve)
    again = _draws_rng(seed)
    points = draw_points(audience, book, problem=problem, places=places, rng=again)
    drawn = say_drawn_cells(facts.cells, language=brief.language)
    timing = time_results(
        audience,
        book,
        brief=brief,
        forecast=forecast,
        weeks=weeks,
        timings=timings,
        rng=_draws_rng(seed),
    )
    parts = _Parts(
        book, audience, problem, schedule, forecast, points, drawn, weeks, tuple(timings), timing
    )
    parts = replace(parts, expected=first, caution=chosen.caution if chosen else None)
    return DrawnPlan(_compose(parts, brief=brief, seed=seed), forecast.result_draws)


def draw_results(facts: VenueFacts, *, brief: Brief, plan: VenuePlan) -> tuple[float, ...]:
    """Give the result of a plan that was made, in each draw.

    Args:
        facts: What it was made from.
        brief: The brief that it was made from.
        plan: The plan.

    Returns:
        Results by draw, those behind the plan's interval.

    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> made = plan_facts(facts, brief=sample_brief(), seed=1)
    >>> draw_results(facts, brief=sample_brief(), plan=made.plan) == made.result_draws
    True
    """
    bought = {line.venue_id: line.units for line in plan.lines}
    units = np.array([bought.get(venue.venue_id, 0) for venue in facts.book.venues], dtype=np.int64)
    audience = match_audience(facts.book, facts.cells, brief=brief)
    _, draws, _ = np.random.default_rng(plan.seed).spawn(3)
    forecast = forecast_schedule(audience, facts.book, brief=brief, units=units, rng=draws)
    return forecast.result_draws


def _choose(
    market: MarketProblems,
    expected: tuple[Schedule, tuple[WeekLine, ...]],
    *,
    share: float,
    place: Callable[[Schedule], tuple[WeekLine, ...]],
    seed: int,
) -> CautiousChoice | None:
    """Choose the plan whose worst draws bring most; None where the expected value counts."""
    if share >= 1:
        return None
    return choose_cautious(
        market.whole,
        market,
        share=share,
        expected=expected,
        place=place,
        rng=np.random.default_rng(seed).spawn(4)[3],
    )


def _draws_rng(seed: int) -> np.random.Generator:
    """Give the source of the plan's draws in its first state: the same draws for every use."""
    return np.random.default_rng(seed).spawn(3)[1]


@dataclass(frozen=True, eq=False)
class _Parts:
    book: VenueBook
    audience: MarketAudience
    problem: PlanProblem
    schedule: Schedule
    forecast: Forecast
    points: tuple[CurvePoint, ...]
    market_cautions: tuple[str, ...]
    weeks: tuple[WeekLine, ...]
    timings: tuple[LevelTiming, ...]
    timing: ResultTiming | None
    expected: Schedule | None = None
    caution: CautiousResult | None = None


def _compose(parts: _Parts, *, brief: Brief, seed: int) -> VenuePlan:
    schedule, forecast = parts.schedule, parts.forecast
    lines = write_lines(
        parts.book,
        parts.problem,
        schedule=schedule,
        brief=brief,
        expected=parts.expected if parts.caution else None,
    )
    packages = write_package_lines(parts.book, parts.problem, schedule=schedule, brief=brief)
    is_people = parts.problem.measure().combination == "people"
    return VenuePlan(
        lines=lines,
        total_spend=sum((line.spend for line in lines), Decimal("0.00")),
        budget=brief.money.budget,
        currency=brief.money.currency,
        objective=brief.objective.aim.value,
        result_unit="people" if is_people else "weighted_accounts",
        result=forecast.result,
        bound=schedule.bound,
        gap_share=schedule.gap_share,
        rule=brief.committee.approval_rule.value,
        exposures_needed=brief.committee.exposures_needed,
        covered_accounts=forecast.covered_accounts,
        n_accounts=int(parts.audience.cells.n_accounts.sum()),
        reach_by_role=forecast.by_role,
        reach_by_role_venue=forecast.by_role_venue,
        curve=parts.points,
        n_starts=schedule.n_starts,
        n_ends=schedule.n_ends,
        n_draws=forecast.n_draws,
        draws_note=say_draws(forecast.n_draws, seed=seed, language=brief.language),
        cautions=(
            *write_cautions(parts.book, parts.audience, lines=lines, brief=brief),
            *parts.market_cautions,
            *say_caution(parts.caution, language=brief.language),
        ),
        seed=seed,
        appetite_shape=parts.audience.shape,
        weeks=parts.weeks,
        timings=level_windows(
            parts.timings, starts_on=brief.period.starts_on, decision_on=brief.period.ends_on
        ),
        limits=_limits(parts, lines, brief=brief),
        packages=packages,
        timing=parts.timing,
        caution=parts.caution,
    )


def _limits(parts: _Parts, lines: Sequence[VenueLine], *, brief: Brief) -> tuple[LimitLine, ...]:
    spend = {line.venue_id: line.spend for line in lines}
    return list_limit_lines(parts.book, brief=brief, spend=spend, weeks=parts.weeks)


def _check_limits(problem: PlanProblem) -> None:
    """Refuse limits that contradict each other, before anything is solved."""
    refuse_capped_floors(problem.options, packages=problem.packages)
    if problem.limits or problem.packages:
        everything = tuple(range(len(problem.options)))
        budget = SpendLimit("money.budget", everything, most_cents=problem.budget_cents)
        limits = (budget, *problem.limits)
        refuse_contradictions(problem.options, limits, packages=problem.packages)
