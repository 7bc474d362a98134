"""One page of a table, and how often each value occurs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signoff.results import Cell, Result, Row
from signoff.store.browse.request import TableRequest
from signoff.store.browse.selecting import Selection, select_rows
from signoff.store.browse.shown import ShownTable
from signoff.store.engines.engine import Engine
from signoff.store.schemas.table import Column

__all__ = ["Facet", "TablePage", "count_facets", "list_rows"]

MOST_ITEMS = 50


@dataclass(frozen=True)
class TablePage(Result):
    """One page of a table.

    Attributes:
        columns: What the columns are, in the order of the rows' cells.
        records: The rows.
        n_rows: Rows that the request selects, on all pages.
        offset: Rows before this page.
        limit: Most rows of a page.
        is_newest: Whether rows that were just added are among them already.
    """

    columns: tuple[Column, ...]
    records: tuple[Row, ...]
    n_rows: int
    offset: int
    limit: int
    is_newest: bool = True

    def rows(self) -> Sequence[Row]:
        """Give the rows of the page."""
        return self.records

    def text(self) -> str:
        """Say which rows these are.

        >>> TablePage((), ({"n": 1},), n_rows=51, offset=50, limit=50).text()
        'Rows 51 to 51 of 51.'
        """
        if not self.records:
            return f"No row here; {self.n_rows:,} in all."
        last = self.offset + len(self.records)
        coming = "" if self.is_newest else " The newest facts are still being read in."
        return f"Rows {self.offset + 1:,} to {last:,} of {self.n_rows:,}.{coming}"


@dataclass(frozen=True)
class Facet:
    """How often the values of one column occur among the rows, its own filters left aside.

    Attributes:
        column: The column.
        items: Values with their number of rows, the commonest first, at most 50; None is empty.
            Of a set: its members, in their order, each counted where it occurs.
    """

    column: str
    items: tuple[tuple[Cell, int], ...]


def list_rows(engine: Engine, *, table: ShownTable, request: TableRequest) -> TablePage:
    """Give one page of a table as asked for, and how many rows there are in all.

    Args:
        engine: An engine with the table, or with what it is made from.
        table: The table.
        request: Columns, filters, search, order and page.

    Returns:
        The page; the same request on the same facts gives the same rows in the same order.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.browse.shown import lake_table
    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme", "employees": 12}
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     page = list_rows(engine, table=lake_table("account"),
    ...                      request=TableRequest(columns=("name", "employees")))
    >>> page.rows(), page.n_rows
    (({'name': 'Acme', 'employees': 12},), 1)
    """
    selection = select_rows(table, request)
    is_newest = table.bring(engine)
    key = table.key[0] if len(table.key) == 1 else ""
    statement = selection.page(offset=request.offset, key=key)
    records = selection.run(engine, statement, limit=request.limit, offset=request.offset)
    return TablePage(
        columns=selection.columns,
        records=tuple(records),
        n_rows=selection.run_counts(engine, selection.count())[0]["n_rows"],
        offset=request.offset,
        limit=request.limit,
        is_newest=is_newest,
    )


def count_facets(
    engine: Engine, *, table: ShownTable, request: TableRequest
) -> Mapping[str, Facet]:
    """Count the values of the table's facets among the rows that a request selects.

    Args:
        engine: An engine with the table, or with what it is made from.
        table: The table.
        request: Filters and search; the filters of a facet's own column do not count for it, so
            that its other values can be chosen instead.

    Returns:
        A facet for each column that has one.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.browse.shown import lake_table
    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme", "country": "FR"}
    >>> table = lake_table("account", facets=("country",))
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     count_facets(engine, table=table, request=TableRequest())["country"].items
    (('FR', 1),)
    """
    selection = select_rows(table, request)
    table.bring(engine)
    own = [name for name in table.facets if name in selection.filtered()]
    others = [name for name in table.facets if name not in own]
    counted = _count(engine, selection, others)
    for name in own:
        counted |= _count(engine, selection, [name], without=name)
    return {name: Facet(name, _items(table, name, counted[name])) for name in table.facets}


def _count(
    engine: Engine, selection: Selection, names: Sequence[str], *, without: str = ""
) -> dict[str, dict[Cell, int]]:
    """Give the number of rows by value of each column."""
    counted: dict[str, dict[Cell, int]] = {name: {} for name in names}
    if not names:
        return counted
    for row in selection.run_counts(engine, selection.facets(names, without=without)):
        (name,) = (name for name in names if not row[f"g_{name}"])
        counted[name][row[name]] = row["n_rows"]
    return counted


def _items(
    table: ShownTable, name: str, n_rows: Mapping[Cell, int]
) -> tuple[tuple[Cell, int], ...]:
    members = table.sets.get(name)
    if members:
        return tuple((member, _holding(n_rows, bit)) for bit, member in enumerate(members))
    known = sorted((str(value), value) for value in n_rows if value is not None)
    order: list[Cell] = [None] * (None in n_rows) + [value for _text, value in known]
    commonest = sorted(order, key=lambda value: -n_rows[value])[:MOST_ITEMS]
    return tuple((value, n_rows[value]) for value in commonest)


def _holding(n_rows: Mapping[Cell, int], bit: int) -> int:
    """Count the rows whose set has a member: sets are whole numbers, a bit for each."""
    return sum(n for held, n in n_rows.items() if isinstance(held, int) and held >> bit & 1)
