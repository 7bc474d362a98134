"""Small problems with every kind of term, drawn at random: small enough to try every plan."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from signoff.stats.frailty import gamma_points
from signoff.units import DiscountKind
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.exposures.approval import Approval, RuleName
from signoff.venues.exposures.problem import Appetite, ExposureProblem
from signoff.venues.solver.problem import VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["draw_problem"]

_N_ROLES = 3
_N_SEGMENTS = 3


def draw_problem(
    rng: np.random.Generator,
    *,
    rule: RuleName,
    exposures_needed: int = 1,
    n_venues: int = 4,
    n_cells: int = 8,
    has_terms: bool = True,
) -> ExposureProblem:
    """Draw a problem of whole units.

    Args:
        rng: Source of chance.
        rule: How reached roles add up.
        exposures_needed: Exposures that make a person count.
        n_venues: Venues.
        n_cells: Cells.
        has_terms: Whether floors, ceilings, fixed units, closed venues and limits on groups are
            drawn too. They may contradict each other.

    Returns:
        A problem with steps of both kinds, minimum buys and set-up costs; a third of them with
        appetites, and a quarter with draws of which the worst third count.

    >>> problem = draw_problem(np.random.default_rng(1), rule="any")
    >>> len(problem.options), problem.exposure.shape
    (4, (3, 3, 4))
    """
    exposure = rng.gamma(0.8, 0.45, (_N_SEGMENTS, _N_ROLES, n_venues))
    exposure *= (rng.random(exposure.shape) < 0.7) * exposures_needed
    options = tuple(_option(rng, f"v{v + 1}", has_terms=has_terms) for v in range(n_venues))
    lifts = rng.gamma(0.7, 1.5, _N_ROLES) + 0.05
    has_draws = rng.random() < 0.25
    return ExposureProblem(
        weight=rng.pareto(1.6, n_cells) + 0.1,
        people=_people(rng, n_cells),
        segment=np.sort(rng.integers(0, _N_SEGMENTS, n_cells)),
        exposure=exposure,
        approval=Approval(
            rule,
            quorum=int(rng.integers(1, _N_ROLES + 1)),
            levels=(0, 1, 1) if rng.random() < 0.5 else (0, 1, 2),
            base_share=float(0.8 / np.prod(1.0 + lifts)),
            lifts=tuple(lifts.tolist()),
        ),
        exposures_needed=exposures_needed,
        options=options,
        limits=_limits(rng, n_venues, has_terms=has_terms),
        appetite=Appetite(*gamma_points(0.8, n_points=4))
        if rng.random() < 1 / 3
        else Appetite(np.ones(1), np.ones(1)),
        draws=rng.gamma(4.0, 0.25, (9, n_venues)) if has_draws else np.empty((0, 0)),
        draw_share=1 / 3 if has_draws else 1.0,
    )


def _people(rng: np.random.Generator, n_cells: int) -> Any:
    people = rng.integers(0, 4, (n_cells, _N_ROLES)).astype(np.float64)
    people[:, 0] = np.maximum(people[:, 0], 1.0)
    return people


def _limits(rng: np.random.Generator, n_venues: int, *, has_terms: bool) -> tuple[SpendLimit, ...]:
    budget = int(rng.integers(20_000, 150_000))
    limits = [SpendLimit("budget", tuple(range(n_venues)), most_cents=budget)]
    for number in range(int(rng.integers(0, 3)) if has_terms else 0):
        size = int(rng.integers(1, n_venues + 1))
        members = tuple(sorted(rng.permutation(n_venues)[:size].tolist()))
        least = int(rng.integers(0, budget // 5)) if rng.random() < 0.3 else 0
        limits.append(
            SpendLimit(f"group {number + 1}", members, least, int(rng.integers(2 * least, budget)))
        )
    return tuple(limits)


def _option(rng: np.random.Generator, name: str, *, has_terms: bool) -> VenueOption:
    ladder = _ladder(rng)
    option = VenueOption(name, ladder, 1.0, 0.0)
    if not has_terms:
        return option
    dearest = max(
        ladder.cost_cents(n) for n in range(ladder.minimum_units, ladder.maximum_units + 1)
    )
    kind = rng.random()
    if kind < 0.07:
        units = int(rng.integers(ladder.minimum_units, ladder.maximum_units + 1))
        return replace(option, fixed_cents=ladder.cost_cents(units))
    if kind < 0.2:
        option = replace(option, floor_cents=int(rng.integers(1, dearest // 3 + 1)))
    elif kind < 0.3:
        return replace(option, is_open=False)
    if rng.random() < 0.25:
        ceiling = int(rng.integers(option.floor_cents, dearest + 1))
        option = replace(option, ceiling_cents=ceiling)
    return option


def _ladder(rng: np.random.Generator) -> Ladder:
    price = Decimal(int(rng.integers(3_000, 20_000))) / 100 * Decimal("1.1537")
    steps = [PriceStep(1, price)]
    for units_from in sorted(rng.choice(np.arange(2, 7), rng.integers(0, 3), replace=False)):
        price *= Decimal(int(rng.integers(60, 101))) / 100
        steps.append(PriceStep(int(units_from), price))
    minimum = int(rng.integers(1, 4))
    return Ladder(
        tuple(steps),
        minimum,
        int(rng.integers(minimum, 7)),
        DiscountKind.INCREMENTAL if rng.random() < 0.3 else DiscountKind.ALL_UNITS,
        Decimal(int(rng.integers(0, 6_000))) / 100 if rng.random() < 0.4 else Decimal(0),
    )
