from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.brief import Brief, Language
from signoff.errors import BriefError
from signoff.venues.budgets.fitting import fit_facts
from signoff.venues.budgets.packing import pack_venues, unpack_venues
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.plan import VenuePlan, draw_results, plan_facts
from signoff.venues.sample import sample_brief, sample_engine, sample_tables

PART: dict[str, Any] = {
    "package_id": "duo",
    "name": "Title and network",
    "package_price": Decimal("3000.00"),
    "currency": "EUR",
    "maximum_packages": 2,
    "source": "offer of May",
    "source_url": "",
}
PARTS = (
    {**PART, "venue_id": "network", "units": 100},
    {**PART, "venue_id": "title", "units": 2},
)


def facts_of(brief: Brief, **changes: object) -> VenueFacts:
    with sample_engine(venue_package=[{**part, **changes} for part in PARTS]) as engine:
        return list_facts(engine, brief=brief)


def plan_of(brief: Brief | None = None, **changes: object) -> VenuePlan:
    used = brief or sample_brief()
    return plan_facts(facts_of(used, **changes), brief=used, seed=1).plan


def test_plan_facts_cheap_package_is_in_the_plan_and_counted_at_its_venues() -> None:
    plan = plan_of()
    (package,) = plan.packages
    assert package.in_plan
    assert package.spend == 3000 * package.packages
    assert package.alone_price == sum(part.alone_price for part in package.units) == 14890
    saving = "each saves 11,890 EUR against its parts bought alone. Without it, its money unspent"
    assert f"Bought {package.packages} times: {saving}" in package.reason
    lines = {line.venue_id: line for line in plan.lines}
    for part in package.units:
        line = lines[part.venue_id]
        assert line.packaged_units == part.units * package.packages
        assert "Title and network." in line.reason
    assert sum(line.packaged_spend for line in plan.lines) == package.spend
    assert lines["title"].units >= 2 * package.packages
    assert lines["network"].units >= 100 * package.packages
    assert sum(line.spend for line in plan.lines) == plan.total_spend <= plan.budget
    assert plan.total_spend >= package.spend
    assert plan.result.value <= plan.bound


def test_plan_facts_units_of_packages_are_placed_in_weeks() -> None:
    plan = plan_of()
    for line in plan.lines:
        placed = sum(week.units for week in plan.weeks if week.venue_id == line.venue_id)
        assert placed == line.units


def test_plan_facts_package_never_lowers_the_result() -> None:
    brief = sample_brief()
    with sample_engine() as engine:
        bare = plan_facts(list_facts(engine, brief=brief), brief=brief, seed=1).plan
    assert plan_of().result.value >= bare.result.value * (1 - 1e-9)
    assert bare.packages == ()


@pytest.mark.parametrize(
    ("price", "kind", "words"),
    [
        ("900000.00", "above_budget", "it costs more than the budget"),
        ("59000.00", "parts_cost_less", "its parts cost 44,110 EUR less alone"),
        ("14890.00", "parts_cost_less", "its parts cost no more alone"),
        ("11000.50", "better_without", "it would save 3,889.50 EUR against its parts"),
    ],
)
def test_plan_facts_dear_package_is_left_out_with_its_reason(
    price: str, kind: str, words: str
) -> None:
    (package,) = plan_of(package_price=Decimal(price)).packages
    assert words in package.reason
    assert (package.packages, package.in_plan, package.reason_kind) == (0, False, kind)
    assert package.spend == 0


def test_plan_facts_package_with_committed_venue_is_left_out() -> None:
    terms = [{"venue": "title", "fixed_spend": 12000}]
    brief = Brief.model_validate({**sample_brief().model_dump(), "venues": terms})
    (package,) = plan_of(brief).packages
    assert package.reason_kind == "not_sold"


def test_plan_facts_reasons_of_packages_are_french_too() -> None:
    french = sample_brief().model_copy(update={"language": Language.FR})
    plan = plan_of(french)
    assert "le résultat baisserait de" in plan.packages[0].reason
    assert "chacune économise 11\N{NO-BREAK SPACE}890 EUR par rapport" in plan.packages[0].reason
    assert any("offres groupées" in line.reason for line in plan.lines)


def test_draw_results_plan_with_packages_gives_its_draws_again() -> None:
    brief = sample_brief()
    facts = facts_of(brief)
    made = plan_facts(facts, brief=brief, seed=1)
    assert draw_results(facts, brief=brief, plan=made.plan) == made.result_draws


def test_fit_facts_plan_with_packages_is_the_answer_at_its_budget() -> None:
    brief = sample_brief()
    facts = facts_of(brief)
    plan = plan_facts(facts, brief=brief, seed=1).plan
    fitted = fit_facts(facts, brief=brief, plan=plan)
    kept = unpack_venues(pack_venues(fitted))
    assert kept.bound_at(plan.budget * 2) == fitted.bound_at(plan.budget * 2)
    here = kept.at_budget(plan.budget)
    assert here.is_plan
    assert here.result == plan.result
    units = {line.venue_id: line.units for line in plan.lines}
    assert {line.venue_id: line.units for line in here.lines} == units
    assert fitted.lowest_budget >= plan.packages[0].spend
    more = fitted.at_budget(plan.budget * Decimal("1.5"))
    assert more.result.value <= more.bound
    assert np.all(np.diff([point.bound for point in fitted.curve]) >= -1e-9)


def limited_brief(**terms: object) -> Brief:
    money = {**sample_brief().money.model_dump(), "groups": [{"name": "print", **terms}]}
    return Brief.model_validate({**sample_brief().model_dump(), "money": money})


def rates_with(**title: object) -> list[dict[str, Any]]:
    return [
        {**rate, **title} if rate["venue_id"] == "title" else rate
        for rate in sample_tables()["rate"]
    ]


def test_plan_facts_group_floor_that_only_a_package_reaches_is_kept() -> None:
    brief = limited_brief(venues=["title"], floor=1000, ceiling=15000)
    # four of the title cost 19,140: singly, it takes nothing or more than the ceiling
    rates = rates_with(minimum_units=4)
    with sample_engine(rate=rates) as engine, pytest.raises(BriefError, match="print"):
        plan_facts(list_facts(engine, brief=brief), brief=brief, seed=1)
    with sample_engine(rate=rates, venue_package=[dict(part) for part in PARTS]) as engine:
        plan = plan_facts(list_facts(engine, brief=brief), brief=brief, seed=1).plan
    (limit,) = [limit for limit in plan.limits if limit.kind == "group"]
    assert plan.packages[0].packages >= 1
    assert "No plan without it keeps every limit of the brief." in plan.packages[0].reason
    assert 1000 <= limit.spent <= 15000
    assert plan.total_spend <= plan.budget


def test_plan_facts_venue_floor_that_only_packages_reach_is_kept() -> None:
    terms = [{"venue": "title", "floor": 10400}]
    brief = Brief.model_validate({**sample_brief().model_dump(), "venues": terms})
    # two of the title cost 10,290, and no more are sold; half a dear package counts besides
    rates = rates_with(maximum_units=2)
    with sample_engine(rate=rates) as engine, pytest.raises(BriefError, match="1 fault"):
        list_facts(engine, brief=brief)
    parts = [{**part, "units": max(part["units"] // 2, 1)} for part in PARTS]
    parts = [{**part, "package_price": Decimal("14000.00")} for part in parts]
    with sample_engine(rate=rates, venue_package=parts) as engine:
        plan = plan_facts(list_facts(engine, brief=brief), brief=brief, seed=1).plan
    title = next(line for line in plan.lines if line.venue_id == "title")
    assert title.spend >= 10400
    assert title.units <= 2
    assert plan.packages[0].packages == 1


def test_plan_facts_months_are_kept_with_packages() -> None:
    money = {**sample_brief().money.model_dump(), "months": [{"month": "2027-01", "ceiling": 5000}]}
    brief = Brief.model_validate({**sample_brief().model_dump(), "money": money})
    plan = plan_of(brief)
    assert all(line.spent <= line.most for line in plan.limits if line.most is not None)


def test_plan_facts_package_beyond_a_ceiling_is_barred() -> None:
    (package,) = plan_of(limited_brief(venues=["title"], ceiling=2000)).packages
    assert (package.packages, package.reason_kind) == (0, "barred")
    assert package.reason.startswith("Left out because no plan with it keeps every limit")
