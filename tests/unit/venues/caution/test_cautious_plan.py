from decimal import Decimal

import pytest

from signoff.brief import Brief, Caution, Language
from signoff.stats.worst_draws import worst_mean
from signoff.units import Objective
from signoff.venues.budgets.fitting import fit_facts
from signoff.venues.facts import VenueFacts, list_facts
from signoff.venues.plan import VenuePlan, draw_results, plan_facts
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


def cautious(share: float, **changes: object) -> Brief:
    brief = sample_brief()
    parts = {
        "caution": Caution(share=share),
        "money": brief.money.model_copy(update={"budget": Decimal(6_000)}),
        "objective": brief.objective.model_copy(update={"aim": Objective.TRAFFIC}),
    }
    return brief.model_copy(update={**parts, **changes})


@pytest.fixture(scope="module")
def facts() -> VenueFacts:
    """Give a market where the venue that promises most is the one that is known least."""
    tables = sample_tables()
    shares = {"network": (0.0002, 0.004, 0.1), "title": (0.09, 0.1, 0.11)}
    keys = ("response_low_share", "response_share", "response_high_share")
    venues = [
        {**row, **dict(zip(keys, shares[row["venue_id"]], strict=True))} for row in tables["venue"]
    ]
    audiences = [
        {**row, "reach_low_share": 0.18, "reach_high_share": 0.22}
        if row["venue_id"] == "title"
        else row
        for row in tables["venue_audience"]
    ]
    with sample_engine(venue=venues, venue_audience=audiences) as engine:
        return list_facts(engine, brief=cautious(1))


@pytest.fixture(scope="module")
def expected_plan(facts: VenueFacts) -> VenuePlan:
    return plan_facts(facts, brief=cautious(1), seed=1).plan


@pytest.fixture(scope="module")
def cautious_plan(facts: VenueFacts) -> VenuePlan:
    return plan_facts(facts, brief=cautious(0.1), seed=1).plan


def units_of(plan: VenuePlan) -> dict[str, int]:
    return {line.venue_id: line.units for line in plan.lines}


def test_plan_facts_share_one_is_the_expected_plan(
    facts: VenueFacts, expected_plan: VenuePlan
) -> None:
    unsaid = cautious(1, caution=Caution())
    assert plan_facts(facts, brief=unsaid, seed=1).plan == expected_plan
    assert expected_plan.caution is None


def test_plan_facts_cautious_leaves_what_is_known_least(
    expected_plan: VenuePlan, cautious_plan: VenuePlan
) -> None:
    before, after = units_of(expected_plan), units_of(cautious_plan)
    assert before["network"] > after["network"]
    assert after["title"] > before["title"]
    caution = cautious_plan.caution
    assert caution is not None
    assert caution.result.value > caution.expected_plan_worst.value
    assert caution.result.value <= caution.bound
    assert cautious_plan.result.value <= expected_plan.bound
    assert caution.cost.value == pytest.approx(
        expected_plan.result.value - cautious_plan.result.value
    )


def test_plan_facts_cautious_result_is_that_of_the_draws_behind_its_interval(
    facts: VenueFacts, cautious_plan: VenuePlan
) -> None:
    results = draw_results(facts, brief=cautious(0.1), plan=cautious_plan)
    assert cautious_plan.caution is not None
    assert cautious_plan.caution.result.value == pytest.approx(worst_mean(results, share=0.1))
    assert cautious_plan.caution.n_worst == 20


def test_plan_facts_same_seed_gives_equal_cautious_plans(
    facts: VenueFacts, cautious_plan: VenuePlan
) -> None:
    assert plan_facts(facts, brief=cautious(0.1), seed=1).plan == cautious_plan


def test_plan_facts_cautious_says_so_in_both_languages(
    facts: VenueFacts, cautious_plan: VenuePlan
) -> None:
    assert "Chosen for caution" in cautious_plan.text()
    reasons = {line.venue_id: line.reason for line in cautious_plan.lines}
    assert "the plan of highest expected result buys" in reasons["network"]
    assert any("slider" in text for text in cautious_plan.cautions)
    french = plan_facts(facts, brief=cautious(0.1, language=Language.FR), seed=1).plan
    assert any("prudence" in text for text in french.cautions)
    assert units_of(french) == units_of(cautious_plan)
    assert french.caution == cautious_plan.caution


def test_fit_facts_of_a_cautious_plan_answers_its_budget_with_it_and_rises_beyond(
    facts: VenueFacts, expected_plan: VenuePlan, cautious_plan: VenuePlan
) -> None:
    fitted = fit_facts(facts, brief=cautious(0.1), plan=cautious_plan)
    here = fitted.at_budget(Decimal(6_000))
    assert here.is_plan
    assert here.result == cautious_plan.result
    beyond = fitted.at_budget(Decimal(6_100))
    assert beyond.result.value >= expected_plan.result.value
    assert beyond.result.value <= beyond.bound
