"""Reads the values of a request as their columns' types; names everything that is wrong."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from signoff.errors import DataError, Fault
from signoff.results import Cell
from signoff.store.browse.request import Filter, Operator, Sort, TableRequest
from signoff.store.browse.shown import ShownTable
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["check_request", "read_value", "values_of"]

MOST_FILTERS = 50
MOST_VALUES = 200
MOST_ROWS = 1000
FURTHEST_OFFSET = 10**9
LONGEST_TEXT = 500
MANY = (Operator.ANY_OF, Operator.NONE_OF)
NONE = (Operator.EMPTY, Operator.KNOWN)


def check_request(table: ShownTable, request: TableRequest) -> None:
    """Refuse a request that names what the table does not have, or compares what cannot be.

    Raises:
        DataError: with every fault and what is allowed in its place.

    >>> from signoff.store.browse.shown import lake_table
    >>> check_request(lake_table("account"), TableRequest(sort=(Sort("name; DROP"),)))
    Traceback (most recent call last):
    signoff.errors.DataError: account cannot be listed as asked. Why: 1 part of the request ...
    - sort 1: there is no column 'name; DROP'. Why: ...
    """
    faults = [
        *_page_faults(request),
        *(
            fault
            for number, name in enumerate(request.columns, start=1)
            for fault in _column_faults(table, name, where=f"column {number}")
        ),
        *(
            fault
            for number, sort in enumerate(request.sort, start=1)
            for fault in _sort_faults(table, sort, where=f"sort {number}")
        ),
        *(
            fault
            for number, wanted in enumerate(request.filters, start=1)
            for fault in _filter_faults(table, wanted, where=f"filter {number}")
        ),
        *_search_faults(table, request.search),
    ]
    if faults:
        parts = "1 part" if len(faults) == 1 else f"{len(faults)} parts"
        raise DataError(
            f"{table.name} cannot be listed as asked",
            why=f"{parts} of the request cannot be met",
            fix="change what is named below; nothing was read",
            faults=faults,
        )


def values_of(table: ShownTable, wanted: Filter) -> list[Cell]:
    """Give the values of a checked filter, as its column's type.

    >>> from signoff.store.browse.shown import lake_table
    >>> values_of(lake_table("account"), Filter("employees", "at_least", "12"))
    [12]
    """
    operator = Operator(wanted.operator)
    if operator in NONE:
        return []
    column = table.column(wanted.column)
    if wanted.column in table.sets:
        return [str(wanted.value)]
    given = _listed(wanted.value) if operator in MANY else [wanted.value]
    return [read_value(column, value) for value in given]


def read_value(column: Column, value: object) -> Cell:
    """Read a value as a column's type.

    Args:
        column: The column.
        value: The value, of that type or as text: numbers with a point, days as 2026-11-26.

    Raises:
        ValueError: it is none; the message says what is needed.

    >>> read_value(Column("value", ColumnType.MONEY, "Value"), "12.50")
    Decimal('12.50')
    """
    read = _READERS[column.type]
    text = value.strip() if isinstance(value, str) else value
    found = read(text)
    if column.allowed and found not in column.allowed:
        raise ValueError(f"one of: {', '.join(column.allowed)}")
    return found


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value or not 0 < len(value) <= LONGEST_TEXT:
        raise ValueError(f"text of 1 to {LONGEST_TEXT} characters")
    return str(value)


def _integer(value: object) -> int:
    needed = "a whole number of at most 18 digits, such as 250"
    try:
        number = (
            int(value) if isinstance(value, int | str) and not isinstance(value, bool) else None
        )
    except ValueError:
        number = None
    if number is None or abs(number) >= 10**18:
        raise ValueError(needed)
    return number


def _real(value: object) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str | Decimal) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("a number with a point, such as 0.25")
    return number


def _money(value: object) -> Decimal:
    try:
        number = Decimal(str(value)) if isinstance(value, int | float | str | Decimal) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or abs(number) >= 10**16:
        raise ValueError("an amount with a point, such as 1250.50")
    return number


def _date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("a day such as 2026-11-26") from error


def _time(value: object) -> datetime:
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError("a time such as 2026-11-26T09:30:00, UTC") from error
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _flag(value: object) -> bool:
    flags = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if str(value).lower() not in flags:
        raise ValueError("true or false")
    return flags[str(value).lower()]


_READERS: dict[ColumnType, Callable[[object], Cell]] = {
    ColumnType.TEXT: _text,
    ColumnType.INTEGER: _integer,
    ColumnType.REAL: _real,
    ColumnType.MONEY: _money,
    ColumnType.DATE: _date,
    ColumnType.TIME: _time,
    ColumnType.FLAG: _flag,
}


def _page_faults(request: TableRequest) -> Iterator[Fault]:
    for name, value, low, high in (
        ("limit", request.limit, 1, MOST_ROWS),
        ("offset", request.offset, 0, FURTHEST_OFFSET),
        ("number of filters", len(request.filters), 0, MOST_FILTERS),
    ):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            yield Fault(
                f"the {name} is {value!r}",
                "a page has bounds, so that it is quick",
                f"give a whole number from {low} to {high:,}",
                name,
            )


def _column_faults(table: ShownTable, name: str, *, where: str) -> Iterator[Fault]:
    allowed = [column.name for column in table.columns]
    if name not in allowed:
        yield Fault(
            f"there is no column {name!r}",
            f"{table.name} has other columns",
            f"use one of: {', '.join(allowed)}",
            where,
        )


def _sort_faults(table: ShownTable, sort: Sort, *, where: str) -> Iterator[Fault]:
    yield from _column_faults(table, sort.column, where=where)
    if sort.direction not in {"asc", "desc"}:
        yield Fault(
            f"{sort.direction!r} is no direction",
            "rows go up or down",
            "use one of: asc, desc",
            where,
        )


def _filter_faults(table: ShownTable, wanted: Filter, *, where: str) -> Iterator[Fault]:
    unknown = list(_column_faults(table, wanted.column, where=where))
    if unknown:
        yield from unknown
        return
    operators = table.operators(wanted.column)
    if wanted.operator not in operators:
        yield Fault(
            f"{wanted.column} cannot be compared by {wanted.operator!r}",
            "its type allows other comparisons",
            f"use one of: {', '.join(operators)}",
            where,
        )
        return
    needed = _needed(table, wanted)
    if needed:
        yield Fault(
            f"{wanted.column} cannot be compared with {wanted.value!r}",
            "the value is not of the column's kind",
            f"give {needed}",
            where,
        )


def _needed(table: ShownTable, wanted: Filter) -> str:
    """Say what a filter's value should be; empty when it is so."""
    members = table.sets.get(wanted.column)
    if members:
        return "" if wanted.value in members else f"one of: {', '.join(members)}"
    if wanted.operator in MANY and not 0 < len(_listed(wanted.value)) <= MOST_VALUES:
        return f"1 to {MOST_VALUES} values"
    try:
        values_of(table, wanted)
    except ValueError as error:
        return str(error)
    return ""


def _search_faults(table: ShownTable, search: str) -> Iterator[Fault]:
    if not search:
        return
    if not table.searched:
        why = f"{table.name} has no column of text to look into"
        yield Fault("there is nothing to search", why, "leave the search empty", "search")
    elif not isinstance(search, str) or "\0" in search or len(search) > LONGEST_TEXT:
        why = f"a search has at most {LONGEST_TEXT} characters"
        yield Fault("the search is too long", why, "use fewer words", "search")


def _listed(value: object) -> list[Cell]:
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return list(value)
    return []
