"""Simulate people one by one and find the planner's expectation again."""

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.stats.frailty import audience_rate, frailty_nodes, membership_share
from signoff.stats.reach import Array
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import FREQUENCY_SHAPE, Cells, PlanProblem, VenueOption

N_ACCOUNTS = 40_000
PEOPLE = np.array([2, 1, 3])
LEVELS = np.array([0, 1, 1])
REACH = np.array([[0.4, 0.2, 0.1], [0.3, 0.5, 0.2]])
EXPOSURES = np.array([1.2, 0.8])
RESPONSE = np.array([0.2, 0.05])
UNITS = np.array([2.0, 3.0])
UPLIFTS = (1.0, 0.5, 2.0)


def problem(rule: ApprovalRule, objective: Objective, needed: int) -> PlanProblem:
    nodes = frailty_nodes(shape=0.6, correlation_share=0.1)
    return PlanProblem(
        objective=objective,
        rule=rule,
        exposures_needed=needed,
        role_levels=tuple(LEVELS.tolist()),
        membership=membership_share(REACH[:, None, :], nodes),
        nodes=nodes,
        cells=Cells(np.array([0]), PEOPLE[None, :].astype(float), np.ones(1), np.ones(1)),
        options=tuple(
            VenueOption(f"v{i}", Ladder((), 1, 9), EXPOSURES[i], RESPONSE[i]) for i in range(2)
        ),
        budget_cents=0,
        quorum_roles=2,
        base_share=0.1,
        uplifts=UPLIFTS,
    )


def simulate(drawn: PlanProblem, rng: np.random.Generator) -> tuple[Array, Array]:
    """Give exposures and answers by account and person, people in the order of their roles."""
    nodes = drawn.nodes
    n_people = int(PEOPLE.sum())
    account = rng.choice(len(nodes.account_weight), N_ACCOUNTS, p=nodes.account_weight)
    person = rng.choice(len(nodes.person_weight), (N_ACCOUNTS, n_people), p=nodes.person_weight)
    point = account[:, None] * len(nodes.person_weight) + person
    role = np.repeat(np.arange(3), PEOPLE)
    exposures = np.zeros((N_ACCOUNTS, n_people))
    answers = np.zeros_like(exposures)
    for v in range(2):
        chance = drawn.membership[v, 0][role, point]
        inside = rng.random(chance.shape) < chance
        rate = rng.gamma(FREQUENCY_SHAPE, UNITS[v] * EXPOSURES[v] / FREQUENCY_SHAPE, chance.shape)
        seen = np.where(inside, rng.poisson(rate), 0)
        exposures += seen
        answers += rng.binomial(seen, RESPONSE[v])
    return exposures, answers


def by_role(person_counts: Array) -> Array:
    starts = np.concatenate([[0], np.cumsum(PEOPLE)[:-1]])
    return np.maximum.reduceat(person_counts, starts, axis=1)


@pytest.mark.parametrize("needed", [1, 3])
@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_simulated_committees_are_covered_as_often_as_expected(
    rule: ApprovalRule, needed: int
) -> None:
    drawn = problem(rule, Objective.CONVERSIONS, needed)
    exposures, _ = simulate(drawn, np.random.default_rng(11))
    roles = by_role((exposures >= needed).astype(float))
    covered = {
        ApprovalRule.ANY: roles.any(axis=1),
        ApprovalRule.MEAN: roles.mean(axis=1),
        ApprovalRule.EVERY_LEVEL: (roles[:, 0] > 0) & (roles[:, 1:].max(axis=1) > 0),
        ApprovalRule.QUORUM: roles.sum(axis=1) >= 2,
        ApprovalRule.UPLIFT: 0.1 * ((1 + roles * UPLIFTS).prod(axis=1) - 1),
    }[rule].astype(float)
    error = 4 * covered.std() / np.sqrt(N_ACCOUNTS)
    assert ResultModel(drawn).value(UNITS) == pytest.approx(covered.mean(), abs=error)


@pytest.mark.parametrize("objective", [Objective.LEADS, Objective.TRAFFIC])
def test_simulated_answers_come_as_often_as_expected(objective: Objective) -> None:
    drawn = problem(ApprovalRule.ANY, objective, 3)
    _, answers = simulate(drawn, np.random.default_rng(12))
    visited = answers > 0
    count = visited.any(axis=1) if objective is Objective.LEADS else visited.sum(axis=1)
    error = 4 * count.std() / np.sqrt(N_ACCOUNTS)
    assert ResultModel(drawn).value(UNITS) == pytest.approx(count.mean(), abs=error)


@pytest.mark.parametrize("needed", [1, 3])
def test_few_points_stand_for_appetites_drawn_from_the_gamma_itself(needed: int) -> None:
    rng, n_accounts = np.random.default_rng(13), 100_000
    shape, correlation = 0.6, 0.1
    account = rng.gamma(shape / correlation, correlation / shape, (n_accounts, 1))
    person = rng.beta(shape, shape / correlation - shape, (n_accounts, 6)) / correlation
    role = np.repeat(np.arange(3), PEOPLE)
    exposures = np.zeros((n_accounts, 6))
    for v in range(2):
        rate = audience_rate(REACH[v], shape=shape)[role]
        inside = rng.random(exposures.shape) < -np.expm1(-rate * account * person)
        seen = rng.gamma(FREQUENCY_SHAPE, UNITS[v] * EXPOSURES[v] / FREQUENCY_SHAPE, inside.shape)
        exposures += np.where(inside, rng.poisson(seen), 0)
    roles = by_role((exposures >= needed).astype(float))
    covered = {
        ApprovalRule.ANY: roles.any(axis=1),
        ApprovalRule.MEAN: roles.mean(axis=1),
        ApprovalRule.EVERY_LEVEL: (roles[:, 0] > 0) & (roles[:, 1:].max(axis=1) > 0),
        ApprovalRule.QUORUM: roles.sum(axis=1) >= 2,
        ApprovalRule.UPLIFT: 0.1 * ((1 + roles * UPLIFTS).prod(axis=1) - 1),
    }
    for rule, counted in covered.items():
        # four Monte Carlo errors (.0016 each at most), and half a percent for the few points
        error = 4 * counted.std() / np.sqrt(n_accounts) + 0.005 * counted.mean()
        value = ResultModel(problem(rule, Objective.CONVERSIONS, needed)).value(UNITS)
        assert value == pytest.approx(counted.mean(), abs=error), rule
