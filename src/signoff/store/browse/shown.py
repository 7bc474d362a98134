"""Tables as somebody looks through them: their columns, and what may be done with each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from signoff.errors import DataError
from signoff.store.browse.request import Operator
from signoff.store.engines.engine import Engine
from signoff.store.engines.prepared import PreparedTable, prepare_table
from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["ShownTable", "lake_table"]

_ALWAYS = (Operator.EMPTY, Operator.KNOWN)
_EQUAL = (Operator.IS, Operator.IS_NOT)
_LISTED = (*_EQUAL, Operator.ANY_OF, Operator.NONE_OF)
_ORDERED = (*_EQUAL, Operator.AT_LEAST, Operator.AT_MOST)


@dataclass(frozen=True)
class ShownTable:
    """A table that can be looked through.

    Attributes:
        name: Its name in the engine.
        grain: What one row is.
        key: Columns that name a row; they break ties.
        columns: What may be shown, filtered and sorted.
        searched: Columns of text that a search looks into; a prepared table has their folded
            text, one column after the other, in a column `search_text`.
        folded_columns: Columns of text that are sorted and compared without case and accents; a
            prepared table has the folded text of each in a column `<name>_folded`.
        facets: Columns whose values can be counted.
        sets: Columns that hold a set as a number: their members, the first one bit 0.
        prepared: How the table is made; empty for a table of the lake.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    searched: tuple[str, ...] = ()
    folded_columns: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prepared: PreparedTable | None = None

    def column(self, name: str) -> Column:
        """Give one column by its name; callers check users' names before.

        >>> lake_table("account").column("city").meaning
        'City as the source writes it'
        """
        return {column.name: column for column in self.columns}[name]

    def operators(self, name: str) -> tuple[Operator, ...]:
        """Give the operators that a column takes.

        >>> [str(operator) for operator in lake_table("account").operators("employees")]
        ['is', 'is_not', 'at_least', 'at_most', 'empty', 'known']
        """
        column = self.column(name)
        if name in self.sets:
            return (Operator.HAS, Operator.LACKS)
        if column.allowed:
            return (*_LISTED, *_ALWAYS)
        if column.type is ColumnType.TEXT:
            return (*_LISTED, Operator.CONTAINS, Operator.STARTS_WITH, *_ALWAYS)
        if column.type is ColumnType.FLAG:
            return (*_EQUAL, *_ALWAYS)
        return (*_ORDERED, *_ALWAYS)

    def folded(self, name: str) -> str:
        """Give the SQL of a column's text without case and accents.

        >>> lake_table("venue").folded("name")
        'FOLD_TEXT(name)'
        """
        is_kept = self.prepared and name in self.folded_columns
        return f"{name}_folded" if is_kept else f"FOLD_TEXT({name})"

    def search_text(self) -> str:
        """Give the SQL of the text that a search looks into.

        >>> lake_table("venue", searched=("name", "region")).search_text()
        "FOLD_TEXT(CONCAT_WS(' | ', name, region))"
        """
        if self.prepared:
            return "search_text"
        return f"FOLD_TEXT(CONCAT_WS(' | ', {', '.join(self.searched)}))"

    def bring(self, engine: Engine) -> bool:
        """See to it that the table is in the engine, and say whether it has the newest rows.

        >>> from signoff.store.engines import duckdb_engine_on
        >>> with duckdb_engine_on({}) as engine:
        ...     lake_table("account").bring(engine)
        True
        """
        return prepare_table(engine, self.prepared) if self.prepared else True


def lake_table(
    name: str, *, searched: tuple[str, ...] = (), facets: tuple[str, ...] = ()
) -> ShownTable:
    """Give a table of the lake to look through as it is.

    Args:
        name: Its name.
        searched: Columns of text that a search looks into; they are sorted without case and
            accents.
        facets: Columns whose values can be counted.

    Raises:
        DataError: the lake has no such table.

    >>> lake_table("venue", searched=("name",)).grain
    'one place where an advertisement can stand'
    """
    if name not in LAKE_TABLES:
        raise DataError(
            f"the lake has no table {name!r}",
            why="only described tables can be looked through",
            fix=f"use one of: {', '.join(LAKE_TABLES)}",
        )
    table = LAKE_TABLES[name]
    return ShownTable(
        name=name,
        grain=table.grain,
        key=table.key,
        columns=table.columns,
        searched=searched,
        folded_columns=searched,
        facets=facets,
    )
