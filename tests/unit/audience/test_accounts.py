"""The table of accounts: who is known there, who is missing, deals and last touch of each."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from signoff.audience import (
    account_table,
    count_accounts,
    list_accounts,
    look_at_account,
    size_band,
)
from signoff.brief import BuyingRole, Committee
from signoff.errors import DataError
from signoff.store.browse import Filter, Sort, TableRequest
from signoff.store.engines import duckdb_engine_on
from signoff.units import Function, Level

TABLES: dict[str, list[dict[str, Any]]] = {
    "account": [
        {"account_id": "a", "name": "Acme", "revenue": Decimal("12.30"), "kind": "school"},
        {"account_id": "b", "name": "Boréal"},
        {"account_id": "c", "name": "Cie"},
    ],
    "person_fact": [
        {"person_id": "1", "account_id": "a", "title": "CFO", "origin": "measured"},
        {"person_id": "2", "account_id": "a", "title": "Buyer", "origin": "generated"},
        {"person_id": "3", "account_id": "b", "title": None, "origin": "measured"},
        {"person_id": "4", "account_id": None, "title": "CFO", "origin": "measured"},
        {"person_id": "5", "account_id": "gone", "title": "CFO", "origin": "measured"},
    ],
    "opportunity": [
        {"opportunity_id": "1", "account_id": "a", "stage": "open"},
        {"opportunity_id": "2", "account_id": "a", "stage": "won"},
        {"opportunity_id": "3", "account_id": "a", "stage": "won"},
        {"opportunity_id": "4", "account_id": "b", "stage": "lost"},
        {"opportunity_id": "5", "account_id": None, "stage": "open"},
    ],
    "event": [
        {"event_id": n, "account_id": of, "occurred_at": datetime.fromisoformat(at)}
        for n, of, at in [("1", "a", "2026-03-01T12:00:00"), ("2", "a", "2026-02-01T12:00:00")]
    ],
}
ORGANISATIONS: list[dict[str, Any]] = [
    {"account_id": "a", "name": "Lycée Jean-Moulin", "employees": 9},
    {"account_id": "b", "name": "Elm School", "kind": "company", "parent_name": "Dome SA"},
    {"account_id": "c", "name": "Cie", "industry_scheme": "naics", "industry_code": "3344"},
    {
        "account_id": "d",
        "name": "Dome",
        "industry_scheme": "naics",
        "industry_code": "3344",
        "supply_chain_place": "services",
    },
    {"account_id": "e", "name": "Elm", "parent_name": "Fir"},
    {"account_id": "f", "name": "Fir", "parent_name": "Elm"},
    {"account_id": "g", "name": "Gate", "parent_name": "Nobody"},
]
COMMITTEE = Committee(
    approval_rule="any",
    purchase_months=6,
    roles=(
        BuyingRole(role="approver", functions=(Function.FINANCE,), levels=(Level.EXECUTIVE,)),
        BuyingRole(role="user", functions=(Function.LEGAL,)),
    ),
)


def listed(request: TableRequest, *, committee: Committee | None = None) -> list[dict[str, Any]]:
    with duckdb_engine_on(TABLES) as engine:
        return [dict(row) for row in list_accounts(engine, request, committee=committee).rows()]


def test_list_accounts_counts_people_deals_and_touches() -> None:
    columns = (
        "account_id",
        "revenue",
        "n_people",
        "n_generated",
        "n_open_deals",
        "n_won_deals",
        "n_lost_deals",
        "last_touch_at",
    )
    found = [tuple(row.values()) for row in listed(TableRequest(columns=columns))]
    touched = datetime.fromisoformat("2026-03-01T12:00:00")
    assert found == [
        ("a", Decimal("12.30"), 2, 1, 1, 2, 0, touched),
        ("b", None, 1, 0, 0, 0, 1, None),
        ("c", None, 0, 0, 0, 0, 0, None),
    ]


def test_list_accounts_of_a_committee_says_which_roles_are_known_and_missing() -> None:
    columns = ("account_id", "roles_known", "roles_missing", "n_roles_known", "n_roles_missing")
    found = listed(TableRequest(columns=columns), committee=COMMITTEE)
    assert [tuple(row.values()) for row in found] == [
        ("a", "approver", "user", 1, 1),
        ("b", "", "approver, user", 0, 2),
        ("c", "", "approver, user", 0, 2),
    ]


def test_list_accounts_without_a_committee_counts_every_role_by_its_probability() -> None:
    columns = ("roles_known", "n_roles_known", "n_roles_missing")
    first = listed(TableRequest(columns=columns))[0]
    assert "approver" in str(first["roles_known"])
    assert int(first["n_roles_known"]) + int(first["n_roles_missing"]) == 7


def test_list_accounts_filters_by_missing_role() -> None:
    wanted = TableRequest(
        columns=("account_id",), filters=(Filter("roles_missing", "lacks", "approver"),)
    )
    assert listed(wanted, committee=COMMITTEE) == [{"account_id": "a"}]


def test_list_accounts_sorts_by_what_is_known() -> None:
    wanted = TableRequest(
        columns=("account_id",), sort=(Sort("last_touch_at", "desc"), Sort("n_people", "desc"))
    )
    assert [row["account_id"] for row in listed(wanted)] == ["a", "b", "c"]


def test_list_accounts_refuses_a_role_that_the_committee_lacks() -> None:
    wanted = TableRequest(filters=(Filter("roles_missing", "has", "gatekeeper"),))
    with pytest.raises(DataError, match="one of: approver, user"):
        listed(wanted, committee=COMMITTEE)


def test_count_accounts_counts_kinds_and_missing_roles() -> None:
    with duckdb_engine_on(TABLES) as engine:
        facets = count_accounts(engine, TableRequest(), committee=COMMITTEE)
    assert facets["kind"].items == ((None, 2), ("school", 1))
    assert facets["roles_missing"].items == (("approver", 2), ("user", 3))


def test_list_accounts_shows_the_fit_of_the_plan_that_is_asked_for() -> None:
    fits = [
        {"plan_id": "p", "account_id": "b", "market_fit_share": 0.75, "is_holdout": False},
        {"plan_id": "p", "account_id": "c", "market_fit_share": 0.5, "win_share": 0.1},
        {"plan_id": "q", "account_id": "a", "market_fit_share": 1.0},
    ]
    wanted = TableRequest(
        columns=("account_id", "market_fit_share", "win_share"),
        sort=(Sort("market_fit_share", "desc"),),
    )
    with duckdb_engine_on({**TABLES, "plan_account": fits}) as engine:
        of_plan = list_accounts(engine, wanted, plan_id="p").rows()
        of_none = list_accounts(engine, wanted).rows()
    assert [tuple(row.values()) for row in of_plan] == [
        ("b", 0.75, None),
        ("c", 0.5, 0.1),
        ("a", None, None),
    ]
    assert [tuple(row.values())[1] for row in of_none] == [None] * 3


def test_account_table_two_committees_are_two_variants() -> None:
    one, other = account_table(COMMITTEE).prepared, account_table().prepared
    assert one is not None
    assert other is not None
    assert one.variant != other.variant


def organised(*columns: str, filters: tuple[Filter, ...] = ()) -> list[tuple[Any, ...]]:
    request = TableRequest(columns=("account_id", *columns), filters=filters)
    with duckdb_engine_on({"account": ORGANISATIONS}) as engine:
        return [tuple(row.values()) for row in list_accounts(engine, request).rows()]


def test_list_accounts_guesses_the_kind_only_where_the_source_gives_none() -> None:
    found = organised("kind", "likely_kind", "is_kind_guessed")
    assert found[:3] == [
        ("a", None, "school", True),
        ("b", "company", "company", False),
        ("c", None, "manufacturer", True),
    ]
    assert found[4] == ("e", None, None, False)


def test_list_accounts_guesses_the_place_only_where_the_source_gives_none() -> None:
    found = organised("likely_place", "is_place_guessed")
    assert found[1:4] == [
        ("b", None, False),
        ("c", "components", True),
        ("d", "services", False),
    ]


def test_list_accounts_filters_by_guessed_kind_and_by_place() -> None:
    school = (Filter("likely_kind", "is", "school"),)
    made = (
        Filter("likely_place", "is", "components"),
        Filter("is_place_guessed", "is", value=True),
    )
    assert [row[0] for row in organised(filters=school)] == ["a"]
    assert [row[0] for row in organised(filters=made)] == ["c"]


def test_list_accounts_counts_subsidiaries_and_no_circle() -> None:
    counted = {row[0]: row[1] for row in organised("n_subsidiaries")}
    assert counted == {**dict.fromkeys("abcefg", 0), "d": 1}


@pytest.mark.parametrize("employees", [None, 0, 9, 10, 49, 50, 249, 250, 10**6])
def test_list_accounts_has_the_size_band_of_the_head_count(employees: int | None) -> None:
    account = {"account_id": "a", "name": "Acme", "employees": employees}
    with duckdb_engine_on({"account": [account]}) as engine:
        found = list_accounts(engine, TableRequest(columns=("size_band",))).rows()
    assert found[0]["size_band"] == size_band(employees)


def test_count_accounts_counts_kinds_sizes_and_places_with_what_is_guessed() -> None:
    with duckdb_engine_on({"account": ORGANISATIONS}) as engine:
        facets = count_accounts(engine, TableRequest())
    assert dict(facets["likely_kind"].items)["manufacturer"] == 2
    assert dict(facets["size_band"].items) == {None: 6, "micro": 1}
    assert dict(facets["likely_place"].items) == {None: 5, "components": 1, "services": 1}


def test_look_at_account_names_parent_subsidiaries_and_circle() -> None:
    with duckdb_engine_on({"account": ORGANISATIONS}) as engine:
        cards = {one: look_at_account(engine, account_id=one).relatives for one in "bdeg"}
    assert cards["b"].parent is not None
    assert cards["b"].parent.name == "Dome"
    assert [one.account_id for one in cards["d"].subsidiaries] == ["b"]
    assert [one.name for one in cards["e"].circle] == ["Elm", "Fir"]
    assert cards["e"].parent is None
    assert (cards["g"].parent, cards["g"].subsidiaries, cards["g"].circle) == (None, (), ())
