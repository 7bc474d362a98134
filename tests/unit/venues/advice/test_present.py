from datetime import date, timedelta
from decimal import Decimal

import pytest

from signoff.venues import VenueFacts, VenuePlan, list_facts, plan_facts
from signoff.venues.advice import PresentSpend, compare_present, list_present_spend, study_venues
from signoff.venues.sample import sample_brief, sample_engine

BRIEF = sample_brief()


@pytest.fixture(scope="module")
def facts() -> VenueFacts:
    with sample_engine() as engine:
        return list_facts(engine, brief=BRIEF)


@pytest.fixture(scope="module")
def plan(facts: VenueFacts) -> VenuePlan:
    return plan_facts(facts, brief=BRIEF, seed=1).plan


def spent(venue: str, amount: str, *, days_before: int, currency: str = "EUR") -> dict[str, object]:
    on = BRIEF.period.starts_on - timedelta(days=days_before)
    return {
        "venue": venue,
        "campaign": "all",
        "starts_on": on,
        "ends_on": on,
        "spend": Decimal(amount),
        "currency": currency,
    }


def test_compare_present_of_the_plan_itself_is_even(facts: VenueFacts, plan: VenuePlan) -> None:
    same = PresentSpend({line.venue_id: line.spend for line in plan.lines})
    found = compare_present(facts, brief=BRIEF, plan=plan, present=same)
    assert found is not None
    assert (found.difference.low, found.difference.high, found.chance_share) == (0, 0, 0)
    assert found.plan_result == plan.result
    assert found.present_result.value == pytest.approx(plan.result.value)
    assert found.present_result.low == pytest.approx(plan.result.low)


def test_compare_present_of_a_part_of_the_plan_is_beaten(
    facts: VenueFacts, plan: VenuePlan
) -> None:
    found = compare_present(
        facts, brief=BRIEF, plan=plan, present=PresentSpend({"THE TITLE": Decimal(6_000)})
    )
    assert found is not None
    assert (found.chance_share, found.unplaced) == (1.0, ())
    (title,) = (line for line in found.lines if line.venue_id == "title")
    assert title.units == 1  # 5,145 each
    assert found.spend == Decimal("6000.00")


def test_compare_present_of_unknown_venues_is_not_known(facts: VenueFacts, plan: VenuePlan) -> None:
    present = PresentSpend({"Elsewhere": Decimal(6_000)})
    assert compare_present(facts, brief=BRIEF, plan=plan, present=present) is None


def test_list_present_spend_takes_the_last_period_in_the_briefs_currency() -> None:
    length = (BRIEF.period.ends_on - BRIEF.period.starts_on).days
    rows = [
        spent("The Title", "100.00", days_before=10),
        spent("The Title", "50.00", days_before=10 + length),
        spent("The Title", "7.00", days_before=11 + length),
        spent("Network", "20.00", days_before=20, currency="GBP"),
        spent("Network", "9.00", days_before=20, currency="XAU"),
        spent("The Title", "1.00", days_before=0),
    ]
    with sample_engine(spend=rows) as engine:
        found = list_present_spend(engine, brief=BRIEF)
    assert found is not None
    rate = BRIEF.money.exchange_rates["GBP"]
    assert found.spend == {"The Title": Decimal("150.00"), "Network": 20 * rate}
    assert found.n_unpriced == 1
    assert found.ends_on == BRIEF.period.starts_on - timedelta(days=10)
    assert found.starts_on == found.ends_on - timedelta(days=length)


def test_study_venues_puts_all_advice_together(facts: VenueFacts, plan: VenuePlan) -> None:
    rows = [spent("title", "12000.00", days_before=3)]
    with sample_engine(spend=rows) as engine:
        found = study_venues(engine, facts, brief=BRIEF, plan=plan, as_of=date(2026, 1, 1))
    assert found.present is not None
    assert found.present.ends_on == BRIEF.period.starts_on - timedelta(days=3)
    assert "draws" in found.present.text()
    assert found.limits.rows()[0]["kind"] == "budget"
    assert found.learning.rows()[0]["venue_id"] in {"title", "network"}
