"""What a table is: its grain, its key and, for every column, type, unit, nullability, meaning."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Column", "ColumnType", "Table"]


class ColumnType(StrEnum):
    """The types that DuckDB, Spark and PostgreSQL share."""

    TEXT = "VARCHAR"
    INTEGER = "BIGINT"
    REAL = "DOUBLE"
    MONEY = "DECIMAL(18,2)"
    DATE = "DATE"
    TIME = "TIMESTAMP"
    FLAG = "BOOLEAN"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Singular noun, with its unit or scale where it has one.
        type: Type in every engine.
        meaning: One sentence for the planner.
        unit: Unit or scale ("people", "share 0 to 1", "currency of the row"); empty for none.
        nullable: Whether a row may do without it.
        allowed: The closed list of values, if there is one.
        low: Smallest value allowed.
        high: Largest value allowed.
    """

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One table of the lake.

    Attributes:
        name: Singular noun.
        grain: What one row is.
        key: Columns that name a row; a later import of the same key supersedes.
        columns: All columns but the two that every imported table has (import_id, import_seq).
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Give one column by its name.

        Raises:
            KeyError: the table has no such column; callers check users' names before.
        """
        return {column.name: column for column in self.columns}[name]
