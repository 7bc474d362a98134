"""Small problems drawn at random, for the tests of the planner."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.stats.frailty import frailty_nodes, membership_share
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.problem import Cells, PackageOption, PlanProblem, VenueOption


def _ladder(rng: np.random.Generator, *, most: int) -> Ladder:
    price = Decimal(int(rng.integers(50, 200)))
    step = PriceStep(int(rng.integers(2, 5)), price * Decimal(int(rng.integers(70, 95))) / 100)
    return Ladder((PriceStep(1, price), step), int(rng.integers(1, 3)), most)


def draw_problem(seed: int, **changes: Any) -> PlanProblem:
    """Draw a problem: 12 cells, 3 roles on 2 levels, 5 venues, unless changed."""
    rng = np.random.default_rng(seed)
    n_cells, n_roles, n_venues = 12, 3, changes.pop("n_venues", 5)
    reach = rng.beta(0.8, 3.0, (n_venues, 4, n_roles)) * (rng.random((n_venues, 4, n_roles)) < 0.7)
    nodes = frailty_nodes(shape=0.6, correlation_share=0.1)
    most = changes.pop("most_units", 4)
    options = tuple(
        VenueOption(f"v{i}", _ladder(rng, most=most), float(rng.gamma(2, 0.7)), 0.1)
        for i in range(n_venues)
    )
    n_accounts = rng.integers(1, 9, n_cells).astype(float)
    problem: dict[str, Any] = {
        "objective": Objective.CONVERSIONS,
        "rule": ApprovalRule.EVERY_LEVEL,
        "exposures_needed": 1,
        "role_levels": (0, 1, 1),
        "membership": membership_share(reach, nodes),
        "nodes": nodes,
        "cells": Cells(
            profile=np.sort(rng.integers(0, 4, n_cells)),
            people=rng.integers(1, 4, (n_cells, n_roles)).astype(float),
            weight=n_accounts * rng.pareto(1.6, n_cells),
            n_accounts=n_accounts,
        ),
        "options": options,
        "budget_cents": 90_000,
        "quorum_roles": 2,
        "base_share": 0.1,
        "uplifts": (1.0, 0.5, 2.0),
    }
    return PlanProblem(**{**problem, **changes})


def draw_packages(problem: PlanProblem, *, seed: int, n_packages: int = 2) -> PlanProblem:
    """Add packages of two venues each, for 55 to 95 % of what their units cost singly."""
    rng = np.random.default_rng(seed)
    packages = []
    for p in range(n_packages):
        units = np.zeros(len(problem.options), dtype=np.int64)
        units[rng.choice(len(units), 2, replace=False)] = rng.integers(1, 3, 2)
        value = np.array(
            [n * float(o.ladder.unit_price(1)) for n, o in zip(units, problem.options, strict=True)]
        )
        price = Decimal(round(float(value.sum() * rng.uniform(0.55, 0.95)), 2))
        ladder = Ladder((PriceStep(1, price),), 1, int(rng.integers(1, 3)))
        packages.append(PackageOption(f"p{p}", ladder, units, value / value.sum()))
    return replace(problem, packages=tuple(packages))


@pytest.fixture
def drawn() -> Callable[..., PlanProblem]:
    """Give the function that draws problems."""
    return draw_problem
