from decimal import Decimal
from typing import Any

import pytest

from signoff.audience import CommitteeStudy, define_committees, list_person_roles
from signoff.audience.committees.playing import plays_role
from signoff.brief import BuyingRole, Committee
from signoff.store.engines import Engine, Statement, duckdb_engine_on
from signoff.store.schemas import SESSION_TABLES

ROLES = Statement(
    "roles", "SELECT * FROM account_role ORDER BY account_id, role", ("account_role",)
)
TITLES = {
    "p1": ("a", "DAF"),
    "p2": ("a", "Acheteuse"),
    "p3": ("a", "Responsable achats"),
    "p4": ("b", "Jedi Master"),
    "p5": ("b", None),
    "p6": ("elsewhere", "CEO"),
}


def committee(*roles: BuyingRole) -> Committee:
    return Committee(approval_rule="any", purchase_months=6, roles=roles)


def tables(**changes: Any) -> dict[str, list[dict[str, Any]]]:
    people = [
        {"person_id": name, "account_id": employer, "title": title, **changes.get(name, {})}
        for name, (employer, title) in TITLES.items()
    ]
    market = [{"account_id": n, "name": n, "value_weight": 1.0} for n in ("a", "b")]
    return {"market_account": market, "person_fact": people}


def study(*roles: BuyingRole, **changes: Any) -> tuple[CommitteeStudy, list[dict[str, Any]]]:
    with duckdb_engine_on(tables(**changes)) as engine:
        return define_committees(engine, committee=committee(*roles)), engine.rows(ROLES)


def test_define_committees_counts_people_and_plans_expected_ones() -> None:
    found, rows = study(BuyingRole(role="purchaser", functions=("purchasing",), people_expected=3))
    assert rows == [
        {"account_id": "a", "role": "purchaser", "n_known": 2, "n_planned": 2},
        {"account_id": "b", "role": "purchaser", "n_known": 0, "n_planned": 3},
    ]
    assert found.gaps[0].text() == "no purchaser is known at 1 of 2 accounts"
    assert (found.n_people, found.n_unread, found.n_titles) == (5, 2, 4)


def test_define_committees_leaves_the_session_table_as_described() -> None:
    _, rows = study(BuyingRole(role="user"))
    assert list(rows[0]) == [column.name for column in SESSION_TABLES["account_role"].columns]


def test_define_committees_with_levels_takes_only_those() -> None:
    found, _ = study(BuyingRole(role="purchaser", functions=("purchasing",), levels=("manager",)))
    assert found.gaps[0].n_people == 1


def test_define_committees_without_place_uses_the_probability() -> None:
    found, rows = study(BuyingRole(role="approver"), BuyingRole(role="purchaser"))
    assert [gap.n_people for gap in found.gaps] == [1, 2]
    assert {row["role"]: row["n_known"] for row in rows if row["account_id"] == "b"} == {
        "approver": 0,
        "purchaser": 0,
    }


def test_define_committees_prefers_the_source_over_the_title() -> None:
    told = {"function": "finance", "level": "executive"}
    found, _ = study(BuyingRole(role="approver", functions=("finance",)), p4=told)
    assert found.gaps[0].n_missing == 0
    assert "at least one approver is known at 2 of 2 accounts" in found.text().lower()


def test_define_committees_counts_generated_people() -> None:
    found, _ = study(BuyingRole(role="user"), p1={"origin": "generated"})
    assert found.n_generated == 1
    assert "1 of them are generated" in found.text()


def test_define_committees_without_people_misses_every_role() -> None:
    with duckdb_engine_on({"market_account": tables()["market_account"]}) as engine:
        found = define_committees(engine, committee=committee(BuyingRole(role="user")))
    assert (found.gaps[0].n_missing, found.n_people) == (2, 0)
    assert found.rows() == [
        {
            "role": "user",
            "approval_level": 1,
            "n_accounts": 2,
            "n_missing": 2,
            "n_people": 0,
            "amount_above": None,
        }
    ]


@pytest.mark.parametrize(
    ("function", "level", "wanted", "plays"),
    [
        ("finance", "staff", {"functions": ("finance",)}, True),
        ("?", "executive", {"functions": ("finance",)}, False),
        ("?", "executive", {"levels": ("executive",)}, True),
        ("finance", "?", {"levels": ("executive",)}, False),
        ("?", "?", {}, False),
        ("other", "?", {}, False),
        ("finance", "executive", {}, True),
    ],
)
def test_plays_role_needs_what_the_brief_names(
    function: str, level: str, wanted: dict[str, Any], plays: bool
) -> None:
    assert plays_role(function, level, wanted=BuyingRole(role="approver", **wanted)) is plays


def test_list_person_roles_gives_the_columns_of_the_lake() -> None:
    with duckdb_engine_on(tables()) as engine:
        define_committees(engine, committee=committee(BuyingRole(role="user")))
        rows = list_person_roles(engine).rows()
    assert len(rows) == 5 * 7
    assert rows[0] == {
        "person_id": "p1",
        "account_id": "a",
        "role": "approver",
        "probability_share": 0.9,
        "evidence": "daf: executive, finance",
    }


def test_define_committees_twice_starts_anew() -> None:
    def gaps(engine: Engine, role: str) -> int:
        parts = committee(BuyingRole(role=role, functions=("finance",)))
        return define_committees(engine, committee=parts).gaps[0].n_missing

    with duckdb_engine_on(tables()) as engine:
        assert [gaps(engine, role) for role in ("user", "decider", "user")] == [1, 1, 1]


def test_define_committees_counts_a_person_in_every_role_that_takes_it() -> None:
    wide, narrow = ("finance", "purchasing"), ("finance",)
    found, _ = study(
        BuyingRole(role="decider", functions=wide), BuyingRole(role="approver", functions=narrow)
    )
    assert [gap.n_people for gap in found.gaps] == [3, 1]
    assert found.n_people == 5


def test_define_committees_leaves_out_people_without_an_account() -> None:
    people = [*tables()["person_fact"], {"person_id": "p9", "account_id": None, "title": "DAF"}]
    with duckdb_engine_on({**tables(), "person_fact": people}) as engine:
        parts = committee(BuyingRole(role="approver", functions=("finance",)))
        found = define_committees(engine, committee=parts)
    assert (found.n_people, found.gaps[0].n_people) == (5, 1)


def test_define_committees_of_an_account_with_ten_thousand_people_is_exact() -> None:
    titles = ("DAF", "Acheteuse", "Jedi Master", "Responsable achats nº")
    people = [
        {
            "person_id": f"p{n}",
            "account_id": "a",
            # numbers such as 365 say something to the lexicon, so what is not read has none
            "title": titles[2] if n % 4 == 2 else f"{titles[n % 4]} {n // 4}",
        }
        for n in range(10_000)
    ]
    with duckdb_engine_on({**tables(), "person_fact": people}) as engine:
        parts = committee(BuyingRole(role="purchaser", functions=("purchasing",)))
        found = define_committees(engine, committee=parts)
        rows = engine.rows(ROLES)
    assert (found.n_people, found.n_titles, found.n_unread) == (10_000, 7_501, 2_500)
    assert [row["n_known"] for row in rows] == [5_000, 0]


def test_define_committees_words_gaps_with_amounts() -> None:
    part = BuyingRole(role="approver", functions=("finance",), amount_above=Decimal(50_000))
    with duckdb_engine_on(tables()) as engine:
        found = define_committees(engine, committee=committee(part), currency="EUR")
    assert found.gaps[0].text() == "no approver above 50,000 EUR is known at 1 of 2 accounts"
