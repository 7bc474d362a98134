import numpy as np
import pytest

from signoff.brief import Brief
from signoff.units import Objective
from signoff.venues import VenueFacts, draw_results, list_facts, plan_facts
from signoff.venues.advice import Research, value_learning
from signoff.venues.advice.learning import _known_gain
from signoff.venues.advice.market import judge_schedules, open_market
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


@pytest.fixture(scope="module")
def facts() -> VenueFacts:
    with sample_engine() as engine:
        return list_facts(engine, brief=sample_brief())


def counting(aim: Objective) -> Brief:
    brief = sample_brief()
    return brief.model_copy(update={"objective": brief.objective.model_copy(update={"aim": aim})})


def test_known_gain_of_a_straight_line_is_that_of_a_normal() -> None:
    z = np.random.default_rng(1).standard_normal(200_000)
    ahead = np.stack([np.zeros(len(z)), 0.5 * z])
    # E max(0, z) of a standard normal is 1 / sqrt(2 pi)
    assert _known_gain(ahead, z) == pytest.approx(0.5 / np.sqrt(2 * np.pi), abs=2e-3)


def test_known_gain_of_what_changes_no_choice_is_nothing() -> None:
    z = np.random.default_rng(1).standard_normal(500)
    ahead = np.stack([np.zeros(len(z)), z - 10])
    assert _known_gain(ahead, z) == pytest.approx(0, abs=1e-12)


def test_judge_schedules_gives_the_plan_its_own_draws(facts: VenueFacts) -> None:
    brief = sample_brief()
    made = plan_facts(facts, brief=brief, seed=3)
    market = open_market(facts, brief=brief, plan=made.plan)
    (ours,) = judge_schedules(market, [market.units])
    assert ours.tolist() == pytest.approx(draw_results(facts, brief=brief, plan=made.plan))


@pytest.mark.parametrize("aim", [Objective.LEADS, Objective.CONVERSIONS])
def test_value_learning_asks_for_tests_only_where_answers_count(
    facts: VenueFacts, aim: Objective
) -> None:
    brief = counting(aim)
    plan = plan_facts(facts, brief=brief, seed=1).plan
    found = value_learning(facts, brief=brief, plan=plan)
    asked = {value.research for value in found.values}
    assert (Research.TEST in asked) == (aim is Objective.LEADS)
    assert all((value.deal_worth is None) == (aim is Objective.LEADS) for value in found.values)
    assert found == value_learning(facts, brief=brief, plan=plan)


def test_value_learning_is_most_for_what_is_least_known() -> None:
    brief = sample_brief()
    tables = sample_tables()
    unsure = {"reach_low_share": 0.001, "reach_share": 0.05, "reach_high_share": 0.6}
    audience = [
        {**row, **unsure} if (row["venue_id"], row["role"]) == ("network", "user") else row
        for row in tables["venue_audience"]
    ]
    with sample_engine(venue_audience=audience) as engine:
        facts = list_facts(engine, brief=brief)
    plan = plan_facts(facts, brief=brief, seed=1).plan
    found = value_learning(facts, brief=brief, plan=plan)
    assert (found.values[0].venue_id, found.values[0].research) == ("network", Research.SURVEY)
    assert found.values[0].is_clear
    assert found.values[0].gain <= found.everything
