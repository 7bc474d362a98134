"""Cells read in one notation; the other one is refused, never misread."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from signoff.store.engines.duck import fresh_session
from signoff.store.imports.notation import Notation
from signoff.store.imports.reading import clean_sql, value_sql
from signoff.store.imports.target import TARGETS, Field

ACCOUNT, EVENT, VENUE = TARGETS["account"], TARGETS["event"], TARGETS["venue"]
OPPORTUNITY = TARGETS["opportunity"]
POINT, COMMA = Notation(), Notation(decimal_mark=",")


def _read(field: Field, text: str, notation: Notation) -> Any:
    sql = value_sql(field, "r", notation=notation)
    with fresh_session() as session:
        session.execute("SET TimeZone = 'UTC'")
        found = session.execute(
            f"SELECT {sql} FROM (SELECT {clean_sql('t')} AS r FROM (SELECT $1::VARCHAR AS t))",
            [text],
        ).fetchone()
    return found[0]


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("1234.50", POINT, "1234.50"),
        ("1,234.50", POINT, "1234.50"),
        ("1 234.50", POINT, "1234.50"),
        ("1'234.50", POINT, "1234.50"),
        ("(12.5)", POINT, "-12.50"),
        ("-3", POINT, "-3.00"),
        ("EUR 1,200", POINT, "1200.00"),
        ("$1,200.00", POINT, "1200.00"),
        ("12,34", POINT, None),
        ("1.234,5", POINT, None),
        ("12,34,567", POINT, None),
        ("1.2.3", POINT, None),
        ("abc", POINT, None),
        ("--", POINT, None),
        ("1.234,50", COMMA, "1234.50"),
        ("1\u202f234,50 €", COMMA, "1234.50"),
        ("1234", COMMA, "1234.00"),
        ("12.5", COMMA, None),
        ("0,5", COMMA, "0.50"),
    ],
)
def test_value_sql_money(text: str, notation: Notation, value: str | None) -> None:
    found = _read(ACCOUNT.field("revenue"), text, notation)
    assert found == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("12.0", 12), ("12.5", None), ("1,200", 1200), ("1e9", 10**9)]
)
def test_value_sql_whole_numbers(text: str, value: int | None) -> None:
    assert _read(ACCOUNT.field("employees"), text, POINT) == value


def test_value_sql_share_in_percent_is_divided() -> None:
    assert _read(VENUE.field("response_share"), "12,5 %", COMMA) == pytest.approx(0.125)


@pytest.mark.parametrize(
    ("text", "notation", "value"),
    [
        ("2026-01-31", Notation(), date(2026, 1, 31)),
        ("2026/1/31", Notation(), date(2026, 1, 31)),
        ("20260131", Notation(), date(2026, 1, 31)),
        ("2026-02-30", Notation(), None),
        ("31/01/2026", Notation(), date(2026, 1, 31)),
        ("31.1.26", Notation(), date(2026, 1, 31)),
        ("31/01/2026 10:22", Notation(), date(2026, 1, 31)),
        ("01/31/2026", Notation(), None),
        ("1/31/2026", Notation(date_order="mdy"), date(2026, 1, 31)),
        ("31/1/2026", Notation(is_mixed=True), date(2026, 1, 31)),
        ("1/31/2026", Notation(is_mixed=True), date(2026, 1, 31)),
        ("1/2/2026", Notation(is_mixed=True), None),
        ("Jan 5, 2026", Notation(has_words=True), date(2026, 1, 5)),
        ("1er février 2026", Notation(has_words=True), date(2026, 2, 1)),
        ("5. März 2026", Notation(has_words=True), date(2026, 3, 5)),
        ("5 brumaire 2026", Notation(has_words=True), None),
    ],
)
def test_value_sql_days(text: str, notation: Notation, value: date | None) -> None:
    assert _read(OPPORTUNITY.field("began_on"), text, notation) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00"),
        ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00"),
        ("2026-01-31 10:00", "2026-01-31T10:00:00"),
        ("2026-01-31", "2026-01-31T00:00:00"),
        ("31/01/2026 1:05 PM", "2026-01-31T13:05:00"),
        ("31/01/2026 12:05:07 am", "2026-01-31T00:05:07"),
        ("31/01/2026 10h30", "2026-01-31T10:30:00"),
        ("31/01/2026 25:00", None),
        ("soon", None),
    ],
)
def test_value_sql_moments(text: str, value: str | None) -> None:
    found = _read(EVENT.field("occurred_at"), text, Notation())
    assert found == (datetime.fromisoformat(value) if value else None)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("account_domain", "https://www.Example.com/a?b", "example.com"),
        ("account_domain", "no domain", None),
        ("person_email", "mailto:Ann@X.example", "ann@x.example"),
        ("person_email", "ann@x", None),
        ("page", "/a?x=1#y", "/a"),
        ("account_external_id", "x" * 201, None),
        ("venue", "'=SUM(A1)", "=SUM(A1)"),
        ("venue", "'Acme", "'Acme"),
        ("venue", " \u00a0(not set) ", None),
    ],
)
def test_value_sql_text(name: str, text: str, value: str | None) -> None:
    assert _read(EVENT.field(name), text, Notation()) == value
