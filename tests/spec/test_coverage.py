"""The statements about committees' coverage, each on every engine, with rows worked out by hand."""

from math import log
from typing import Any

from signoff.audience.committees.coverage_sql import (
    COVERAGE_LIST,
    COVERAGE_TOTALS,
    COVERED_PEOPLE,
    COVERED_TITLES,
    LOSS_PER_NAT,
    MARKET_COVERED,
    NEXT_PEOPLE,
    PLAN_COVERED,
)
from signoff.store.schemas import Column, ColumnType
from signoff.units import CommitteeRole

Rows = list[dict[str, Any]]
ROLES = tuple(role.value for role in CommitteeRole)
TYPES = {str: ColumnType.TEXT, int: ColumnType.INTEGER, float: ColumnType.REAL}
HALF = round(log(2) * LOSS_PER_NAT)
FACTS = ("domain", "kind", "industry_code", "country", "city", "relationship")
ACCOUNTS = [
    {"account_id": "a", "name": "Acmé", "city": "Île", "employees": 9},
    {"account_id": "b", "name": "Bolt"},
    {"account_id": "c", "name": "Cog"},
]
PEOPLE = [
    {"person_id": "1", "account_id": "a", "title": "DAF"},
    {"person_id": "2", "account_id": "a", "title": "DAF", "level": "staff"},
    {"person_id": "3", "account_id": "b"},
    {"person_id": "4", "account_id": None, "title": "Buyer"},
    {"person_id": "5", "account_id": "gone", "title": "Clerk"},
]


def put(names: dict[str, type], rows: Rows) -> tuple[list[Column], Rows]:
    return [Column(name, TYPES[kind], "drawn") for name, kind in names.items()], rows


def covered(name: str, **facts: Any) -> dict[str, Any]:
    empty = dict.fromkeys((*FACTS, "employees", "value_weight"))
    return {"account_id": name[0].lower(), "name": name, **empty, **facts}


COVERED = {"account_id": str, "name": str, "domain": str, "kind": str, "industry_code": str} | {
    "employees": int,
    "country": str,
    "city": str,
    "relationship": str,
    "value_weight": float,
}


def test_plan_covered_gives_the_market_of_a_plan_or_all(engines: Any) -> None:
    planned = [
        {"plan_id": "p", "account_id": "b", "value_weight": 0.5},
        {"plan_id": "old", "account_id": "a", "value_weight": 0.7},
    ]
    tables = {"account": ACCOUNTS, "plan_account": planned}
    half = covered("Bolt", value_weight=0.5)
    engines.expect(PLAN_COVERED, [ordered(half)], tables=tables, values={"plan_id": "p"})
    rows = [covered("Acmé", city="Île", employees=9), covered("Bolt"), covered("Cog")]
    engines.expect(PLAN_COVERED, [*map(ordered, rows)], tables=tables, values={"plan_id": ""})


def ordered(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COVERED}


def test_market_covered_gives_the_accounts_of_the_market(engines: Any) -> None:
    market = [{"account_id": "c", "name": "Cog", "value_weight": 0.2}]
    tables = {"account": ACCOUNTS, "market_account": market}
    engines.expect(MARKET_COVERED, [ordered(covered("Cog", value_weight=0.2))], tables=tables)


def test_covered_titles_are_those_of_the_accounts_once(engines: Any) -> None:
    engines.expect(
        COVERED_TITLES,
        [{"title": "DAF"}],
        tables={"person_fact": PEOPLE},
        puts={"covered_account": put({"account_id": str}, [{"account_id": n} for n in "abc"])},
    )


def test_covered_people_sum_who_plays_and_what_is_lost(engines: Any) -> None:
    read = {"job_function": str, "job_level": str}
    worth = {f"{role}_{what}": int for what in ("plays", "loss") for role in ROLES}
    zeros = dict.fromkeys(worth, 0)
    losses = [
        {"job_function": "finance", "job_level": "executive", **zeros, "approver_plays": 1}
        | {"approver_loss": 7},
        {"job_function": "finance", "job_level": "staff", **zeros, "approver_loss": 2},
        {"job_function": "?", "job_level": "?", **zeros, "user_loss": 5},
    ]
    titles = [{"title": "DAF", "job_function": "finance", "job_level": "executive"}]
    found = {f"{role}_{what}": 0 for what in ("people", "loss") for role in ROLES}
    engines.expect(
        COVERED_PEOPLE,
        [
            {"account_id": "a", "n_people": 2, **found, "approver_people": 1, "approver_loss": 9},
            {"account_id": "b", "n_people": 1, **found, "user_loss": 5},
        ],
        tables={"person_fact": PEOPLE},
        puts={
            "covered_account": put({"account_id": str}, [{"account_id": n} for n in "abc"]),
            "covered_title": put({"title": str, **read}, titles),
            "role_loss": put({**read, **worth}, losses),
        },
    )


def values(rule: str, *, user: int, approver: int) -> dict[str, Any]:
    levels = {f"{role}_level": 0 for role in ROLES}
    places = {f"{role}_place": 0 for role in ROLES}
    uplifts = {f"{role}_uplift": 0.0 for role in ROLES}
    asked = {"user_level": user, "approver_level": approver, "approver_place": 1}
    lifts = {"user_uplift": 1.0, "approver_uplift": 0.5, "base_share": 0.1}
    numbers = {"n_roles": 2, "quorum_roles": 2, **lifts}
    return {**levels, **places, **uplifts, **asked, **numbers, "rule": rule}


def coverage_row(base: dict[str, Any], **told: Any) -> dict[str, Any]:
    """Give a row whose roles but user and approver are not asked for."""
    none = {f"{role}_{what}": None for what in ("people", "share", "state") for role in ROLES}
    folded = {"Acmé": "acme", "Bolt": "bolt"}[base["name"]]
    tail = {"name_folded": folded, "city_folded": None, "search_text": folded}
    return {
        **base,
        "n_people": 0,
        "chance_share": 0.0,
        **none,
        "n_roles_missing": 0,
        **tail,
        **told,
    }


def test_coverage_list_ranks_the_person_to_find_next(engines: Any) -> None:
    """At Acmé a user is known for one half; under every_level the approver adds that half.

    So it does under a quorum of both. Under the uplift the half of a user makes a chance of .1 one
    of .15, of which an approver adds half; at Bolt a user would double the .1.
    """
    rows = [covered("Acmé", value_weight=0.5), covered("Bolt")]
    counted = {f"{role}_{what}": int for what in ("people", "loss") for role in ROLES}
    acme = {"account_id": "a", "n_people": 1, **dict.fromkeys(counted, 0)}
    people = put(
        {"account_id": str, "n_people": int, **counted},
        [{**acme, "user_people": 1, "user_loss": HALF}],
    )
    known = {"user_people": 1, "user_share": 0.5, "user_state": "known"}
    no_user = {"user_people": 0, "user_share": 0.0, "user_state": "unknown"}
    no_approver = {"approver_people": 0, "approver_share": 0.0, "approver_state": "unknown"}
    expectations = {
        "every_level": (0.0, 0.5, ("user", 0.0, 0.0)),
        "mean": (0.25, 0.5, ("user", 0.5, 0.0)),
        "any": (0.5, 0.5, ("user", 1.0, 0.0)),
        "quorum": (0.0, 0.5, ("user", 0.0, 0.0)),
        "uplift": (0.15, 0.075, ("user", 0.1, 0.1)),
    }
    for rule, (chance, gain, (next_role, next_gain, base)) in expectations.items():
        first = coverage_row(
            ordered(rows[0]),
            n_people=1,
            chance_share=chance,
            **known,
            **no_approver,
            n_roles_missing=1,
            next_role="approver",
            next_gain_share=gain,
            next_value_share=gain / 2,
        )
        second = coverage_row(
            ordered(rows[1]),
            **no_user,
            **no_approver,
            n_roles_missing=2,
            chance_share=base,
            next_role=next_role,
            next_gain_share=next_gain,
            next_value_share=next_gain,
        )
        for name, engine in engines.each({}):
            engine.put("covered_account", *put(COVERED, rows))
            engine.put("covered_people", *people)
            found = engine.rows(COVERAGE_LIST, **values(rule, user=1, approver=2))
            for row, want in zip(found, (first, second), strict=True):
                assert row.keys() == want.keys(), (name, rule)
                for key, value in want.items():
                    near = abs(row[key] - value) < 1e-9 if isinstance(value, float) else False
                    assert near or row[key] == value, (name, rule, key)


COVERAGE = {"account_id": str, "name": str, "value_weight": float, "n_roles_missing": int} | {
    "chance_share": float,
    "next_role": str,
    "next_gain_share": float,
    "next_value_share": float,
}
ROLE_COLUMNS = {
    f"{role}_{what}": kind
    for role in ROLES
    for what, kind in (("state", str), ("people", int), ("share", float))
}
COUNTED = ("known", "likely", "people", "parts")
NO_ROLES = {f"{role}_{what}": 0 for role in ROLES for what in COUNTED}


def some_coverage() -> tuple[list[Column], Rows]:
    empty = dict.fromkeys(ROLE_COLUMNS)
    nothing = {"next_role": None, "next_gain_share": None, "next_value_share": None}
    return put(
        {**COVERAGE, **ROLE_COLUMNS},
        [
            {"account_id": "a", "name": "A", "value_weight": 0.5, "n_roles_missing": 0}
            | {"chance_share": 0.5, **nothing, **empty}
            | {"user_state": "known", "user_people": 2, "user_share": 0.75},
            {"account_id": "b", "name": "B", "value_weight": None, "n_roles_missing": 1}
            | {"chance_share": 0.25, "next_role": "user", "next_gain_share": 0.5}
            | {"next_value_share": 0.5, **empty}
            | {"user_state": "likely", "user_people": 0, "user_share": 0.5},
            {"account_id": "c", "name": "C", "value_weight": 0.1, "n_roles_missing": 1}
            | {"chance_share": 0.0, "next_role": "user", "next_gain_share": 0.5}
            | {"next_value_share": 0.5, **empty}
            | {"user_state": "unknown", "user_people": 0, "user_share": 0.0},
        ],
    )


def test_coverage_totals_count_each_role(engines: Any) -> None:
    whole = LOSS_PER_NAT
    expected = {"n_accounts": 3, "n_complete": 1, "chance_parts": whole * 3 // 4, **NO_ROLES}
    expected |= {"user_known": 1, "user_likely": 1, "user_people": 2, "user_parts": whole * 5 // 4}
    engines.expect(
        COVERAGE_TOTALS, [expected], tables={}, puts={"committee_coverage": some_coverage()}
    )


def test_coverage_totals_of_nothing_are_zero(engines: Any) -> None:
    columns, _rows = some_coverage()
    engines.expect(
        COVERAGE_TOTALS,
        [{"n_accounts": 0, "n_complete": 0, "chance_parts": 0, **NO_ROLES}],
        tables={},
        puts={"committee_coverage": (columns, [])},
    )


def test_next_people_are_ranked_by_value_then_weight(engines: Any) -> None:
    def found(name: str, *, chance: float, weight: float | None) -> dict[str, Any]:
        return {
            "account_id": name.lower(),
            "name": name,
            "role": "user",
            "chance_share": chance,
            "gain_share": 0.5,
            "value_weight": weight,
            "value_share": 0.5,
        }

    engines.expect(
        NEXT_PEOPLE,
        [found("C", chance=0.0, weight=0.1), found("B", chance=0.25, weight=None)],
        tables={},
        puts={"committee_coverage": some_coverage()},
        values={"n_listed": 5},
    )
