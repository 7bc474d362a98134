"""One account: facts, people with their roles, who is missing, deals with stages, touches."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from signoff.audience import (
    define_committees,
    list_coverage,
    list_person_roles,
    look_at_account,
)
from signoff.brief import BuyingRole, Committee
from signoff.errors import DataError
from signoff.store.browse import Filter, TableRequest
from signoff.store.engines import duckdb_engine_on
from signoff.units import CommitteeRole, Function


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


PEOPLE = [
    {"person_id": "1", "account_id": "a", "title": "CFO", "origin": "measured"},
    {"person_id": "2", "account_id": "a", "title": "Head of Sales", "origin": "generated"},
    {"person_id": "3", "account_id": "a", "function": "legal", "origin": "measured"},
    {
        "person_id": "4",
        "account_id": "a",
        "title": "CFO",
        "function": "legal",
        "level": "staff",
        "origin": "measured",
    },
    {"person_id": "5", "account_id": "a", "title": "Xyzzy", "origin": "measured"},
    {"person_id": "6", "account_id": "b", "title": "CFO", "origin": "measured"},
]
TABLES: dict[str, list[dict[str, Any]]] = {
    "account": [
        {"account_id": "a", "name": "Acme", "revenue": Decimal("12.30"), "currency": "EUR"},
        {"account_id": "b", "name": "Other"},
    ],
    "person_fact": PEOPLE,
    "opportunity": [
        {
            "opportunity_id": "o1",
            "account_id": "a",
            "stage": "won",
            "value": Decimal("99.90"),
            "currency": "EUR",
            "began_on": date(2025, 1, 1),
        },
        {"opportunity_id": "o2", "account_id": "a", "stage": "open", "began_on": date(2026, 1, 1)},
        {"opportunity_id": "o3", "account_id": "b", "stage": "open"},
    ],
    "stage_change": [
        {"opportunity_id": "o1", "stage": "won", "occurred_at": at("2025-03-01T00:00:00")},
        {"opportunity_id": "o1", "stage": "demo", "occurred_at": at("2025-02-01T00:00:00")},
        {"opportunity_id": "o3", "stage": "demo", "occurred_at": at("2025-02-01T00:00:00")},
    ],
    "event": [
        {
            "event_id": f"e{n:03d}",
            "kind": "click",
            "account_id": "a",
            "occurred_at": at(f"2026-01-{1 + n % 28:02d}T10:00:00"),
        }
        for n in range(201)
    ],
}
COMMITTEE = Committee(
    approval_rule="any",
    purchase_months=6,
    roles=(
        BuyingRole(role="approver"),
        BuyingRole(role="user", functions=(Function.HEALTH,)),
        BuyingRole(role="gatekeeper", functions=(Function.LEGAL,)),
    ),
)


def test_look_at_account_gives_facts_people_and_who_is_missing() -> None:
    with duckdb_engine_on(TABLES) as engine:
        card = look_at_account(engine, account_id="a", committee=COMMITTEE)
    assert card.facts["name"] == "Acme"
    assert card.facts["revenue"] == Decimal("12.30")
    assert card.facts["n_people"] == 5
    assert [person.person_id for person in card.people] == ["1", "2", "3", "4", "5"]
    assert [person.is_generated for person in card.people] == [False, True, False, False, False]
    assert card.roles_known == (CommitteeRole.APPROVER, CommitteeRole.GATEKEEPER)
    assert card.roles_missing == (CommitteeRole.USER,)
    assert card.is_newest
    played = [row["roles"] for row in card.rows()]
    assert played == ["approver", "", "gatekeeper", "gatekeeper", ""]
    assert card.text() == (
        "Acme: 5 people known. Roles known: approver, gatekeeper; missing: user. "
        "Deals: 1 open, 1 won, 0 lost. Touches: 201, the last one on 2026-01-28."
    )


def test_look_at_account_says_how_well_each_role_is_known_and_whom_to_find() -> None:
    with duckdb_engine_on(TABLES) as engine:
        cover = look_at_account(engine, account_id="a", committee=COMMITTEE).cover
        (row,) = list_coverage(
            engine, TableRequest(filters=(Filter("account_id", "is", "a"),)), committee=COMMITTEE
        ).rows()
    assert [role.state for role in cover.roles] == ["known", "unknown", "known"]
    assert [role.covered_share for role in cover.roles] == [
        row[f"{role.role}_share"] for role in cover.roles
    ]
    assert cover.chance_share == pytest.approx(row["chance_share"], abs=1e-6)
    assert (cover.next_role, row["next_role"]) == (CommitteeRole.USER, "user")


def test_look_at_account_of_ten_thousand_people_lists_two_hundred_and_counts_all() -> None:
    people = [
        {"person_id": f"p{n:05d}", "account_id": "a", "title": "DAF", "origin": "measured"}
        for n in range(10_000)
    ]
    with duckdb_engine_on({**TABLES, "person_fact": people}) as engine:
        card = look_at_account(engine, account_id="a", committee=COMMITTEE)
    assert (len(card.people), card.facts["n_people"]) == (200, 10_000)
    assert (card.cover.roles[0].n_people, card.cover.roles[0].covered_share) == (10_000, 1)


def test_look_at_account_gives_deals_with_their_stages_newest_first() -> None:
    with duckdb_engine_on(TABLES) as engine:
        deals = look_at_account(engine, account_id="a").deals
    assert [deal.opportunity_id for deal in deals] == ["o2", "o1"]
    assert [entry.stage for entry in deals[1].stages] == ["demo", "won"]
    assert (deals[1].value, deals[1].currency, deals[0].stages) == (Decimal("99.90"), "EUR", ())


def test_look_at_account_lists_at_most_two_hundred_touches_and_counts_all() -> None:
    with duckdb_engine_on(TABLES) as engine:
        card = look_at_account(engine, account_id="a")
    assert (len(card.touches), card.n_touches) == (200, 201)
    moments = [touch.occurred_at for touch in card.touches]
    assert moments == sorted(moments, reverse=True)


def test_look_at_account_without_anybody_misses_every_role() -> None:
    with duckdb_engine_on({"account": TABLES["account"]}) as engine:
        card = look_at_account(engine, account_id="b")
    assert card.roles_missing == tuple(CommitteeRole)
    assert (card.people, card.deals, card.touches, card.n_touches) == ((), (), (), 0)
    assert card.text().endswith("Touches: 0.")


def test_look_at_account_reads_people_as_the_committees_of_a_plan_do() -> None:
    market = [{"account_id": "a", "name": "Acme", "value_weight": 1.0}]
    with duckdb_engine_on({**TABLES, "market_account": market}) as engine:
        card = look_at_account(engine, account_id="a")
        define_committees(engine, committee=COMMITTEE)
        listed = list_person_roles(engine).rows()
    found = {
        (person.person_id, role.role): (role.probability_share, person.evidence)
        for person in card.people
        for role in person.roles
    }
    wanted = {
        (row["person_id"], row["role"]): (row["probability_share"], row["evidence"])
        for row in listed
    }
    assert found == wanted


@pytest.mark.parametrize("account_id", ["nobody", "", "' OR 1=1 --"])
def test_look_at_account_unknown_id_is_refused(account_id: str) -> None:
    with duckdb_engine_on(TABLES) as engine, pytest.raises(DataError, match="there is no account"):
        look_at_account(engine, account_id=account_id)
