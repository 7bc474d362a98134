"""The message house."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from signoff.brief import Brief, PropositionKind
from signoff.messages import MessageHouse, build_house
from signoff.messages.objections import _catalogue
from signoff.units import CommitteeRole

Changed = Callable[[dict[str, Any]], Brief]


def test_build_house_positions_the_offering(brief: Brief) -> None:
    house = build_house(brief)
    assert house.positioning == (
        "Payroll Desk by Example Ltd: payroll and its declarations, done for you each month."
    )


def test_build_house_gives_three_to_five_core_messages(brief: Brief, changed: Changed) -> None:
    assert len(build_house(brief).core_messages) == 3
    many = [{"kind": "quality", "claim": f"claim {word}"} for word in "abcdefgh"]
    assert len(build_house(changed({"message": {"propositions": many}})).core_messages) == 5


def test_build_house_has_a_house_for_each_role(brief: Brief) -> None:
    roles = [house.role for house in build_house(brief).roles]
    assert roles == [role.role for role in brief.committee.roles]


def test_build_house_puts_savings_first(french_brief: Brief) -> None:
    first = build_house(french_brief).roles[0].propositions[0]
    assert first.kind == PropositionKind.MONEY_SAVED
    assert first.where == "message.propositions[2]"


def test_build_house_tells_a_role_only_what_is_meant_for_it(brief: Brief) -> None:
    approver = build_house(brief).roles[2]
    assert [item.claim for item in approver.propositions] == ["Pay for payslips, not for overtime"]


def test_build_house_names_a_claim_without_proof(brief: Brief) -> None:
    house = build_house(brief)
    assert house.roles[0].gaps == ('no proof for "Pay for payslips, not for overtime"',)


def test_build_house_names_what_is_missing(changed: Changed) -> None:
    bare = changed(
        {
            "message": {
                "values": [],
                "features": [],
                "propositions": [{"kind": "growth", "claim": "grow", "roles": ["user"]}],
            },
            "advertiser": {"story": ""},
        }
    )
    house = build_house(bare)
    assert len(house.gaps) == 3
    assert "no proposition for the approver" in house.roles[2].gaps


def test_build_house_answers_doubts_from_the_brief(french_brief: Brief) -> None:
    purchaser = build_house(french_brief).roles[1]
    price, supplier = purchaser.objections
    assert "12\u00a0000\u00a0€" in price.answer
    assert supplier.answer == "Aucune panne en service. Certifié ISO 13485."
    assert supplier.gap == ""


def test_build_house_answers_the_cost_with_the_price(brief: Brief) -> None:
    cost = build_house(brief).roles[2].objections[1]
    assert (cost.answer, cost.where) == (
        "The price is €12.50 per employee and month.",
        "offering.price",
    )


def test_build_house_leaves_an_unanswered_doubt_open(brief: Brief) -> None:
    doubt = build_house(brief).roles[0].objections[1]
    assert doubt.answer == ""
    assert "add a proposition of kind risk" in doubt.gap


def test_objections_exist_for_every_role_and_kind() -> None:
    for role in CommitteeRole:
        for entry in _catalogue()[role]:
            assert entry["en"].endswith("?")
            assert entry["fr"].endswith("?")
            assert set(entry["answers"]) <= {*PropositionKind, "price"}


def test_build_house_does_not_repeat_an_amount_the_claim_names(changed: Changed) -> None:
    claim = {
        "kind": "time_saved",
        "claim": "save 3 days at month end",
        "amount": 3,
        "unit": "days",
        "proof": "Measured.",
    }
    house = build_house(changed({"message": {"propositions": [claim]}}))
    assert house.roles[0].propositions[0].sentence == "Save 3 days at month end."


def test_build_house_does_not_say_save_twice(changed: Changed) -> None:
    claim = {
        "kind": "time_saved",
        "claim": "Save time at month end",
        "amount": 3,
        "unit": "days",
        "proof": "Measured.",
    }
    house = build_house(changed({"message": {"propositions": [claim]}}))
    assert house.roles[0].propositions[0].sentence == "Save time at month end: 3 days."


@pytest.mark.parametrize("name", ["brief", "french_brief"])
def test_build_house_through_json_is_equal(name: str, request: pytest.FixtureRequest) -> None:
    house = build_house(request.getfixturevalue(name))
    adapter = TypeAdapter(MessageHouse)
    assert adapter.validate_json(adapter.dump_json(house)) == house
    assert len(house.rows()) == sum(len(role.propositions) for role in house.roles)
    assert house.text().startswith(house.positioning)
