"""Advice on plans that buy packages: as much is said of them as of plans without."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.brief import Brief, VenueTerms
from signoff.units import Objective
from signoff.venues import VenueFacts, VenuePlan, list_facts, plan_facts
from signoff.venues.advice import (
    LimitKind,
    PresentSpend,
    compare_present,
    price_limits,
    value_learning,
)
from signoff.venues.advice.market import judge_schedules, open_market
from signoff.venues.advice.package_moves import list_package_moves
from signoff.venues.sample import sample_brief, sample_engine

PACKAGE: tuple[dict[str, Any], ...] = tuple(
    {"package_id": "both", "name": "Both", "venue_id": venue, "units": n}
    | {"package_price": 1500, "currency": "EUR", "maximum_packages": 2}
    for venue, n in (("title", 2), ("network", 40))
)
# of one package 85 % count at the title, as the list prices of both have it: 1,273 euros
CAPPED = (VenueTerms(venue="title", ceiling=Decimal(2000)),)


def counting_visits() -> Brief:
    brief = sample_brief()
    aim = brief.objective.model_copy(update={"aim": Objective.TRAFFIC})
    return brief.model_copy(update={"objective": aim})


BRIEF = counting_visits()


def facts_of(brief: Brief) -> VenueFacts:
    with sample_engine(venue_package=[dict(row) for row in PACKAGE]) as engine:
        return list_facts(engine, brief=brief)


def made(brief: Brief) -> tuple[VenueFacts, VenuePlan]:
    facts = facts_of(brief)
    return facts, plan_facts(facts, brief=brief, seed=1).plan


@pytest.fixture(scope="module")
def base() -> tuple[VenueFacts, VenuePlan]:
    return made(BRIEF)


def test_plan_of_the_sample_buys_packages(base: tuple[VenueFacts, VenuePlan]) -> None:
    assert sum(line.packages for line in base[1].packages) == 2


def test_list_package_moves_stay_within_what_is_sold(base: tuple[VenueFacts, VenuePlan]) -> None:
    facts, plan = base
    free = open_market(facts, brief=BRIEF, plan=plan, holds_packages=False)
    assert free.counts == (2,)
    assert list(list_package_moves(free.problem, (2,))) == [(1,)]
    assert sorted(list_package_moves(free.problem, (1,))) == [(0,), (2,)]


def test_judge_schedules_with_packages_gives_the_plans_interval(
    base: tuple[VenueFacts, VenuePlan],
) -> None:
    facts, plan = base
    free = open_market(facts, brief=BRIEF, plan=plan, holds_packages=False)
    held = open_market(facts, brief=BRIEF, plan=plan)
    granted = np.array([option.granted_units for option in held.problem.options])
    assert (held.units + granted).tolist() == free.units.tolist()
    (whole,), (beside,) = judge_schedules(free, [free.units]), judge_schedules(held, [held.units])
    assert whole == pytest.approx(beside, rel=1e-12)


def test_price_limits_buys_more_packages_without_the_ceiling() -> None:
    brief = BRIEF.model_copy(update={"venues": CAPPED})
    facts, plan = made(brief)
    free_plan = made(BRIEF)[1]
    assert [line.packages for line in plan.packages] == [1]
    (limit,) = (
        each
        for each in price_limits(facts, brief=brief, plan=plan).limits
        if each.kind is LimitKind.CEILING
    )
    assert 0 < limit.gain <= free_plan.result.value - plan.result.value + 1e-9
    assert limit.gain_estimate is not None
    assert limit.gain_estimate.low < limit.gain < limit.gain_estimate.high


def test_value_learning_of_a_plan_with_packages_is_never_negative(
    base: tuple[VenueFacts, VenuePlan],
) -> None:
    facts, plan = base
    found = value_learning(facts, brief=BRIEF, plan=plan)
    assert found.n_schedules > 1
    assert all(0 <= value.gain <= found.everything for value in found.values)


def test_compare_present_of_a_plan_with_packages_knows_its_result(
    base: tuple[VenueFacts, VenuePlan],
) -> None:
    facts, plan = base
    present = PresentSpend({"title": Decimal(6_000)})
    found = compare_present(facts, brief=BRIEF, plan=plan, present=present)
    assert found is not None
    assert found.plan_result == plan.result
    assert found.difference.low > 0
