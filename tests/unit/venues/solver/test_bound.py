from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.solver.bound import bound_result
from signoff.venues.solver.continuous import find_optima
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.relaxation import relax_money


@pytest.mark.parametrize("rule", list(ApprovalRule))
@pytest.mark.parametrize("needed", [1, 3])
def test_bound_result_never_exceeds_all_accounts(
    drawn: Any, rule: ApprovalRule, needed: int
) -> None:
    problem = drawn(1, rule=rule, exposures_needed=needed, budget_cents=10**8)
    assert bound_result(problem, near=np.ones(5)) <= problem.cells.weight.sum() * (1 + 1e-8)


def test_bound_result_true_wherever_it_is_sharpened(drawn: Any) -> None:
    problem = drawn(2)
    best = max(
        ResultModel(problem).value(units)
        for units in (np.array([2.0, 0, 2, 0, 0]), np.array([0, 2.0, 0, 2, 0]))
    )
    for near in (np.zeros(5), np.ones(5), np.full(5, 4.0)):
        assert bound_result(problem, near=near) >= best


def test_bound_result_more_budget_is_no_lower(drawn: Any) -> None:
    problem = drawn(3, rule=ApprovalRule.MEAN)
    bounds = [
        bound_result(replace(problem, budget_cents=cents), near=np.ones(5))
        for cents in (30_000, 60_000, 120_000)
    ]
    assert bounds == pytest.approx(sorted(bounds), rel=1e-3)


def test_bound_result_leads_is_tight(drawn: Any) -> None:
    problem = drawn(4, objective=Objective.LEADS, budget_cents=10**8)
    high = np.array([o.ladder.maximum_units for o in problem.options], dtype=float)
    everything = ResultModel(problem).value(high)
    assert bound_result(problem, near=high) == pytest.approx(everything, rel=1e-6)


def test_bound_result_one_level_equals_the_rule_any(drawn: Any) -> None:
    one_level = drawn(5, role_levels=(0, 0, 0))
    any_role = replace(one_level, rule=ApprovalRule.ANY)
    both = [bound_result(problem, near=np.ones(5)) for problem in (one_level, any_role)]
    assert both[0] == pytest.approx(both[1], rel=5e-3)


@pytest.mark.parametrize("needed", [1, 3])
def test_bound_result_quorum_of_all_is_as_close_as_every_level(drawn: Any, needed: int) -> None:
    """A role to a level makes them one rule; their proofs cut it in different ways."""
    every = drawn(5, role_levels=(0, 1, 2), exposures_needed=needed)
    quorum = replace(every, rule=ApprovalRule.QUORUM, quorum_roles=3)
    both = [bound_result(problem, near=np.ones(5)) for problem in (quorum, every)]
    assert both[0] == pytest.approx(both[1], rel=0.05)


def test_bound_result_quorum_of_one_equals_the_rule_any(drawn: Any) -> None:
    quorum = drawn(5, rule=ApprovalRule.QUORUM, quorum_roles=1, exposures_needed=2)
    any_role = replace(quorum, rule=ApprovalRule.ANY)
    both = [bound_result(problem, near=np.ones(5)) for problem in (quorum, any_role)]
    assert both[0] == pytest.approx(both[1], rel=5e-3)


def test_bound_result_small_uplifts_are_proven_to_the_optimum(drawn: Any) -> None:
    """The sum of uplift / (1 + uplift) is at most 1: with one exposure the gain is concave."""
    problem = drawn(5, rule=ApprovalRule.UPLIFT, uplifts=(0.5, 0.5, 0.5))
    model, money = ResultModel(problem), relax_money(problem)
    found = find_optima(model, money, rng=np.random.default_rng(0))[0]
    assert model.measure.is_concave
    assert bound_result(problem, near=found.units) == pytest.approx(found.value, rel=1e-3)


def test_bound_result_level_nobody_reaches_is_zero(drawn: Any) -> None:
    problem = drawn(6)
    membership = problem.membership.copy()
    membership[:, :, 0] = 0.0
    bound = bound_result(replace(problem, membership=membership), near=np.ones(5))
    assert bound == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        (rule, {ApprovalRule.ANY: 0.85, ApprovalRule.MEAN: 0.7}.get(rule, 0.65))
        for rule in ApprovalRule
    ],
)
def test_bound_result_several_exposures_lie_well_below_one(
    drawn: Any, rule: ApprovalRule, most: float
) -> None:
    shares = []
    for seed in range(8):
        once = drawn(seed, rule=rule, most_units=8, budget_cents=40_000)
        thrice = replace(once, exposures_needed=3)
        shares.append(bound_result(thrice, near=np.ones(5)) / bound_result(once, near=np.ones(5)))
    assert np.median(shares) < most
