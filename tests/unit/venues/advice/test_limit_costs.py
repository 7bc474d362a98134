from decimal import Decimal

import pytest

from signoff.brief import Brief, GroupTerms, VenueTerms
from signoff.units import Objective
from signoff.venues import VenuePlan, list_facts, plan_facts
from signoff.venues.advice import LimitCost, LimitCosts, LimitKind, price_limits
from signoff.venues.advice.limit_costs import lift_exclusions
from signoff.venues.sample import sample_brief, sample_engine


def counting_visits() -> Brief:
    """Count visits: unlike raised hands, they run into diminishing returns within the budget."""
    brief = sample_brief()
    aim = brief.objective.model_copy(update={"aim": Objective.TRAFFIC})
    return brief.model_copy(update={"objective": aim})


def under(*terms: VenueTerms, groups: tuple[GroupTerms, ...] = ()) -> Brief:
    brief = counting_visits()
    money = brief.money.model_copy(update={"groups": groups})
    return brief.model_copy(update={"venues": terms, "money": money})


def priced(brief: Brief) -> tuple[LimitCosts, VenuePlan]:
    with sample_engine() as engine:
        facts = list_facts(engine, brief=brief)
        free = lift_exclusions(brief)
        opened = list_facts(engine, brief=free) if facts.book.excluded else None
    plan = plan_facts(facts, brief=brief, seed=1).plan
    return price_limits(facts, brief=brief, plan=plan, opened=opened), plan


def best() -> float:
    with sample_engine() as engine:
        facts = list_facts(engine, brief=counting_visits())
    return plan_facts(facts, brief=counting_visits(), seed=1).plan.result.value


def only(found: LimitCosts, kind: LimitKind) -> LimitCost:
    (limit,) = (limit for limit in found.limits if limit.kind is kind)
    return limit


@pytest.mark.parametrize(
    ("terms", "kind"),
    [
        (VenueTerms(venue="network", floor=Decimal(50_000)), LimitKind.FLOOR),
        (VenueTerms(venue="network", fixed_spend=Decimal(50_000)), LimitKind.FIXED),
        (VenueTerms(venue="network", ceiling=Decimal(500)), LimitKind.CEILING),
        (VenueTerms(venue="network", exclude=True), LimitKind.EXCLUDED),
    ],
)
def test_price_limits_charges_what_the_limit_takes(terms: VenueTerms, kind: LimitKind) -> None:
    found, plan = priced(under(terms))
    limit = only(found, kind)
    assert limit.venue_id == "network"
    assert limit.is_tight
    assert limit.gain == pytest.approx(best() - plan.result.value, rel=1e-6)
    assert limit.gain > 0
    assert (limit.per_1000 > 0) == (kind is not LimitKind.FLOOR)  # whole units: above the floor


def test_price_limits_of_what_is_not_touched_is_nothing() -> None:
    found, _ = priced(under(VenueTerms(venue="network", ceiling=Decimal(59_999))))
    limit = only(found, LimitKind.CEILING)
    assert (limit.is_tight, limit.gain, limit.per_1000) == (False, 0.0, 0.0)


def test_price_limits_knows_groups() -> None:
    group = GroupTerms(name="Matched", venues=("network",), ceiling=Decimal(500))
    found, plan = priced(under(groups=(group,)))
    limit = only(found, LimitKind.GROUP_CEILING)
    assert (limit.name, limit.amount, limit.is_tight) == ("Matched", Decimal("500.00"), True)
    assert limit.gain == pytest.approx(best() - plan.result.value, rel=1e-6)


def test_price_limits_counts_exclusions_that_cannot_be_tried() -> None:
    brief = under(VenueTerms(venue="network", exclude=True))
    with sample_engine() as engine:
        facts = list_facts(engine, brief=brief)
    plan = plan_facts(facts, brief=brief, seed=1).plan
    found = price_limits(facts, brief=brief, plan=plan)
    assert found.n_unpriced == 1
    assert [limit.kind for limit in found.limits] == [LimitKind.BUDGET]
