"""How a file writes numbers and dates, told from all its values; never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from signoff.errors import DataError

__all__ = ["Notation", "date_order_of", "decimal_mark_of", "number_shape", "settle"]

GROUP_MARKS = " \u00a0\u202f'\u2019_"


@dataclass(frozen=True)
class Notation:
    """How one column writes its values.

    Attributes:
        decimal_mark: "." or ",".
        date_order: "dmy" or "mdy"; days that begin with the year need none.
        has_words: Whether months are written as words.
        is_mixed: Whether both notations stand in the column; what could be either is refused.
    """

    decimal_mark: str = "."
    date_order: str = "dmy"
    has_words: bool = False
    is_mixed: bool = False


def number_shape(text: str) -> str:
    """Give the shape of a number: digits as 9, a leading zero before a mark as 0.

    >>> number_shape("1 234,50 €"), number_shape("0.125")
    ('9 999,99 €', '0.999')
    """
    return re.sub(r"\d", "9", re.sub(r"^([-+(]?)0(?=[.,])", r"\1Z", text)).replace("Z", "0")


def decimal_mark_of(shapes: Iterable[str], *, is_whole: bool) -> tuple[bool, bool, str]:
    """Say what the shapes of a column's numbers tell about the decimal mark.

    Args:
        shapes: Shapes, as `number_shape` gives them.
        is_whole: Whether the column holds whole numbers only, so that a mark before three digits
            separates thousands.

    Returns:
        Whether some value can only have a decimal point; only a decimal comma; and one shape
        that could be either, or "".

    >>> decimal_mark_of(["9.999,99", "9.999"], is_whole=False)
    (False, True, '9.999')
    """
    point = comma = False
    torn = ""
    for shape in shapes:
        marks = [mark for mark in shape if mark in ".,"]
        if not marks:
            continue
        verdict = _mark_of(shape, marks, is_whole=is_whole)
        point |= verdict == "."
        comma |= verdict == ","
        torn = torn or (shape if not verdict else "")
    return point, comma, torn


def _mark_of(shape: str, marks: list[str], *, is_whole: bool) -> str:
    """Give the decimal mark a shape proves, or "" when it could be either."""
    last = marks[-1]
    if len(set(marks)) == 2:
        return last
    other = "," if last == "." else "."
    if len(marks) > 1:
        return other
    behind = re.search(rf"[{last}](9*)", shape)
    before = re.search(r"([09]*)[.,]", shape)
    n_behind = len(behind[1]) if behind else 0
    n_before = len(before[1]) if before else 0
    if n_behind != 3 or n_before > 3 or n_before == 0 or shape.lstrip("-+(").startswith("0"):
        return last
    if any(mark in shape for mark in GROUP_MARKS if re.search(rf"9[{mark}]9", shape)):
        return last
    return other if is_whole else ""


def date_order_of(pairs: Iterable[tuple[int, int]]) -> tuple[bool, bool, bool]:
    """Say what the first two numbers of a column's dates tell about their order.

    Args:
        pairs: First and second number of each date.

    Returns:
        Whether some date can only begin with the day; only with the month; whether some could
        be either.

    >>> date_order_of([(31, 1), (2, 3)])
    (True, False, True)
    """
    day_first = month_first = torn = False
    for first, second in pairs:
        day_first |= first > 12 >= second
        month_first |= second > 12 >= first
        torn |= first <= 12 and second <= 12 and first != second
    return day_first, month_first, torn


def settle(
    proof: tuple[bool, bool],
    *,
    names: tuple[str, str],
    fallback: str,
    torn: str,
    column: str,
) -> tuple[str, bool]:
    """Decide between two notations.

    Args:
        proof: Whether some value proves the first, and whether some value proves the second.
        names: What the two are called.
        fallback: What the rest of the file, its format or the person who imports says; or "".
        torn: A value that could be either; "" when there is none.
        column: The column, for the message.

    Returns:
        The notation, and whether both stand in the column.

    Raises:
        DataError: nothing tells which it is, and it matters.

    >>> settle((False, True), names=(".", ","), fallback="", torn="9.999", column="revenue")
    (',', False)
    """
    first, second = proof
    if first and second:
        return fallback or names[0], True
    if first or second:
        return names[0] if first else names[1], False
    if fallback or not torn:
        return fallback or names[0], False
    options = {
        ".": "a decimal point",
        ",": "a decimal comma",
        "dmy": "day first",
        "mdy": "month first",
    }
    raise DataError(
        f"it cannot be told how {column!r} is written: values like {torn} could be "
        f"{options[names[0]]} or {options[names[1]]}",
        why="no value in the file settles it, and a guess could be wrong a thousandfold",
        fix=f'say it in the mapping: "={names[0]}" or "={names[1]}" for '
        f'"{"(decimal mark)" if names[0] == "." else "(date order)"}"',
        where=column,
    )
