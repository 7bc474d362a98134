"""What is known of each committee, against the same worked out in plain Python."""

import csv
import math
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from signoff.audience import count_coverage, coverage_table, export_coverage, list_coverage
from signoff.audience.committees import cover_committee
from signoff.audience.committees.playing import may_play_role, plays_role, role_shares
from signoff.brief import ApprovalRule, BuyingRole, Committee
from signoff.errors import DataError
from signoff.store.browse import Filter, Sort, TableRequest
from signoff.store.engines import duckdb_engine_on
from signoff.units import CommitteeRole, Function, Level

ROLES = (
    BuyingRole(role="user", levels=("staff", "specialist"), uplift=0.5),
    BuyingRole(role="decider", approval_level=2, uplift=1.5),
    BuyingRole(role="approver", functions=("finance",), approval_level=2),
    BuyingRole(role="purchaser", approval_level=3),
)
DRAWN_FUNCTIONS = ("finance", "purchasing", "legal", None)
DRAWN_LEVELS = ("staff", "manager", "executive", None)


def committee(rule: str, *roles: BuyingRole) -> Committee:
    numbers = {"purchase_months": 6, "quorum_roles": 2, "base_share": 0.2}
    return Committee(approval_rule=rule, roles=roles or ROLES, **numbers)


def account(name: str, **facts: Any) -> dict[str, Any]:
    return {"account_id": name, "name": name, **facts}


def person(
    n: int, of: str, function: str | None = None, level: str | None = None
) -> dict[str, Any]:
    told = {"function": function, "level": level}
    return {"person_id": f"p{n}", "account_id": of, "origin": "measured", **told}


def listed(tables: dict[str, Any], asked: Committee, **wanted: Any) -> list[dict[str, Any]]:
    with duckdb_engine_on(tables) as engine:
        page = list_coverage(engine, TableRequest(**wanted), committee=asked)
        return [dict(row) for row in page.rows()]


def drawn(seed: int = 3) -> dict[str, list[dict[str, Any]]]:
    chance = np.random.default_rng(seed)
    people = [
        person(
            n, f"a{chance.integers(0, 40):02d}", *(pick[chance.integers(0, 4)] for pick in picks)
        )
        for n in range(90)
        for picks in [(DRAWN_FUNCTIONS, DRAWN_LEVELS)]
    ]
    return {"account": [account(f"a{n:02d}") for n in range(40)], "person_fact": people}


def case_by_case(shares: dict[CommitteeRole, float], asked: Committee) -> float:
    """Add up, over which roles are covered, the chance of that times what the rule makes of it."""
    total = 0.0
    for covered in product((False, True), repeat=len(shares)):
        pairs = list(zip(shares.values(), covered, strict=True))
        chance = math.prod(share if is_in else 1 - share for share, is_in in pairs)
        uplifts = [p.uplift for p, is_in in zip(asked.roles, covered, strict=True) if is_in]
        if asked.approval_rule is ApprovalRule.QUORUM:
            total += chance * (sum(covered) >= (asked.quorum_roles or 0))
        else:
            total += chance * (asked.base_share or 0) * math.prod(1 + b for b in uplifts)
    return total


def expected(people: list[dict[str, Any]], asked: Committee) -> dict[str, Any]:
    """Work one account out from its people, as the manual words it."""
    pairs = [(row["function"] or "?", row["level"] or "?") for row in people]
    known = {p.role: sum(plays_role(*pair, wanted=p) for pair in pairs) for p in asked.roles}
    q = {
        p.role: 1
        - math.prod(
            1 - role_shares(*pair)[p.role] for pair in pairs if may_play_role(*pair, wanted=p)
        )
        for p in asked.roles
    }

    def chance(shares: dict[CommitteeRole, float]) -> float:
        if asked.approval_rule is ApprovalRule.ANY:
            return 1 - math.prod(1 - share for share in shares.values())
        if asked.approval_rule is ApprovalRule.MEAN:
            return sum(shares.values()) / len(shares)
        if asked.approval_rule in {ApprovalRule.QUORUM, ApprovalRule.UPLIFT}:
            return case_by_case(shares, asked)
        levels = {p.approval_level for p in asked.roles}
        return math.prod(
            1 - math.prod(1 - shares[p.role] for p in asked.roles if p.approval_level == level)
            for level in levels
        )

    gains = {
        role: chance({**q, role: 1.0}) - chance(q) for role, n_known in known.items() if not n_known
    }
    return {"known": known, "q": q, "chance": chance(q), "gains": gains}


@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_list_coverage_is_what_plain_python_gives(rule: str) -> None:
    tables, asked = drawn(), committee(rule)
    for row in listed(tables, asked):
        people = [p for p in tables["person_fact"] if p["account_id"] == row["account_id"]]
        want = expected(people, asked)
        assert row["n_people"] == len(people)
        assert row["chance_share"] == pytest.approx(want["chance"], abs=1e-6)
        for role, share in want["q"].items():
            assert row[f"{role}_share"] == pytest.approx(share, abs=1e-6)
            assert row[f"{role}_people"] == want["known"][role]
        assert row["n_roles_missing"] == len(want["gains"])
        if want["gains"]:
            best = max(want["gains"].values())
            assert row["next_gain_share"] == pytest.approx(best, abs=2e-6)
            assert want["gains"][row["next_role"]] == pytest.approx(best, abs=2e-6)
        else:
            assert row["next_role"] is None
            assert row["next_gain_share"] is None


@pytest.mark.parametrize("rule", list(ApprovalRule))
def test_cover_committee_says_of_one_account_what_the_table_says(rule: str) -> None:
    tables, asked = drawn(5), committee(rule)
    for row in listed(tables, asked):
        people = [p for p in tables["person_fact"] if p["account_id"] == row["account_id"]]
        cells = [(p["function"] or "?", p["level"] or "?", 1) for p in people]
        found = cover_committee(cells, committee=asked)
        assert found.chance_share == pytest.approx(row["chance_share"], abs=1e-5)
        assert (found.next_role and found.next_role.value) == row["next_role"]
        for role in found.roles:
            assert (role.state, role.n_people) == (
                row[f"{role.role}_state"],
                row[f"{role.role}_people"],
            )


def test_list_coverage_tells_known_likely_and_unknown() -> None:
    part = BuyingRole(role="approver", functions=("finance",), levels=("executive",))
    people = [
        person(1, "a", "finance", "executive"),
        *(person(n, "b", "finance") for n in range(2, 12)),
        person(20, "c", "legal", "executive"),
    ]
    tables = {"account": [account(n) for n in "abcd"], "person_fact": people}
    rows = listed(tables, committee("any", part), columns=("approver_state", "approver_people"))
    assert [row["approver_state"] for row in rows] == ["known", "likely", "unknown", "unknown"]
    assert [row["approver_people"] for row in rows] == [1, 0, 0, 0]


def test_list_coverage_under_every_level_prefers_what_completes_the_committee() -> None:
    """With one level missing the gain is large; with two, one person alone adds nothing."""
    roles = (
        BuyingRole(role="user", functions=("legal",)),
        BuyingRole(role="approver", functions=("finance",), approval_level=2),
    )
    tables = {
        "account": [account("none"), account("half")],
        "person_fact": [person(1, "half", "legal", "staff")],
    }
    rows = {row["name"]: row for row in listed(tables, committee("every_level", *roles))}
    assert (rows["none"]["next_role"], rows["none"]["next_gain_share"]) == ("user", 0)
    assert rows["half"]["next_role"] == "approver"
    assert rows["half"]["next_gain_share"] == pytest.approx(0.55)


def test_list_coverage_of_ten_thousand_people_counts_them_all() -> None:
    people = [person(n, "a", "finance", "executive") for n in range(10_000)]
    tables = {"account": [account("a")], "person_fact": people}
    (row,) = listed(tables, committee("every_level"))
    assert (row["n_people"], row["approver_people"], row["approver_share"]) == (10_000, 10_000, 1)
    assert row["next_role"] == "user"


def test_list_coverage_of_a_plan_looks_at_its_market_and_its_weights() -> None:
    planned = [
        {"plan_id": "p", "account_id": "b", "value_weight": 0.5, "is_holdout": False},
        {"plan_id": "p", "account_id": "c", "value_weight": 0.25, "is_holdout": False},
        {"plan_id": "old", "account_id": "a", "value_weight": 0.9, "is_holdout": False},
    ]
    tables = {"account": [account(n) for n in "abc"], "plan_account": planned}
    with duckdb_engine_on(tables) as engine:
        wanted = TableRequest(sort=(Sort("next_value_share", "desc"),))
        rows = list_coverage(engine, wanted, committee=committee("mean"), plan_id="p").rows()
    assert [(row["name"], row["next_value_share"]) for row in rows] == [("b", 0.125), ("c", 0.0625)]


def test_list_coverage_filters_by_state_and_next_role() -> None:
    asked = committee("mean")
    known = Filter("approver_state", "is", "known")
    rows = listed(drawn(), asked, filters=(known,), sort=(Sort("chance_share", "desc"),))
    assert rows
    assert {row["approver_state"] for row in rows} == {"known"}
    assert [row["chance_share"] for row in rows] == sorted(
        (row["chance_share"] for row in rows), reverse=True
    )
    with pytest.raises(DataError):
        listed(drawn(), asked, filters=(Filter("gatekeeper_state", "is", "known"),))


def test_count_coverage_counts_states() -> None:
    with duckdb_engine_on(drawn()) as engine:
        facets = count_coverage(engine, TableRequest(), committee=committee("mean"))
        n = list_coverage(engine, TableRequest(), committee=committee("mean")).n_rows
    assert sum(n for _, n in facets["user_state"].items) == n == 40
    assert {role for role, _ in facets["next_role"].items} <= {*(p.role for p in ROLES), None}


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "parquet"])
def test_export_coverage_writes_every_account(form: str, tmp_path: Path) -> None:
    with duckdb_engine_on(drawn()) as engine:
        path, wanted = tmp_path / f"roles.{form}", TableRequest(limit=5)
        made = export_coverage(engine, wanted, form=form, path=path, committee=committee("any"))
    assert (made.n_rows, path.stat().st_size > 500) == (40, True)
    if form == "csv":
        with path.open(encoding="utf-8") as lines:
            assert next(csv.DictReader(lines)).keys() >= {"name", "user_state", "next_role"}


def test_coverage_table_has_only_the_roles_of_the_brief() -> None:
    names = {column.name for column in coverage_table(committee("any")).columns}
    assert {"user_state", "user_share", "user_people"} <= names
    assert not any(name.startswith("gatekeeper") for name in names)


def test_coverage_does_not_depend_on_the_order_of_people() -> None:
    tables = drawn()
    turned = {**tables, "person_fact": tables["person_fact"][::-1]}
    assert listed(tables, committee("every_level")) == listed(turned, committee("every_level"))


def test_finding_somebody_never_lowers_the_chance() -> None:
    tables = drawn()
    for rule in ApprovalRule:
        before = listed(tables, committee(rule))
        more = [
            person(1000 + n, row["account_id"], f, level)
            for n, row in enumerate(before)
            for f, level in [(Function.FINANCE.value, Level.EXECUTIVE.value)]
        ]
        after = listed({**tables, "person_fact": [*tables["person_fact"], *more]}, committee(rule))
        for old, new in zip(before, after, strict=True):
            assert new["chance_share"] >= old["chance_share"]
