"""Tables on pages: sorted, filtered, paged and exported by what the address says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import slugify

from signoff.errors import DataError
from signoff.results import Row, json_default, rows_to_csv

__all__ = [
    "Cell",
    "Head",
    "Table",
    "TableState",
    "export_rows",
    "export_table",
    "read_state",
    "show_table",
]

PAGE_ROWS = 50
PAGE_CHOICES = (25, 50, 100, 250)
LONGEST_SEARCH = 200
OWN = ("sort", "q", "page", "columns", "export")


@dataclass(frozen=True)
class Head:
    """One column of a table on a page.

    Attributes:
        name: Key in the rows, and in the address.
        label: Its heading, translated.
        kind: text, number, measure, money, share, day, moment, term or flag; a value among the
            choices is shown by its word whatever its kind.
        family: For a term, its vocabulary (`role`); for money, the key of its currency.
        address: Gives the address that a cell leads to, or nothing.
        choices: Values to filter by, with their words; empty: the column is not filtered so.
        act: Gives the address that a button of the cell posts to, or nothing; the value is its
            word, the family the question asked before.
    """

    name: str
    label: Any
    kind: str = "text"
    family: str = ""
    address: Callable[[Mapping[str, Any]], str] | None = None
    choices: Sequence[tuple[str, Any]] = ()
    act: Callable[[Mapping[str, Any]], str] | None = None

    @property
    def is_act(self) -> bool:
        """Whether its cells are buttons; a template that asks for `act` itself would call it."""
        return self.act is not None

    @property
    def is_numeric(self) -> bool:
        """Whether its cells stand to the right."""
        return self.kind in {"number", "measure", "money", "share"}


@dataclass(frozen=True)
class TableState:
    """What the address says of a table.

    Attributes:
        sort: Column that sorts; empty for the order the rows come in.
        is_descending: Whether the largest comes first.
        search: Words to look for.
        filters: Value by column.
        page: Number of the page, from 1.
        n_rows: Rows on a page.
        columns: Names of the columns to show; empty for all.
    """

    sort: str = ""
    is_descending: bool = False
    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    page: int = 1
    n_rows: int = PAGE_ROWS
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One cell: its value, its column and where it leads."""

    head: Head
    value: Any
    extra: Any = ""
    address: str = ""
    act: str = ""


@dataclass(frozen=True)
class Table:
    """A table as the page shows it.

    Attributes:
        name: Its id on the page; several tables of one page have different ones.
        caption: What it shows.
        heads: The columns shown.
        lines: Cells of the rows of this page.
        n_total: Rows that fit the filters.
        state: What the address says.
        query: The address's parameters, to keep the others when one changes.
        all_heads: All the columns there are.
        is_searched: Whether there is a search box.
        exports: Forms in which all rows can be had: csv, json, xlsx.
        empty: What to say where there are no rows.
        prefix: What its parameters in the address begin with, where a page shows several tables;
            empty where it stands alone.
    """

    name: str
    caption: Any
    heads: Sequence[Head]
    lines: Sequence[Sequence[Cell]]
    n_total: int
    state: TableState
    query: QueryDict
    all_heads: Sequence[Head]
    is_searched: bool = True
    exports: Sequence[str] = ("csv", "json")
    empty: Any = ""
    prefix: str = ""

    @property
    def n_pages(self) -> int:
        """Number of pages."""
        return max(1, -(-self.n_total // self.state.n_rows))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1."""
        return (self.state.page - 1) * self.state.n_rows + 1 if self.n_total else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.n_total, self.state.page * self.state.n_rows)

    @property
    def filtered_heads(self) -> list[Head]:
        """Give the columns that can be filtered by a choice."""
        return [head for head in self.all_heads if head.choices]

    @property
    def asked_names(self) -> set[str]:
        """Names of the parameters that its form fills in, without the prefix."""
        return {*OWN, *(head.name for head in self.filtered_heads)}

    @property
    def others(self) -> list[tuple[str, str]]:
        """Give the page's other parameters, which its form sends along."""
        own = {self.prefix + name for name in self.asked_names}
        sent = ((name, value) for name, values in self.query.lists() for value in values)
        return [(name, value) for name, value in sent if name not in own]

    def sorts(self) -> dict[str, tuple[str, str]]:
        """Give, by column, the query that sorts by it, and how it is sorted now."""
        made = {}
        for head in self.heads:
            is_here = self.state.sort == head.name
            down = is_here and not self.state.is_descending
            now = ("descending" if self.state.is_descending else "ascending") if is_here else "none"
            made[head.name] = (self.with_query(sort=f"-{head.name}" if down else head.name), now)
        return made

    def with_query(self, **changes: str) -> str:
        """Give the address's parameters with some changed; the page goes back to the first."""
        query = self.query.copy()
        query.pop(f"{self.prefix}page", None)
        for name, value in changes.items():
            query[self.prefix + name] = value
        return "?" + query.urlencode()

    def turned(self, step: int) -> str:
        """Give the parameters of another page, or nothing where there is none."""
        page = self.state.page + step
        return self.with_query(page=str(page)) if 1 <= page <= self.n_pages else ""

    @property
    def previous(self) -> str:
        """Parameters of the page before."""
        return self.turned(-1)

    @property
    def following(self) -> str:
        """Parameters of the page after."""
        return self.turned(1)


def read_state(query: QueryDict, heads: Sequence[Head], *, prefix: str = "") -> TableState:
    """Read what an address says of a table; only known columns and choices pass.

    Args:
        query: Parameters: sort, q, page, rows, columns, and a column's name for its filter.
        heads: The columns there are.
        prefix: What the names of this table's parameters begin with.

    Raises:
        DataError: a column, a choice or a number that there is not; all of them at once.
    """

    def told(name: str, usual: str = "") -> str:
        return str(query.get(prefix + name, usual))

    known = {head.name: head for head in heads}
    sort = told("sort")
    columns = tuple(query.getlist(f"{prefix}columns"))
    wrong = [name for name in (sort.removeprefix("-"), *columns) if name and name not in known]
    filters = {name: told(name) for name in known if told(name) and known[name].choices}
    wrong += [
        f"{name}={value}"
        for name, value in filters.items()
        if value not in {choice for choice, _label in known[name].choices}
    ]
    page, n_rows = told("page", "1"), told("rows", str(PAGE_ROWS))
    wrong += [number for number in (page, n_rows) if not (number.isascii() and number.isdigit())]
    if wrong:
        raise DataError(
            f"the table cannot be shown by {', '.join(wrong)[:200]}",
            why=f"it has the columns {', '.join(known)}",
            fix="sort and filter by the links and lists of the table",
            where="address",
        )
    return TableState(
        sort=sort.removeprefix("-"),
        is_descending=sort.startswith("-"),
        search=told("q").strip()[:LONGEST_SEARCH],
        filters=filters,
        page=max(1, int(page)),
        n_rows=int(n_rows) if int(n_rows) in PAGE_CHOICES else PAGE_ROWS,
        columns=columns,
    )


def show_table(
    request: HttpRequest,
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    caption: Any,
    heads: Sequence[Head],
    empty: Any = "",
    exports: Sequence[str] = ("csv", "json"),
    prefix: str = "",
) -> Table:
    """Give the page of a table whose rows are all at hand (a few thousand at most).

    Args:
        request: Whose address says how to sort, filter and page.
        rows: All rows, in the order in which they come unsorted.
        name: Its id on the page.
        caption: What it shows.
        heads: Its columns.
        empty: What to say without rows.
        exports: Forms in which it can be had.
        prefix: What its parameters begin with, as "leads-", where a page shows several tables.
    """
    state = read_state(request.GET, heads, prefix=prefix)
    fitting = sort_rows(filter_rows(rows, heads=heads, state=state), state=state)
    page = min(state.page, max(1, -(-len(fitting) // state.n_rows)))
    state = TableState(**{**vars(state), "page": page})
    shown = [head for head in heads if not state.columns or head.name in state.columns]
    here = fitting[(page - 1) * state.n_rows : page * state.n_rows]
    return Table(
        name=name,
        caption=caption,
        heads=shown,
        lines=[[make_cell(head, row) for head in shown] for row in here],
        n_total=len(fitting),
        state=state,
        query=request.GET,
        all_heads=heads,
        exports=exports,
        empty=empty,
        prefix=prefix,
    )


def make_cell(head: Head, row: Mapping[str, Any]) -> Cell:
    """Give one cell of a row, with where it leads."""
    extra = row.get(head.family, "EUR") if head.kind == "money" else head.family
    address = head.address(row) if head.address else ""
    return Cell(head, row.get(head.name), extra, address, head.act(row) if head.act else "")


def filter_rows(
    rows: Sequence[Mapping[str, Any]], *, heads: Sequence[Head], state: TableState
) -> list[Mapping[str, Any]]:
    """Keep the rows that have the chosen values and hold every word looked for."""
    words = state.search.casefold().split()
    names = [head.name for head in heads]

    def fits(row: Mapping[str, Any]) -> bool:
        if any(str(row.get(name)) != value for name, value in state.filters.items()):
            return False
        text = " ".join(str(row.get(name, "")) for name in names).casefold()
        return all(word in text for word in words)

    return [row for row in rows if fits(row)]


def sort_rows(rows: list[Mapping[str, Any]], *, state: TableState) -> list[Mapping[str, Any]]:
    """Sort rows by the state's column; those without a value come last either way."""
    if not state.sort:
        return rows
    known = [row for row in rows if row.get(state.sort) is not None]
    lacking = [row for row in rows if row.get(state.sort) is None]
    known.sort(key=lambda row: sort_key(row[state.sort]), reverse=state.is_descending)
    return known + lacking


def sort_key(value: Any) -> Any:
    """Give what a value sorts by: numbers and times as they are, text without case."""
    numeric = isinstance(value, int | float | Decimal | date | datetime)
    return value if numeric else str(value).casefold()


def export_table(
    request: HttpRequest,
    rows: Sequence[Mapping[str, Any]],
    *,
    name: str,
    heads: Sequence[Head],
    form: str,
    prefix: str = "",
) -> HttpResponse:
    """Give a table as a file to download: all its rows and columns, filtered and sorted.

    Args:
        request: Whose address says how to filter and sort.
        rows: All rows.
        name: Name of the file, without its ending.
        heads: The columns.
        form: csv or json.
        prefix: What the table's parameters begin with.

    Raises:
        DataError: another form, or an address that does not fit the table.
    """
    state = read_state(request.GET, heads, prefix=prefix)
    fitting = sort_rows(filter_rows(rows, heads=heads, state=state), state=state)
    extra = [head.family for head in heads if head.kind == "money" and head.family]
    names = dict.fromkeys([*(head.name for head in heads if not head.act), *extra])
    whole = [{name: row.get(name) for name in names} for row in fitting]
    return export_rows(whole, name=name, form=form)


def export_rows(rows: Sequence[Row], *, name: str, form: str) -> HttpResponse:
    """Give rows as a file to download.

    Args:
        rows: The rows, whole.
        name: Name of the file, without its ending.
        form: csv or json.

    Raises:
        DataError: another form.
    """
    if form == "csv":
        answer = HttpResponse("\ufeff" + rows_to_csv(rows), content_type="text/csv; charset=utf-8")
    elif form == "json":
        import json

        text = json.dumps([dict(row) for row in rows], default=json_default, ensure_ascii=False)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    else:
        raise DataError(
            f"there is no export as {form[:20]!r}",
            why="this table can be had as csv or json",
            fix="choose one of these",
            where="form",
        )
    answer["Content-Disposition"] = f'attachment; filename="{slugify(name) or "table"}.{form}"'
    return answer
