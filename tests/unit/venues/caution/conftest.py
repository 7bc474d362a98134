"""Draws of small problems, for the tests of cautious plans."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from signoff.venues.caution.drawn_problems import ListedProblems
from signoff.venues.solver.problem import PlanProblem


def draw_draws(problem: PlanProblem, *, seed: int, n_draws: int = 20) -> ListedProblems:
    """Draw audiences and answers: each venue by itself, some much less sure than others."""
    rng = np.random.default_rng([seed, 5])
    spread = rng.uniform(0.05, 1.2, len(problem.options))
    drawn = []
    for _ in range(n_draws):
        factor = np.exp(spread * rng.normal(size=len(spread)) - spread**2 / 2)
        options = tuple(
            replace(option, response_share=min(option.response_share * f, 0.9))
            for option, f in zip(problem.options, factor[::-1].tolist(), strict=True)
        )
        membership = np.clip(problem.membership * factor[:, None, None, None], 0, 0.98)
        drawn.append(replace(problem, membership=membership, options=options))
    return ListedProblems(tuple(drawn))


def list_plans(problem: PlanProblem) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Give every plan of whole units that keeps all limits."""
    menus = [[n for n in range(5) if option.fits(n)] for option in problem.options]
    tried = (np.array(units) for units in product(*menus))
    return [
        units.astype(np.float64)
        for units in tried
        if problem.cost_cents(units) <= problem.budget_cents
    ]


@pytest.fixture
def draws() -> Callable[..., ListedProblems]:
    """Give the function that draws draws."""
    return draw_draws


@pytest.fixture
def every_plan() -> Callable[..., list[np.ndarray[tuple[int], np.dtype[np.float64]]]]:
    """Give the function that lists plans."""
    return list_plans
