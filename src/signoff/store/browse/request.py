"""What somebody asks of a table; checked against its columns before anything is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from signoff.results import Cell

__all__ = ["Filter", "Operator", "Sort", "TableRequest"]


class Operator(StrEnum):
    """How a column is compared with a value."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    HAS = "has"
    LACKS = "lacks"
    EMPTY = "empty"
    KNOWN = "known"


@dataclass(frozen=True)
class Filter:
    """One condition; all of a request must hold.

    Attributes:
        column: Name of a column.
        operator: An `Operator`, by its value; `is_not` and `none_of` let empty cells pass.
        value: What it is compared with: of the column's type, or as text; several for `any_of`
            and `none_of`; none for `empty` and `known`.
    """

    column: str
    operator: str
    value: Cell | Sequence[Cell] = None


@dataclass(frozen=True)
class Sort:
    """One column to sort by; empty cells come last either way.

    Attributes:
        column: Name of a column.
        direction: "asc" or "desc".
    """

    column: str
    direction: str = "asc"


@dataclass(frozen=True)
class TableRequest:
    """Which rows of a table, in which order, and which part of them.

    Attributes:
        columns: Columns to show, in order; empty for all.
        filters: Conditions that must all hold.
        search: Words that must all occur in one of the searched columns, whatever case or accent.
        sort: Columns to sort by, the first one first; ties by the table's key.
        offset: Rows to pass over, from 0.
        limit: Most rows to give, 1 to 1000.
    """

    columns: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    offset: int = 0
    limit: int = 50
