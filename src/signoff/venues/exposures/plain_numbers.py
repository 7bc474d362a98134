"""Numbers as tables of other countries write them, put into one plain form."""

import re
from collections.abc import Sequence

from signoff.store.imports.notation import GROUP_MARKS, decimal_mark_of, number_shape

__all__ = ["plain_numbers"]

_ODD = re.compile(rf"^[-+]?\d[\d.,{GROUP_MARKS}]*$")
_MARK = re.compile(rf"[,{GROUP_MARKS}]")


def plain_numbers(texts: Sequence[str]) -> list[str]:
    """Write the numbers of a column with a decimal point and without marks between thousands.

    Args:
        texts: Cells of one column.

    Returns:
        The same; numbers whose notation is not clear from the column, and what is no number, as
        they are.

    >>> plain_numbers(["1 200,5", "40,25", "7"]), plain_numbers(["1,200"])
    (['1200.5', '40.25', '7'], ['1,200'])
    """
    odd = [text for text in texts if _MARK.search(text) and _ODD.match(text)]
    if not odd:
        return list(texts)
    marked = [text for text in texts if _ODD.match(text)]
    has_point, has_comma, _ = decimal_mark_of(map(number_shape, marked), is_whole=False)
    mark = "," if has_comma else "."
    if has_point and has_comma:
        return list(texts)
    group = "." if mark == "," else ","
    is_clear = has_point or has_comma
    shape = re.compile(
        rf"^[-+]?(\d+|\d{{1,3}}([{re.escape(group)}{GROUP_MARKS}]\d{{3}})+)({re.escape(mark)}\d+)?$"
    )
    dropped = re.compile(rf"[{re.escape(group)}{GROUP_MARKS}]")
    return [
        dropped.sub("", text).replace(",", ".")
        if shape.match(text) and (is_clear or "," not in text)
        else text
        for text in texts
    ]
