"""Fields that are each right and yet disagree."""

from typing import Any

import pytest

from signoff.brief import find_faults


def places(tables: dict[str, Any]) -> list[str]:
    return [fault.where for fault in find_faults(tables)]


def test_sizes_reversed_are_a_fault(tables: dict[str, Any]) -> None:
    tables["market"].update(employees_min=50, employees_max=10)
    assert places(tables) == ["market.employees_max"]


def test_role_twice_is_a_fault(tables: dict[str, Any]) -> None:
    tables["committee"]["roles"].append({"role": "user"})
    assert places(tables) == ["committee.roles"]


def test_every_level_with_one_level_is_a_fault(tables: dict[str, Any]) -> None:
    tables["committee"]["approval_rule"] = "every_level"
    for role in tables["committee"]["roles"]:
        role["approval_level"] = 1
    assert places(tables) == ["committee.approval_rule"]


def test_every_level_with_gap_names_the_level(tables: dict[str, Any]) -> None:
    tables["committee"]["approval_rule"] = "every_level"
    tables["committee"]["roles"][1]["approval_level"] = 1
    (fault,) = find_faults(tables)
    assert fault.what == "no role stands at approval level 2"


def test_proposition_for_a_stranger_is_a_fault(tables: dict[str, Any]) -> None:
    tables["message"]["propositions"][0]["roles"] = ["gatekeeper"]
    assert places(tables) == ["message.propositions[1].roles"]


def test_figure_in_claim_without_proof_is_a_fault(tables: dict[str, Any]) -> None:
    tables["message"]["propositions"][1]["claim"] = "Pay 20% less"
    assert places(tables) == ["message.propositions[2].proof"]


def test_unit_without_amount_is_a_fault(tables: dict[str, Any]) -> None:
    tables["message"]["propositions"][1]["unit"] = "EUR"
    assert places(tables) == ["message.propositions[2].amount"]


def test_commitments_above_budget_name_the_sum(tables: dict[str, Any]) -> None:
    tables["venues"] = [{"venue": "a", "fixed_spend": 50000}, {"venue": "b", "floor": 10001}]
    (fault,) = find_faults(tables)
    assert fault.where == "money.budget"
    assert "60,001" in fault.what


def test_fixed_spend_counts_once_beside_its_floor(tables: dict[str, Any]) -> None:
    tables["venues"] = [{"venue": "a", "fixed_spend": 60000, "floor": 60000}]
    assert places(tables) == []


def test_venue_twice_is_a_fault(tables: dict[str, Any]) -> None:
    tables["venues"] = [{"venue": "Trade"}, {"venue": "trade"}]
    assert places(tables) == ["venues"]


def test_venue_outside_the_market_is_a_fault(tables: dict[str, Any]) -> None:
    tables["venues"] = [{"venue": "a", "countries": ["ES"]}]
    assert places(tables) == ["venues[1].countries"]


def test_excluded_venue_outside_the_market_is_no_fault(tables: dict[str, Any]) -> None:
    tables["venues"] = [{"venue": "a", "countries": ["ES"], "exclude": True}]
    assert places(tables) == []


@pytest.mark.parametrize("terms", [{"floor": 5}, {"ceiling": 2}])
def test_fixed_spend_outside_its_bounds_is_a_fault(
    tables: dict[str, Any], terms: dict[str, int]
) -> None:
    tables["venues"] = [{"venue": "a", "fixed_spend": 4 if "floor" in terms else 3, **terms}]
    assert places(tables) == ["venues[1].fixed_spend"]


def test_own_currency_with_another_rate_is_a_fault(tables: dict[str, Any]) -> None:
    tables["money"]["exchange_rates"] = {"EUR": 1.2}
    assert places(tables) == ["money.exchange_rates.EUR"]


def test_checks_are_left_out_where_their_fields_are_wrong(tables: dict[str, Any]) -> None:
    tables["committee"] = "everybody"
    assert places(tables) == ["committee"]
