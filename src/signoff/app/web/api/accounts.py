"""Accounts through the API: filtered, searched, sorted, page by page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from signoff.app.web.api.bearer import Bearer
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.left_alone import without_suppressed
from signoff.app.web.place import lake_engine
from signoff.app.web.rights import Right
from signoff.audience import list_accounts
from signoff.errors import DataError
from signoff.store.browse import Filter, Sort, TableRequest

__all__ = ["router"]

router = Router(tags=["accounts"])
MOST_ROWS = 1000
FURTHEST_ROW = 10_000_000
PARTS = 3


class AccountQuery(Schema):
    """Which accounts, in which order."""

    search: str = Field("", max_length=200, description="Words of name, domain or city.")
    sort: str = Field("", max_length=60, description="A column; with - before it, largest first.")
    filter: list[str] = Field(
        default_factory=list,
        max_length=20,
        description="column:operator:value, as country:is:FR or employees:at_least:50.",
    )
    limit: int = Field(50, ge=1, le=MOST_ROWS)
    offset: int = Field(0, ge=0, le=FURTHEST_ROW)


class AccountsOut(Schema):
    """One page of accounts."""

    n_rows: int
    offset: int
    limit: int
    rows: list[dict[str, Any]]


@router.get(
    "/accounts",
    response={200: AccountsOut, **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("Accounts with what is known of them; no person is named"),
)
def list_some(request: HttpRequest, wanted: Query[AccountQuery]) -> dict[str, Any]:
    """Give one page of accounts; whoever is suppressed leaves by no program either."""
    with lake_engine() as engine:
        page = list_accounts(engine, without_suppressed(read_query(wanted), engine))
    rows = [dict(row) for row in page.rows()]
    return {"n_rows": page.n_rows, "offset": page.offset, "limit": page.limit, "rows": rows}


def read_query(wanted: AccountQuery) -> TableRequest:
    """Read a query; the table itself refuses columns and operators that there are not."""
    filters = [tuple(text.split(":", PARTS - 1)) for text in wanted.filter]
    if any(len(parts) < PARTS - 1 for parts in filters):
        raise DataError(
            "a filter cannot be read",
            why="it is not of the form column:operator:value",
            fix="write it as country:is:FR",
            where="filter",
        )
    direction = "desc" if wanted.sort.startswith("-") else "asc"
    column = wanted.sort.removeprefix("-")
    return TableRequest(
        filters=tuple(Filter(p[0], p[1], p[2] if len(p) == PARTS else None) for p in filters),
        search=wanted.search,
        sort=(Sort(column, direction),) if column else (),
        offset=wanted.offset,
        limit=wanted.limit,
    )
