"""Turns a checked request into statements: names from the table's own list, values bound."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from signoff.store.browse.reading import check_request, values_of
from signoff.store.browse.request import Filter, Operator, TableRequest
from signoff.store.browse.shown import ShownTable
from signoff.store.engines.engine import Engine, Statement, Value
from signoff.store.engines.folding import fold_text
from signoff.store.schemas.table import Column, ColumnType

__all__ = ["Selection", "select_rows"]

FAR_OFFSET = 1000
"""From here on only the keys are sorted, and the rows of one page looked up by them."""


@dataclass(frozen=True)
class Condition:
    """One part of a WHERE: the column it is about, empty for the search."""

    column: str
    sql: str


@dataclass(frozen=True)
class Selection:
    """What a request selects from a table.

    Attributes:
        table: The table.
        columns: Columns to show.
        conditions: What must hold.
        order: Columns to sort by, as SQL.
        values: Values of all parameters.
    """

    table: ShownTable
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...]
    order: str
    values: Mapping[str, Value]

    def rows(self, *, cells: str = "") -> Statement:
        """Give the statement of all rows in order, whatever the page.

        Args:
            cells: What to select, as SQL; empty for the columns.
        """
        sql = f"SELECT {cells or self.cells()} {self._source()} ORDER BY {self.order}"
        return Statement(f"rows of {self.table.name}", sql, (self.table.name,))

    def page(self, *, offset: int, key: str = "") -> Statement:
        """Give the statement of one page; `limit` and `offset` are its parameters.

        Args:
            offset: How far in the page begins.
            key: The table's key, if it is one column.
        """
        if offset < FAR_OFFSET or not key:
            sql = f"{self.rows().sql} LIMIT :limit OFFSET :offset"
        else:
            keys = f"{self.rows(cells=key).sql} LIMIT :limit OFFSET :offset"
            sql = (
                f"SELECT {self.cells()} FROM {self.table.name} "
                f"WHERE {key} IN ({keys}) ORDER BY {self.order}"
            )
        return Statement(f"page of {self.table.name}", sql, (self.table.name,))

    def count(self) -> Statement:
        """Give the statement of the number of rows."""
        sql = f"SELECT COUNT(*) AS n_rows {self._source()}"
        return Statement(f"number of rows of {self.table.name}", sql, (self.table.name,))

    def whole(self, found: str) -> Statement:
        """Give the statement of one aggregate over all rows, called `found`."""
        sql = f"SELECT {found} AS found {self._source()}"
        return Statement(f"one number about {self.table.name}", sql, (self.table.name,))

    def facets(self, names: Sequence[str], *, without: str = "") -> Statement:
        """Give the statement that counts the values of several columns in one pass.

        Args:
            names: The columns; a set is counted by its combinations of members.
            without: A column whose own filters are left aside.
        """
        listed = ", ".join(names)
        marks = ", ".join(f"GROUPING({name}) AS g_{name}" for name in names)
        sets = ", ".join(f"({name})" for name in names)
        sql = (
            f"SELECT {listed}, {marks}, COUNT(*) AS n_rows {self._source(without=without)} "
            f"GROUP BY GROUPING SETS ({sets})"
        )
        return Statement(f"values of {listed}", sql, (self.table.name,))

    def filtered(self) -> frozenset[str]:
        """Name the columns that have a filter of their own."""
        return frozenset(part.column for part in self.conditions)

    def run(self, engine: Engine, statement: Statement, **more: Value) -> list[dict[str, Any]]:
        """Run one of the statements with the values that it names."""
        return engine.rows(statement, **self.values_for(statement, **more))

    def run_counts(self, engine: Engine, statement: Statement) -> list[dict[str, Any]]:
        """Run one of the statements that count."""
        return engine.counts(statement, **self.values_for(statement))

    def values_for(self, statement: Statement, **more: Value) -> dict[str, Value]:
        """Give the values that one of the statements names."""
        values = {**self.values, **more}
        return {name: values[name] for name in statement.parameters()}

    def cells(self) -> str:
        """Give the columns to show, as SQL."""
        return ", ".join(
            f"{self.cell(column)} AS {column.name}"
            if column.name in self.table.sets
            else column.name
            for column in self.columns
        )

    def cell(self, column: Column) -> str:
        """Give one column, as SQL; a set as the names of its members."""
        members = self.table.sets.get(column.name)
        if not members:
            return column.name
        named = ", ".join(
            f"CASE WHEN ({column.name} & {1 << bit}) <> 0 THEN '{member}' END"
            for bit, member in enumerate(members)
        )
        return f"CONCAT_WS(', ', {named})"

    def _source(self, *, without: str = "") -> str:
        held = [part.sql for part in self.conditions if not without or part.column != without]
        where = f" WHERE {' AND '.join(held)}" if held else ""
        return f"FROM {self.table.name}{where}"


def select_rows(table: ShownTable, request: TableRequest) -> Selection:
    """Check a request and turn it into what it selects.

    Raises:
        DataError: with every fault and what is allowed in its place.

    >>> from signoff.store.browse.shown import lake_table
    >>> wanted = TableRequest(columns=("name",), filters=(Filter("country", "is", "FR"),))
    >>> select_rows(lake_table("account"), wanted).rows().sql
    'SELECT name FROM account WHERE country = :f0_0 ORDER BY account_id ASC NULLS LAST'
    """
    check_request(table, request)
    values: dict[str, Value] = {}
    conditions = [
        _condition(table, wanted, number=number, values=values)
        for number, wanted in enumerate(request.filters)
    ]
    for number, word in enumerate(fold_text(request.search).split()):
        values[f"w{number}"] = word
        conditions.append(Condition("", f"CONTAINS({table.search_text()}, :w{number})"))
    names = request.columns or tuple(column.name for column in table.columns)
    return Selection(
        table=table,
        columns=tuple(table.column(name) for name in names),
        conditions=tuple(conditions),
        order=_order(table, request),
        values=values,
    )


def _order(table: ShownTable, request: TableRequest) -> str:
    asked = [(sort.column, sort.direction.upper()) for sort in request.sort]
    ties = [(name, "ASC") for name in table.key if name not in dict(asked)]
    return ", ".join(
        f"{_sorted(table, name)} {direction} NULLS LAST" for name, direction in [*asked, *ties]
    )


def _sorted(table: ShownTable, name: str) -> str:
    """Give what a column is sorted by: people look for É beside E."""
    return table.folded(name) if name in table.folded_columns else name


def _condition(
    table: ShownTable, wanted: Filter, *, number: int, values: dict[str, Value]
) -> Condition:
    operator, column = Operator(wanted.operator), table.column(wanted.column)
    given = values_of(table, wanted)
    is_folded = column.type is ColumnType.TEXT and not column.allowed
    if operator in {Operator.HAS, Operator.LACKS}:
        bit = 1 << table.sets[wanted.column].index(str(given[0]))
        sign = "<>" if operator is Operator.HAS else "="
        return Condition(wanted.column, f"({wanted.column} & {bit}) {sign} 0")
    if operator in {Operator.CONTAINS, Operator.STARTS_WITH}:
        given = [fold_text(str(value)) if is_folded else value for value in given]
    marks = [f":f{number}_{i}" for i in range(len(given))]
    values.update((mark[1:], value) for mark, value in zip(marks, given, strict=True))
    return Condition(wanted.column, _compared(table, wanted.column, operator, marks))


def _compared(table: ShownTable, name: str, operator: Operator, marks: Iterable[str]) -> str:
    listed = ", ".join(marks)
    folded = table.folded(name)
    return {
        Operator.IS: f"{name} = {listed}",
        Operator.IS_NOT: f"({name} IS NULL OR {name} <> {listed})",
        Operator.ANY_OF: f"{name} IN ({listed})",
        Operator.NONE_OF: f"({name} IS NULL OR {name} NOT IN ({listed}))",
        Operator.CONTAINS: f"CONTAINS({folded}, {listed})",
        Operator.STARTS_WITH: f"LEFT({folded}, LENGTH({listed})) = {listed}",
        Operator.AT_LEAST: f"{name} >= {listed}",
        Operator.AT_MOST: f"{name} <= {listed}",
        Operator.EMPTY: f"{name} IS NULL",
        Operator.KNOWN: f"{name} IS NOT NULL",
    }[operator]
