"""What holds of every plan, whatever the prices, audiences and budgets."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from modules import load_module
from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver.continuous import find_optima
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.relaxation import relax_money
from signoff.venues.solver.schedule import solve_plan

DRAWN = load_module("tests/unit/venues/conftest.py", name="drawn_problems")
BENCH = load_module("benchmarks/bench_enumeration.py", name="bench_enumeration")

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SEEDS = st.integers(0, 10_000)
RULES = st.sampled_from(list(ApprovalRule))


UNITS = st.lists(st.floats(0, 4), min_size=5, max_size=5)


def _value(seed: int, units: list[float], **terms: Any) -> float:
    return ResultModel(DRAWN.draw_problem(seed, **terms)).value(np.array(units))


def solved(problem: PlanProblem) -> Any:
    return solve_plan(problem, rng=np.random.default_rng(0))


@FEW
@given(seed=SEEDS, rule=RULES, needed=st.integers(1, 3), budget=st.integers(20_000, 400_000))
def test_budget_is_never_exceeded_and_limits_are_kept(
    seed: int, rule: ApprovalRule, needed: int, budget: int
) -> None:
    problem = DRAWN.draw_problem(seed, rule=rule, exposures_needed=needed, budget_cents=budget)
    found = solved(problem)
    assert sum(found.spend_cents) == problem.cost_cents(np.array(found.units)) <= budget
    assert all(o.fits(n) for o, n in zip(problem.options, found.units, strict=True))
    assert 0 <= found.result <= found.bound * (1 + 1e-12)


@FEW
@given(seed=SEEDS, rule=st.sampled_from([ApprovalRule.ANY, ApprovalRule.MEAN]))
def test_more_budget_never_buys_less_of_the_proven_optimum(seed: int, rule: ApprovalRule) -> None:
    best = 0.0
    for budget in (30_000, 60_000, 120_000, 240_000):
        problem = DRAWN.draw_problem(seed, rule=rule, budget_cents=budget)
        model = ResultModel(problem)
        optima = find_optima(model, relax_money(problem), rng=np.random.default_rng(0))
        assert optima[0].value >= best * (1 - 1e-4)
        best = optima[0].value


@FEW
@given(seed=SEEDS, units=UNITS, rule=RULES)
def test_more_units_never_bring_less(seed: int, units: list[float], rule: ApprovalRule) -> None:
    model = ResultModel(DRAWN.draw_problem(seed, rule=rule, exposures_needed=2))
    fewer = np.array(units)
    assert model.value(fewer + 0.5) >= model.value(fewer) - 1e-9


@FEW
@given(seed=SEEDS, units=UNITS, needed=st.integers(1, 3))
def test_a_quorum_lies_between_any_role_and_every_role(
    seed: int, units: list[float], needed: int
) -> None:
    terms = {"exposures_needed": needed, "role_levels": (0, 1, 2)}
    one, two, three = (
        _value(seed, units, rule=ApprovalRule.QUORUM, quorum_roles=k, **terms) for k in (1, 2, 3)
    )
    assert one == pytest.approx(_value(seed, units, rule=ApprovalRule.ANY, **terms), rel=1e-9)
    every = _value(seed, units, rule=ApprovalRule.EVERY_LEVEL, **terms)
    assert three == pytest.approx(every, rel=1e-9, abs=1e-12)
    assert three <= two <= one


@FEW
@given(seed=SEEDS, units=UNITS, needed=st.integers(1, 3), lift=st.floats(0.01, 9.0))
def test_uplifts_of_single_roles_add_up_to_no_more_than_of_all_together(
    seed: int, units: list[float], needed: int, lift: float
) -> None:
    """One role alone adds base x uplift x its chance; three add more than that, together."""
    uplift = {"rule": ApprovalRule.UPLIFT, "exposures_needed": needed, "base_share": 0.1}
    alone = [
        _value(seed, units, uplifts=tuple(lift * (i == role) for i in range(3)), **uplift)
        for role in range(3)
    ]
    mean = _value(seed, units, rule=ApprovalRule.MEAN, exposures_needed=needed)
    assert sum(alone) == pytest.approx(0.1 * lift * 3 * mean, rel=1e-9, abs=1e-12)
    assert _value(seed, units, uplifts=(lift,) * 3, **uplift) >= sum(alone) * (1 - 1e-9)


@FEW
@given(seed=SEEDS, factor=st.sampled_from([2, 10, 100]))
def test_another_currency_rescales_the_money_alone(seed: int, factor: int) -> None:
    problem = DRAWN.draw_problem(seed)
    dearer = tuple(
        replace(option, ladder=_times(option.ladder, factor)) for option in problem.options
    )
    first = solved(problem)
    second = solved(replace(problem, options=dearer, budget_cents=problem.budget_cents * factor))
    assert second.units == first.units
    assert second.spend_cents == tuple(cents * factor for cents in first.spend_cents)
    assert second.result == first.result


@FEW
@given(
    prices=st.lists(st.integers(1, 500), min_size=1, max_size=4),
    minimum=st.integers(1, 6),
    cents=st.integers(0, 500_000),
)
def test_most_units_fit_the_money_and_one_more_does_not(
    prices: list[int], minimum: int, cents: int
) -> None:
    steps = tuple(PriceStep(1 + 4 * i, Decimal(price)) for i, price in enumerate(prices))
    ladder = Ladder(steps, minimum, 20)
    most = ladder.most_units(cents)
    assert ladder.cost_cents(most) <= cents
    assert most == 0 or minimum <= most <= 20
    assert all(ladder.cost_cents(n) > cents for n in range(max(most + 1, minimum), 21))


def _times(ladder: Ladder, factor: int) -> Ladder:
    steps = tuple(PriceStep(s.units_from, s.unit_price * factor) for s in ladder.steps)
    return replace(ladder, steps=steps)


@pytest.mark.parametrize("seed", range(3))
def test_order_of_venues_does_not_change_what_a_schedule_brings(seed: int) -> None:
    problem = DRAWN.draw_problem(seed, exposures_needed=3)
    turned = replace(
        problem, membership=problem.membership[::-1].copy(), options=problem.options[::-1]
    )
    units = np.array([1.0, 0.0, 2.0, 3.0, 1.0])
    assert ResultModel(turned).value(units[::-1]) == pytest.approx(
        ResultModel(problem).value(units), rel=1e-12
    )


HARD = {
    2517: (Objective.LEADS, ApprovalRule.EVERY_LEVEL, 1),
    4134: (Objective.LEADS, ApprovalRule.MEAN, 1),
}


@pytest.mark.parametrize("seed", [*range(2 * len(BENCH.KINDS)), *HARD])
def test_bound_is_above_every_plan_and_limits_are_kept_with_all_terms_at_once(seed: int) -> None:
    trial = BENCH.try_problem(BENCH.draw_problem(seed, kind=HARD.get(seed)))
    if trial is None:  # no plan keeps all the terms drawn
        return
    assert trial.keeps_limits
    assert trial.bound >= trial.best * (1 - 1e-9)
    assert trial.best * 0.9 <= trial.found <= trial.best * (1 + 1e-9)


@pytest.mark.parametrize("objective", list(Objective))
@pytest.mark.parametrize("rule", list(ApprovalRule))
@pytest.mark.parametrize("needed", [1, 2, 4])
def test_gradient_equals_finite_differences(
    objective: Objective, rule: ApprovalRule, needed: int
) -> None:
    problem = DRAWN.draw_problem(needed, objective=objective, rule=rule, exposures_needed=needed)
    model, units = ResultModel(problem), np.array([0.3, 1.0, 2.5, 4.0, 0.0])
    value, gradient = model.gradient(units)
    steps = 1e-5 * np.eye(5)
    ups = [model.value(units + step) for step in steps]
    downs = [model.value(np.maximum(units - step, 0.0)) for step in steps]
    widths = np.where(units > 0, 2e-5, 1e-5)
    assert value == model.value(units)
    differences = (np.array(ups) - np.array(downs)) / widths
    assert gradient == pytest.approx(differences, rel=2e-4, abs=1e-6 * model.ceiling)


@FEW
@given(seed=SEEDS, rule=RULES)
def test_another_venue_never_costs_more_than_the_gap(seed: int, rule: ApprovalRule) -> None:
    more = DRAWN.draw_problem(seed, rule=rule)
    fewer = replace(more, membership=more.membership[:-1], options=more.options[:-1])
    before, after = solved(fewer), solved(more)
    assert after.bound >= before.result * (1 - 1e-9)
    assert after.result * (1 + max(after.gap_share, 1e-9)) >= before.result


@FEW
@given(seed=SEEDS, rule=RULES, share=st.floats(0.3, 0.9))
def test_less_money_is_never_found_to_bring_more(
    seed: int, rule: ApprovalRule, share: float
) -> None:
    problem = DRAWN.draw_problem(seed, rule=rule, budget_cents=80_000)
    less = replace(problem, budget_cents=int(80_000 * share))
    assert solved(less).result <= solved(problem).bound * (1 + 1e-9)
