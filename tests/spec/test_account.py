"""One account, on every engine."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from signoff.audience import account_sql, look_at_account
from signoff.store.schemas import Column, ColumnType

TEXT, TIME = ColumnType.TEXT, ColumnType.TIME
ID = Column("account_id", TEXT, "Account")
PEOPLE: list[dict[str, Any]] = [
    {"person_id": "2", "account_id": "a", "title": "CFO", "origin": "measured"},
    {"person_id": "1", "account_id": "a", "function": "legal", "level": "staff"},
    {"person_id": "3", "account_id": None, "title": "CFO"},
]
DEALS: list[dict[str, Any]] = [
    {"opportunity_id": "o1", "account_id": "a", "stage": "won", "value": Decimal("1.10")},
    {"opportunity_id": "o2", "account_id": "a", "stage": "open", "began_on": date(2026, 1, 2)},
    {"opportunity_id": "o3", "account_id": None, "stage": "open"},
]
EARLY = datetime.fromisoformat("2026-01-01T10:00:00")
LATE = datetime.fromisoformat("2026-01-02T10:00:00")
EVENTS: list[dict[str, Any]] = [
    {"event_id": "e1", "account_id": "a", "occurred_at": EARLY, "kind": "click"},
    {"event_id": "e2", "account_id": "a", "occurred_at": LATE, "kind": "visit", "page": "/p"},
    {"event_id": "e3", "account_id": None, "occurred_at": LATE, "kind": "click"},
]
STAGES: list[dict[str, Any]] = [
    {"opportunity_id": "o1", "stage": "won", "occurred_at": LATE},
    {"opportunity_id": "o1", "stage": "demo", "occurred_at": EARLY},
    {"opportunity_id": "o3", "stage": "demo", "occurred_at": EARLY},
]
PERSON_ROWS = [
    {
        "account_id": "a",
        "person_id": "1",
        "title": None,
        "job_function": "legal",
        "job_level": "staff",
        "origin": None,
    },
    {
        "account_id": "a",
        "person_id": "2",
        "title": "CFO",
        "job_function": None,
        "job_level": None,
        "origin": "measured",
    },
]
NO_DEAL = dict.fromkeys(
    ["product", "stage", "source_stage", "began_on", "closed_on", "value", "currency"]
)
DEAL_ROWS = [
    {"opportunity_id": "o1", **NO_DEAL, "stage": "won", "value": Decimal("1.10")},
    {"opportunity_id": "o2", **NO_DEAL, "stage": "open", "began_on": date(2026, 1, 2)},
]
DEAL_ROWS = [{**row, "lead_source": None} for row in DEAL_ROWS]
EVENT_ROWS: list[dict[str, Any]] = [
    {
        "event_id": row["event_id"],
        "occurred_at": row["occurred_at"],
        "kind": row["kind"],
        "person_id": None,
        "venue": None,
        "message": None,
        "page": row.get("page"),
        "value": None,
    }
    for row in EVENTS[:2]
]


def columns(row: dict[str, Any]) -> tuple[Column, ...]:
    types = {
        "value": ColumnType.MONEY,
        "began_on": ColumnType.DATE,
        "closed_on": ColumnType.DATE,
        "occurred_at": TIME,
    }
    return tuple(Column(name, types.get(name, TEXT), name) for name in row)


def of_account(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    others = [{"account_id": "b", **row} for row in rows]
    return [{"account_id": "a", **row} for row in rows] + others


def test_persons_lie_by_account(engines: Any) -> None:
    engines.expect(account_sql.PERSONS_BY_ACCOUNT, PERSON_ROWS, tables={"person_fact": PEOPLE})


def test_account_persons_are_those_of_one_account(engines: Any) -> None:
    bare = [{k: v for k, v in row.items() if k != "account_id"} for row in PERSON_ROWS]
    puts = {"account_person": (columns(PERSON_ROWS[0]), of_account(bare))}
    values = {"account_id": "a", "n_listed": 9}
    engines.expect(account_sql.ACCOUNT_PERSONS, bare, tables={}, puts=puts, values=values)


def test_account_readings_count_people_of_one_reading_together(engines: Any) -> None:
    first = {"title": "DAF", "job_function": None, "job_level": "staff"}
    people = [first, first, {**first, "job_level": None}, {**first, "title": None}]
    names = {"account_id": "", "person_id": "", **first}
    puts = {"account_person": (columns(names), of_account(people))}
    engines.expect(
        account_sql.ACCOUNT_READINGS,
        [
            {**first, "title": None, "n_people": 1},
            {**first, "job_level": None, "n_people": 1},
            {**first, "n_people": 2},
        ],
        tables={},
        puts=puts,
        values={"account_id": "a"},
    )


def test_opportunities_lie_by_account(engines: Any) -> None:
    expected = [{"account_id": "a", **row} for row in DEAL_ROWS]
    engines.expect(account_sql.OPPORTUNITIES_BY_ACCOUNT, expected, tables={"opportunity": DEALS})


def test_account_opportunities_newest_first_without_a_day_last(engines: Any) -> None:
    rows = of_account(DEAL_ROWS)
    engines.expect(
        account_sql.ACCOUNT_OPPORTUNITIES,
        [DEAL_ROWS[1], DEAL_ROWS[0]],
        tables={},
        puts={"account_deal": (columns(rows[0]), rows)},
        values={"account_id": "a", "n_listed": 9},
    )


def test_stages_lie_by_account_in_the_order_of_time(engines: Any) -> None:
    expected = [
        {"account_id": "a", "opportunity_id": "o1", "stage": "demo", "occurred_at": EARLY},
        {"account_id": "a", "opportunity_id": "o1", "stage": "won", "occurred_at": LATE},
    ]
    tables = {"opportunity": DEALS, "stage_change": STAGES}
    engines.expect(account_sql.STAGES_BY_ACCOUNT, expected, tables=tables)
    bare = [{k: v for k, v in row.items() if k != "account_id"} for row in expected]
    engines.expect(
        account_sql.ACCOUNT_STAGES,
        bare,
        tables={},
        puts={"account_stage": (columns(expected[0]), of_account(bare))},
        values={"account_id": "a"},
    )


def test_events_lie_by_account(engines: Any) -> None:
    expected = [{"account_id": "a", **row} for row in EVENT_ROWS]
    engines.expect(account_sql.EVENTS_BY_ACCOUNT, expected, tables={"event": EVENTS})


def test_account_events_newest_first_and_counted(engines: Any) -> None:
    rows = of_account(EVENT_ROWS)
    puts = {"account_touch": (columns(rows[0]), rows)}
    engines.expect(
        account_sql.ACCOUNT_EVENTS,
        [EVENT_ROWS[1]],
        tables={},
        puts=puts,
        values={"account_id": "a", "n_listed": 1},
    )
    engines.expect(
        account_sql.EVENT_COUNT, [{"n": 2}], tables={}, puts=puts, values={"account_id": "a"}
    )


def test_account_facts_and_the_whole_card_are_the_same_on_every_engine(engines: Any) -> None:
    tables = {
        "account": [{"account_id": "a", "name": "Acme"}, {"account_id": "b", "name": "B"}],
        "person_fact": PEOPLE,
        "opportunity": DEALS,
        "stage_change": STAGES,
        "event": EVENTS,
    }
    cards = {}
    for name, engine in engines.each(tables):
        cards[name] = look_at_account(engine, account_id="a")
        found = engine.rows(account_sql.ACCOUNT_FACTS, account_id="b")
        assert [(row["name"], row["n_people"]) for row in found] == [("B", 0)]
    assert cards["duckdb"] == cards["spark"]
