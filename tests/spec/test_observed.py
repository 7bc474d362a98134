"""The statements of measure and digital, each on every engine, with rows worked out by hand."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from signoff.digital import list_queries
from signoff.digital.visits import (
    PAGE_TOUCHES,
    SEARCH_QUERIES,
    SITE_SESSIONS,
    SITE_SESSIONS_BY_MONTH,
)
from signoff.measure import PlannedSpend, compare_spend
from signoff.measure.observed import (
    EVENTS_BY_MONTH,
    EVENTS_BY_VENUE,
    SPEND_BY_MONTH,
    SPEND_BY_VENUE,
)

at = datetime.fromisoformat
JAN, MID, END, FEB = date(2027, 1, 4), date(2027, 1, 15), date(2027, 1, 31), date(2027, 2, 1)
SPEND: list[dict[str, Any]] = [
    {
        "venue": "Weekly",
        "campaign": "a",
        "starts_on": JAN,
        "ends_on": END,
        "spend": Decimal("100.10"),
        "currency": "EUR",
        "impressions": 1000,
        "clicks": 7,
    },
    {
        "venue": "Weekly",
        "campaign": "b",
        "starts_on": MID,
        "spend": Decimal("0.20"),
        "currency": "EUR",
        "impressions": 5,
    },
    {
        "venue": "Weekly",
        "campaign": "a",
        "starts_on": FEB,
        "spend": Decimal("50.00"),
        "currency": "GBP",
        "clicks": 1,
    },
    {
        "venue": "Site",
        "campaign": "Direct",
        "starts_on": JAN,
        "ends_on": END,
        "sessions": 30,
        "conversions": 0.5,
    },
    {"venue": "Site", "campaign": "Direct", "starts_on": FEB, "sessions": 10, "conversions": 0.25},
    {"venue": "Site", "campaign": "Email", "starts_on": MID, "sessions": 40},
    {"venue": "Search", "campaign": "payroll", "starts_on": JAN, "impressions": 90, "clicks": 9},
    {"venue": "Search", "campaign": "payroll", "starts_on": FEB, "impressions": 10},
    {"venue": "Search", "campaign": "wages", "starts_on": MID, "impressions": 0},
]
EVENT: list[dict[str, Any]] = [
    {
        "event_id": "e1",
        "occurred_at": at("2027-01-31 23:59"),
        "kind": "visit",
        "account_id": "a1",
        "visitor": "v1",
        "venue": "Weekly",
        "page": "/",
    },
    {
        "event_id": "e2",
        "occurred_at": at("2027-02-01 00:00"),
        "kind": "visit",
        "account_id": "a1",
        "visitor": "v2",
        "venue": "Weekly",
        "page": "/",
    },
    {
        "event_id": "e3",
        "occurred_at": at("2027-02-02 08:00"),
        "kind": "form",
        "visitor": "v2",
        "page": "/contact",
    },
    {"event_id": "e4", "occurred_at": at("2027-02-03 08:00"), "kind": "call"},
]


def test_spend_by_month_adds_money_of_one_currency_to_the_cent(engines: Any) -> None:
    engines.expect(
        SPEND_BY_MONTH,
        [
            {
                "venue": "Weekly",
                "month": date(2027, 1, 1),
                "currency": "EUR",
                "spend": Decimal("100.30"),
                "impressions": 1005,
                "clicks": 7,
                "n_rows": 2,
            },
            {
                "venue": "Weekly",
                "month": date(2027, 2, 1),
                "currency": "GBP",
                "spend": Decimal("50.00"),
                "impressions": None,
                "clicks": 1,
                "n_rows": 1,
            },
        ],
        tables={"spend": SPEND},
    )


def test_spend_by_venue_counts_rows_that_begin_in_the_period(engines: Any) -> None:
    engines.expect(
        SPEND_BY_VENUE,
        [
            {
                "venue": "Weekly",
                "currency": "EUR",
                "spend": Decimal("0.20"),
                "n_rows": 1,
                "first_on": MID,
                "last_on": MID,
            }
        ],
        tables={"spend": SPEND},
        values={"starts_on": date(2027, 1, 5), "ends_on": END},
    )


def test_compare_spend_matches_names_and_ids_and_keeps_currencies_apart(engines: Any) -> None:
    planned = [
        PlannedSpend("weekly", "WEEKLY ", Decimal(200), "EUR"),
        PlannedSpend("daily", "Daily", Decimal(10), "EUR"),
    ]
    for _name, engine in engines.each({"spend": SPEND}):
        found = compare_spend(engine, planned=planned, starts_on=JAN, ends_on=FEB)
        assert [(line.venue, line.spent, line.currency) for line in found] == [
            ("WEEKLY ", Decimal("100.30"), "EUR"),
            ("Daily", None, "EUR"),
            ("Weekly", Decimal("50.00"), "GBP"),
        ]
        assert found[0].share == float(Decimal("100.30") / 200)
        assert [line.planned for line in found] == [Decimal(200), Decimal(10), None]
        assert [line.share for line in found[1:]] == [None, None]


def test_events_by_venue_count_touches_accounts_and_days(engines: Any) -> None:
    engines.expect(
        EVENTS_BY_VENUE,
        [
            {
                "venue": "Weekly",
                "kind": "visit",
                "n_events": 2,
                "n_with_account": 2,
                "n_accounts": 1,
                "first_at": at("2027-01-31 23:59"),
                "last_at": at("2027-02-01 00:00"),
            },
            *(
                {
                    "venue": None,
                    "kind": kind,
                    "n_events": 1,
                    "n_with_account": 0,
                    "n_accounts": 0,
                    "first_at": moment,
                    "last_at": moment,
                }
                for kind, moment in (
                    ("call", at("2027-02-03 08:00")),
                    ("form", at("2027-02-02 08:00")),
                )
            ),
        ],
        tables={"event": EVENT},
    )


def test_events_by_month_count_each_touch_in_its_month(engines: Any) -> None:
    engines.expect(
        EVENTS_BY_MONTH,
        [
            {"month": date(2027, 1, 1), "kind": "visit", "n_events": 1},
            {"month": date(2027, 2, 1), "kind": "call", "n_events": 1},
            {"month": date(2027, 2, 1), "kind": "form", "n_events": 1},
            {"month": date(2027, 2, 1), "kind": "visit", "n_events": 1},
        ],
        tables={"event": EVENT},
    )


def test_site_sessions_add_by_tool_and_source(engines: Any) -> None:
    engines.expect(
        SITE_SESSIONS,
        [
            {
                "tool": "Site",
                "source": "Direct",
                "sessions": 40,
                "conversions": Decimal("0.7500"),
                "first_on": JAN,
                "last_on": FEB,
            },
            {
                "tool": "Site",
                "source": "Email",
                "sessions": 40,
                "conversions": None,
                "first_on": MID,
                "last_on": MID,
            },
        ],
        tables={"spend": SPEND},
    )


def test_site_sessions_by_month_add_by_tool(engines: Any) -> None:
    engines.expect(
        SITE_SESSIONS_BY_MONTH,
        [
            {"tool": "Site", "month": date(2027, 1, 1), "sessions": 70},
            {"tool": "Site", "month": date(2027, 2, 1), "sessions": 10},
        ],
        tables={"spend": SPEND},
    )


def test_search_queries_leave_paid_rows_out(engines: Any) -> None:
    engines.expect(
        SEARCH_QUERIES,
        [
            {"query": "payroll", "impressions": 100, "clicks": 9, "first_on": JAN, "last_on": FEB},
            {"query": "wages", "impressions": 0, "clicks": None, "first_on": MID, "last_on": MID},
        ],
        tables={"spend": SPEND},
        values={"at_most": 9},
    )


def test_list_queries_give_no_share_of_nothing(engines: Any) -> None:
    for _name, engine in engines.each({"spend": SPEND}):
        assert [row["click_share"] for row in list_queries(engine)] == [0.09, None]


def test_page_touches_count_kinds_visitors_and_accounts(engines: Any) -> None:
    engines.expect(
        PAGE_TOUCHES,
        [
            {
                "page": "/",
                "n_events": 2,
                "n_visits": 2,
                "n_clicks": 0,
                "n_forms": 0,
                "n_visitors": 2,
                "n_accounts": 1,
                "last_at": at("2027-02-01 00:00"),
            },
        ],
        tables={"event": EVENT},
        values={"at_most": 1},
    )
