"""Pages of tables: what is asked for is what comes, and nothing that is not on the table's list."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.browse import (
    Filter,
    Operator,
    ShownTable,
    Sort,
    TableRequest,
    count_facets,
    lake_table,
    list_rows,
)
from signoff.store.engines import Engine, Statement, duckdb_engine_on
from signoff.store.engines.prepared import PreparedTable
from signoff.store.schemas import Column, ColumnType

ACCOUNTS = lake_table("account", searched=("name", "domain", "city"), facets=("country", "kind"))
NOON = datetime.fromisoformat("2026-03-01T12:00:00")
ROWS: list[dict[str, Any]] = [
    {
        "account_id": "a1",
        "name": "École Zénith",
        "city": "Saint-Étienne",
        "country": "FR",
        "kind": "school",
        "employees": 40,
        "revenue": Decimal("1250000.10"),
        "currency": "EUR",
        "domain": "zenith.example",
    },
    {"account_id": "a2", "name": "eco Bureau", "country": "DE", "employees": 7, "city": "Köln"},
    {"account_id": "a3", "name": "Acme", "country": "FR", "kind": "company", "employees": 900},
    {"account_id": "a4", "name": "Œuvre & Cie", "country": None, "revenue": Decimal("0.01")},
    {"account_id": "a5", "name": "acme", "country": "FR", "employees": 40},
]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with duckdb_engine_on({"account": ROWS}) as opened:
        yield opened


def ids(engine: Engine, **asked: Any) -> list[str]:
    request = TableRequest(**{"columns": ("account_id",), **asked})
    page = list_rows(engine, table=ACCOUNTS, request=request)
    assert page.n_rows >= len(page.rows())
    return [str(row["account_id"]) for row in page.rows()]


@pytest.mark.parametrize(
    ("column", "operator", "value", "expected"),
    [
        ("country", "is", "FR", ["a1", "a3", "a5"]),
        ("country", "is_not", "FR", ["a2", "a4"]),
        ("country", "any_of", ["DE", "FR"], ["a1", "a2", "a3", "a5"]),
        ("country", "none_of", ("DE",), ["a1", "a3", "a4", "a5"]),
        ("country", "empty", None, ["a4"]),
        ("country", "known", None, ["a1", "a2", "a3", "a5"]),
        ("kind", "is", "school", ["a1"]),
        ("kind", "none_of", ["school"], ["a2", "a3", "a4", "a5"]),
        ("name", "contains", "ÉCO", ["a1", "a2"]),
        ("name", "starts_with", "oeuvre", ["a4"]),
        ("external_id", "contains", "x", []),
        ("employees", "at_least", "40", ["a1", "a3", "a5"]),
        ("employees", "at_most", 7, ["a2"]),
        ("employees", "is", 900, ["a3"]),
        ("revenue", "is", "1250000.10", ["a1"]),
        ("revenue", "at_least", Decimal("0.01"), ["a1", "a4"]),
        ("name", "is", "x' OR '1'='1", []),
        ("name", "contains", "%", []),
        ("name", "contains", "'; DROP TABLE account; --", []),
    ],
)
def test_list_rows_filters_by_each_operator(
    engine: Engine, column: str, operator: str, value: Any, expected: list[str]
) -> None:
    assert ids(engine, filters=(Filter(column, operator, value),)) == expected


def test_list_rows_all_filters_must_hold(engine: Engine) -> None:
    wanted = (Filter("country", "is", "FR"), Filter("employees", "is", 40))
    assert ids(engine, filters=wanted) == ["a1", "a5"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ecole", ["a1"]),
        ("ZENITH etienne", ["a1"]),
        ("étienne zénith", ["a1"]),
        ("koln", ["a2"]),
        ("zenith.example", ["a1"]),
        ("acme", ["a3", "a5"]),
        ("OEUVRE", ["a4"]),
        ("acme koln", []),
        ("  ", ["a1", "a2", "a3", "a4", "a5"]),
        ("_", []),
    ],
)
def test_list_rows_search_knows_no_case_and_no_accent(
    engine: Engine, search: str, expected: list[str]
) -> None:
    assert ids(engine, search=search) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((), ["a1", "a2", "a3", "a4", "a5"]),
        ((Sort("name"),), ["a3", "a5", "a2", "a1", "a4"]),
        ((Sort("name", "desc"),), ["a4", "a1", "a2", "a3", "a5"]),
        ((Sort("employees", "desc"),), ["a3", "a1", "a5", "a2", "a4"]),
        ((Sort("employees"),), ["a2", "a1", "a5", "a3", "a4"]),
        ((Sort("country"), Sort("name", "desc")), ["a2", "a1", "a3", "a5", "a4"]),
        ((Sort("account_id", "desc"),), ["a5", "a4", "a3", "a2", "a1"]),
    ],
)
def test_list_rows_sorts_with_empty_cells_last_and_ties_by_key(
    engine: Engine, sort: tuple[Sort, ...], expected: list[str]
) -> None:
    assert ids(engine, sort=sort) == expected


def test_list_rows_pages_join_to_the_whole(engine: Engine) -> None:
    sort = (Sort("employees", "desc"),)
    pages = [ids(engine, sort=sort, offset=n, limit=2) for n in (0, 2, 4, 6)]
    assert [one for page in pages for one in page] == ids(engine, sort=sort)
    assert pages[-1] == []


def test_list_rows_far_pages_are_the_same_rows() -> None:
    rows = [{"account_id": f"{n:05d}", "name": "x", "employees": n % 7} for n in range(3000)]
    request = TableRequest(sort=(Sort("employees", "desc"),), limit=1000)
    with duckdb_engine_on({"account": rows}) as many:
        pages = [
            list_rows(many, table=ACCOUNTS, request=TableRequest(**{**vars(request), "offset": n}))
            for n in (0, 1000, 2000)
        ]
    found = [row["account_id"] for page in pages for row in page.rows()]
    wanted = sorted(rows, key=lambda row: (-int(str(row["employees"])), str(row["account_id"])))
    assert found == [row["account_id"] for row in wanted]


def test_list_rows_gives_exact_types_and_the_columns_asked_for(engine: Engine) -> None:
    request = TableRequest(columns=("revenue", "account_id", "employees"), limit=1)
    page = list_rows(engine, table=ACCOUNTS, request=request)
    assert page.rows() == ({"revenue": Decimal("1250000.10"), "account_id": "a1", "employees": 40},)
    assert [column.name for column in page.columns] == ["revenue", "account_id", "employees"]
    assert page.n_rows == 5
    assert page.text() == "Rows 1 to 1 of 5."


def test_list_rows_beyond_the_end_says_how_many_there_are(engine: Engine) -> None:
    page = list_rows(engine, table=ACCOUNTS, request=TableRequest(offset=10))
    assert page.text() == "No row here; 5 in all."


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"columns": ("name", "password")}, "use one of: account_id, external_id"),
        ({"sort": (Sort("name; DROP TABLE account"),)}, "use one of: account_id"),
        ({"sort": (Sort("name", "asc; DROP"),)}, "use one of: asc, desc"),
        ({"sort": (Sort("name_folded"),)}, "no column 'name_folded'"),
        ({"filters": (Filter("1=1 OR name", "is", "x"),)}, "use one of: account_id"),
        ({"filters": (Filter("name", "LIKE", "x"),)}, "use one of: is, is_not, any_of"),
        ({"filters": (Filter("employees", "contains", "x"),)}, "at_least, at_most"),
        ({"filters": (Filter("employees", "at_least", "12; DROP"),)}, "a whole number"),
        ({"filters": (Filter("employees", "is", value=True),)}, "a whole number"),
        ({"filters": (Filter("employees", "is", "9" * 30),)}, "a whole number"),
        ({"filters": (Filter("revenue", "is", "NaN"),)}, "an amount"),
        ({"filters": (Filter("revenue", "is", "1,5"),)}, "an amount"),
        ({"filters": (Filter("kind", "is", "castle"),)}, "one of: company, manufacturer"),
        ({"filters": (Filter("country", "any_of", "FR"),)}, "1 to 200 values"),
        ({"filters": (Filter("country", "any_of", ["FR"] * 201),)}, "1 to 200 values"),
        ({"filters": (Filter("name", "is", ""),)}, "text of 1 to 500"),
        ({"filters": (Filter("name", "is", "a\0b"),)}, "text of 1 to 500"),
        ({"filters": (Filter("name", "is", None),)}, "text of 1 to 500"),
        ({"filters": (Filter("name", "known"),) * 51}, "number of filters is 51"),
        ({"limit": 1001}, "from 1 to 1,000"),
        ({"limit": 0}, "from 1 to 1,000"),
        ({"offset": -1}, "from 0 to"),
        ({"offset": "1; DROP"}, "from 0 to"),
        ({"search": "x" * 501}, "use fewer words"),
    ],
)
def test_list_rows_refuses_what_is_not_on_the_list(
    engine: Engine, asked: dict[str, Any], says: str
) -> None:
    with pytest.raises(DataError, match="nothing was read") as told:
        ids(engine, **asked)
    assert says in str(told.value)


def test_list_rows_names_every_fault_at_once(engine: Engine) -> None:
    wanted = (Filter("nothing", "is", 1), Filter("employees", "is", "x"))
    with pytest.raises(DataError) as told:
        ids(engine, filters=wanted, sort=(Sort("no"),), limit=5000)
    assert [fault.where for fault in told.value.faults] == [
        "limit",
        "sort 1",
        "filter 1",
        "filter 2",
    ]


def test_list_rows_search_of_a_table_without_text_is_refused(engine: Engine) -> None:
    with pytest.raises(DataError, match="nothing to search"):
        list_rows(engine, table=lake_table("event"), request=TableRequest(search="x"))


def test_list_rows_reads_days_times_and_shares() -> None:
    deal = {"opportunity_id": "o", "stage": "won", "closed_on": date(2026, 3, 1)}
    touch = {"event_id": "e", "kind": "click", "occurred_at": NOON}
    role = {"person_id": "p", "account_id": "a", "role": "user", "probability_share": 0.25}
    tables = {"opportunity": [deal], "event": [touch], "committee_role": [role]}
    cases = [
        ("opportunity", Filter("closed_on", "at_least", "2026-03-01"), 1),
        ("opportunity", Filter("closed_on", "at_most", date(2026, 2, 28)), 0),
        ("event", Filter("occurred_at", "at_most", "2026-03-01T13:00:00+01:00"), 1),
        (
            "event",
            Filter("occurred_at", "at_least", NOON + timedelta(minutes=1)),
            0,
        ),
        ("committee_role", Filter("probability_share", "is", "0.25"), 1),
    ]
    with duckdb_engine_on(tables) as small:
        for name, wanted, n_rows in cases:
            request = TableRequest(filters=(wanted,))
            assert list_rows(small, table=lake_table(name), request=request).n_rows == n_rows


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("closed_on", "1 March"),
        ("closed_on", NOON),
    ],
)
def test_list_rows_refuses_what_is_no_day(engine: Engine, name: str, value: Any) -> None:
    request = TableRequest(filters=(Filter(name, "is", value),))
    with pytest.raises(DataError, match="a day such as"):
        list_rows(engine, table=lake_table("opportunity"), request=request)


def test_list_rows_refuses_what_is_no_time_share_or_flag(engine: Engine) -> None:
    for table, wanted, needed in [
        ("event", Filter("occurred_at", "is", "noon"), "a time such as"),
        ("committee_role", Filter("probability_share", "is", "inf"), "a number with a point"),
        ("committee_role", Filter("probability_share", "is", "half"), "a number with a point"),
    ]:
        with pytest.raises(DataError, match=needed):
            list_rows(engine, table=lake_table(table), request=TableRequest(filters=(wanted,)))


MEMBERS = ("user", "approver")
SETS = ShownTable(
    name="small_set",
    grain="one thing",
    key=("name",),
    columns=(
        Column("name", ColumnType.TEXT, "Name"),
        Column("roles", ColumnType.INTEGER, "Roles"),
        Column("is_held", ColumnType.FLAG, "Held", nullable=True),
    ),
    searched=("name",),
    facets=("roles", "is_held"),
    sets={"roles": MEMBERS},
    prepared=PreparedTable(
        "small_set",
        Statement(
            "sets",
            "SELECT CONCAT('É', CAST(i AS VARCHAR(9))) AS name, i AS roles, i = 1 AS is_held, "
            "CONCAT('e', CAST(i AS VARCHAR(9))) AS search_text "
            "FROM (SELECT CAST(employees AS BIGINT) AS i FROM account) AS n ORDER BY name",
            ("account",),
        ),
        ("account",),
    ),
)
SET_ROWS = [{"account_id": str(n), "name": "x", "employees": n} for n in range(4)]


def test_list_rows_shows_and_filters_sets_by_their_members() -> None:
    with duckdb_engine_on({"account": SET_ROWS}) as small:

        def found(*filters: Filter, search: str = "") -> list[Any]:
            request = TableRequest(columns=("roles",), filters=filters, search=search)
            return [row["roles"] for row in list_rows(small, table=SETS, request=request).rows()]

        assert found() == ["", "user", "approver", "user, approver"]
        assert found(Filter("roles", "has", "approver")) == ["approver", "user, approver"]
        assert found(Filter("roles", "lacks", "approver")) == ["", "user"]
        assert found(Filter("is_held", "is", "yes")) == ["user"]
        assert found(search="E2") == ["approver"]
        with pytest.raises(DataError, match="one of: user, approver"):
            found(Filter("roles", "has", "king"))
        with pytest.raises(DataError, match="true or false"):
            found(Filter("is_held", "is", "perhaps"))
        facets = count_facets(small, table=SETS, request=TableRequest())
    assert facets["roles"].items == (("user", 2), ("approver", 2))
    assert facets["is_held"].items == ((False, 3), (True, 1))


def test_count_facets_leaves_the_filters_of_its_own_column_aside(engine: Engine) -> None:
    wanted = (Filter("country", "is", "FR"), Filter("employees", "at_least", 40))
    facets = count_facets(engine, table=ACCOUNTS, request=TableRequest(filters=wanted))
    assert facets["country"].items == (("FR", 3),)
    assert facets["kind"].items == ((None, 1), ("company", 1), ("school", 1))
    wanted = (Filter("country", "is", "DE"),)
    facets = count_facets(engine, table=ACCOUNTS, request=TableRequest(filters=wanted))
    assert facets["country"].items == (("FR", 3), (None, 1), ("DE", 1))
    assert facets["kind"].items == ((None, 1),)


def test_count_facets_of_no_rows_are_empty() -> None:
    with duckdb_engine_on({}) as small:
        facets = count_facets(small, table=SETS, request=TableRequest())
        assert facets["roles"].items == (("user", 0), ("approver", 0))
        assert facets["is_held"].items == ()


def test_operators_every_operator_is_taken_by_some_column() -> None:
    tables = [ACCOUNTS, SETS]
    taken = {op for table in tables for c in table.columns for op in table.operators(c.name)}
    assert taken == set(Operator)


def test_lake_table_unknown_name_is_refused() -> None:
    with pytest.raises(DataError, match="use one of: account, account_merge"):
        lake_table("register")
