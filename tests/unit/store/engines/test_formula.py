"""Cells that a spreadsheet would run: the same text from SQL as from Python."""

import csv
import io

import pytest

from signoff.results import FORMULA_STARTS, rows_to_csv
from signoff.store.engines import Statement, duckdb_engine_on
from signoff.store.engines.formula import inert_sql

TEXTS = [*(f"{start}SUM(A1)" for start in FORMULA_STARTS), "plain", "a=b", "'=quoted", "é"]


@pytest.mark.parametrize("text", TEXTS)
def test_inert_sql_gives_what_rows_to_csv_gives(text: str) -> None:
    statement = Statement("cells", f"SELECT {inert_sql('name')} AS name FROM account", ("account",))
    with duckdb_engine_on({"account": [{"account_id": "a", "name": text}]}) as engine:
        (row,) = engine.rows(statement)
    _heading, (cell,) = csv.reader(io.StringIO(rows_to_csv([{"name": text}])))
    assert row["name"] == cell
