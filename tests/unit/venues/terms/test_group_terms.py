"""Least and most to spend on groups of venues: what is refused, and that plans keep them."""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pytest
from tests.unit.venues.conftest import draw_problem

from signoff.brief import Brief, GroupTerms, MonthTerms
from signoff.errors import BriefError
from signoff.venues.sample import sample_brief
from signoff.venues.solver.bound import bound_result
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import solve_plan
from signoff.venues.terms.contradiction import refuse_contradictions
from signoff.venues.terms.group_terms import find_group_faults, group_limits
from signoff.venues.terms.limits import SpendLimit, excess_cents


@dataclass(frozen=True)
class Named:
    venue_id: str
    venue_group: str = ""
    purpose: str = ""


VENUES = (Named("weekly", "print", "brand"), Named("daily", "print"), Named("ads", "digital"))


def brief_with(*groups: GroupTerms, months: tuple[MonthTerms, ...] = ()) -> Brief:
    brief = sample_brief()
    money = brief.money.model_copy(update={"groups": groups, "months": months})
    return brief.model_copy(update={"money": money})


def test_group_limits_group_purpose_and_names_count_their_venues() -> None:
    budget = int(sample_brief().money.budget * 100)
    brief = brief_with(
        GroupTerms(venue_group="print", ceiling=5_000),
        GroupTerms(purpose="brand", floor_share=0.25),
        GroupTerms(name="two", venues=("daily", "ads"), floor=100, ceiling_share=0.5),
    )
    print_, brand, two = group_limits(VENUES, brief=brief)
    assert (print_.venues, print_.most_cents) == ((0, 1), 500_000)
    assert (brand.venues, brand.least_cents) == ((0,), budget // 4)
    assert (two.name, two.venues, two.least_cents) == ("two", (1, 2), 10_000)
    assert two.most_cents == budget // 2
    assert [limit.where[-3:] for limit in (print_, brand, two)] == ["[1]", "[2]", "[3]"]


@pytest.mark.parametrize(
    ("terms", "what"),
    [
        (GroupTerms(), "in no way, or in several"),
        (GroupTerms(venue_group="print", venues=("ads",)), "in no way, or in several"),
        (GroupTerms(venue_group="prnt"), "what no venue is: prnt"),
        (GroupTerms(venues=("nobody",)), "what no venue is: nobody"),
        (GroupTerms(purpose="activation"), "what no venue is: activation"),
        (GroupTerms(venue_group="print", floor=9, ceiling=8), "at least 9.00 is to be spent"),
        (GroupTerms(venue_group="print", floor=10**9), "at least 1,000,000,000.00"),
    ],
)
def test_find_group_faults_one_wrong_term_is_named(terms: GroupTerms, what: str) -> None:
    faults = list(find_group_faults(VENUES, brief=brief_with(terms)))
    assert [what in fault.what for fault in faults] == [True]
    assert faults[0].where == "money.groups[1]"


def test_find_group_faults_month_named_twice_is_refused() -> None:
    month = MonthTerms(month="2027-01", ceiling=5)
    faults = list(find_group_faults(VENUES, brief=brief_with(months=(month, month))))
    assert [fault.where for fault in faults] == ["money.months"]


def _limited(seed: int) -> PlanProblem:
    rng = np.random.default_rng(seed)
    problem = draw_problem(seed)
    first = SpendLimit(
        "a", (0, 1, 2), int(rng.integers(0, 30_000)), int(rng.integers(40_000, 80_000))
    )
    second = SpendLimit("b", (2, 3), int(rng.integers(0, 20_000)), 60_000)
    return replace(problem, limits=(first, second))


def _best(problem: PlanProblem) -> float | None:
    menus = [
        [n for n in range(option.ladder.maximum_units + 1) if option.fits(n)]
        for option in problem.options
    ]
    model, values = ResultModel(problem), []
    for units in product(*menus):
        whole = np.array(units, dtype=np.int64)
        spend = problem.spend_cents(whole)
        if spend.sum() <= problem.budget_cents and excess_cents(problem.limits, spend) == 0:
            values.append(model.value(whole.astype(np.float64)))
    return max(values, default=None)


def test_solve_plan_with_groups_keeps_them_and_equals_enumeration() -> None:
    losses = []
    for seed in range(8):
        problem = _limited(seed)
        best = _best(problem)
        if best is None:
            continue
        found = solve_plan(problem, rng=np.random.default_rng(0))
        units = np.array(found.units, dtype=np.int64)
        assert excess_cents(problem.limits, problem.spend_cents(units)) == 0
        assert problem.cost_cents(units) <= problem.budget_cents
        assert bound_result(problem, near=units.astype(np.float64)) >= best * (1 - 1e-9)
        losses.append(1 - found.result / best)
    assert len(losses) >= 6
    assert max(losses) < 0.02
    assert sum(loss < 1e-9 for loss in losses) >= len(losses) - 1


def test_refuse_contradictions_names_the_smallest_set() -> None:
    problem = draw_problem(1)
    limits = (
        SpendLimit("money.budget", tuple(range(5)), most_cents=30_000),
        SpendLimit("a", (0, 1), least_cents=20_000),
        SpendLimit("b", (2, 3), least_cents=20_000),
        SpendLimit("c", (4,), most_cents=10_000),
    )
    with pytest.raises(BriefError) as caught:
        refuse_contradictions(problem.options, limits)
    named = [fault.what for fault in caught.value.faults]
    assert [text.split(":")[0] for text in named] == ["money.budget", "a", "b"]
    refuse_contradictions(problem.options, limits[:2])
