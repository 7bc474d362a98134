"""Files of rows: all of them, every digit, no formula, whole or not at all."""

import csv
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from signoff.errors import DataError
from signoff.store.browse import (
    Filter,
    ShownTable,
    Sort,
    TableRequest,
    export_rows,
    lake_table,
    workbook,
)
from signoff.store.engines import DuckEngine, duckdb_engine_on
from signoff.store.schemas import Column, ColumnType

ACCOUNTS = lake_table("account", searched=("name",))
LARGEST = Decimal("9999999999999999.99")
ROWS: list[dict[str, Any]] = [
    {"account_id": "a1", "name": "=1+1", "revenue": Decimal("0.10"), "city": "+33"},
    {"account_id": "a2", "name": 'É, "x"\nline', "revenue": LARGEST, "employees": 10**17},
    {"account_id": "a3", "name": "-5", "employees": 3, "city": "@x"},
    {"account_id": "a4", "name": "https://x.example", "city": "\tx"},
]
COLUMNS = ("account_id", "name", "revenue", "employees", "city")


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckEngine]:
    deal = {"opportunity_id": "o", "stage": "won", "closed_on": date(2026, 3, 1)}
    touch = {"event_id": "e", "occurred_at": datetime.fromisoformat("2026-03-01T12:30:00.5")}
    tables = {"account": ROWS, "opportunity": [deal], "event": [touch]}
    with duckdb_engine_on(tables) as opened:
        assert isinstance(opened, DuckEngine)
        yield opened


def save(engine: DuckEngine, path: Path, **asked: Any) -> Path:
    table = asked.pop("table", ACCOUNTS)
    request = TableRequest(**{"columns": COLUMNS, **asked})
    form = path.suffix.removeprefix(".")
    done = export_rows(engine, table=table, request=request, form=form, path=path)
    assert (done.path, done.form) == (path, form)
    assert done.n_bytes == path.stat().st_size
    assert str(done.n_rows) in done.text()
    assert done.rows()[0]["n_rows"] == done.n_rows
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return path


def test_export_rows_csv_keeps_digits_and_makes_formulas_text(
    engine: DuckEngine, tmp_path: Path
) -> None:
    path = save(engine, tmp_path / "it's.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows == [
        list(COLUMNS),
        ["a1", "'=1+1", "0.10", "", "'+33"],
        ["a2", 'É, "x"\nline', "9999999999999999.99", str(10**17), ""],
        ["a3", "'-5", "", "3", "'@x"],
        ["a4", "https://x.example", "", "", "'\tx"],
    ]


def test_export_rows_json_keeps_digits_and_times(engine: DuckEngine, tmp_path: Path) -> None:
    rows = json.loads(save(engine, tmp_path / "a.json").read_text(encoding="utf-8"))
    assert rows[1] == {
        "account_id": "a2",
        "name": 'É, "x"\nline',
        "revenue": "9999999999999999.99",
        "employees": 10**17,
        "city": None,
    }
    assert len(rows) == 4
    asked = {"columns": ("occurred_at",), "table": lake_table("event")}
    (path := tmp_path / "a.json").unlink()
    rows = json.loads(save(engine, path, **asked).read_text(encoding="utf-8"))
    assert rows == [{"occurred_at": "2026-03-01T12:30:00.5"}]


def test_export_rows_parquet_keeps_types(engine: DuckEngine, tmp_path: Path) -> None:
    path = save(engine, tmp_path / "a.parquet")
    query = f"SELECT revenue, name FROM '{path}' ORDER BY account_id"
    assert engine.session.execute(query).fetchall()[:2] == [
        (Decimal("0.10"), "=1+1"),
        (LARGEST, 'É, "x"\nline'),
    ]


def test_export_rows_xlsx_has_no_formula_and_every_digit(
    engine: DuckEngine, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(save(engine, tmp_path / "a.xlsx")).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        list(COLUMNS),
        ["a1", "=1+1", 0.1, None, "+33"],
        ["a2", 'É, "x"\nline', "9999999999999999.99", str(10**17), None],
        ["a3", "-5", None, 3, "@x"],
        ["a4", "https://x.example", None, None, "\tx"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert sheet["B2"].data_type != "f"
    assert sheet["B5"].hyperlink is None


def test_export_rows_xlsx_has_days_and_times(engine: DuckEngine, tmp_path: Path) -> None:
    for table, column, expected in [
        ("opportunity", "closed_on", datetime.fromisoformat("2026-03-01T00:00:00")),
        ("event", "occurred_at", datetime.fromisoformat("2026-03-01T12:30:00.5")),
    ]:
        path = save(engine, tmp_path / "a.xlsx", table=lake_table(table), columns=(column,))
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert sheet["A2"].value == expected


def test_export_rows_xlsx_goes_on_to_a_second_sheet(
    engine: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = openpyxl.load_workbook(save(engine, tmp_path / "a.xlsx", columns=("account_id",)))
    found = [[cell.value for (cell,) in sheet.iter_rows()] for sheet in book.worksheets]
    assert found == [["account_id", "a1", "a2", "a3"], ["account_id", "a4"]]


def test_export_rows_xlsx_cell_too_long_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    long = [{"account_id": "a", "name": "x" * 32_768}]
    with duckdb_engine_on({"account": long}) as small:
        assert isinstance(small, DuckEngine)
        with pytest.raises(DataError, match="32,767"):
            save(small, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "json"])
def test_export_rows_of_none_has_its_columns(engine: DuckEngine, tmp_path: Path, form: str) -> None:
    path = save(engine, tmp_path / f"a.{form}", filters=(Filter("city", "is", "none"),))
    if form == "csv":
        assert path.read_text(encoding="utf-8") == ",".join(COLUMNS) + "\n"
    if form == "json":
        assert json.loads(path.read_text(encoding="utf-8")) == []
    if form == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert [cell.value for cell in sheet[1]] == list(COLUMNS)


def test_export_rows_are_all_in_order_whatever_the_page(engine: DuckEngine, tmp_path: Path) -> None:
    path = save(
        engine,
        tmp_path / "a.csv",
        columns=("account_id",),
        sort=(Sort("account_id", "desc"),),
        filters=(Filter("employees", "empty"),),
        offset=1,
        limit=1,
    )
    assert path.read_text(encoding="utf-8").split() == ["account_id", "a4", "a1"]


def test_export_rows_shows_sets_and_flags(tmp_path: Path) -> None:
    table = ShownTable(
        name="account",
        grain="one",
        key=("account_id",),
        columns=(
            Column("account_id", ColumnType.TEXT, "Account"),
            Column("employees", ColumnType.INTEGER, "Roles"),
        ),
        sets={"employees": ("user", "approver")},
    )
    rows = [{"account_id": str(n), "name": "x", "employees": n} for n in (0, 3)]
    with duckdb_engine_on({"account": rows}) as small:
        assert isinstance(small, DuckEngine)
        path = save(small, tmp_path / "a.csv", table=table, columns=())
        assert path.read_text(encoding="utf-8").splitlines()[2] == '3,"user, approver"'
        path.unlink()
        sheet = openpyxl.load_workbook(
            save(small, tmp_path / "a.xlsx", table=table, columns=())
        ).active
        assert sheet is not None
        assert sheet["B3"].value == "user, approver"


def test_export_rows_xlsx_writes_what_a_workbook_has_no_number_for(tmp_path: Path) -> None:
    odd = [
        (0.25, True, date(1900, 1, 1), "a\x0bb_x000D_\r & <c> _xZZ_ "),
        (float("inf"), False, date(2026, 1, 1), " x"),
        (None, None, None, None),
    ]
    kinds = [ColumnType.REAL, ColumnType.FLAG, ColumnType.DATE, ColumnType.TEXT]
    columns = tuple(Column(name, kind, name) for name, kind in zip("abcd", kinds, strict=True))
    table = ShownTable(name="odd", grain="one", key=("a",), columns=columns)
    rows = [dict(zip("abcd", row, strict=True)) for row in odd]
    with duckdb_engine_on({}) as small:
        assert isinstance(small, DuckEngine)
        small.put("odd", columns, rows)
        path = save(small, tmp_path / "a.xlsx", table=table, columns=())
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    coded = "a_x000B_b_x005F_x000D__x000D_ & <c> _xZZ_ "  # openpyxl leaves the codes as they are
    assert found == [
        [0.25, True, "1900-01-01", coded],
        ["inf", False, datetime.fromisoformat("2026-01-01T00:00:00"), " x"],
    ]
    again = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    assert again[1][:3] == [0.25, True, "1900-01-01"]
    assert again[2][2:] == [date(2026, 1, 1), " x"]


def test_export_rows_unknown_form_is_refused(engine: DuckEngine, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="use one of: csv, xlsx, parquet, json"):
        save(engine, tmp_path / "a.pdf")


def test_export_rows_unknown_column_is_refused(engine: DuckEngine, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no column 'x'"):
        save(engine, tmp_path / "a.csv", columns=("x",))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_rows_into_no_folder_is_told(engine: DuckEngine, tmp_path: Path, form: str) -> None:
    with pytest.raises(DataError, match="could not be written"):
        save(engine, tmp_path / "none" / f"a.{form}")


def test_export_rows_failing_midway_leaves_what_stood_there(
    engine: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(engine, tmp_path / "a.csv")
    kept = path.read_bytes()

    def fail(*_: object) -> int:
        raise OSError("no space left")

    monkeypatch.setitem(export_rows.__globals__["_WRITERS"], "csv", fail)
    with pytest.raises(DataError, match="no space left"):
        save(engine, path)
    assert path.read_bytes() == kept


def test_write_workbook_without_its_library_says_what_to_install(
    engine: DuckEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(DataError, match="install it: pip"):
        save(engine, tmp_path / "a.xlsx")
