"""Which limit costs how much: what the plan would bring more if one of them were not there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

import numpy as np

from signoff.brief import Brief
from signoff.results import Estimate, Result, Row, shorten
from signoff.stats.reach import Array
from signoff.stats.shares import middle_interval
from signoff.venues.advice.market import (
    PlanMarket,
    judge_schedules,
    list_marginals,
    money_of,
    open_market,
)
from signoff.venues.advice.package_moves import Found, improve_packages, keeps_limits
from signoff.venues.facts import VenueFacts
from signoff.venues.plan import VenuePlan
from signoff.venues.solver.insertions import improve_units
from signoff.venues.solver.moves import Units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem, VenueOption
from signoff.venues.solver.schedule import plan_effort
from signoff.venues.terms.limits import SpendLimit

__all__ = ["LimitCost", "LimitCosts", "LimitKind", "lift_exclusions", "price_limits"]

_MORE_SHARE = 0.1
_MOST_SOUGHT = 25
_NO_LIMIT = 10**15
_N_ROUNDS, _N_KICKS = 8, 4
_LEAST_SHARE = 1e-9


class LimitKind(StrEnum):
    """What is limited."""

    BUDGET = "budget"
    FLOOR = "floor"
    CEILING = "ceiling"
    FIXED = "fixed"
    EXCLUDED = "excluded"
    GROUP_FLOOR = "group_floor"
    GROUP_CEILING = "group_ceiling"


@dataclass(frozen=True)
class LimitCost:
    """What one limit costs.

    Attributes:
        kind: What is limited.
        venue_id: Venue; empty for the budget and for groups.
        name: Name of venue or group; empty for the budget.
        amount: The limit, in the plan's currency; None for a venue that is excluded.
        spend: What the plan spends under it.
        is_tight: Whether the plan stands at the limit, or would move without it.
        gain: What a plan found without this limit would bring more, in whole units; for the budget,
            with a tenth more money. A better one may exist.
        per_1000: What moving the limit by 1,000 would add, if units could be broken: its shadow
            price.
        gain_estimate: The gain with its interval, with and without the limit judged in the same
            draws; None where nothing is gained, and in plans of earlier versions.
    """

    kind: LimitKind
    venue_id: str
    name: str
    amount: Decimal | None
    spend: Decimal
    is_tight: bool
    gain: float
    per_1000: float
    gain_estimate: Estimate | None = None


@dataclass(frozen=True)
class LimitCosts(Result):
    """All limits of a plan with what each costs.

    Attributes:
        limits: One entry for each limit, dearest first.
        currency: Currency of every amount.
        objective: leads, conversions or traffic.
        result_unit: weighted_accounts or people.
        n_unpriced: Excluded venues whose cards have faults, so that they could not be tried.
    """

    limits: tuple[LimitCost, ...]
    currency: str
    objective: str
    result_unit: str
    n_unpriced: int

    def rows(self) -> Sequence[Row]:
        """Give one row for each limit."""
        return [
            {
                "kind": limit.kind.value,
                "venue_id": limit.venue_id,
                "name": limit.name,
                "amount": limit.amount,
                "spend": limit.spend,
                "currency": self.currency,
                "is_tight": limit.is_tight,
                "gain": limit.gain,
                "per_1000": limit.per_1000,
            }
            for limit in self.limits
        ]

    def text(self) -> str:
        """Say which limit costs most."""
        (budget,) = (limit for limit in self.limits if limit.kind is LimitKind.BUDGET)
        more = f"A tenth more money would add {shorten(budget.gain)} {self.objective}."
        dear = [limit for limit in self.limits if limit is not budget and limit.gain > 0]
        if not dear:
            return f"No limit but the budget costs anything. {more}"
        first = dear[0]
        return f"Dearest limit: {first.kind.value} on {first.name}, {shorten(first.gain)}. {more}"


def lift_exclusions(brief: Brief) -> Brief:
    """Give the brief with no venue excluded.

    Args:
        brief: The brief.
    """
    terms = tuple(entry.model_copy(update={"exclude": False}) for entry in brief.venues)
    return brief.model_copy(update={"venues": terms})


def price_limits(
    facts: VenueFacts, *, brief: Brief, plan: VenuePlan, opened: VenueFacts | None = None
) -> LimitCosts:
    """Say what each limit of the brief costs: what the plan would bring more without it.

    Args:
        facts: What the plan was made from.
        brief: The brief that it was made from.
        plan: The plan.
        opened: The facts with no venue excluded, listed for `lift_exclusions(brief)`; None:
            exclusions are not priced.

    Returns:
        Budget, floors, ceilings, fixed lines, exclusions and groups, dearest first. Each is dropped
        by itself and whole units are sought anew from the plan on; the plan is improved in the same
        way first, so that no limit is charged with what more searching finds.

    >>> from signoff.venues.facts import list_facts
    >>> from signoff.venues.plan import plan_facts
    >>> from signoff.venues.sample import sample_brief, sample_engine
    >>> with sample_engine() as engine:
    ...     facts = list_facts(engine, brief=sample_brief())
    >>> made = plan_facts(facts, brief=sample_brief(), seed=1)
    >>> price_limits(facts, brief=sample_brief(), plan=made.plan).limits[0].kind.value
    'budget'
    """
    known = {venue.venue_id for venue in facts.book.venues}
    market = open_market(opened or facts, brief=brief, plan=plan)
    shut = [venue.venue_id not in known for venue in market.book.venues]
    problem = _shut(market.problem, shut)
    free = open_market(opened or facts, brief=brief, plan=plan, holds_packages=False)
    whole = _shut(free.problem, shut)
    limits = list(_list_limits(market, problem, shut=shut))
    is_sought = len(limits) <= _MOST_SOUGHT
    before = improve_packages(whole, market.counts, limits[0].base, improve=_improved)
    after = [
        improve_packages(_unheld(each.loosened, whole), market.counts, each.base, improve=_improved)
        if each.is_tight or is_sought
        else before
        for each in limits
    ]
    ranges = _judge(free, before, after)
    found = [
        _priced(market, each, gain=_gain(before, freed), gain_estimate=interval)
        for each, freed, interval in zip(limits, after, ranges, strict=True)
    ]
    found.sort(key=lambda limit: (-limit.gain, -limit.per_1000, limit.kind, limit.venue_id))
    return LimitCosts(
        limits=tuple(found),
        currency=plan.currency,
        objective=plan.objective,
        result_unit=plan.result_unit,
        n_unpriced=len(facts.book.excluded) - sum(shut),
    )


@dataclass(frozen=True, eq=False)
class _Limit:
    """A limit with the problem as it is, the one without it, and what is known of the price."""

    kind: LimitKind
    venue: int | None
    name: str
    cents: float | None
    spend_cents: float
    is_tight: bool
    base: Units
    problem: PlanProblem
    loosened: PlanProblem
    per_1000: float


def _shut(problem: PlanProblem, shut: Sequence[bool]) -> PlanProblem:
    options = tuple(
        replace(option, is_open=option.is_open and not is_shut)
        for option, is_shut in zip(problem.options, shut, strict=True)
    )
    return replace(problem, options=options)


def _list_limits(
    market: PlanMarket, problem: PlanProblem, *, shut: Sequence[bool]
) -> Iterator[_Limit]:
    base = _improved(problem, market.units)
    marginals = list_marginals(problem, base)
    spend = problem.spend_cents(base)
    grows = [_can_grow(o, int(n)) for o, n in zip(problem.options, base, strict=True)]
    best = float(np.max(np.where(grows, marginals, 0.0), initial=0.0))
    more = replace(problem, budget_cents=round(problem.budget_cents * (1 + _MORE_SHARE)))
    total = float(spend.sum())
    is_open = any(grows)
    yield _Limit(
        LimitKind.BUDGET, None, "", problem.budget_cents, total, is_open, base, problem, more, best
    )
    for v, option in enumerate(problem.options):
        gain = float(marginals[v])
        for kind, cents, is_tight, loose, per_1000 in _own_limits(
            market.problem.options[v], option, int(base[v]), marginal=gain, best=best, shut=shut[v]
        ):
            loosened = _with_option(problem, v, loose)
            name = market.book.venues[v].name
            money = float(spend[v])
            yield _Limit(
                kind, v, name, cents, money, is_tight, base, problem, loosened, max(per_1000, 0.0)
            )
    yield from _group_limits(problem, base, marginals=marginals, grows=grows)


_Own = tuple[LimitKind, float | None, bool, VenueOption, float]


def _own_limits(
    opened: VenueOption,
    option: VenueOption,
    units: int,
    *,
    marginal: float,
    best: float,
    shut: bool,
) -> Iterator[_Own]:
    """Give the limits of one venue: kind, cents, whether it is tight, the venue without it."""
    if shut:
        yield LimitKind.EXCLUDED, None, opened.is_open, opened, marginal - best
        return
    if option.fixed_cents is not None:
        free = replace(option, fixed_cents=None)
        yield LimitKind.FIXED, option.fixed_cents, True, free, abs(marginal - best)
        return
    if option.floor_cents:
        is_tight = units <= max(option.fewest_units(), option.cheapest_units())
        loose = replace(option, floor_cents=0)
        gain = best - marginal if is_tight else 0.0
        yield LimitKind.FLOOR, option.floor_cents, is_tight, loose, gain
    if option.ceiling_cents is not None:
        loose = replace(option, ceiling_cents=None)
        is_tight = not _can_grow(option, units) and _can_grow(loose, units)
        gain = marginal - best if is_tight else 0.0
        yield LimitKind.CEILING, option.ceiling_cents, is_tight, loose, gain


def _group_limits(
    problem: PlanProblem, base: Units, *, marginals: Array, grows: Sequence[bool]
) -> Iterator[_Limit]:
    spend = problem.spend_cents(base)
    for place, limit in enumerate(problem.limits):
        inside = np.isin(np.arange(len(base)), limit.venues)
        spent = float(spend[inside].sum())
        room = _smallest_step(problem, limit)
        can = np.array(grows)
        out = float(np.max(np.where(can & ~inside, marginals, 0.0), initial=0.0))
        held = float(np.min(np.where(inside & (base > 0), marginals, np.inf), initial=np.inf))
        wanted = float(np.max(np.where(inside, marginals, 0.0), initial=0.0))
        sides = []
        if limit.least_cents > 0:
            is_tight = spent - limit.least_cents < room
            gain = out - held if is_tight and np.isfinite(held) else 0.0
            loose = replace(limit, least_cents=0)
            sides.append((LimitKind.GROUP_FLOOR, limit.least_cents, is_tight, loose, gain))
        if limit.most_cents < min(_NO_LIMIT, problem.budget_cents):
            is_tight = limit.most_cents - spent < room
            gain = wanted - out if is_tight else 0.0
            loose = replace(limit, most_cents=_NO_LIMIT)
            sides.append((LimitKind.GROUP_CEILING, limit.most_cents, is_tight, loose, gain))
        for kind, cents, is_tight, loose, gain in sides:
            limits = (*problem.limits[:place], loose, *problem.limits[place + 1 :])
            loosened = replace(problem, limits=limits)
            yield _Limit(
                kind,
                None,
                limit.name,
                cents,
                spent,
                is_tight,
                base,
                problem,
                loosened,
                max(gain, 0.0),
            )


def _smallest_step(problem: PlanProblem, limit: SpendLimit) -> float:
    prices = [float(problem.options[v].ladder.unit_price(1)) * 100 for v in limit.venues]
    return min(prices, default=0.0)


def _unheld(held: PlanProblem, whole: PlanProblem) -> PlanProblem:
    """Give a problem beside some packages as the problem of what to buy, packages among it."""
    options = tuple(
        replace(option, ladder=before.ladder, granted_units=0, granted_cents=0)
        for option, before in zip(held.options, whole.options, strict=True)
    )
    return replace(held, options=options, packages=whole.packages)


def _gain(before: Found, after: Found) -> float:
    gain = after.value - before.value
    return gain if gain > _LEAST_SHARE * before.value else 0.0


def _judge(market: PlanMarket, before: Found, after: Sequence[Found]) -> list[Estimate | None]:
    """Give each gain with its interval, all of them in the same draws; None for no gain."""
    gains = [_gain(before, freed) for freed in after]
    units = [before.units, *(freed.units for freed, gain in zip(after, gains, strict=True) if gain)]
    if len(units) == 1:
        return [None] * len(after)
    base, *rest = judge_schedules(market, units)
    judged = iter(rest)
    found: list[Estimate | None] = []
    for gain in gains:
        if not gain:
            found.append(None)
            continue
        low, high = middle_interval(next(judged) - base)
        found.append(Estimate(gain, min(low, gain), max(high, gain)))
    return found


def _priced(
    market: PlanMarket, limit: _Limit, *, gain: float, gain_estimate: Estimate | None
) -> LimitCost:
    venue_id = "" if limit.venue is None else market.book.venues[limit.venue].venue_id
    return LimitCost(
        kind=limit.kind,
        venue_id=venue_id,
        name=limit.name,
        amount=None if limit.cents is None else money_of(limit.cents),
        spend=money_of(limit.spend_cents),
        is_tight=limit.is_tight or gain > 0,
        gain=gain,
        per_1000=limit.per_1000,
        gain_estimate=gain_estimate,
    )


def _improved(problem: PlanProblem, units: Units) -> Units:
    """Seek a better schedule by swaps and new purchases, from one that keeps all limits."""
    effort = plan_effort(problem)
    effort = replace(effort, n_rounds=_N_ROUNDS, n_kicks=min(effort.n_kicks, _N_KICKS))
    found = improve_units(ResultModel(problem), units, effort=effort)
    keeps = keeps_limits(problem, found) and _value(problem, found) >= _value(problem, units)
    return found if keeps else units


def _value(problem: PlanProblem, units: Units) -> float:
    return ResultModel(problem).value(units.astype(np.float64))


def _with_option(problem: PlanProblem, venue: int, option: VenueOption) -> PlanProblem:
    options = (*problem.options[:venue], option, *problem.options[venue + 1 :])
    return replace(problem, options=options)


def _can_grow(option: VenueOption, units: int) -> bool:
    return option.is_open and option.most_units(_NO_LIMIT) > units
