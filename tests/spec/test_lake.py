"""What the engines themselves promise: types, order, parameters, tables put and defined."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.store.engines import Statement, spark_engine
from signoff.store.lake import (
    data_path,
    duckdb_engine,
    export_lake,
    open_lake,
    publish,
    retract,
    write_parquet,
)
from signoff.store.schemas import Column, ColumnType
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

NEAR_MIDNIGHT = datetime(2020, 1, 1, 23, 59, 59)  # noqa: DTZ001 - times are naive UTC
ACCOUNTS = [
    {"account_id": "a", "revenue": Decimal("1.20"), "relationship": "client", "employees": 3},
    {"account_id": "b", "revenue": Decimal("1234567.20")},
]


def _case(sql: str, reads: tuple[str, ...] = ("account",)) -> Statement:
    return Statement("case", sql, reads)


def test_rows_of_every_type_are_plain_python(engines: Any) -> None:
    columns = [Column(kind.name.lower(), kind, "One of its type") for kind in ColumnType]
    row = {
        "text": "l'été — ok",
        "integer": 2**53 + 1,
        "real": 0.1,
        "money": Decimal("9999999999999999.99"),
        "date": date(2024, 2, 29),
        "time": datetime(2024, 3, 31, 2, 30, 0, 5),  # noqa: DTZ001 - times are naive UTC
        "flag": True,
    }
    engines.expect(
        _case("SELECT * FROM typed ORDER BY text", ()),
        [dict.fromkeys(row), row],
        tables={},
        puts={"typed": (columns, [row, {}])},
    )


def test_sums_and_counts_are_exact_with_python_types(engines: Any) -> None:
    engines.expect(
        _case(
            "SELECT sum(revenue) AS revenue, sum(employees) AS employees, count(*) AS n, "
            "count(employees) AS n_known, avg(employees) AS mean FROM account"
        ),
        [
            {
                "revenue": Decimal("1234568.40"),
                "employees": 3,
                "n": 2,
                "n_known": 1,
                "mean": 3.0,
            }
        ],
        tables={"account": ACCOUNTS},
    )


def test_order_by_puts_empty_values_first_and_text_by_bytes(engines: Any) -> None:
    engines.expect(
        _case("SELECT name FROM account ORDER BY name"),
        [{"name": name} for name in (None, "B", "Z", "a", "é")],
        tables={
            "account": [
                {"account_id": str(i), "name": name}
                for i, name in enumerate(["é", None, "a", "Z", "B"])
            ]
        },
    )


def test_window_over_empty_values_ranks_them_first(engines: Any) -> None:
    engines.expect(
        _case(
            "SELECT account_id, row_number() OVER (ORDER BY employees) AS place "
            "FROM account ORDER BY account_id"
        ),
        [{"account_id": "a", "place": 2}, {"account_id": "b", "place": 1}],
        tables={"account": ACCOUNTS},
    )


def test_parameters_of_every_type_are_bound_and_quotes_left_alone(engines: Any) -> None:
    values = {
        "text": "l'an ':text'",
        "whole": 3,
        "share": 0.5,
        "money": Decimal("1.50"),
        "day": date(2020, 1, 1),
        "time": datetime(2020, 1, 1, 3, 0, 0, 5),  # noqa: DTZ001 - times are naive UTC
        "flag": True,
        "nothing": None,
    }
    engines.expect(
        _case(
            "SELECT 'at :noon' AS said, :text AS text, :day AS day, :time AS at, :flag AS flag "
            "WHERE :whole = 3 AND :share = 0.5 AND :money = 1.5 AND :nothing IS NULL "
            "AND :time = TIMESTAMP '2020-01-01 03:00:00.000005'",
            (),
        ),
        [
            {
                "said": "at :noon",
                "text": values["text"],
                "day": values["day"],
                "at": values["time"],
                "flag": True,
            }
        ],
        tables={},
        values=values,
    )


def test_days_between_dates_are_counted_alike(engines: Any) -> None:
    engines.expect(
        _case(
            "SELECT unix_date(CAST(occurred_at AS DATE)) - unix_date(DATE '2019-12-01') AS days, "
            "CAST(occurred_at AS DATE) - DATE '2019-12-01' AS gap FROM event",
            ("event",),
        ),
        [{"days": 31, "gap": 31}],
        tables={"event": [{"event_id": "e", "occurred_at": NEAR_MIDNIGHT}]},
    )


def test_define_may_read_what_it_replaces(engines: Any) -> None:
    for name, engine in engines.each({"account": ACCOUNTS}):
        kept = _case("SELECT account_id, employees FROM account WHERE account_id >= :first")
        engine.define("kept", kept, first="a")
        engine.define("kept", _case("SELECT account_id FROM kept WHERE employees = 3", ()))
        rows = engine.rows(_case("SELECT * FROM kept", ()))
        assert rows == [{"account_id": "a"}], name


def test_put_and_define_take_the_place_of_a_table(engines: Any) -> None:
    for name, engine in engines.each({"account": ACCOUNTS}):
        engine.put("account", [Column("account_id", ColumnType.TEXT, "Id")], [{"account_id": "z"}])
        assert engine.rows(_case("SELECT * FROM account")) == [{"account_id": "z"}], name


def test_arrays_have_the_same_types(engines: Any) -> None:
    statement = _case(
        "SELECT account_id, employees, revenue, sum(1) OVER () AS n, employees IS NULL AS unknown, "
        "CAST(employees AS DOUBLE) AS real FROM account ORDER BY account_id"
    )
    for name, engine in engines.each({"account": ACCOUNTS}):
        found = engine.arrays(statement)
        kinds = {column: str(array.dtype) for column, array in found.items()}
        assert kinds == {
            "account_id": "object",
            "employees": "float64",
            "revenue": "object",
            "n": "int64",
            "unknown": "bool",
            "real": "float64",
        }, name
        assert found["revenue"].tolist() == [Decimal("1.20"), Decimal("1234567.20")], name


@pytest.mark.parametrize("values", [{}, {"first": 1, "second": 2}])
def test_values_that_do_not_fit_the_parameters_are_refused(
    engines: Any, values: dict[str, int]
) -> None:
    from signoff.errors import DataError

    for name, engine in engines.each({}):
        with pytest.raises(DataError, match=r"first is missing|second is not a parameter"):
            engine.rows(_case("SELECT :first AS n", ()), **values)
        assert name


def test_exported_lake_gives_spark_the_counts_and_money_of_duckdb(
    spark: Any, tmp_path: Path
) -> None:
    """Rows of three imports, one of which supersedes and one of which is taken back."""
    workspace = create_workspace(
        tmp_path / "w", settings=Settings(name="Acme"), at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    for import_id, number, first in (("one", 1, 0), ("two", 2, 500), ("three", 3, 900)):
        publish(
            workspace, {"spend": [_spend(workspace, import_id, number, first)]}, import_id=import_id
        )
    retract(workspace, "three")
    export_lake(workspace, tmp_path / "out")
    statement = Statement(
        "spend by venue",
        "SELECT venue, count(*) AS n, sum(spend) AS spend, min(starts_on) AS first_day "
        "FROM spend GROUP BY venue ORDER BY venue",
        ("spend",),
    )
    with duckdb_engine(workspace) as duck, spark_engine(tmp_path / "out", spark=spark) as sparks:
        found = duck.rows(statement)
        assert sparks.rows(statement) == found
    assert sum(row["n"] for row in found) == 1500
    # 0.01 euro per number: 0..499 of import one, then 500..1499 of import two, doubled
    cents = sum(range(500)) + 2 * sum(range(500, 1500))
    assert sum(row["spend"] for row in found) == Decimal(cents) / 100


def _spend(workspace: Workspace, import_id: str, number: int, first: int) -> Path:
    path = data_path(workspace, "spend", import_id, 0)
    with open_lake(workspace) as lake:
        sql = (
            "SELECT 'v' || (i % 3) AS venue, 'c' || i AS campaign, DATE '2026-01-01' AS starts_on, "
            "CAST(NULL AS DATE) AS ends_on, CAST(i * $number / 100 AS DECIMAL(18,2)) AS spend, "
            "'EUR' AS currency, i AS impressions, i AS clicks, i AS sessions, "
            "0.5e0 AS conversions, $id AS import_id, CAST($number AS BIGINT) AS import_seq "
            "FROM range(CAST($first AS BIGINT), CAST($first AS BIGINT) + 1000) AS r(i)"
        )
        write_parquet(lake, sql, path, values={"id": import_id, "number": number, "first": first})
    return path
