from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief
from signoff.venues import VenueLine, plan_venues
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


def lines_of(*terms: dict[str, Any], budget: int = 60000) -> dict[str, VenueLine]:
    brief = sample_brief().model_dump()
    money = {**brief["money"], "budget": budget}
    with sample_engine() as engine:
        changed = Brief.model_validate({**brief, "venues": terms, "money": money})
        plan = plan_venues(engine, brief=changed, seed=1)
    return {line.venue_id: line for line in plan.lines}


def test_write_lines_spend_is_units_at_the_step_they_reach() -> None:
    title = lines_of({"venue": "title", "floor": 19000})["title"]
    assert title.spend == title.units * title.unit_price
    assert title.unit_price == Decimal("4785.00")


def test_write_lines_foreign_price_is_given_in_both_currencies() -> None:
    network = lines_of()["network"]
    assert (network.list_price, network.list_currency) == (Decimal("40.00"), "GBP")
    assert (network.unit_price, network.currency) == (Decimal("46.00"), "EUR")


def test_write_lines_minimum_above_what_is_left_is_said() -> None:
    title = lines_of(budget=5000)["title"]
    assert title.reason_kind == "minimum_above_budget"
    assert "5,145.00 EUR" in title.reason


def test_write_lines_minimum_above_ceiling_is_said() -> None:
    title = lines_of({"venue": "title", "ceiling": 5000})["title"]
    assert title.reason_kind == "minimum_above_ceiling"


def test_write_lines_ceiling_of_nothing_keeps_the_venue_out() -> None:
    assert not lines_of({"venue": "network", "ceiling": 0})["network"].in_plan


def test_write_lines_basis_is_the_weaker_of_response_and_audience() -> None:
    tables = sample_tables()
    bases = {row["venue_id"]: row["basis"] for row in tables["venue"]}
    weak = {row["venue_id"] for row in tables["venue_audience"] if row["basis"] == "prior"}
    found = {venue_id: line.basis for venue_id, line in lines_of().items()}
    assert any(bases[venue_id] == "measured" for venue_id in weak)
    assert found == {
        venue_id: "prior" if venue_id in weak else basis for venue_id, basis in bases.items()
    }


def test_write_lines_committed_line_cannot_grow() -> None:
    title = lines_of({"venue": "title", "fixed_spend": 12000})["title"]
    assert title.marginal_result_per_1000 is None
    assert "committed" in title.reason


def test_write_lines_excluded_line_has_no_price() -> None:
    title = lines_of({"venue": "title", "exclude": True})["title"]
    assert (title.unit_price, title.list_price, title.list_currency) == (None, None, "EUR")


def test_write_lines_exposures_per_person_follow_units() -> None:
    title = lines_of({"venue": "title", "floor": 19000})["title"]
    assert title.exposures_per_person == pytest.approx(title.units * 1.0)


def test_write_lines_most_money_first() -> None:
    spends = [line.spend for line in lines_of().values()]
    assert spends == sorted(spends, reverse=True)


def test_write_lines_every_field_of_the_source_is_kept() -> None:
    source = sample_tables()["venue"][0]["source"]
    assert lines_of()["title"].source == source
