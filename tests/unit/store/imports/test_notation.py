"""What shapes of numbers and pairs of dates prove."""

import pytest

from signoff.errors import DataError
from signoff.store.imports.notation import (
    date_order_of,
    decimal_mark_of,
    number_shape,
    settle,
)


@pytest.mark.parametrize(
    ("texts", "point", "comma", "is_torn"),
    [
        (["1.234,56"], False, True, False),
        (["1,234.56"], True, False, False),
        (["12.5"], True, False, False),
        (["0.125"], True, False, False),
        (["1.234"], False, False, True),
        (["1.234.567"], False, True, False),
        (["1 234,567"], False, True, False),
        (["1234.567"], True, False, False),
        (["12"], False, False, False),
        (["1,5", "2.5"], True, True, False),
    ],
)
def test_decimal_mark_of(texts: list[str], point: bool, comma: bool, is_torn: bool) -> None:
    found = decimal_mark_of([number_shape(text) for text in texts], is_whole=False)
    assert (found[0], found[1], bool(found[2])) == (point, comma, is_torn)


def test_decimal_mark_of_whole_numbers_takes_a_mark_before_three_digits_for_thousands() -> None:
    assert decimal_mark_of([number_shape("1.234")], is_whole=True) == (False, True, "")


def test_date_order_of_pairs() -> None:
    assert date_order_of([(31, 1), (3, 3)]) == (True, False, False)
    assert date_order_of([(1, 31), (2, 3)]) == (False, True, True)
    assert date_order_of([(31, 1), (1, 31)]) == (True, True, False)


def test_settle_refuses_to_guess() -> None:
    with pytest.raises(DataError, match="could be a decimal point or a decimal comma"):
        settle((False, False), names=(".", ","), fallback="", torn="9.999", column="cost")


def test_settle_takes_the_fallback_or_marks_a_mix() -> None:
    dates = ("dmy", "mdy")
    found = settle((False, False), names=dates, fallback="mdy", torn="x", column="d")
    assert found == ("mdy", False)
    assert settle((True, True), names=dates, fallback="", torn="", column="d") == ("dmy", True)
