"""Plan a problem read from a file: the one function behind `signoff venues plan`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from signoff.errors import BriefError
from signoff.results import Estimate, shorten
from signoff.stats.reach import Array
from signoff.venues.exposures.answer import (
    ExposureLine,
    ExposurePlan,
    FlightLine,
    LearningLine,
    LimitLine,
    RoleLine,
)
from signoff.venues.exposures.least_budget import find_least_budget
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.reading import FileProblem, read_problem
from signoff.venues.exposures.solve import Solution, solve_exposures
from signoff.venues.exposures.study import list_learning_values, list_shadow_prices
from signoff.venues.exposures.weeks import flight_plan, month_limits
from signoff.venues.terms.contradiction import refuse_contradictions

__all__ = ["plan_problem", "solve_file"]

Tell = Callable[[str, int, int], object]
_NO_MONEY = 1e15
_MONTH_SHARES = (0.995, 0.98, 0.95, 0.9, 0.8, 0.6, 0.4, 0.2)
_LARGE = 4_000_000


def plan_problem(
    path: Path, *, overrides: Mapping[str, Any] | None = None, on_progress: Tell | None = None
) -> ExposurePlan:
    """Plan a problem that stands in a file: most result for a budget, or least money for a result.

    Args:
        path: TOML or JSON, with large tables as CSV, XLSX or Parquet beside it.
        overrides: Values of its part money that stand instead of the file's; and budget_share, a
            share of budget_all where the file is written as arrays.
        on_progress: Told the name of each step, its number and how many there are.

    Returns:
        The plan: units and money of each venue, what it brings, what no plan can exceed, the gap.

    Raises:
        BriefError: all that is wrong with the problem at once, limits that contradict each other
            (the smallest set of them), or a target out of reach.
        DataError: a table beside it cannot be used.

    >>> from tempfile import TemporaryDirectory
    >>> text = '''{"exposure": [[[0.6, 0.1], [0.1, 0.4]]], "required": [[1, 1]], "weight": [3],
    ... "cost": [1, 1], "cap": [4, 4], "budget": 4}'''
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "problem.json"
    ...     _ = path.write_text(text)
    ...     plan = plan_problem(path)
    >>> plan.total_spend, plan.proof, plan.gap_share < 0.001
    (Decimal('4.00'), 'planes', True)
    """
    tell = on_progress or (lambda _step, _done, _total: None)
    tell(f"Reading {path.name}", 0, 0)
    read = read_problem(path, overrides=overrides)
    n_cells, n_venues = len(read.problem.weight), len(read.venues)
    tell(
        f"Looking for the best plan of {n_venues:,} venues for {n_cells:,} kinds of accounts", 0, 0
    )
    return solve_file(read)


def solve_file(read: FileProblem) -> ExposurePlan:
    """Plan a problem that was read.

    Args:
        read: The problem.

    Returns:
        The plan.

    Raises:
        BriefError: limits that contradict each other, or a target out of reach.
    """
    began = perf_counter()
    given = replace(read.problem, limits=(*read.problem.limits, *month_limits(read)))
    caps = None if given.is_whole else given.caps
    refuse_contradictions(given.options, given.limits, caps=caps)
    rng = np.random.default_rng(read.file.seed)
    target, bound = read.file.money.target, None
    if target is None:
        problem = given
        found, flights = _solve_in_time(read, given, rng=rng)
    else:
        least = find_least_budget(given, target=target, rng=rng)
        problem, found, bound = least.problem, least.solution, least.bound_cents
        flights = flight_plan(read, found)
    parts = _Parts(read, problem, found, ExposureModel(problem))
    return _compose(parts, flights=flights, budget_bound=bound, began=began)


def _solve_in_time(
    read: FileProblem, problem: ExposureProblem, *, rng: np.random.Generator
) -> tuple[Solution, list[FlightLine]]:
    """Solve, and place in weeks; with less money where the months do not hold all of it.

    The bound stays that of the whole budget, which is above every smaller one.
    """
    first = found = solve_exposures(problem, rng=rng)
    for share in _MONTH_SHARES if read.file.cash else ():
        try:
            return found, flight_plan(read, found)
        except BriefError:
            budget = replace(problem.limits[0], most_cents=int(first.spend_cents.sum() * share))
            less = replace(problem, limits=(budget, *problem.limits[1:]))
            less_found = solve_exposures(less, rng=rng)
            found = replace(less_found, bound=first.bound, proof=first.proof)
    return found, flight_plan(read, found)


@dataclass(frozen=True, eq=False)
class _Parts:
    read: FileProblem
    problem: ExposureProblem
    found: Solution
    model: ExposureModel

    @property
    def is_large(self) -> bool:
        """Whether the studies beside the plan would take longer than the plan."""
        size = self.problem.people.size * len(self.problem.options)
        return size * max(len(self.problem.draws), 1) > _LARGE


def _compose(
    parts: _Parts, *, flights: list[FlightLine], budget_bound: float | None, began: float
) -> ExposurePlan:
    read, found, problem = parts.read, parts.found, parts.problem
    lines = _lines(parts)
    draws = parts.model.draw_values(found.units)
    has_draws = len(problem.draws) > 0
    present, better = _against_present(parts, draws)
    budget = read.file.money.budget
    return ExposurePlan(
        lines=tuple(sorted(lines, key=lambda line: (not line.in_plan, -line.spend, line.venue))),
        total_spend=_money(float(found.spend_cents.sum())),
        budget=budget,
        currency=read.file.money.currency,
        rule=problem.approval.rule,
        exposures_needed=problem.exposures_needed,
        result=found.value,
        total_weight=float(problem.weight.sum()),
        bound=found.bound,
        gap_share=found.gap_share if np.isfinite(found.gap_share) else None,
        proof=found.proof.value,
        n_splits=found.n_splits,
        n_starts=found.n_starts,
        n_ends=found.n_ends,
        target=read.file.money.target,
        budget_bound=None if budget_bound is None else _money(budget_bound),
        roles=_roles(parts),
        limits=() if parts.is_large else _limits(parts),
        flights=tuple(flights),
        n_draws=len(problem.draws),
        interval=_interval(draws) if has_draws else None,
        cautious_result=float(np.sort(draws)[: max(1, len(draws) // 10)].mean())
        if has_draws
        else None,
        present_result=present,
        better_share=better,
        learning=() if parts.is_large else _learning(parts),
        seconds=round(perf_counter() - began, 3),
        seed=read.file.seed,
        cautions=_cautions(parts),
    )


def _lines(parts: _Parts) -> list[ExposureLine]:
    read, found = parts.read, parts.found
    _, slopes = parts.model.gradient(found.units)
    without = np.tile(found.units, (len(found.units), 1))
    np.fill_diagonal(without, 0.0)
    bought = found.units > 0
    losses = np.zeros(len(found.units))
    losses[bought] = found.value - parts.model.values(without[bought])
    prices = np.array(
        [
            float(option.ladder.unit_price(int(n)))
            for option, n in zip(read.options, found.units, strict=True)
        ]
    )
    marginal = slopes / prices * 1000
    can_grow = [found.units[v] < _most(parts, v) * (1 - 1e-9) for v in range(len(prices))]
    best = float(marginal[np.array(can_grow)].max(initial=0.0))
    return [
        ExposureLine(
            venue=venue.venue,
            group=venue.group,
            units=float(found.units[v]),
            spend=_money(float(found.spend_cents[v])),
            in_plan=bool(bought[v]),
            loss_without=float(losses[v]),
            marginal_per_1000=float(marginal[v]),
            present_units=float(read.present[v]) if len(read.present) else None,
            reason=_reason(parts, v, marginal=float(marginal[v]), best=best),
        )
        for v, venue in enumerate(read.file.venues)
    ]


def _reason(parts: _Parts, v: int, *, marginal: float, best: float) -> str:
    venue, units = parts.read.file.venues[v], float(parts.found.units[v])
    if venue.exclude:
        return "excluded"
    if venue.fixed_units is not None:
        return "fixed units"
    if units > 0:
        return _reason_in(parts, v)
    return _reason_out(parts, v, marginal=marginal, best=best)


def _reason_out(parts: _Parts, v: int, *, marginal: float, best: float) -> str:
    venue = parts.read.file.venues[v]
    if venue.maximum == 0:
        return "nothing is to be had"
    if not parts.problem.exposure[:, :, v].any():
        return "meets nobody"
    if marginal <= 1e-12:
        return "adds nothing beside what is bought"
    option = parts.read.options[v]
    smallest = option.ladder.cost_cents(option.ladder.cheapest_units(1))
    if parts.problem.is_whole and smallest > parts.problem.budget_cents:
        return "its smallest buy is above the budget"
    if marginal >= best:
        return "no room for it within the limits"
    currency = parts.read.file.money.currency
    return f"1,000 {currency} would add {shorten(marginal)} here, {shorten(best)} elsewhere"


def _reason_in(parts: _Parts, v: int) -> str:
    venue, units = parts.read.file.venues[v], float(parts.found.units[v])
    spend = float(parts.found.spend_cents[v]) / 100
    if units >= _most(parts, v) * (1 - 1e-9):
        return "all that is to be had"
    if venue.ceiling is not None and spend >= float(venue.ceiling) * (1 - 1e-9):
        return "up to its ceiling"
    if venue.floor and units <= parts.read.options[v].cheapest_units():
        return "its floor"
    if venue.floor and spend <= float(venue.floor) * (1 + 1e-9):
        return "its floor"
    return "it brings most here"


def _most(parts: _Parts, v: int) -> float:
    if parts.problem.is_whole:
        return float(parts.read.options[v].ladder.maximum_units)
    return float(parts.problem.caps[v])


def _roles(parts: _Parts) -> tuple[RoleLine, ...]:
    reach = parts.model.role_reach(parts.found.units)
    weight = parts.problem.weight[:, None] * (parts.problem.people > 0)
    shares = (reach * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1e-300)
    return tuple(
        RoleLine(role, float(share)) for role, share in zip(parts.read.roles, shares, strict=True)
    )


def _limits(parts: _Parts) -> tuple[LimitLine, ...]:
    prices = list_shadow_prices(parts.problem, parts.found.units, parts.found.spend_cents)
    return tuple(
        LimitLine(
            limit=price.limit,
            spend=_money(price.spend_cents),
            least=_money(price.least_cents) if price.least_cents > 0 else None,
            most=_money(price.most_cents) if price.most_cents < _NO_MONEY else None,
            binds=price.binds,
            per_1000=price.per_thousand,
        )
        for price in prices
    )


def _learning(parts: _Parts) -> tuple[LearningLine, ...]:
    values = list_learning_values(parts.problem, parts.found.units)
    return tuple(LearningLine(parts.read.venues[v.venue], v.value) for v in values)


def _against_present(parts: _Parts, draws: Array) -> tuple[float | None, float | None]:
    present = parts.read.present
    if not len(present):
        return None, None
    other = parts.model.draw_values(present)
    better = float((draws > other).mean()) if len(parts.problem.draws) else None
    return parts.model.value(present), better


def _interval(draws: Array) -> Estimate:
    low, high = np.quantile(draws, [0.05, 0.95])
    mean = float(draws.mean())
    return Estimate(mean, float(min(low, mean)), float(max(high, mean)))


def _cautions(parts: _Parts) -> tuple[str, ...]:
    problem, cautions = parts.problem, []
    lacking = zip(parts.read.roles, parts.read.n_unmet, strict=True)
    unmet = [f"{role} ({n})" for role, n in lacking if n]
    if unmet:
        cautions.append(
            f"Roles that no venue meets, with the cells in which they are: {', '.join(unmet)}. "
            "They count as not reached."
        )
    if parts.read.idle_segments:
        shown = ", ".join(parts.read.idle_segments[:8])
        cautions.append(
            f"Exposures are given for segments that no cell has: {shown}. They count for nothing."
        )
    dated = [v.venue for v in parts.read.file.venues if v.issues or v.per_issue or v.lead_days]
    if dated and parts.read.file.period is None:
        cautions.append(
            "Issues, units by issue and lead times are not looked at without a period: "
            f"{', '.join(dated[:8])}."
        )
    if problem.draw_share < 1:
        cautions.append(
            f"The plan maximises the mean over the worst {100 * problem.draw_share:g} % of the "
            "draws; its bound is on the mean over all of them."
        )
    return tuple(cautions)


def _money(cents: float) -> Decimal:
    return (Decimal(repr(round(cents, 4))) / 100).quantize(Decimal("0.01"))
