"""The planner's statements on every engine."""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from signoff.store.schemas import Column, ColumnType
from signoff.venues.book import (
    AUDIENCE_ROWS,
    DUPLICATION_ROWS,
    ISSUE_ROWS,
    RATE_ROWS,
    VENUE_ROWS,
)
from signoff.venues.cards.card_record import CARD_PRICES
from signoff.venues.cards.packages import PACKAGE_ROWS
from signoff.venues.market.cells import count_cells
from signoff.venues.market.cells_sql import CELL_COUNT, DRAWN_CELLS, MARKET_CELLS, WHOLE_CELLS
from signoff.venues.market.evidence_sql import EVIDENCE_ROWS, OWN_PEOPLE
from signoff.venues.market.response import POSTERIOR_ROWS
from signoff.venues.sample import sample_tables

VENUE: dict[str, Any] = {
    "venue_id": "b",
    "name": "B",
    "kind": "social",
    "country": None,
    "region": None,
    "unit": "click",
    "currency": "EUR",
    "exposures_per_unit": 1.0,
    "contacts_per_unit": None,
    "on_target_share": None,
    "response_share": 0.9,
    "response_low_share": 0.7,
    "response_high_share": 1.0,
    "basis": "prior",
    "source": None,
    "source_url": None,
    "venue_group": None,
    "purpose": None,
    "lead_days": None,
    "capacity_per_week": None,
    "frequency_cap": None,
    "frequency_cap_days": None,
    "raised_hand_share": 0.06,
    "raised_hand_low_share": 0.03,
    "raised_hand_high_share": 0.12,
}
RATE: dict[str, Any] = {
    "venue_id": "b",
    "units_from": 1,
    "units_to": None,
    "unit_price": Decimal("2.50"),
    "currency": "EUR",
    "minimum_units": 1,
    "maximum_units": None,
    "discount_kind": None,
    "setup_cost": None,
    "source": None,
    "source_url": None,
}
AUDIENCE: dict[str, Any] = {
    "venue_id": "b",
    "country": "*",
    "segment": "*",
    "role": "user",
    "reach_share": 0.2,
    "reach_low_share": 0.1,
    "reach_high_share": 0.3,
    "basis": "prior",
    "source": None,
    "source_url": None,
}


def test_venues_come_by_name(engines: Any) -> None:
    first = {**VENUE, "venue_id": "a", "contacts_per_unit": 1000.0, "on_target_share": 0.5}
    first |= {"venue_group": "digital", "purpose": "brand", "lead_days": 3, "frequency_cap": 4}
    engines.expect(VENUE_ROWS, [first, VENUE], tables={"venue": [VENUE, first]})


def test_price_steps_come_by_venue_and_units(engines: Any) -> None:
    later = {**RATE, "units_from": 10, "unit_price": Decimal("2.25"), "maximum_units": 50}
    later |= {"units_to": 50, "discount_kind": "incremental", "setup_cost": Decimal("9.50")}
    engines.expect(RATE_ROWS, [RATE, later], tables={"rate": [later, RATE]})


def test_card_prices_come_with_their_notes(engines: Any) -> None:
    first = {**RATE, "note": None}
    later = {**first, "units_from": 10, "maximum_units": 50, "note": "in spring only"}
    engines.expect(CARD_PRICES, [first, later], tables={"rate": [later, first]})


def test_dates_of_issue_come_by_venue_and_day(engines: Any) -> None:
    first, later = (
        {"venue_id": "b", "issue_on": day, "closes_on": None, "capacity_units": None}
        | {"source": None}
        for day in (date(2027, 3, 1), date(2027, 4, 1))
    )
    later |= {"closes_on": date(2027, 3, 1), "capacity_units": 2, "source": "media kit"}
    engines.expect(ISSUE_ROWS, [first, later], tables={"venue_issue": [later, first]})


def test_packages_come_by_name_and_venue(engines: Any) -> None:
    first = {"package_id": "duo", "name": "Duo", "venue_id": "a", "units": 2}
    first |= {"package_price": Decimal("900.00"), "currency": "EUR", "maximum_packages": None}
    first |= {"source": None, "source_url": None}
    rows = [first, {**first, "venue_id": "b", "units": 1, "maximum_packages": 3}]
    engines.expect(PACKAGE_ROWS, rows, tables={"venue_package": rows[::-1]})


def test_audiences_come_by_venue_country_segment_and_role(engines: Any) -> None:
    everybody = {**AUDIENCE, "role": "*"}
    engines.expect(
        AUDIENCE_ROWS, [everybody, AUDIENCE], tables={"venue_audience": [AUDIENCE, everybody]}
    )


def test_duplications_come_by_pair(engines: Any) -> None:
    pairs = [{"venue_id": "a", "other_venue_id": other, "both_share": 0.1} for other in "bc"]
    engines.expect(DUPLICATION_ROWS, pairs, tables={"venue_duplication": pairs[::-1]})


def test_market_cells_join_equal_committees_and_leave_the_holdout_out(engines: Any) -> None:
    tables = {name: sample_tables()[name] for name in ("market_account", "account_role")}
    tables["market_account"].append(
        {"account_id": "a5", "country": "GB", "segment": "62", "value_weight": 0.1}
        | {"name": "a5", "relationship": "lost", "market_fit_share": 0.5, "is_holdout": False}
    )
    tables["account_role"].append(
        {"account_id": "a5", "role": "decider", "n_known": 0, "n_planned": 40_000}
    )
    roles = dict.fromkeys((f"role_{i}" for i in range(1, 9)), "")
    most, three, one = 32_767, 3, 32_768
    engines.expect(
        MARKET_CELLS,
        [
            {"country": "FR", "segment": "62", "first_roles": three + one, "last_roles": 1}
            | {"n_accounts": 1, "weight_billionths": 30_000_000},
            {"country": "GB", "segment": "62", "first_roles": three + one, "last_roles": 1}
            | {"n_accounts": 2, "weight_billionths": 100_000_000},
            {"country": "GB", "segment": "62", "first_roles": most * one, "last_roles": 0}
            | {"n_accounts": 1, "weight_billionths": 100_000_000},
        ],
        tables=tables,
        values={**roles, "role_1": "user", "role_2": "decider", "role_5": "approver"},
    )


CELL_COLUMNS = (
    Column("country", ColumnType.TEXT, "Country"),
    Column("segment", ColumnType.TEXT, "Industry"),
    Column("first_roles", ColumnType.INTEGER, "People in roles 1 to 4"),
    Column("last_roles", ColumnType.INTEGER, "People in roles 5 to 8"),
    Column("n_accounts", ColumnType.INTEGER, "Accounts"),
    Column("weight_billionths", ColumnType.INTEGER, "Weight"),
)


def _cell(first_roles: int, n_accounts: int, *, country: str = "FR") -> dict[str, Any]:
    return {
        "country": country,
        "segment": "62",
        "first_roles": first_roles,
        "last_roles": 0,
        "n_accounts": n_accounts,
        "weight_billionths": 10 * n_accounts,
    }


def test_cells_are_counted(engines: Any) -> None:
    put = {"market_cell": (CELL_COLUMNS, [_cell(1, 5), _cell(2, 1)])}
    engines.expect(CELL_COUNT, [{"n_cells": 2}], tables={}, puts=put)


def test_whole_cells_come_by_group_and_committee(engines: Any) -> None:
    cells = [_cell(2, 1), _cell(1, 5), _cell(7, 1, country="BE")]
    put = {"market_cell": (CELL_COLUMNS, cells)}
    expected = [{**cells[i], "n_cells": 1} for i in (2, 1, 0)]
    engines.expect(WHOLE_CELLS, expected, tables={}, puts=put)


def test_drawn_cells_stand_for_their_strip_and_the_largest_for_themselves(engines: Any) -> None:
    """Of four accounts in two strips, the first two are one strip; its point lies at 0.211."""
    cells = [_cell(4, 5), _cell(1, 1), _cell(2, 1), _cell(3, 2)]
    engines.expect(
        DRAWN_CELLS,
        [
            {**_cell(1, 2), "n_cells": 2},
            {**_cell(3, 2), "n_cells": 1},
            {**_cell(4, 5), "n_cells": 1},
        ],
        tables={},
        puts={"market_cell": (CELL_COLUMNS, cells)},
        values={"n_kept": 1, "n_strips": 2},
    )


def test_cells_of_a_generated_market_are_equal_on_every_engine(engines: Any) -> None:
    tables = _generated(n_accounts=600)
    roles = ("user", "decider", "approver", "initiator", "purchaser")
    found = [
        (
            count_cells(engine, roles=roles),
            count_cells(engine, roles=roles, n_kept=20, n_strips=40),
        )
        for _, engine in engines.each(tables)
    ]
    for one, other in zip(*found, strict=True):
        assert one.groups == other.groups
        for name in ("group", "people", "n_accounts", "weight_billionths"):
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
    whole, drawn = found[0]
    in_market = [row for row in tables["market_account"] if not row["is_holdout"]]
    assert whole.n_accounts.sum() == drawn.n_accounts.sum() == len(in_market)
    assert whole.weight_billionths.sum() == drawn.weight_billionths.sum()
    assert len(drawn.n_accounts) <= 20 + 40 + len(drawn.groups) < len(whole.n_accounts)
    assert whole.drawn_share == 0 < drawn.drawn_share < 1
    assert whole.error_share == 0 < drawn.error_share < 0.05


def _generated(*, n_accounts: int) -> dict[str, list[dict[str, Any]]]:
    rng = np.random.default_rng(1)
    roles = ("user", "decider", "approver", "initiator", "purchaser", "gatekeeper")
    accounts = [
        {"account_id": f"a{i}", "name": f"a{i}", "country": "FR" if i % 3 else "BE"}
        | {"segment": str(20 + i % 7), "relationship": "prospect", "market_fit_share": 0.5}
        | {"value_weight": float(rng.uniform(0, 0.1)), "is_holdout": i % 10 == 0}
        for i in range(n_accounts)
    ]
    return {
        "market_account": accounts,
        "account_role": [
            {"account_id": row["account_id"], "role": role, "n_known": 0}
            | {"n_planned": int(rng.integers(0, 4))}
            for row in accounts[::2] + accounts[1:50:2]
            for role in roles
        ],
    }


def test_studies_of_audiences_come_by_their_key(engines: Any) -> None:
    study: dict[str, Any] = {
        "venue_id": "b",
        "country": "*",
        "segment": "*",
        "role": "user",
        "method": "survey",
        "study": "spring",
        "reach_share": 0.2,
        "n_asked": None,
        "n_effective": None,
        "reach_low_share": None,
        "reach_high_share": None,
        "source": None,
        "source_url": None,
    }
    earlier = {**study, "method": "lookup", "n_asked": 40, "n_effective": 31.5}
    engines.expect(EVIDENCE_ROWS, [earlier, study], tables={"audience_evidence": [study, earlier]})


def test_own_people_are_counted_once_by_venue_and_country(engines: Any) -> None:
    accounts = [
        {"account_id": "a1", "name": "A", "country": "FR"},
        {"account_id": "a2", "name": "B", "country": "FR"},
        {"account_id": "a3", "name": "C", "country": None},
        {"account_id": "a4", "name": "D", "country": "GB"},
    ]
    people = [("p1", "a1"), ("p2", "a1"), ("p3", "a2"), ("p4", "a3"), ("p5", "a4")]
    touches = [
        ("p1", "Letter", "mail"),
        ("p1", "the letter", "impression"),
        ("p2", "LETTER", "mail"),
        ("p3", "letter", "click"),
        ("p4", "letter", "mail"),
        ("p5", "own", "visit"),
        ("p5", "letter", "visit"),
        ("p3", "fair", "meeting"),
        (None, "letter", "mail"),
        ("p9", "letter", "mail"),
        ("p1", None, "mail"),
        ("p1", "elsewhere", "mail"),
    ]
    counts = ("n_accounts", "n_people", "n_squared", "n_hits", "hits_squared", "products")
    found = [
        ("fair", "FR", 2, 3, 5, 1, 1, 1),
        ("letter", "?", 1, 1, 1, 1, 1, 1),
        ("letter", "FR", 2, 3, 5, 2, 4, 4),
        ("own", "GB", 1, 1, 1, 1, 1, 1),
    ]
    engines.expect(
        OWN_PEOPLE,
        [dict(zip(("venue_id", "country", *counts), row, strict=True)) for row in found],
        tables={
            "account": accounts,
            "person_fact": [{"person_id": p, "account_id": a} for p, a in people],
            "venue": [
                {"venue_id": "letter", "name": "The Letter", "kind": "newsletter"},
                {"venue_id": "own", "name": "Our site", "kind": "own_channel"},
                {"venue_id": "fair", "name": "The Fair", "kind": "event"},
            ],
            "event": [
                {"event_id": str(n), "person_id": p, "venue": v, "kind": k}
                for n, (p, v, k) in enumerate(touches)
            ],
        },
    )


def test_estimates_of_campaigns_come_by_their_key(engines: Any) -> None:
    kind: dict[str, Any] = {
        "scope": "kind",
        "item": "search",
        "measure": "visits_per_exposure",
        "value": 0.05,
        "low": 0.04,
        "high": 0.07,
        "grounds": "data",
        "estimated_at": None,
        "run_id": None,
        "source": None,
    }
    venue = {**kind, "scope": "venue", "item": "b"}
    engines.expect(POSTERIOR_ROWS, [kind, venue], tables={"posterior": [venue, kind]})
