from decimal import Decimal

import pytest

from signoff.errors import DataError
from signoff.venues.advice import read_present_spend


def read(*rows: tuple[str, ...]) -> dict[str, Decimal]:
    lines = [(place + 1, row) for place, row in enumerate(rows)]
    return dict(read_present_spend(lines, where="spend.csv").spend)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1200", "1200"),
        ("1,200", "1200"),
        ("1.200", "1200"),
        ("1 200,50", "1200.50"),
        ("1.234.567,89", "1234567.89"),
        ("12.5", "12.5"),
        ("0", "0"),
    ],
)
def test_read_present_spend_reads_amounts_as_people_write_them(text: str, amount: str) -> None:
    found = read(("venue", "spend"), ("a", text), ("b", "1"))
    assert found["a"] == Decimal(amount)


def test_read_present_spend_adds_up_lines_of_one_venue() -> None:
    rows = (("Month", "Cost", "Title"), ("1", "10", "a"), ("", "", ""), ("2", "20", "a"))
    assert read(*rows) == {"a": Decimal(30)}


def test_read_present_spend_tells_every_faulty_line() -> None:
    with pytest.raises(DataError, match="3 lines cannot be read") as raised:
        read(("venue", "spend"), ("a", "-5"), ("", "5"), ("b", "much"), ("c", "1"))
    assert [fault.where for fault in raised.value.faults] == [
        "spend.csv, line 2",
        "spend.csv, line 3",
        "spend.csv, line 4",
    ]


def test_read_present_spend_without_column_names_those_found() -> None:
    with pytest.raises(DataError, match="no column spend") as raised:
        read(("venue", "clicks"), ("a", "5"))
    assert "venue, clicks" in raised.value.fault.why


@pytest.mark.parametrize("rows", [(), (("a", "0"),)])
def test_read_present_spend_without_money_is_refused(rows: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(DataError, match="holds no spend"):
        read(("venue", "spend"), *rows)
