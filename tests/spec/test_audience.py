"""The audience's statements, each on every engine, with rows worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from signoff.audience import (
    blocked,
    market_sql,
    owners,
    study_audience,
    study_sql,
)
from signoff.audience.committees import statements as committee_sql
from signoff.audience.fit import statements as fit_sql
from signoff.brief import read_brief, starter_brief
from signoff.store.schemas import Column, ColumnType

TYPES = {str: ColumnType.TEXT, int: ColumnType.INTEGER, float: ColumnType.REAL}
TYPES |= {date: ColumnType.DATE, bool: ColumnType.FLAG}
Rows = list[dict[str, Any]]


def put(names: dict[str, type], rows: Rows) -> tuple[list[Column], Rows]:
    """Describe a table of our own by its columns' Python types."""
    return [Column(name, TYPES[kind], "drawn") for name, kind in names.items()], rows


def asks(*steps: str, low: int = 0, high: int = 10**15) -> dict[str, int]:
    asked = {f"asks_{step}": int(step in steps) for step in market_sql.STEPS}
    return {**asked, "n_asked": len(steps), "employees_min": low, "employees_max": high}


ACCOUNTS = [
    {
        "account_id": "a1",
        "name": "Acmé & Co.",
        "domain": "acme.example",
        "industry_scheme": "naf",
        "industry_code": "6201Z",
        "employees": 12,
        "country": "FR",
        "relationship": "client",
    },
    {"account_id": "a2", "name": "Bolt", "domain": "eu.bolt.example", "country": "DE"},
    {
        "account_id": "a3",
        "external_id": "X3",
        "name": "Cog",
        "industry_code": "51",
        "employees": 4,
        "country": "FR",
        "region": "Île",
        "city": "Y",
        "kind": "company",
    },
]
VERDICT = put(
    {"criterion": str, "scheme": str, "item": str, "verdict": int},
    [
        {"criterion": "country", "scheme": "", "item": "FR", "verdict": 2},
        {"criterion": "industry", "scheme": "naf", "item": "6201Z", "verdict": 2},
        {"criterion": "industry", "scheme": "", "item": "51", "verdict": 1},
    ],
)
SUPPRESSED = put({"account_id": str}, [{"account_id": "a2"}])
NEVER = put({"account_id": str, "entry": str}, [{"account_id": "a9", "entry": "Zed"}])
JUDGED = put(
    {
        "account_id": str,
        "name": str,
        "country": str,
        "segment": str,
        "relationship": str,
        **{f"{step}_verdict": int for step in market_sql.STEPS},
        "failed_step": str,
        "market_fit_share": float,
    },
    [
        {
            "account_id": name,
            "name": name.upper(),
            "country": "FR",
            "segment": "?",
            "relationship": "prospect",
            **{f"{step}_verdict": 1 for step in market_sql.STEPS},
            "city_verdict": -1,
            "failed_step": failed,
            "market_fit_share": 0.5,
        }
        for name, failed in (("b", ""), ("a", ""), ("c", "country"))
    ],
)


def test_account_spans_counts_known_values(engines: Any) -> None:
    engines.expect(
        market_sql.ACCOUNT_SPANS,
        [
            {
                "n_accounts": 3,
                "n_country": 3,
                "n_region": 1,
                "n_city": 1,
                "n_organisation_kind": 1,
                "n_industry": 2,
                "n_employees": 2,
                "n_relationship": 1,
            }
        ],
        tables={"account": ACCOUNTS},
    )


def test_account_items_lists_each_value_once_by_criterion(engines: Any) -> None:
    found = [
        ("city", "", "Y"),
        ("country", "", "DE"),
        ("country", "", "FR"),
        ("industry", "", "51"),
        ("industry", "naf", "6201Z"),
        ("organisation_kind", "", "company"),
        ("region", "", "Île"),
        ("relationship", "", "client"),
    ]
    engines.expect(
        market_sql.ACCOUNT_ITEMS,
        [{"criterion": c, "scheme": s, "item": i} for c, s, i in found],
        tables={"account": ACCOUNTS},
    )


def test_never_accounts_matches_folded_name_ids_and_subdomains(engines: Any) -> None:
    columns = {"kind": str, "item": str, "entry": str}
    rows = [
        {"kind": "account", "item": "acmeco", "entry": "ACME & CO"},
        {"kind": "account", "item": "x3", "entry": "X3"},
        {"kind": "words", "item": "acme co", "entry": "Acme SARL"},
        {"kind": "words", "item": "ac me co", "entry": "Ac Me"},
        {"kind": "domain", "item": "bolt.example", "entry": "bolt.example"},
        {"kind": "domain", "item": "cme.example", "entry": "cme.example"},
    ]
    engines.expect(
        market_sql.NEVER_ACCOUNTS,
        [
            {"account_id": "a1", "entry": "ACME & CO"},
            {"account_id": "a1", "entry": "Acme SARL"},
            {"account_id": "a2", "entry": "bolt.example"},
            {"account_id": "a3", "entry": "X3"},
        ],
        tables={"account": ACCOUNTS},
        puts={"never_item": put(columns, rows)},
    )


def test_never_hits_counts_accounts_of_each_entry(engines: Any) -> None:
    engines.expect(
        market_sql.NEVER_HITS,
        [{"entry": "Zed", "n_accounts": 1}],
        tables={},
        puts={"never_account": NEVER},
    )


def test_account_verdicts_name_the_first_failed_step_and_the_fit(engines: Any) -> None:
    def row(account_id: str, **told: Any) -> dict[str, Any]:
        unasked = {f"{step}_verdict": -1 for step in market_sql.STEPS if step != "employees"}
        blank = {"country": "FR", "segment": "?", "relationship": "prospect"}
        flags = {"is_suppressed": 0, "is_never": 0}
        rest = {"employees_verdict": -1, "failed_step": "", "market_fit_share": 0.0}
        return {"account_id": account_id, "name": "", **blank, **flags, **unasked, **rest, **told}

    expected = [
        row(
            "a1",
            name="Acmé & Co.",
            segment="6201Z",
            relationship="client",
            country_verdict=2,
            industry_verdict=2,
            employees_verdict=2,
            market_fit_share=1.0,
        ),
        row(
            "a2",
            name="Bolt",
            country="DE",
            is_suppressed=1,
            country_verdict=0,
            industry_verdict=1,
            employees_verdict=1,
            failed_step="suppressed",
            market_fit_share=2 / 6,
        ),
        row(
            "a3",
            name="Cog",
            segment="51",
            country_verdict=2,
            industry_verdict=1,
            employees_verdict=0,
            failed_step="employees",
            market_fit_share=3 / 6,
        ),
    ]
    engines.expect(
        market_sql.ACCOUNT_VERDICTS,
        expected,
        tables={"account": ACCOUNTS},
        puts={"market_verdict": VERDICT, "suppressed_account": SUPPRESSED, "never_account": NEVER},
        values=asks("country", "industry", "employees", low=10),
    )


def test_candidates_and_counts_keep_what_no_step_left_out(engines: Any) -> None:
    kept = {"country": "FR", "segment": "?", "relationship": "prospect", "market_fit_share": 0.5}
    both = [{"account_id": n, "name": n.upper(), **kept} for n in ("a", "b")]
    judged = {"account_verdict": JUDGED}
    engines.expect(market_sql.CANDIDATES, both, tables={}, puts=judged)
    counts = [{"failed_step": "", "n_accounts": 2}, {"failed_step": "country", "n_accounts": 1}]
    engines.expect(market_sql.STEP_COUNTS, counts, tables={}, puts=judged)
    unknown = {f"n_{step}": 0 if step == "city" else 2 for step in market_sql.STEPS}
    engines.expect(market_sql.UNKNOWN_COUNTS, [unknown], tables={}, puts=judged)


def test_candidate_ids_are_sorted(engines: Any) -> None:
    ids = put({"account_id": str}, [{"account_id": "b"}, {"account_id": "a"}])
    expected = [{"account_id": "a"}, {"account_id": "b"}]
    engines.expect(market_sql.CANDIDATE_IDS, expected, tables={}, puts={"market_candidate": ids})


MARKET = [{"account_id": name, "name": name.upper(), "value_weight": 1.0} for name in ("a1", "a2")]
PEOPLE = [
    {"person_id": "p1", "account_id": "a1", "title": "DAF", "origin": "generated"},
    {"person_id": "p2", "account_id": "a1", "title": "Chef", "level": "director"},
    {"person_id": "p3", "account_id": "a1"},
    {"person_id": "p4", "account_id": "zz", "title": "CEO"},
    {"person_id": "p5", "account_id": "a2", "title": "DAF"},
]
READ = {"job_function": str, "job_level": str}
READING = put(
    {
        "person_id": str,
        "account_id": str,
        "origin": str,
        **READ,
        "evidence": str,
    },
    [
        {
            "person_id": "p1",
            "account_id": "a1",
            "origin": "generated",
            "job_function": "finance",
            "job_level": "executive",
            "evidence": "daf",
        },
        {
            "person_id": "p2",
            "account_id": "a1",
            "job_function": "?",
            "job_level": "?",
            "evidence": "no title",
        },
    ],
)


def test_market_titles_lists_titles_of_the_market_once(engines: Any) -> None:
    engines.expect(
        committee_sql.MARKET_TITLES,
        [{"title": "Chef"}, {"title": "DAF"}],
        tables={"market_account": MARKET, "person_fact": PEOPLE},
    )


def test_person_readings_prefer_what_the_source_says(engines: Any) -> None:
    titles = put(
        {"title": str, **READ, "evidence": str},
        [
            {"title": "DAF", "job_function": "finance", "job_level": "executive", "evidence": "e"},
            {"title": "Chef", "job_function": "?", "job_level": "manager", "evidence": "c"},
        ],
    )
    finance = {"job_function": "finance", "job_level": "executive", "evidence": "e"}
    engines.expect(
        committee_sql.PERSON_READINGS,
        [
            {"person_id": "p1", "account_id": "a1", "origin": "generated", **finance},
            {
                "person_id": "p2",
                "account_id": "a1",
                "origin": None,
                "job_function": "?",
                "job_level": "director",
                "evidence": "as imported; c",
            },
            {
                "person_id": "p3",
                "account_id": "a1",
                "origin": None,
                "job_function": "?",
                "job_level": "?",
                "evidence": "no title",
            },
            {"person_id": "p5", "account_id": "a2", "origin": None, **finance},
        ],
        tables={"market_account": MARKET, "person_fact": PEOPLE},
        puts={"title_reading": titles},
    )


def test_people_counts_tell_unread_and_generated(engines: Any) -> None:
    engines.expect(
        committee_sql.PEOPLE_COUNTS,
        [{"n_people": 2, "n_unread": 1, "n_generated": 1}],
        tables={},
        puts={"person_reading": READING},
    )


def test_people_counts_without_people_are_zero(engines: Any) -> None:
    engines.expect(
        committee_sql.PEOPLE_COUNTS,
        [{"n_people": 0, "n_unread": 0, "n_generated": 0}],
        tables={},
        puts={"person_reading": (READING[0], [])},
    )


def test_role_counts_join_people_with_the_roles_they_play(engines: Any) -> None:
    match = {"job_function": "finance", "job_level": "executive"}
    rows = [{**match, "role": "approver"}, {**match, "role": "decider"}]
    engines.expect(
        committee_sql.ROLE_COUNTS,
        [
            {"account_id": "a1", "role": "approver", "n_known": 1},
            {"account_id": "a1", "role": "decider", "n_known": 1},
        ],
        tables={},
        puts={"person_reading": READING, "role_match": put({**READ, "role": str}, rows)},
    )


def test_account_roles_plan_the_expected_people_where_none_is_known(engines: Any) -> None:
    part = put({"role": str, "people_expected": int}, [{"role": "user", "people_expected": 3}])
    known = put(
        {"account_id": str, "role": str, "n_known": int},
        [{"account_id": "a1", "role": "user", "n_known": 2}],
    )
    engines.expect(
        committee_sql.ACCOUNT_ROLES,
        [
            {"account_id": "a1", "role": "user", "n_known": 2, "n_planned": 2},
            {"account_id": "a2", "role": "user", "n_known": 0, "n_planned": 3},
        ],
        tables={"market_account": MARKET},
        puts={"committee_part": part, "role_count": known},
    )


def test_role_gaps_count_accounts_without_anybody(engines: Any) -> None:
    engines.expect(
        committee_sql.ROLE_GAPS,
        [{"role": "user", "n_accounts": 2, "n_missing": 1, "n_people": 2}],
        tables={
            "account_role": [
                {"account_id": "a1", "role": "user", "n_known": 2, "n_planned": 2},
                {"account_id": "a2", "role": "user", "n_known": 0, "n_planned": 3},
            ]
        },
    )


def test_person_roles_give_each_probability_with_its_evidence(engines: Any) -> None:
    told = {"job_function": "finance", "job_level": "executive", "probability_share": 0.9}
    prior = put({**READ, "role": str, "probability_share": float}, [{**told, "role": "approver"}])
    engines.expect(
        committee_sql.PERSON_ROLES,
        [
            {
                "person_id": "p1",
                "account_id": "a1",
                "role": "approver",
                "probability_share": 0.9,
                "evidence": "daf",
            }
        ],
        tables={},
        puts={"person_reading": READING, "role_prior": prior},
    )


TODAY = date(2024, 6, 1)
DEALS = [
    {
        "opportunity_id": "o1",
        "account_id": "a1",
        "stage": "won",
        "began_on": date(2023, 1, 1),
        "closed_on": date(2023, 2, 1),
    },
    {
        "opportunity_id": "o2",
        "account_id": "a1",
        "product": "P",
        "lead_source": "web",
        "stage": "lost",
        "began_on": date(2023, 5, 1),
        "closed_on": date(2023, 6, 1),
    },
    {"opportunity_id": "o3", "account_id": "a1", "stage": "open", "began_on": date(2023, 7, 1)},
    {
        "opportunity_id": "o4",
        "account_id": "a1",
        "stage": "won",
        "began_on": date(2024, 1, 1),
        "closed_on": date(2024, 7, 1),
    },
    {"opportunity_id": "o5", "stage": "won", "began_on": date(2023, 1, 1)},
    {"opportunity_id": "o6", "account_id": "a2", "stage": "lost"},
]
TRAIT_TYPES = {
    "account_id": str,
    "industry": str,
    "country": str,
    "employees_band": int,
    "revenue_band": int,
    "founded_year": int,
    "relationship": str,
    "first_won_on": date,
}
TRAITS = put(
    TRAIT_TYPES,
    [
        {
            "account_id": "a1",
            "industry": "62",
            "country": "FR",
            "employees_band": 5,
            "revenue_band": -1,
            "founded_year": 2013,
            "first_won_on": date(2023, 2, 1),
        },
        {
            "account_id": "a2",
            "industry": "?",
            "country": "?",
            "employees_band": -1,
            "revenue_band": -1,
            "relationship": "lost",
        },
    ],
)
CELL = {
    "industry": "62",
    "country": "FR",
    "employees_band": 5,
    "revenue_band": -1,
}


def test_revenue_currencies_put_the_commonest_first(engines: Any) -> None:
    money = [("a", "EUR"), ("b", "USD"), ("c", None), ("d", "USD")]
    rows = [{"account_id": n, "revenue": Decimal("1.00"), "currency": c} for n, c in money]
    engines.expect(
        fit_sql.REVENUE_CURRENCIES,
        [
            {"currency": "USD", "n_accounts": 2},
            {"currency": "?", "n_accounts": 1},
            {"currency": "EUR", "n_accounts": 1},
        ],
        tables={"account": [*rows, {"account_id": "e", "currency": "GBP"}]},
    )


def test_first_wins_leave_out_what_is_not_over_today(engines: Any) -> None:
    engines.expect(
        fit_sql.FIRST_WINS,
        [{"account_id": "a1", "first_won_on": date(2023, 2, 1)}],
        tables={"opportunity": DEALS},
        values={"today": TODAY},
    )


def test_account_traits_band_sizes_and_keep_unknowns_apart(engines: Any) -> None:
    # 2 ln(12 + 1) = 5.13; 2 ln(999 + 1) = 13.8: bands 5 and 13
    accounts = [
        {
            "account_id": "a1",
            "industry_scheme": "naf",
            "industry_code": "6201Z",
            "employees": 12,
            "revenue": Decimal("999.00"),
            "currency": "EUR",
            "country": "FR",
            "founded_year": 2013,
        },
        {
            "account_id": "a2",
            "industry_scheme": "own",
            "industry_code": "software",
            "revenue": Decimal("5.00"),
            "currency": "USD",
            "relationship": "lost",
        },
        {"account_id": "a3"},
    ]
    wins = put(
        {"account_id": str, "first_won_on": date},
        [{"account_id": "a1", "first_won_on": date(2023, 2, 1)}],
    )
    blank = {"country": "?", "employees_band": -1, "revenue_band": -1, "founded_year": None}
    engines.expect(
        fit_sql.ACCOUNT_TRAITS,
        [
            {
                "account_id": "a1",
                "industry": "62",
                "country": "FR",
                "employees_band": 5,
                "revenue_band": 13,
                "founded_year": 2013,
                "relationship": None,
                "first_won_on": date(2023, 2, 1),
            },
            {
                "account_id": "a2",
                "industry": "software",
                **blank,
                "relationship": "lost",
                "first_won_on": None,
            },
            {
                "account_id": "a3",
                "industry": "?",
                **blank,
                "relationship": None,
                "first_won_on": None,
            },
        ],
        tables={"account": accounts},
        puts={"first_win": wins},
        values={"revenue_currency": "EUR"},
    )


def test_resolved_deals_know_only_what_was_known_when_they_began(engines: Any) -> None:
    # age in 2023: 2 ln(10 + 1) = 4.8, band 4
    known = {**CELL, "age_band": 4}
    engines.expect(
        fit_sql.RESOLVED_DEALS,
        [
            {
                "account_id": "a1",
                "began_on": date(2023, 1, 1),
                "is_won": 1,
                "product": "?",
                "lead_source": "?",
                **known,
                "had_bought": 0,
            },
            {
                "account_id": "a1",
                "began_on": date(2023, 5, 1),
                "is_won": 0,
                "product": "P",
                "lead_source": "web",
                **known,
                "had_bought": 1,
            },
        ],
        tables={"opportunity": DEALS},
        puts={"account_trait": TRAITS},
        values={"today": TODAY},
    )


RESOLVED = put(
    {
        "account_id": str,
        "began_on": date,
        "is_won": int,
        "product": str,
        "lead_source": str,
        "industry": str,
        "country": str,
        "employees_band": int,
        "revenue_band": int,
        "age_band": int,
        "had_bought": int,
    },
    [
        {
            "account_id": "a1",
            "began_on": day,
            "is_won": won,
            "product": "P",
            "lead_source": "?",
            **CELL,
            "age_band": 4,
            "had_bought": 0,
        }
        for day, won in (
            (date(2023, 1, 1), 1),
            (date(2023, 1, 1), 0),
            (date(2023, 2, 1), 1),
            (date(2023, 3, 1), 0),
        )
    ],
)


def test_unused_deals_are_all_but_the_resolved_ones(engines: Any) -> None:
    engines.expect(
        fit_sql.UNUSED_DEALS,
        [{"n_unused": 2}],
        tables={"opportunity": DEALS},
        puts={"resolved_deal": RESOLVED},
    )


def test_deals_by_day_count_in_order(engines: Any) -> None:
    days = [(date(2023, 1, 1), 2), (date(2023, 2, 1), 1), (date(2023, 3, 1), 1)]
    engines.expect(
        fit_sql.DEALS_BY_DAY,
        [{"began_on": day, "n_deals": n} for day, n in days],
        tables={},
        puts={"resolved_deal": RESOLVED},
    )


def test_deal_cells_split_by_time_and_block_accounts(engines: Any) -> None:
    traits = {**CELL, "age_band": 4, "had_bought": 0, "product": "P", "lead_source": "?"}
    # md5 of "a1" begins with 8a
    for blocks, name in ((0, "a1"), (1, "8a")):
        engines.expect(
            fit_sql.DEAL_CELLS,
            [
                {"part": 0, "account_block": "", **traits, "n_won": 1, "n_lost": 1},
                {"part": 1, "account_block": "", **traits, "n_won": 1, "n_lost": 0},
                {"part": 2, "account_block": name, **traits, "n_won": 0, "n_lost": 1},
            ],
            tables={},
            puts={"resolved_deal": RESOLVED},
            values={
                "tune_on": date(2023, 2, 1),
                "split_on": date(2023, 3, 1),
                "blocks": blocks,
            },
        )


@pytest.mark.parametrize(
    ("account_id", "found"),
    [
        # 2 ln(12 + 1) = 5.13; 2 ln(1000 + 1) = 13.8; 2 ln(11 + 1) = 4.97
        ("a", {**CELL, "revenue_band": 13, "age_band": 4, "had_bought": 1}),
        ("b", {"country": "FR", "age_band": 0, "had_bought": 1}),
        ("c", {"had_bought": 0}),
        ("nobody", None),
    ],
)
def test_traits_of_account_are_those_of_the_day(engines: Any, account_id: str, found: Any) -> None:
    unknown = {"industry": "?", "country": "?", "employees_band": -1, "revenue_band": -1}
    deal = {"stage": "won", "closed_on": date(2024, 2, 1)}
    engines.expect(
        fit_sql.TRAITS_OF_ACCOUNT,
        [] if found is None else [{**unknown, "age_band": -1, **found}],
        tables={
            "account": [
                {
                    "account_id": "a",
                    "industry_scheme": "naf",
                    "industry_code": "62.01Z",
                    "country": "FR",
                    "employees": 12,
                    "revenue": Decimal("1000.00"),
                    "currency": "EUR",
                    "founded_year": 2013,
                },
                {
                    "account_id": "b",
                    "country": "FR",
                    "revenue": Decimal("1000.00"),
                    "currency": "USD",
                    "founded_year": 2024,
                    "relationship": "client",
                },
                {"account_id": "c", "relationship": "prospect"},
            ],
            "opportunity": [
                {"opportunity_id": "o1", "account_id": "a", **deal},
                {"opportunity_id": "o2", "account_id": "c", **deal, "stage": "lost"},
                {"opportunity_id": "o3", "account_id": "c", "stage": "won"},
                {
                    "opportunity_id": "o4",
                    "account_id": "c",
                    "stage": "won",
                    "closed_on": date(2025, 1, 1),
                },
                {"opportunity_id": "o5", "account_id": None, **deal},
            ],
        },
        values={
            "account_id": account_id,
            "revenue_currency": "EUR",
            "year": 2024,
            "today": date(2024, 6, 1),
        },
    )


CANDIDATE = put({"account_id": str}, [{"account_id": "a2"}, {"account_id": "a1"}])


def test_score_cells_take_today_and_past_purchases(engines: Any) -> None:
    # age in 2024: 2 ln(11 + 1) = 4.97, band 4
    unknown = {"industry": "?", "country": "?", "employees_band": -1, "revenue_band": -1}
    cells = [
        {**CELL, "age_band": 4, "had_bought": 1},
        {**unknown, "age_band": -1, "had_bought": 1},
    ]
    puts = {"account_trait": TRAITS, "market_candidate": CANDIDATE}
    engines.expect(fit_sql.SCORE_CELLS, cells, tables={}, puts=puts, values={"year": 2024})
    scored = [{**cell, "win_share": share} for cell, share in zip(cells, (0.2, 0.4), strict=True)]
    types = {name: type(value) for name, value in scored[0].items()}
    engines.expect(
        fit_sql.SCORED_ACCOUNTS,
        [{"account_id": "a1", "win_share": 0.2}, {"account_id": "a2", "win_share": 0.4}],
        tables={},
        puts={**puts, "win_cell": put(types, scored)},
        values={"year": 2024},
    )


def test_market_accounts_multiply_fit_chance_and_demand(engines: Any) -> None:
    told = {"country": "FR", "segment": "62", "relationship": "client", "market_fit_share": 0.5}
    types = {"account_id": str, "name": str, **{k: type(v) for k, v in told.items()}}
    candidates = [{"account_id": n, "name": n.upper(), **told} for n in ("a1", "a2")]
    score = put({"account_id": str, "win_share": float}, [{"account_id": "a1", "win_share": 0.25}])
    engines.expect(
        study_sql.MARKET_ACCOUNTS,
        [
            {
                **candidates[0],
                "win_share": 0.25,
                "value_weight": 0.05,
                "is_holdout": False,
            },
            {**candidates[1], "win_share": None, "value_weight": 0.2, "is_holdout": True},
        ],
        tables={},
        puts={
            "market_candidate": put(types, candidates),
            "account_score": score,
            "holdout_account": put({"account_id": str}, [{"account_id": "a2"}]),
        },
        values={"in_market_share": 0.4},
    )


def test_market_totals_count_the_holdout(engines: Any) -> None:
    rows = [{"account_id": n, "is_holdout": n == "a1"} for n in ("a1", "a2")]
    engines.expect(
        study_sql.MARKET_TOTALS,
        [{"n_accounts": 2, "n_holdout": 1}],
        tables={"market_account": rows},
    )


def test_plan_accounts_are_the_whole_market_with_its_plan(engines: Any) -> None:
    kept = {"market_fit_share": 0.5, "win_share": None, "value_weight": 0.1, "is_holdout": True}
    market = [{"account_id": name, "name": "X", **kept} for name in ("b", "a")]
    engines.expect(
        study_sql.PLAN_ACCOUNTS,
        [{"plan_id": "p", "account_id": name, **kept} for name in ("a", "b")],
        tables={"market_account": market},
        values={"plan_id": "p"},
    )


def test_account_lines_break_ties_by_name_then_id(engines: Any) -> None:
    def line(name: str, called: str, weight: float) -> dict[str, Any]:
        return {
            "account_id": name,
            "name": called,
            "country": "FR",
            "segment": "?",
            "relationship": "prospect",
            "market_fit_share": 1.0,
            "win_share": None,
            "value_weight": weight,
            "is_holdout": False,
        }

    rows = [line("b", "X", 1.0), line("a", "X", 1.0), line("c", "W", 1.0), line("d", "V", 0.5)]
    engines.expect(
        study_sql.ACCOUNT_LINES,
        [rows[2], rows[1], rows[0]],
        tables={"market_account": rows},
        values={"n_listed": 3},
    )


def test_line_roles_leave_out_accounts_that_are_not_listed(engines: Any) -> None:
    roles = [
        {"account_id": "a1", "role": role, "n_known": n, "n_planned": 1}
        for role, n in (("user", 0), ("decider", 2))
    ]
    engines.expect(
        study_sql.LINE_ROLES,
        [
            {"account_id": "a1", "role": "decider", "n_known": 2},
            {"account_id": "a1", "role": "user", "n_known": 0},
        ],
        tables={"account_role": [*roles, {**roles[0], "account_id": "a2"}]},
        puts={"listed_account": put({"account_id": str}, [{"account_id": "a1"}])},
    )


def test_account_names_give_every_account_under_each_of_its_names(engines: Any) -> None:
    merge = {
        "account_id": "a9",
        "kept_account_id": "a1",
        "external_id": None,
        "name": "Acme",
        "domain": None,
        "confidence_share": 1.0,
        "reason": "seen",
        "decided_at": datetime(2026, 1, 2, tzinfo=UTC),
    }
    earlier = {**merge, "account_id": "a1", "name": "Acme 1901", "domain": "1901.example"}
    engines.expect(
        blocked.ACCOUNT_NAMES,
        [
            {"account_id": "a1", "name": "Acme", "domain": None},
            {"account_id": "a1", "name": "Acme 1901", "domain": "1901.example"},
            {"account_id": "a1", "name": "Acmé & Co.", "domain": "acme.example"},
            {"account_id": "a2", "name": "Bolt", "domain": "eu.bolt.example"},
            {"account_id": "a3", "name": "Cog", "domain": None},
        ],
        tables={"account": ACCOUNTS, "account_merge": [merge, earlier]},
    )


def test_owner_counts_take_the_newest_year_of_wanted_countries(engines: Any) -> None:
    row = {
        "country": "US",
        "industry_code": "*",
        "industry": "All",
        "sex": "Male-owned",
        "race": "*",
        "year": 2015,
        "firms": 3,
        "source": None,
        "source_url": None,
    }
    engines.expect(
        owners.OWNER_COUNTS,
        [row],
        tables={"firm_owner": [row, {**row, "year": 2012}, {**row, "country": "FR"}]},
        puts={"wanted_country": put({"country": str}, [{"country": "US"}])},
    )


def test_naics_codes_count_sectors(engines: Any) -> None:
    codes = [("a", "naics", "511210"), ("b", "naics", "51"), ("c", "naf", "6201Z")]
    engines.expect(
        owners.NAICS_CODES,
        [{"sector": "51", "n_accounts": 2}],
        tables={
            "account": [
                {"account_id": n, "industry_scheme": s, "industry_code": c} for n, s, c in codes
            ]
        },
    )


def test_study_audience_is_equal_on_every_engine(engines: Any) -> None:
    brief = read_brief(starter_brief())
    home = brief.market.countries[0]
    kept = {"country": home, "employees": 60, "relationship": "prospect"}
    accounts = [{**ACCOUNTS[0], **kept}, *ACCOUNTS[1:]]
    tables = {"account": accounts, "person_fact": PEOPLE, "opportunity": DEALS}
    studies = [
        study_audience(
            engine,
            brief=brief,
            suppressed_account_ids=["a2"],
            holdout_account_ids=["a1"],
            today=TODAY,
            rng=np.random.default_rng(1),
        )
        for _, engine in engines.each(tables)
    ]
    assert studies[0] == studies[1]
    assert [line.account_id for line in studies[0].accounts][:1] == ["a1"]
