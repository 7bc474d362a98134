"""Tables whose rows stay in the lake: the engine filters, sorts and counts, one page comes out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, QueryDict

from signoff.app.web.tables import (
    LONGEST_SEARCH,
    PAGE_CHOICES,
    PAGE_ROWS,
    Head,
    Table,
    TableState,
    make_cell,
)
from signoff.errors import DataError
from signoff.store.browse import Facet, Filter, Operator, Sort, TablePage, TableRequest

__all__ = ["LakeTable", "read_request", "show_lake_table"]

FROM = "_from"
MOST_PAGES = 200_000
Words = Callable[[str, Any], str]


@dataclass(frozen=True)
class LakeTable(Table):
    """A table of the lake as the page shows it.

    Attributes:
        ranges: Columns that can be given a least value, each with what the address says.
        is_chosen: Whether its columns can be chosen.
    """

    ranges: Sequence[tuple[Head, str]] = field(default_factory=tuple)
    is_chosen: bool = True

    @property
    def asked_names(self) -> set[str]:
        """Names of the parameters that its form fills in: any column may be filtered."""
        names = {head.name for head in self.all_heads}
        return super().asked_names | names | {name + FROM for name in names}

    @property
    def shown_names(self) -> frozenset[str]:
        """Names of the columns shown."""
        return frozenset(head.name for head in self.heads)


def show_lake_table(
    request: HttpRequest,
    *,
    table: Table,
    list_rows: Callable[[TableRequest], TablePage],
    count: Callable[[TableRequest], Mapping[str, Facet]],
    words: Words,
    sets: Sequence[str] = (),
) -> LakeTable:
    """Give the page of a table that the engine filters, sorts and counts.

    Args:
        request: Whose address says how to sort, filter and page.
        table: Name, caption, all columns, exports and what to say without rows; the rest is
            filled in here.
        list_rows: Gives one page of rows.
        count: Counts the values to filter by.
        words: Gives the reader's word for a column's value.
        sets: Columns that hold several values, of which one is asked for.

    Raises:
        DataError: the address asks for what the table does not have; all faults at once.
    """
    state, asked = read_request(request.GET, table.all_heads, sets=sets)
    page = list_rows(asked)
    facets = count(asked)
    heads = [_with_choices(head, facets, state=state, words=words) for head in table.all_heads]
    shown = [head for head in table.all_heads if head.name in (state.columns or _usual(table))]
    return LakeTable(
        **{
            **vars(table),
            "heads": shown,
            "lines": [[make_cell(head, row) for head in shown] for row in page.rows()],
            "n_total": page.n_rows,
            "state": state,
            "query": request.GET,
            "all_heads": heads,
        },
        ranges=[
            (head, request.GET.get(head.name + FROM, ""))
            for head in heads
            if head.kind in {"number", "money"}
        ],
    )


def read_request(
    query: QueryDict, heads: Sequence[Head], *, sets: Sequence[str] = ()
) -> tuple[TableState, TableRequest]:
    """Read what an address asks of a table of the lake.

    Args:
        query: Parameters: sort, q, page, rows, columns; a column's name for its value, with
            `_from` for its least value.
        heads: The columns there are; other parameters are passed over.
        sets: Columns that hold several values.

    Returns:
        The state for the page, and the request for the engine, which checks the rest.

    Raises:
        DataError: a page or a number of rows that is no number.
    """
    known = {head.name for head in heads}
    sort, page = query.get("sort", ""), query.get("page", "1")
    n_rows = query.get("rows", str(PAGE_ROWS))
    if not (page.isascii() and page.isdigit() and n_rows.isascii() and n_rows.isdigit()):
        raise DataError(
            "the page of the table cannot be shown",
            why="page and rows are whole numbers",
            fix="turn pages by the links of the table",
            where="address",
        )
    values = {name: query[name] for name in known if query.get(name)}
    state = TableState(
        sort=sort.removeprefix("-"),
        is_descending=sort.startswith("-"),
        search=query.get("q", "").strip()[:LONGEST_SEARCH],
        filters=values,
        page=min(max(1, int(page[:9])), MOST_PAGES),
        n_rows=int(n_rows) if n_rows in map(str, PAGE_CHOICES) else PAGE_ROWS,
        columns=tuple(name for name in query.getlist("columns") if name in known),
    )
    least = {name: query[name + FROM] for name in known if query.get(name + FROM)}
    filters = [
        Filter(name, Operator.HAS if name in sets else Operator.IS, value)
        for name, value in values.items()
    ]
    filters += [Filter(name, Operator.AT_LEAST, value) for name, value in least.items()]
    return state, TableRequest(
        filters=tuple(filters),
        search=state.search,
        sort=(Sort(state.sort, "desc" if state.is_descending else "asc"),) if state.sort else (),
        offset=(state.page - 1) * state.n_rows,
        limit=state.n_rows,
    )


def _with_choices(
    head: Head, facets: Mapping[str, Facet], *, state: TableState, words: Words
) -> Head:
    """Give a column its values to filter by, each with its number of rows."""
    if head.name not in facets:
        return head
    items = [(str(value), n_rows) for value, n_rows in facets[head.name].items if value is not None]
    chosen = state.filters.get(head.name)
    if chosen and chosen not in dict(items):
        items.append((chosen, 0))
    choices = [(value, f"{words(head.name, value)} ({n_rows:,})") for value, n_rows in items]
    return replace(head, choices=tuple(choices))


def _usual(table: Table) -> Sequence[str]:
    """Name the columns shown as long as nobody chose others."""
    return [head.name for head in table.heads]
