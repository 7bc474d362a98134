"""What holds of advice on every plan, whatever the prices, audiences and limits."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules import load_module
from signoff.brief import ApprovalRule, Brief, VenueTerms
from signoff.units import Objective
from signoff.venues import list_facts, plan_facts, price_limits, value_learning
from signoff.venues.advice import LimitKind
from signoff.venues.budgets.fitting import prove_budgets
from signoff.venues.budgets.rungs import Rung, climb_rungs
from signoff.venues.sample import sample_brief, sample_engine, sample_tables
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import relax_options
from signoff.venues.solver.schedule import committed_cents, solve_plan
from signoff.venues.solver.tangent import bound_within

FEW = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = (0, 2, 4, 18, 20, 22, 24)


BENCH = load_module("benchmarks/bench_enumeration.py", name="bench_enumeration_of_advice")


@cache
def drawn(seed: int) -> PlanProblem | None:
    problem: PlanProblem = BENCH.draw_problem(seed)
    usable = [o for o in problem.options if o.is_open or o.fixed_cents is not None]
    if not all(o.fits(o.cheapest_units()) for o in usable):
        return None
    return replace(problem, budget_cents=max(problem.budget_cents, committed_cents(problem)))


def counting_visits() -> Brief:
    brief = sample_brief()
    aim = brief.objective.model_copy(update={"aim": Objective.TRAFFIC})
    return brief.model_copy(update={"objective": aim})


def best_of(problem: PlanProblem) -> float:
    model = ResultModel(problem)
    return max(model.value(np.array(u, dtype=np.float64)) for u in BENCH.every_plan(problem))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_wanted_budget_reaches_its_result_and_less_than_the_proof_does_not(seed: int) -> None:
    problem = drawn(seed)
    if problem is None:  # no plan keeps all the terms drawn
        return
    rungs = climb_rungs(
        problem, solve_plan(problem, rng=np.random.default_rng(0)), rng=np.random.default_rng(1)
    )
    tangents, ceiling = [*prove_budgets(problem, rungs)], ResultModel(problem).ceiling
    for rung in _some(rungs):
        assert best_of(replace(problem, budget_cents=rung.from_cents)) >= rung.result
        proven = _proven(problem, tangents, wanted=rung.result, most=rung.from_cents, top=ceiling)
        if proven >= committed_cents(problem):
            assert best_of(replace(problem, budget_cents=proven)) < rung.result


@pytest.mark.parametrize("seed", SEEDS)
def test_a_limit_loosened_never_lowers_result_or_bound(seed: int) -> None:
    problem = drawn(seed)
    if problem is None:
        return
    before = best_of(problem)
    for place, option in enumerate(problem.options):
        if not option.is_open or option.fixed_cents is not None:
            continue
        loose = replace(option, ceiling_cents=None, floor_cents=0)
        options = (*problem.options[:place], loose, *problem.options[place + 1 :])
        after = solve_plan(replace(problem, options=options), rng=np.random.default_rng(0))
        assert after.bound >= before * (1 - 1e-9)
        assert best_of(replace(problem, options=options)) >= before


@FEW
@given(ceiling=st.integers(1, 60_000), venue=st.sampled_from(["title", "network"]))
def test_a_limit_never_costs_less_than_nothing_nor_more_when_loosened(
    ceiling: int, venue: str
) -> None:
    costs = []
    for most in (ceiling, 2 * ceiling):
        brief = counting_visits()
        terms = (VenueTerms.model_validate({"venue": venue, "ceiling": most}),)
        brief = brief.model_copy(update={"venues": terms})
        with sample_engine() as engine:
            facts = list_facts(engine, brief=brief)
        plan = plan_facts(facts, brief=brief, seed=1).plan
        found = price_limits(facts, brief=brief, plan=plan).limits
        assert all(limit.gain >= 0 and limit.per_1000 >= 0 for limit in found)
        costs.append(next(each.gain for each in found if each.kind is LimitKind.CEILING))
    # one step of a venue may not fit, so that the cost falls in steps, never rises
    assert costs[1] <= costs[0] * (1 + 1e-6) + 1e-9


@FEW
@given(
    far=st.floats(1.01, 6),
    rule=st.sampled_from([ApprovalRule.ANY, ApprovalRule.MEAN, ApprovalRule.EVERY_LEVEL]),
)
def test_value_of_learning_lies_between_nothing_and_everything(
    far: float, rule: ApprovalRule
) -> None:
    brief = sample_brief()
    committee = brief.committee.model_copy(update={"approval_rule": rule})
    brief = brief.model_copy(update={"committee": committee})
    audience = [
        {
            **row,
            "reach_low_share": row["reach_share"] / far,
            "reach_high_share": min(row["reach_share"] * far, 0.99),
        }
        for row in sample_tables()["venue_audience"]
    ]
    with sample_engine(venue_audience=audience) as engine:
        facts = list_facts(engine, brief=brief)
    plan = plan_facts(facts, brief=brief, seed=1).plan
    found = value_learning(facts, brief=brief, plan=plan)
    assert found.everything >= 0
    assert all(0 <= value.gain <= found.everything for value in found.values)


def _some(rungs: tuple[Rung, ...]) -> list[Rung]:
    return [rungs[place] for place in sorted({0, len(rungs) // 3, 2 * len(rungs) // 3})]


def _proven(
    problem: PlanProblem, tangents: list[Any], *, wanted: float, most: int, top: float
) -> int:
    """Give the highest of some budgets at which the proof says that the result is out of reach."""
    for share in (0.99, 0.9, 0.7, 0.4):
        cents = round(share * most)
        money = relax_options(problem.options, budget_cents=cents, slack_cents=4)
        bound = bound_within(tangents, money, budget_cents=cents, ceiling=top)
        if bound < wanted * (1 - 1e-9):
            return cents
    return -1
