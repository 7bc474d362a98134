"""What goes in and comes out is checked and typed alike for every engine."""

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from signoff.errors import DataError
from signoff.store.engines import Statement
from signoff.store.engines.binding import (
    array_of,
    bound_values,
    known_columns,
    plain_value,
    row_values,
    table_name,
)
from signoff.store.schemas import Column, ColumnType
from signoff.units import Relationship

NOON = datetime(2024, 2, 29, 12)  # noqa: DTZ001 - times are naive UTC


def test_plain_value_unwraps_enumerations_and_numpy() -> None:
    found = [plain_value(v) for v in (Relationship.CLIENT, np.float64(0.5), np.bool_(1), None, "x")]
    assert found == ["client", 0.5, True, None, "x"]
    assert [type(v) for v in found[:3]] == [str, float, bool]


def test_bound_values_reports_all_faults_at_once() -> None:
    with pytest.raises(DataError) as caught:
        bound_values(Statement("case", "SELECT :a, :b", ()), {"b": 1, "c": 2})
    assert [fault.what for fault in caught.value.faults] == ["a is missing", "c is not a parameter"]


@pytest.mark.parametrize("name", ["", "1a", "A", "a b", "a;drop", 'a"', "a" * 64])
def test_table_name_refuses_what_cannot_stand_unquoted(name: str) -> None:
    with pytest.raises(DataError, match="cannot be called"):
        table_name(name)


def test_known_columns_of_an_unknown_table_names_the_tables() -> None:
    with pytest.raises(DataError, match=r"no table 'acount'.*account"):
        known_columns("acount")


def test_row_values_refuses_unknown_columns() -> None:
    columns = [Column("a", ColumnType.TEXT, "A")]
    with pytest.raises(DataError, match="t has no column b, c"):
        row_values("t", columns, [{"b": 1}, {"c": 1, "a": "x"}])


@pytest.mark.parametrize(
    ("values", "kind", "dtype"),
    [
        ([1, 2], ColumnType.INTEGER, "int64"),
        ([1, None], ColumnType.INTEGER, "float64"),
        ([0.5, None], ColumnType.REAL, "float64"),
        ([True, False], ColumnType.FLAG, "bool"),
        ([True, None], ColumnType.FLAG, "object"),
        ([date(2024, 2, 29), None], ColumnType.DATE, "datetime64[D]"),
        ([NOON, None], ColumnType.TIME, "datetime64[us]"),
        ([Decimal("1.10")], ColumnType.MONEY, "object"),
        (["a", None], ColumnType.TEXT, "object"),
        ([[1], [2]], None, "object"),
        ([], ColumnType.INTEGER, "int64"),
    ],
)
def test_array_of_gives_one_type_per_kind(
    values: list[object], kind: ColumnType | None, dtype: str
) -> None:
    found = array_of(values, kind=kind)
    assert str(found.dtype) == dtype
    assert len(found) == len(values)
