"""What to learn next: what it would be worth to know a venue better before money is spent.

All schedules that knowledge could lead to are judged in the draws behind the plan's interval. How
much better each is than the plan is then fitted over what is not known of one venue, by a parabola:
where another schedule comes to lie above the plan, knowing would change the plan, and the average
rise is what knowing it exactly is worth. The best of many schedules lies above the plan by chance
too; how much so is found by mixing the draws up, and taken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

import numpy as np

from signoff.brief import Brief
from signoff.results import Result, Row, shorten
from signoff.stats.reach import Array
from signoff.units import Objective
from signoff.venues.advice.market import PlanMarket, best_marginal, judge_schedules, open_market
from signoff.venues.advice.package_moves import keeps_limits, list_package_moves
from signoff.venues.draws import N_DRAWS
from signoff.venues.facts import VenueFacts
from signoff.venues.plan import VenuePlan
from signoff.venues.solver.insertions import cheapest_units, improve_units
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.schedule import plan_effort

__all__ = ["Learning", "LearningValue", "Research", "value_learning"]

_FAR = 1.27
"""Mean of the outermost quarter of a standard normal."""
_MOST_VENUES, _FEWEST_VENUES = 16, 4
_N_ROUNDS = 3
_N_TRIED = 8
_N_MIXED = 40
_CLEAR_SHARE = 0.95


class Research(StrEnum):
    """How a venue comes to be known better."""

    SURVEY = "survey"
    """Ask people whether they see it: tells its audience."""
    TEST = "test"
    """Try it on some accounts and not on others: tells how people respond."""


@dataclass(frozen=True)
class LearningValue:
    """What it would be worth to know one thing of one venue.

    Attributes:
        venue_id: Venue.
        name: Its name.
        research: What would tell.
        gain: What the plan would bring more on average, if it were known exactly; in the unit of
            the result. No survey or test is worth more than that.
        by_chance: What was taken off, since the best of many schedules gains by chance too.
        is_clear: Whether the gain stands out from chance.
        budget_worth: Budget that would bring as much at the plan's margin; None where more money
            adds nothing.
        deal_worth: The gain in sales, where a result is a sale; else None.
    """

    venue_id: str
    name: str
    research: Research
    gain: float
    by_chance: float
    is_clear: bool
    budget_worth: Decimal | None
    deal_worth: Decimal | None


@dataclass(frozen=True)
class Learning(Result):
    """What is worth learning before the money is spent.

    Attributes:
        values: One entry for each venue and kind of research looked at, most worth first.
        everything: What the plan would bring more on average if all were known of all venues.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        n_schedules: Schedules that knowledge could lead to.
        n_draws: Draws in which they were judged.
    """

    values: tuple[LearningValue, ...]
    everything: float
    currency: str
    objective: str
    result_unit: str
    n_schedules: int
    n_draws: int

    def rows(self) -> Sequence[Row]:
        """Give one row for each venue and kind of research."""
        return [
            {
                "venue_id": value.venue_id,
                "name": value.name,
                "research": value.research.value,
                "gain": value.gain,
                "is_clear": value.is_clear,
                "budget_worth": value.budget_worth,
                "deal_worth": value.deal_worth,
                "currency": self.currency,
            }
            for value in self.values
        ]

    def text(self) -> str:
        """Say what is worth most to learn."""
        clear = [value for value in self.values if value.is_clear]
        whole = (
            f"To know everything of every venue would add {shorten(self.everything)} "
            f"{self.objective} on average, by {self.n_schedules} schedules in {self.n_draws} draws."
        )
        if not clear:
            return f"No single survey or test would change the plan for clearly more. {whole}"
        best = clear[0]
        return f"Worth most: a {best.research.value} on {best.name}, {shorten(best.gain)}. {whole}"


def value_learning(facts: VenueFacts, *, brief: Brief, plan: VenuePlan) -> Learning:
    """Say which survey or test would be worth most before the money is spent.

    Args:
        facts: What the plan was made from.
        brief: The brief that it was made from.
        plan: The plan; its draws are used again.

    Returns:
        Venues and kinds of research, most worth first: for each the average gain if it were known
        exactly. Research on responses is left out where the objective does not count answers.

    Source: partial value of perfect information by regression (Strong, Oakley and Brennan 2014).

    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.plan import plan_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> made = plan_facts(facts, brief=sample_brief(), seed=1)
    >>> found = value_learning(facts, brief=sample_brief(), plan=made.plan)
    >>> all(value.gain >= 0 for value in found.values)
    True
    """
    market = open_market(facts, brief=brief, plan=plan)
    effort = plan_effort(market.problem)
    n_draws = N_DRAWS if effort.n_tries >= 20 else N_DRAWS // 2
    n_venues = min(max(effort.n_tries // 2, _FEWEST_VENUES), _MOST_VENUES)
    venues = _promising(market, n_most=n_venues)
    schedules = _list_schedules(market, venues)
    free = open_market(facts, brief=brief, plan=plan, holds_packages=False)
    if free.problem.packages:
        schedules += _beside_packages(free, own=market.units)
    results = judge_schedules(free, schedules, n_draws=n_draws)
    normals, rng = market.normals(n_draws), np.random.default_rng([plan.seed, 3])
    researches = [Research.SURVEY]
    if market.problem.measure().counts_answers:
        researches.append(Research.TEST)
    judged = _Judged(
        results=results,
        normals=normals,
        everything=float(results.max(axis=0).mean() - results.mean(axis=1).max()),
        per_thousand=best_marginal(plan),
    )
    found = [
        _value(market, judged, venue=v, research=research, rng=rng)
        for v in venues
        for research in researches
    ]
    found.sort(key=lambda value: (not value.is_clear, -value.gain, value.venue_id))
    return Learning(
        values=tuple(found),
        everything=judged.everything,
        currency=plan.currency,
        objective=plan.objective,
        result_unit=plan.result_unit,
        n_schedules=len(schedules),
        n_draws=n_draws,
    )


def _promising(market: PlanMarket, *, n_most: int) -> list[int]:
    """Give the plan's venues, then those that would add most per cent if all were better."""
    n = len(market.book.venues)
    bright = market.drawn(np.full((2, n), _FAR))
    _, slopes = bright.gradient(market.units.astype(np.float64))
    prices = [float(option.ladder.lowest_price(1)) for option in market.problem.options]
    rates = np.where(market.units > 0, np.inf, slopes / np.array(prices))
    order = np.argsort(-rates, kind="stable")
    free = [v for v in order.tolist() if _can_change(market, v)]
    return free[:n_most]


def _can_change(market: PlanMarket, venue: int) -> bool:
    option = market.problem.options[venue]
    return option.is_open and option.fixed_cents is None


def _list_schedules(market: PlanMarket, venues: Sequence[int]) -> list[Units]:
    """Give the plan, and where it would move if one venue, or all, were otherwise than expected."""
    effort = replace(plan_effort(market.problem), n_rounds=_N_ROUNDS, n_kicks=0)
    found = {tuple(market.units.tolist()): market.units}
    tried = [*market.normals(_N_TRIED)]
    for v in venues:
        for far in (_FAR, -_FAR):
            if far < 0 and not market.units[v]:
                continue
            normal = np.zeros((2, len(market.units)))
            normal[:, v] = far
            tried.append(normal)
    for normal in tried:
        moved = improve_units(market.drawn(normal), market.units, effort=effort)
        found.setdefault(tuple(moved.tolist()), moved)
    granted = np.array([option.granted_units for option in market.problem.options])
    return [units + granted for units in found.values()]


def _beside_packages(free: PlanMarket, *, own: Units) -> list[Units]:
    """Give where the plan would move if it bought one package more or less of each."""
    effort = replace(plan_effort(free.problem), n_rounds=_N_ROUNDS, n_kicks=0)
    schedules = []
    for counts in list_package_moves(free.problem, free.counts):
        held = hold_packages(free.problem, counts)
        starts = [start for start in (own, cheapest_units(held)) if keeps_limits(held, start)]
        granted = granted_units(free.problem.packages, counts, n_venues=len(held.options))
        schedules += [
            improve_units(ResultModel(held), start, effort=effort) + granted for start in starts[:1]
        ]
    return schedules


@dataclass(frozen=True, eq=False)
class _Judged:
    """Results by schedule and draw, what was drawn, and what to measure gains by."""

    results: Array
    normals: Array
    everything: float
    per_thousand: float


def _value(
    market: PlanMarket,
    judged: _Judged,
    *,
    venue: int,
    research: Research,
    rng: np.random.Generator,
) -> LearningValue:
    unknown = judged.normals[:, 0 if research is Research.SURVEY else 1, venue]
    ahead = judged.results - judged.results[0]
    gain = _known_gain(ahead, unknown)
    mixed = np.array([_known_gain(ahead, rng.permutation(unknown)) for _ in range(_N_MIXED)])
    rest = min(max(gain - float(mixed.mean()), 0.0), judged.everything)
    brief, per_thousand = market.brief, judged.per_thousand
    is_sale = brief.objective.aim is Objective.CONVERSIONS
    return LearningValue(
        venue_id=market.book.venues[venue].venue_id,
        name=market.book.venues[venue].name,
        research=research,
        gain=rest,
        by_chance=float(mixed.mean()),
        is_clear=rest > 0 and gain > float(np.quantile(mixed, _CLEAR_SHARE)),
        budget_worth=_whole(rest / per_thousand * 1000) if per_thousand > 0 else None,
        deal_worth=_whole(rest * float(brief.offering.deal_value)) if is_sale else None,
    )


def _known_gain(ahead: Array, unknown: Array) -> float:
    """Give the average rise of the best schedule once one thing is known."""
    basis, _ = np.linalg.qr(np.vander(unknown, 3))
    fitted = (ahead @ basis) @ basis.T
    return float(fitted.max(axis=0).mean() - fitted.mean(axis=1).max())


def _whole(amount: float) -> Decimal:
    return Decimal(round(amount))
