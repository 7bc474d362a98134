"""Which limits contradict each other: the smallest set of them that no plan keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.errors import BriefError, Fault
from signoff.stats.reach import Array
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["refuse_contradictions"]

_FREE_CENTS = 1e15


@dataclass(frozen=True, eq=False)
class _Rule:
    """Least and most to spend on some venues, with its name for the reader."""

    name: str
    counts: Array
    least: float
    most: float
    where: str


def refuse_contradictions(
    options: Sequence[VenueOption], limits: Sequence[SpendLimit], *, caps: Array | None = None
) -> None:
    """Refuse limits that no plan keeps together, before anything is solved.

    Args:
        options: What can be bought.
        limits: Least and most to spend; the first one is the budget.
        caps: Most units of each venue, where units may be broken.

    Raises:
        BriefError: a smallest set of limits that contradict each other; without any one of them
            there would be a plan.
    """
    rules = [*_limit_rules(limits, n_venues=len(options)), *_venue_rules(options)]
    if _has_plan(options, rules, caps=caps):
        return
    needed = list(rules)
    for rule in rules:
        rest = [other for other in needed if other is not rule]
        if not _has_plan(options, rest, caps=caps):
            needed = rest
    shown = "; ".join(rule.name for rule in needed)
    raise BriefError(
        f"{len(needed)} limits contradict each other: {shown}"
        if needed
        else "no plan can be bought",
        why="no plan keeps them together, and without any one of them there would be one",
        fix="loosen one of them",
        faults=[
            Fault(
                rule.name,
                "it is one of those that contradict each other",
                "loosen it, or another",
                rule.where,
            )
            for rule in needed
        ],
    )


def _limit_rules(limits: Sequence[SpendLimit], *, n_venues: int) -> list[_Rule]:
    rules = []
    for place, limit in enumerate(limits):
        counts = np.zeros(n_venues)
        counts[list(limit.venues)] = 1.0
        where = limit.where or ("money.budget" if place == 0 else limit.name)
        if limit.most_cents < _FREE_CENTS:
            name = f"{limit.name}: at most {limit.most_cents / 100:,.2f}"
            rules.append(_Rule(name, counts, 0.0, limit.most_cents, where))
        if limit.least_cents > 0:
            name = f"{limit.name}: at least {limit.least_cents / 100:,.2f}"
            rules.append(_Rule(name, counts, limit.least_cents, _FREE_CENTS, where))
    return rules


def _venue_rules(options: Sequence[VenueOption]) -> list[_Rule]:
    rules = []
    for place, option in enumerate(options):
        counts = np.zeros(len(options))
        counts[place] = 1.0
        where = f"venues.{option.venue_id}"
        if option.fixed_cents is not None:
            cents = float(option.fixed_cents)
            name = f"{option.venue_id}: {option.fixed_units} units fixed, {cents / 100:,.2f}"
            rules.append(_Rule(name, counts, cents, cents, where))
            continue
        if option.floor_cents:
            name = f"{option.venue_id}: at least {option.floor_cents / 100:,.2f}"
            rules.append(_Rule(name, counts, float(option.floor_cents), _FREE_CENTS, where))
        if option.ceiling_cents is not None:
            name = f"{option.venue_id}: at most {option.ceiling_cents / 100:,.2f}"
            rules.append(_Rule(name, counts, 0.0, float(option.ceiling_cents), where))
    return rules


def _has_plan(
    options: Sequence[VenueOption], rules: Sequence[_Rule], *, caps: Array | None
) -> bool:
    """Say whether some spend keeps the rules: nothing, or what some number of units costs."""
    from scipy.optimize import LinearConstraint, milp

    spans = [
        _spans(option, None if caps is None else float(caps[place]))
        for place, option in enumerate(options)
    ]
    owner = np.repeat(np.arange(len(spans)), [len(found) for found in spans])
    low = np.array([start for found in spans for start, _ in found])
    high = np.array([end for found in spans for _, end in found])
    n = len(owner)
    one_each = (owner == np.arange(len(spans))[:, None]).astype(np.float64)
    nothing = np.zeros_like(one_each)
    # unknowns: the money of each span, then whether it is used
    constraints = [
        LinearConstraint(np.hstack([nothing, one_each]), -np.inf, 1.0),
        LinearConstraint(np.hstack([np.eye(n), -np.diag(high)]), -np.inf, 0.0),
        LinearConstraint(np.hstack([np.eye(n), -np.diag(low)]), 0.0, np.inf),
    ]
    constraints += [
        LinearConstraint(
            np.concatenate([rule.counts[owner], np.zeros(n)])[None, :],
            rule.least - 1e-3,
            rule.most + 1e-3,
        )
        for rule in rules
    ]
    solver: Any = milp
    found = solver(
        np.zeros(2 * n),
        constraints=constraints,
        integrality=np.concatenate([np.zeros(n), np.ones(n)]),
        bounds=(0.0, np.concatenate([high, np.ones(n)])),
    )
    return found.x is not None


def _spans(option: VenueOption, cap: float | None) -> list[tuple[float, float]]:
    """Give what buys of a venue cost: single amounts where these are few, else their range."""
    if cap is not None:
        price = float(option.ladder.steps[0].unit_price) * 100
        return [(0.0, min(cap * price, _FREE_CENTS))]
    if option.fixed_cents is not None:
        return [(float(option.fixed_cents), float(option.fixed_cents))]
    if not option.is_open:
        return [(0.0, 0.0)]
    ladder = option.ladder
    n_units = ladder.maximum_units - ladder.minimum_units + 1
    if n_units <= 40:
        units = range(ladder.minimum_units, ladder.maximum_units + 1)
        return [(cost, cost) for cost in sorted({float(ladder.cost_cents(n)) for n in units})]
    return [
        (float(ladder.cost_cents(low)), float(min(ladder.cost_cents(high), 10**12)))
        for low, high, _ in ladder.spans
    ]
