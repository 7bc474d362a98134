"""Gaps across a market, and the people to find next."""

from decimal import Decimal
from typing import Any

import pytest

from signoff.audience import study_coverage
from signoff.brief import BuyingRole, Committee
from signoff.store.engines import duckdb_engine_on

ROLES = (
    BuyingRole(role="user", functions=("legal",)),
    BuyingRole(
        role="approver", functions=("finance",), approval_level=2, amount_above=Decimal(50_000)
    ),
)
COMMITTEE = Committee(approval_rule="every_level", purchase_months=6, roles=ROLES)


def person(n: int, of: str, function: str | None, level: str | None = "staff") -> dict[str, Any]:
    told = {"function": function, "level": level}
    return {"person_id": f"p{n}", "account_id": of, "origin": "measured", **told}


def tables(*people: dict[str, Any], **more: Any) -> dict[str, Any]:
    accounts = [{"account_id": n, "name": n} for n in ("a", "b", "c")]
    return {"account": accounts, "person_fact": list(people), **more}


def test_study_coverage_words_the_gap_with_its_amount() -> None:
    found = tables(person(1, "a", "legal"), person(2, "a", "finance"), person(3, "b", "legal"))
    with duckdb_engine_on(found) as engine:
        study = study_coverage(engine, committee=COMMITTEE, currency="EUR")
    assert study.text() == (
        "No user is known at 1 of 3 accounts; no approver above 50,000 EUR is known at 2 of 3 "
        "accounts. Every role is known at 1 of 3 accounts."
    )
    assert [(r.n_known, r.n_likely, r.n_unknown, r.n_people) for r in study.roles] == [
        (2, 0, 1, 2),
        (1, 0, 2, 1),
    ]


def test_study_coverage_ranks_whom_to_find_next_by_value() -> None:
    weights = {"a": 0.1, "b": 0.4, "c": 0.9}
    planned = [
        {"plan_id": "p", "account_id": name, "value_weight": weight, "is_holdout": False}
        for name, weight in weights.items()
    ]
    people = (person(1, "a", "legal"), person(2, "b", "legal"))
    with duckdb_engine_on(tables(*people, plan_account=planned)) as engine:
        study = study_coverage(engine, committee=COMMITTEE, plan_id="p", n_listed=2)
        rest = study_coverage(engine, committee=COMMITTEE, plan_id="p", n_listed=9).people
    assert [(person.account_id, person.role.value) for person in study.people] == [
        ("b", "approver"),
        ("a", "approver"),
    ]
    assert [(person.account_id, person.role.value) for person in rest[2:]] == [("c", "user")]
    assert study.people[0].value_share == pytest.approx(study.people[0].gain_share * 0.4, abs=1e-6)


def test_study_coverage_without_people_misses_every_role() -> None:
    with duckdb_engine_on(tables()) as engine:
        study = study_coverage(engine)
    assert {role.n_missing for role in study.roles} == {3}
    assert (study.chance_share, study.n_complete, len(study.people)) == (0, 0, 3)
    assert len(study.rows()) == 7


def test_study_coverage_of_a_market_left_by_the_study_looks_at_it_alone() -> None:
    market = [{"account_id": "b", "name": "b", "value_weight": 0.5}]
    with duckdb_engine_on(tables(person(1, "a", "legal"), market_account=market)) as engine:
        study = study_coverage(engine, committee=COMMITTEE, is_market=True)
    assert (study.n_accounts, study.roles[0].n_people) == (1, 0)
    assert study.people[0].value_weight == 0.5


def test_study_coverage_without_accounts_says_so() -> None:
    with duckdb_engine_on({}) as engine:
        study = study_coverage(engine, committee=COMMITTEE)
    assert study.text() == "There are no accounts to look at."
    assert study.people == ()
