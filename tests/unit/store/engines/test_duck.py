"""The engine of one machine opens late, fills fast and keeps every digit."""

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.engines import DuckEngine, Statement, duckdb_engine_on
from signoff.store.engines.duck import fresh_session
from signoff.store.schemas import SESSION_TABLES


def test_engine_opens_its_session_with_the_first_statement() -> None:
    opened = []

    def connect() -> Any:
        opened.append(1)
        return fresh_session()

    engine = DuckEngine(connect)
    assert opened == []
    for _ in range(2):
        assert engine.rows(Statement("one", "SELECT 1 AS n", ())) == [{"n": 1}]
    assert opened == [1]
    engine.close()
    engine.close()


def test_sums_beyond_64_bits_stay_exact_in_arrays() -> None:
    big = 2**62
    with duckdb_engine_on({"venue": []}) as engine:
        statement = Statement(
            "sum", "SELECT sum(n) AS n FROM (VALUES (:n), (:n), (:n)) AS t(n)", ()
        )
        assert engine.rows(statement, n=big) == [{"n": 3 * big}]
        assert engine.rows(statement, n=Decimal("0.10")) == [{"n": Decimal("0.30")}]


def test_two_hundred_thousand_rows_are_put_in_seconds() -> None:
    rows = [{"account_id": f"a{i}", "value_weight": i / 7} for i in range(200_000)]
    with duckdb_engine_on({}) as engine:
        began = time.perf_counter()
        engine.put("market_account", SESSION_TABLES["market_account"].columns, rows)
        assert time.perf_counter() - began < 20
        found = engine.arrays(
            Statement("w", "SELECT value_weight FROM market_account ORDER BY value_weight", ())
        )
    assert found["value_weight"].tolist() == [i / 7 for i in range(200_000)]


def test_text_of_every_kind_comes_back_as_it_was() -> None:
    names = ["", " ", "l'été", 'say "x"', "tab\there", "line\nbreak", "\\N", "null", "𝄞", "[1]"]
    rows = [{"account_id": f"{i:02d}", "name": name} for i, name in enumerate(names)]
    with duckdb_engine_on({"account": rows}) as engine:
        statement = Statement("n", "SELECT name FROM account ORDER BY account_id", ("account",))
        assert [row["name"] for row in engine.rows(statement)] == names


def test_engine_on_an_unknown_table_is_refused() -> None:
    with pytest.raises(DataError, match="no table 'acount'"), duckdb_engine_on({"acount": []}):
        pass


def test_extensions_are_not_downloaded() -> None:
    session = fresh_session()
    with pytest.raises(Exception, match=r"(?i)spatial|extension|st_read"):
        session.execute("SELECT * FROM st_read('x')")
    session.close()


def test_rows_file_that_is_gone_says_how_to_look(tmp_path: Path) -> None:
    gone = Statement("gone", f"SELECT * FROM read_parquet('{tmp_path}/gone.parquet')", ())
    with duckdb_engine_on({}) as engine, pytest.raises(DataError) as told:
        engine.rows(gone)
    assert "gone.parquet" in told.value.fault.why
    assert "signoff lake check" in told.value.fault.fix
