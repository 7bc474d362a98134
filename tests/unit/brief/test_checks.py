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


def with_rule(tables: dict[str, Any], rule: str, **committee: Any) -> dict[str, Any]:
    """Give the committee a rule and three roles."""
    tables["committee"] |= {"approval_rule": rule, **committee}
    tables["committee"]["roles"] = [{"role": role} for role in ("user", "decider", "approver")]
    return tables


@pytest.mark.parametrize("needed", [1, 3])
def test_quorum_within_the_roles_is_no_fault(tables: dict[str, Any], needed: int) -> None:
    assert places(with_rule(tables, "quorum", quorum_roles=needed)) == []


@pytest.mark.parametrize("given", [{}, {"quorum_roles": 4}, {"quorum_roles": 0}])
def test_quorum_missing_or_outside_the_roles_is_a_fault(
    tables: dict[str, Any], given: dict[str, int]
) -> None:
    assert places(with_rule(tables, "quorum", **given)) == ["committee.quorum_roles"]


def test_quorum_above_the_roles_names_both_numbers(tables: dict[str, Any]) -> None:
    (fault,) = find_faults(with_rule(tables, "quorum", quorum_roles=4))
    assert fault.what == "quorum_roles is 4, but the committee has 3 roles"
    assert fault.fix.startswith("write a number from 1 to 3")


def test_uplift_without_base_and_without_any_lift_tells_both(tables: dict[str, Any]) -> None:
    assert places(with_rule(tables, "uplift")) == ["committee.base_share", "committee.roles"]


def test_uplift_above_a_certain_approval_gives_the_figures(tables: dict[str, Any]) -> None:
    with_rule(tables, "uplift", base_share=0.4)
    tables["committee"]["roles"][0]["uplift"] = 1
    tables["committee"]["roles"][2]["uplift"] = 0.5
    (fault,) = find_faults(tables)
    assert fault.where == "committee.base_share"
    assert fault.what.endswith("0.4 x (1 + 1) x (1 + 0.5) = 1.2")
    assert "0.3333 or less" in fault.fix


def test_uplift_up_to_a_certain_approval_is_no_fault(tables: dict[str, Any]) -> None:
    with_rule(tables, "uplift", base_share=0.25)
    for role in tables["committee"]["roles"][:2]:
        role["uplift"] = 1
    assert places(tables) == []


def test_quorum_and_base_are_kept_unused_under_another_rule(tables: dict[str, Any]) -> None:
    assert places(with_rule(tables, "mean", quorum_roles=7, base_share=0.9)) == []


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
