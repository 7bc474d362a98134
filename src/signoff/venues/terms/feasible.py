"""The cheapest schedule that keeps all limits, by a whole-number programme: where a search ends."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["cheapest_plan"]

_MOST_UNITS = 10**7


def cheapest_plan(
    options: Sequence[VenueOption], limits: Sequence[SpendLimit]
) -> NDArray[np.int64] | None:
    """Give the whole units that keep every limit for the least money.

    Args:
        options: What can be bought.
        limits: Least and most to spend on groups.

    Returns:
        Units of each venue; None where no schedule keeps the limits.
    """
    from scipy.optimize import LinearConstraint, milp

    spans = [(v, *span) for v, option in enumerate(options) for span in _spans(option)]
    if not spans:
        return None if any(limit.least_cents > 0 for limit in limits) else _fixed(options)
    owner = np.array([span[0] for span in spans])
    low, high, base, slope = np.array([span[1:] for span in spans], dtype=np.float64).T
    n = len(spans)
    cost = np.concatenate([slope, base])
    one_each = (owner == np.arange(len(options))[:, None]).astype(np.float64)
    must = np.array([float(o.own_floor_cents > 0 and o.fixed_cents is None) for o in options])
    rules = [
        LinearConstraint(np.hstack([np.zeros_like(one_each), one_each]), must, 1.0),
        LinearConstraint(np.hstack([np.eye(n), -np.diag(high)]), -np.inf, 0.0),
        LinearConstraint(np.hstack([np.eye(n), -np.diag(low)]), 0.0, np.inf),
    ]
    for limit in limits:
        members = [options[v] for v in limit.venues]
        committed = sum((option.fixed_cents or 0) + option.granted_cents for option in members)
        counts = np.tile(np.isin(owner, limit.venues), 2) * cost
        least, most = limit.least_cents - committed, limit.most_cents - committed
        rules.append(LinearConstraint(counts[None, :], least - 1e-6, most + 1e-6))
    solver: Any = milp
    found = solver(
        cost,
        constraints=rules,
        integrality=np.ones(2 * n),
        bounds=(0.0, np.concatenate([high, np.ones(n)])),
    )
    if found.x is None:
        return None
    units = _fixed(options)
    np.add.at(units, owner, found.x[:n].round().astype(np.int64))
    return units


def _fixed(options: Sequence[VenueOption]) -> NDArray[np.int64]:
    return np.array(
        [o.fixed_units if o.fixed_cents is not None else 0 for o in options], dtype=np.int64
    )


def _spans(option: VenueOption) -> list[tuple[int, int, float, float]]:
    """Give fewest and most units of each price step, and their cost as base and slope, in cents."""
    if option.fixed_cents is not None or not option.is_open:
        return []
    found: list[tuple[int, int, float, float]] = []
    for low, high, _ in option.ladder.spans:
        inside = _within(option, low, min(high, _MOST_UNITS))
        if inside is not None:
            first, last = (option.ladder.cost_cents(n) for n in inside)
            width = inside[1] - inside[0]
            slope = (last - first) / width if width else 0.0
            found.append((inside[0], inside[1], first - slope * inside[0], slope))
    return found


def _within(option: VenueOption, low: int, high: int) -> tuple[int, int] | None:
    """Narrow the units of a step to those that keep the venue's floor and ceiling."""
    ladder, least, most = option.ladder, option.own_floor_cents, option.own_ceiling_cents
    if most is not None:
        while high >= low and ladder.cost_cents(high) > most:
            over = ladder.cost_cents(high) - most
            price = float(ladder.unit_price(high)) * 100
            high -= max(1, int(over / price))
    if least:
        while low <= high and ladder.cost_cents(low) < least:
            short = least - ladder.cost_cents(low)
            price = float(ladder.unit_price(low)) * 100
            low += max(1, int(short / price))
    return (low, high) if low <= high else None
