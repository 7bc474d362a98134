"""Choices of packages: which keep every limit, and what to buy beside each of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from signoff.venues.solver.insertions import cheapest_units, improve_units, round_units
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule, plan_effort, solve_plan
from signoff.venues.terms.limits import SpendLimit, excess_cents
from signoff.venues.terms.programme import Offers, find_purchase, venue_limits

__all__ = [
    "Counts",
    "PackageChoices",
    "cheapest_counts",
    "is_allowed",
    "is_barred",
    "is_needed",
    "least_cents",
]

Counts = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class PackageChoices:
    """What was found beside each choice of packages.

    Attributes:
        problem: A problem with packages.
        seed: Seed of every search.
        solved: Schedules found by a whole search, with the bound of their choice.
        found: The best schedule of each choice that was looked at; units of packages are counted.
    """

    problem: PlanProblem
    seed: int
    solved: dict[Counts, Schedule] = field(default_factory=dict)
    found: dict[Counts, Schedule] = field(default_factory=dict)

    @property
    def best(self) -> Schedule:
        """The best of all schedules, the cheapest among equals."""
        return min(self.found.values(), key=lambda s: (-s.result, sum(s.spend_cents), s.packages))

    @cached_property
    def most(self) -> Counts:
        """How many of each package the budget and the venues allow by themselves."""
        return tuple(p.ladder.most_units(self.problem.budget_cents) for p in self.problem.packages)

    def every(self) -> Iterator[Counts]:
        """Give every choice."""
        return product(*(range(n + 1) for n in self.most))

    def solve(self, counts: Counts) -> None:
        """Search whole for what to buy beside some packages, where any plan keeps the limits."""
        if counts in self.solved or not is_allowed(self.problem, counts):
            return
        held = hold_packages(self.problem, counts)
        schedule = solve_plan(held, rng=np.random.default_rng(self.seed))
        self.solved[counts] = self._keep(counts, schedule)

    def look(self, counts: Counts, *, near: Schedule, n_rounds: int) -> None:
        """Buy beside some packages what lies near another schedule: far fewer tries than a search.

        Args:
            counts: How many of each package.
            near: Where to start from, its packages counted.
            n_rounds: Most rounds of swaps; with as many as a whole search has, single venues are
                forced to other units too.
        """
        if not is_allowed(self.problem, counts):
            return
        held, usual = hold_packages(self.problem, counts), plan_effort(self.problem)
        n_kicks = usual.n_kicks if n_rounds >= usual.n_rounds else 0
        effort = replace(usual, n_rounds=n_rounds, n_kicks=n_kicks)
        model = ResultModel(held)
        start = np.maximum(np.array(near.units) - self.granted(counts), 0).astype(np.float64)
        units = improve_units(model, round_units(model, start, effort=effort), effort=effort)
        if excess_cents(held.limits, held.spend_cents(units)) > 0:
            units = improve_units(model, cheapest_units(held), effort=effort)
        result = model.value(units.astype(np.float64))
        spend = tuple(held.spend_cents(units).tolist())
        own = replace(near, units=tuple(units.tolist()), spend_cents=spend, result=result)
        self._keep(counts, own)

    def promising(self, near: Schedule) -> list[Counts]:
        """Give the choices next to a schedule's that were not looked at, the best ones first.

        A change brings what its units add or take, less what its money is worth where the schedule
        spends it worst.
        """
        units = np.array(near.units, dtype=np.float64)
        value, gradient = self._model.gradient(units)
        prices = [
            o.ladder.unit_price(int(n)) for o, n in zip(self.problem.options, units, strict=True)
        ]
        bought = units > self.granted(near.packages)
        rates = gradient[bought] / (np.array(prices, dtype=np.float64)[bought] * 100)
        worth, spare = float(rates.min(initial=np.inf)), self._spare_cents(near)
        worth = worth if np.isfinite(worth) else 0.0
        ranked = []
        for counts in self._next_to(near.packages):
            after = np.maximum(units + self.granted(counts) - self.granted(near.packages), 0.0)
            costs = self._cents(counts) - self._cents(near.packages)
            promise = self._model.value(after) - value - worth * (costs - min(spare, max(costs, 0)))
            ranked.append((-promise, counts))
        return [counts for _, counts in sorted(ranked)]

    def granted(self, counts: Counts) -> NDArray[np.int64]:
        """Give the units that each venue gives through packages."""
        return granted_units(self.problem.packages, counts, n_venues=len(self.problem.options))

    @cached_property
    def _model(self) -> ResultModel:
        return ResultModel(self.problem)

    def _keep(self, counts: Counts, own: Schedule) -> Schedule:
        """Keep what is bought singly beside packages, if nothing better of theirs is known."""
        units = np.array(own.units, dtype=np.int64) + self.granted(counts)
        schedule = replace(own, units=tuple(units.tolist()), packages=counts)
        known = self.found.get(counts)
        if known is None or schedule.result > known.result:
            self.found[counts] = schedule
        return schedule

    def _next_to(self, counts: Counts) -> Iterator[Counts]:
        """Give choices with more, fewer, all or none of one package, or one in another's place."""
        changed = set()
        for p, (n, most) in enumerate(zip(counts, self.most, strict=True)):
            for count in {0, n - 1, n + 1, (n + most + 1) // 2, most} - {n}:
                changed.add((*counts[:p], count, *counts[p + 1 :]))
            if n:
                fewer = (*counts[:p], n - 1, *counts[p + 1 :])
                changed |= {
                    (*fewer[:q], fewer[q] + 1, *fewer[q + 1 :])
                    for q in range(len(counts))
                    if q != p
                }
        for new in sorted(changed - set(self.found)):
            if all(0 <= n <= most for n, most in zip(new, self.most, strict=True)):
                yield new

    def _cents(self, counts: Counts) -> int:
        priced = zip(self.problem.packages, counts, strict=True)
        return sum(package.ladder.cost_cents(n) for package, n in priced)

    def _spare_cents(self, near: Schedule) -> int:
        return max(self.problem.budget_cents - sum(near.spend_cents), 0)


def is_allowed(problem: PlanProblem, counts: Counts) -> bool:
    """Say whether some plan with so many packages keeps every limit.

    Args:
        problem: A problem with packages.
        counts: How many of each.
    """
    granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
    maxima = [option.ladder.maximum_units for option in problem.options]
    if any(g > most for g, most in zip(granted.tolist(), maxima, strict=True) if g):
        return False
    held = hold_packages(problem, counts)
    units = cheapest_units(held)
    spend = held.spend_cents(units)
    fits = all(option.fits(int(n)) for option, n in zip(held.options, units, strict=True))
    within = int(spend.sum()) <= held.budget_cents
    return fits and within and excess_cents(held.limits, spend) == 0


def cheapest_counts(problem: PlanProblem) -> Counts | None:
    """Give packages beside which some plan keeps every limit: none, or those of the cheapest plan.

    Args:
        problem: A problem with packages.

    Returns:
        How many of each; None where nothing was found that keeps the limits.
    """
    none = (0,) * len(problem.packages)
    return none if is_allowed(problem, none) else _cheapest_bought(problem)


def _cheapest_bought(problem: PlanProblem) -> Counts | None:
    """Give the packages of the cheapest plan; None where nothing was found that keeps limits."""
    for margin_cents in (0.0, 1.0):
        offers = Offers(problem.options, problem.packages)
        found = find_purchase(offers, _limits(problem), is_cheapest=True, margin_cents=margin_cents)
        if found is not None and is_allowed(problem, found.packages):
            return found.packages
    return None


def least_cents(problem: PlanProblem) -> int:
    """Give the least money of any plan that keeps every commitment and floor, or nearly the least.

    Args:
        problem: The problem; some plan keeps its limits.
    """
    if not problem.packages:
        return problem.cost_cents(cheapest_units(problem))
    found = (cheapest_counts(problem), _cheapest_bought(problem))
    held = [hold_packages(problem, counts) for counts in found if counts is not None]
    return min(
        (beside.cost_cents(cheapest_units(beside)) for beside in held),
        default=problem.cost_cents(cheapest_units(problem)),
    )


def is_needed(problem: PlanProblem, place: int) -> bool:
    """Say whether no plan without a package keeps every limit.

    Args:
        problem: A problem with packages.
        place: Place of the package.
    """
    others = tuple(p for k, p in enumerate(problem.packages) if k != place)
    offers = Offers(problem.options, others)
    return find_purchase(offers, _limits(problem), margin_cents=-1.0) is None


def is_barred(problem: PlanProblem, place: int) -> bool:
    """Say whether no plan with a package keeps every limit.

    Args:
        problem: A problem with packages.
        place: Place of the package.
    """
    others = tuple(p for k, p in enumerate(problem.packages) if k != place)
    one = tuple(int(k == place) for k in range(len(problem.packages)))
    offers = Offers(hold_packages(problem, one).options, others)
    return find_purchase(offers, _limits(problem), margin_cents=-1.0) is None


def _limits(problem: PlanProblem) -> list[SpendLimit]:
    """Give every limit, the budget first and those of single venues last."""
    everything = tuple(range(len(problem.options)))
    budget = SpendLimit("money.budget", everything, most_cents=problem.budget_cents)
    return [budget, *problem.limits, *venue_limits(problem.options)]
