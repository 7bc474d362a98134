"""Parameters are found and marked outside quotes and remarks alone."""

from signoff.store.engines import Relation, Statement, duckdb_engine_on


def _statement(sql: str) -> Statement:
    return Statement("case", sql, ())


def test_parameters_are_named_once_in_order_of_use() -> None:
    assert _statement("SELECT :b, :a, :b").parameters() == ("b", "a")


def test_parameters_in_quotes_names_and_remarks_are_none() -> None:
    sql = "SELECT ':a', 'it''s :b', \":c\", TIME '10:20' -- :d\n, :e"
    assert _statement(sql).parameters() == ("e",)
    assert _statement(sql).marked("$") == sql.replace(":e", "$e")


def test_casts_with_two_colons_are_no_parameters() -> None:
    assert _statement("SELECT x::bigint").parameters() == ()


def test_relation_asks_its_engine_when_asked() -> None:
    statement = _statement("SELECT :n AS n")
    with duckdb_engine_on({}) as engine:
        relation = Relation(engine, statement, {"n": 3})
        assert relation.rows() == [{"n": 3}]
        assert relation.arrays()["n"].tolist() == [3]
