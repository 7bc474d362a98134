"""The plan found is the best of all that can be tried, and no bound lies below it."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.stats.reach import Array
from signoff.venues.exposures.approval import RULES, RuleName
from signoff.venues.exposures.bounds import ProofKind
from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import keeps_limits
from signoff.venues.exposures.problem import Appetite, ExposureProblem
from signoff.venues.exposures.sample import sample_problem
from signoff.venues.exposures.solve import _solve_whole, solve_exposures
from signoff.venues.exposures.tree import ProofEffort
from signoff.venues.terms.limits import SpendLimit

SHORT = ProofEffort(n_splits=1)


def every_plan(problem: ExposureProblem) -> Array:
    """Give every schedule that keeps all limits, by trying each by itself."""
    menus = [
        [n for n in range(option.ladder.maximum_units + 1) if option.fits(n)]
        for option in problem.options
    ]
    kept = [u for u in product(*menus) if keeps_limits(problem, np.array(u, dtype=np.int64))]
    return np.array(kept, dtype=np.float64)


def small(rule: RuleName, seed: int) -> tuple[ExposureProblem, Array]:
    """Draw a problem that some plan solves, and all its plans."""
    for turn in range(50):
        rng = np.random.default_rng([RULES.index(rule), seed, turn])
        problem = draw_problem(rng, rule=rule, exposures_needed=1 + seed % 3, n_venues=3, n_cells=5)
        plans = every_plan(problem)
        if len(plans) > 3:
            return problem, plans
    raise AssertionError


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule", RULES)
def test_solve_small_problem_equals_every_plan_tried(rule: RuleName, seed: int) -> None:
    problem, plans = small(rule, seed)
    best = float(ExposureModel(problem).values(plans).max())
    found = solve_exposures(problem, rng=np.random.default_rng(1))
    assert found.proof is ProofKind.ENUMERATED
    assert found.value == pytest.approx(best, rel=1e-12)
    assert found.units.tolist() in plans.tolist()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule", RULES)
def test_search_without_enumeration_finds_the_best_and_bounds_it(rule: RuleName, seed: int) -> None:
    problem, plans = small(rule, seed)
    best = float(ExposureModel(problem).values(plans).max())
    rng = np.random.default_rng(1)
    found = _solve_whole(problem, rng=rng, effort=SHORT, n_climbed=4)
    assert found.value == pytest.approx(best, rel=1e-9)
    assert found.bound >= best * (1 - 1e-9)
    assert found.units.tolist() in plans.tolist()


def as_broken(problem: ExposureProblem) -> ExposureProblem:
    """Let units be broken, at one price each, up to three units."""
    options = tuple(
        replace(
            option,
            ladder=replace(
                option.ladder,
                steps=option.ladder.steps[:1],
                minimum_units=1,
                maximum_units=3,
                setup_cost=Decimal(0),
            ),
        )
        for option in problem.options
    )
    return replace(problem, options=options, is_whole=False, caps=np.full(len(options), 3.0))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rule", RULES)
def test_bound_of_broken_units_lies_above_a_fine_grid(rule: RuleName, seed: int) -> None:
    rng = np.random.default_rng([5, RULES.index(rule), seed])
    problem = as_broken(
        draw_problem(
            rng, rule=rule, exposures_needed=1 + seed, n_venues=3, n_cells=5, has_terms=False
        )
    )
    group = SpendLimit("group", (0, 1), 1_000, problem.budget_cents * 0.7)
    problem = replace(problem, limits=(problem.limits[0], group))
    prices = np.array([float(o.ladder.steps[0].unit_price) * 100 for o in problem.options])
    grid = np.array(list(product(np.linspace(0, 3, 13), repeat=3)))
    spent = grid * prices
    kept = (spent.sum(axis=1) <= problem.budget_cents) & (
        (spent[:, :2].sum(axis=1) >= 1_000) & (spent[:, :2].sum(axis=1) <= group.most_cents)
    )
    best = float(ExposureModel(problem).values(grid[kept]).max())
    found = solve_exposures(problem, rng=np.random.default_rng(1), effort=SHORT, n_climbed=6)
    # the grid holds only some plans, so that the plan found is seldom below it
    assert found.value >= best * (1 - 2e-3)
    assert found.bound >= best * (1 - 1e-9)
    assert found.bound >= found.value
    spend = found.units * prices
    assert spend.sum() <= problem.budget_cents + 1e-6
    assert 1_000 - 1e-6 <= spend[:2].sum() <= group.most_cents + 1e-6


@pytest.mark.parametrize("rule", ["any", "mean"])
def test_concave_rules_are_proven(rule: RuleName) -> None:
    rng = np.random.default_rng(4)
    problem = as_broken(draw_problem(rng, rule=rule, n_venues=6, n_cells=20, has_terms=False))
    problem = replace(problem, draws=np.empty((0, 0)), draw_share=1.0)
    found = solve_exposures(problem, rng=np.random.default_rng(1))
    assert found.proof is ProofKind.CONCAVE
    assert found.gap_share <= 1e-3


def test_every_limit_is_kept_in_drawn_problems() -> None:
    n_solved = 0
    for seed in range(60):
        rng = np.random.default_rng([9, seed])
        problem = draw_problem(
            rng,
            rule=RULES[seed % 5],
            exposures_needed=1 + seed % 3,
            n_venues=3 + seed % 6,
            n_cells=4,
        )
        try:
            found = solve_exposures(
                problem, rng=np.random.default_rng(seed), effort=ProofEffort(n_splits=0)
            )
        except BriefError:
            continue
        n_solved += 1
        units = found.units.astype(np.int64)
        assert (units == found.units).all()
        assert keeps_limits(problem, units)
    assert n_solved > 25


def test_solve_with_the_same_seed_gives_the_same_plan() -> None:
    rng = np.random.default_rng(8)
    problem = replace(
        draw_problem(rng, rule="every_level", n_venues=4, n_cells=3, has_terms=False),
        appetite=Appetite(np.ones(1), np.ones(1)),
        draws=np.empty((0, 0)),
        draw_share=1.0,
    )
    first, second = (
        _solve_whole(problem, rng=np.random.default_rng(3), effort=SHORT, n_climbed=2)
        for _ in range(2)
    )
    assert first.units.tolist() == second.units.tolist()
    assert (first.value, first.bound, first.n_splits) == (
        second.value,
        second.bound,
        second.n_splits,
    )


def test_solve_problem_without_a_plan_is_refused() -> None:
    limits = (SpendLimit("budget", (0, 1), 50_001, 59_999),)
    problem = replace(sample_problem(), limits=limits)
    with pytest.raises(BriefError, match="no plan keeps"):
        solve_exposures(problem, rng=np.random.default_rng(1))


def test_solve_one_venue_for_which_nothing_is_to_be_decided() -> None:
    problem = sample_problem()
    closed = tuple(replace(option, is_open=False) for option in problem.options)
    found = solve_exposures(replace(problem, options=closed), rng=np.random.default_rng(1))
    assert (found.units.tolist(), found.value, found.gap_share) == ([0.0, 0.0], 0.0, 0.0)
