"""Every table is described well enough to import, check and explain it."""

import re

import pytest

from signoff.store.schemas import LAKE_TABLES, SESSION_TABLES, ColumnType, Table

# a count of all regions or sizes leaves the cell empty; imports take two empty parts as equal,
# which tests/unit/store/imports/test_importing.py tries for corrections and for repeats
EMPTY_KEY_PARTS = {"firm_count": {"region", "size_band"}}
TABLES = [*LAKE_TABLES.values(), *SESSION_TABLES.values()]
RESERVED = {"at", "by", "case", "date", "end", "from", "group", "order", "rank", "row", "table"}
RESERVED |= {"time", "timestamp", "to", "user", "when", "where", "import_id", "import_seq"}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_table_has_a_grain_and_a_key_of_its_own_columns(table: Table) -> None:
    named = {column.name for column in table.columns}
    assert table.grain
    assert table.key
    assert set(table.key) <= named
    assert len(named) == len(table.columns)
    empty = {name for name in table.key if table.column(name).nullable}
    assert empty == EMPTY_KEY_PARTS.get(table.name, set())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_have_portable_names_and_meanings(table: Table) -> None:
    for column in table.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        assert column.name not in RESERVED
        assert column.meaning[0].isupper() or column.allowed
        assert not column.meaning.endswith(".")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_say_unit_and_bounds_where_their_names_promise_them(table: Table) -> None:
    for column in table.columns:
        if column.name.endswith("_share"):
            assert (column.low, column.high) == (0, 1), column.name
            assert column.unit == "share 0 to 1", column.name
        if column.name.endswith("_on"):
            assert column.type is ColumnType.DATE, column.name
        if column.name.endswith("_at"):
            assert (column.type, column.unit) == (ColumnType.TIME, "UTC"), column.name
        if column.type is ColumnType.MONEY:
            assert "currency" in column.unit, column.name


def test_column_is_found_by_its_name() -> None:
    assert LAKE_TABLES["rate"].column("unit_price").type is ColumnType.MONEY
    with pytest.raises(KeyError):
        LAKE_TABLES["rate"].column("price")
