"""The statements about time to yes, each on every engine, with rows worked out by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from signoff.audience.timing.statements import APPROVAL_EVENTS, DEAL_TIME_CELLS, STAGE_TIME_CELLS
from signoff.store.schemas import Column, ColumnType

BANDS = (
    [Column(name, ColumnType.INTEGER, "drawn") for name in ("band", "from_day", "below_day")],
    [
        {"band": 0, "from_day": 0, "below_day": 10},
        {"band": 1, "from_day": 10, "below_day": 10**9},
    ],
)
TODAY = date(2026, 1, 31)


def deal(name: str, stage: str, began: int | None, closed: date | None = None, **more: Any) -> Any:
    began_on = date(2026, 1, began) if began else None
    facts = {"opportunity_id": name, "stage": stage, "began_on": began_on, "closed_on": closed}
    return {**facts, **more}


DEALS = [
    deal("won", "won", 1, date(2026, 1, 6), product="A", account_id="x"),
    deal("won too", "won", 1, date(2026, 1, 6), product="A", account_id="x"),
    deal("lost", "lost", 1, date(2026, 1, 15), lead_source="fair"),
    deal("won later", "won", 11, date(2026, 2, 20)),
    deal("open", "open", 29),
    deal("no beginning", "open", None),
    deal("won, no day", "won", 2),
    deal("closed before it began", "lost", 20, date(2026, 1, 2)),
]


def cell(**facts: Any) -> dict[str, Any]:
    return {"product": "?", "lead_source": "?", "kind": "?", **facts}


def test_deal_time_cells_count_by_traits_interval_and_outcome(engines: Any) -> None:
    engines.expect(
        DEAL_TIME_CELLS,
        [
            cell(band=0, outcome=-1, n_spells=1, days_within=2),
            cell(band=1, outcome=-1, n_spells=1, days_within=10),
            cell(lead_source="fair", band=1, outcome=1, n_spells=1, days_within=4),
            cell(product="A", kind="school", band=0, outcome=0, n_spells=2, days_within=10),
        ],
        tables={
            "opportunity": DEALS,
            "account": [{"account_id": "x", "name": "X", "kind": "school"}],
        },
        puts={"day_band": BANDS},
        values={"today": TODAY},
    )


def entered(name: str, stage: str, day: int, month: int = 1) -> dict[str, Any]:
    at = datetime(2026, month, day, 23, 30, tzinfo=UTC)
    return {"opportunity_id": name, "stage": stage, "occurred_at": at}


def test_stage_time_cells_run_to_the_next_stage_and_to_the_close(engines: Any) -> None:
    engines.expect(
        STAGE_TIME_CELLS,
        [
            {"stage": "demo", "span": "close", "band": 0, "outcome": -1}
            | {"n_spells": 1, "days_within": 1},
            {"stage": "demo", "span": "close", "band": 0, "outcome": 0}
            | {"n_spells": 1, "days_within": 4},
            {"stage": "demo", "span": "stage", "band": 0, "outcome": -1}
            | {"n_spells": 1, "days_within": 1},
            {"stage": "demo", "span": "stage", "band": 0, "outcome": 0}
            | {"n_spells": 1, "days_within": 1},
            {"stage": "offer", "span": "close", "band": 0, "outcome": 0}
            | {"n_spells": 1, "days_within": 3},
            {"stage": "offer", "span": "stage", "band": 0, "outcome": 0}
            | {"n_spells": 1, "days_within": 3},
        ],
        tables={
            "opportunity": DEALS,
            "stage_change": [
                entered("won", "demo", 2),
                entered("won", "offer", 3),
                entered("open", "demo", 30),
                entered("open", "offer", 1, month=2),
                entered("gone", "demo", 2),
            ],
        },
        puts={"day_band": BANDS},
        values={"today": TODAY},
    )


def test_approval_events_come_in_order_without_later_ones(engines: Any) -> None:
    first = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)
    step = {"case_id": "c", "activity": "submitted", "occurred_at": first, "step_number": 1}
    later = {**step, "step_number": 3, "occurred_at": datetime(2026, 2, 1, 0, 0, tzinfo=UTC)}
    second = {**step, "step_number": 2, "role": "head", "amount": Decimal("12.50")}
    at = {"occurred_at": first.replace(tzinfo=None)}
    engines.expect(
        APPROVAL_EVENTS,
        [
            {"case_id": "c", "activity": "submitted", "role": None, **at, "amount": None},
            {"case_id": "c", "activity": "submitted", "role": "head", **at, "amount": 12.5},
        ],
        tables={"approval_step": [later, second, step]},
        values={"today": TODAY},
    )
