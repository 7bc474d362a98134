"""The table of accounts, on every engine."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from signoff.audience import count_accounts, list_accounts
from signoff.audience.accounts_sql import ACCOUNT_LIST, ACCOUNT_PEOPLE, PEOPLE_TITLES
from signoff.audience.organisations.guesses import (
    FAMILY_COLUMNS,
    KIND_COLUMNS,
    PLACE_COLUMNS,
    UNTOLD_KINDS,
    UNTOLD_PLACES,
)
from signoff.audience.organisations.relatives import RELATIVES
from signoff.store.browse import Filter, Sort, TableRequest
from signoff.store.engines import Statement, fold_text
from signoff.store.firm_names import LETTERS
from signoff.store.schemas import LAKE_TABLES, Column, ColumnType

PEOPLE = [
    {"person_id": "1", "account_id": "a", "title": "CFO", "origin": "measured"},
    {"person_id": "2", "account_id": "a", "title": "CFO", "level": "staff", "origin": "generated"},
    {"person_id": "3", "account_id": "b", "origin": "measured"},
    {"person_id": "4", "account_id": None, "title": "Buyer", "origin": "measured"},
    {"person_id": "5", "account_id": "b", "title": "Clerk", "origin": "measured"},
]
TEXT, INTEGER = ColumnType.TEXT, ColumnType.INTEGER
READ = (Column("job_function", TEXT, "Department"), Column("job_level", TEXT, "Level"))
BITS = Column("role_bits", INTEGER, "Roles")
COUNTED = (
    Column("account_id", TEXT, "Account"),
    Column("n_people", INTEGER, "People"),
    Column("n_generated", INTEGER, "Generated"),
    BITS,
)


def test_people_titles_are_named_once(engines: Any) -> None:
    expected = [{"title": "CFO"}, {"title": "Clerk"}]
    engines.expect(PEOPLE_TITLES, expected, tables={"person_fact": PEOPLE})


def test_account_people_joins_the_roles_of_all(engines: Any) -> None:
    engines.expect(
        ACCOUNT_PEOPLE,
        [
            {"account_id": "a", "n_people": 2, "n_generated": 1, "role_bits": 5},
            {"account_id": "b", "n_people": 2, "n_generated": 0, "role_bits": 0},
        ],
        tables={"person_fact": PEOPLE},
        puts={
            "listed_title": (
                (Column("title", TEXT, "Title"), *READ),
                [{"title": "CFO", "job_function": "finance", "job_level": "executive"}],
            ),
            "role_bit": (
                (*READ, BITS),
                [
                    {"job_function": "finance", "job_level": "executive", "role_bits": 1},
                    {"job_function": "finance", "job_level": "staff", "role_bits": 4},
                    {"job_function": "?", "job_level": "?", "role_bits": 0},
                ],
            ),
        },
    )


def test_account_list_has_every_account_once(engines: Any) -> None:
    early, late = (datetime.fromisoformat(f"2026-0{n}-01T12:00:00") for n in (1, 2))
    nothing = dict.fromkeys(column.name for column in LAKE_TABLES["account"].columns)
    trade = {"industry_scheme": "naf", "industry_code": "46"}
    engines.expect(
        ACCOUNT_LIST,
        [
            {
                **nothing,
                "account_id": "a",
                "name": "L\u2019École Œuf",
                "employees": 249,
                "industry_scheme": "naf",
                "industry_code": "46",
                **_organised("school", "medium", "distribution", is_guessed=True),
                **_tail(3, 1, 5, 2, deals=(1, 2, 1), touch=late, folded="l'ecole oeuf", fit=0.5),
                "parent_id": "b",
            },
            {
                **nothing,
                "account_id": "b",
                "name": "B",
                "revenue": Decimal("1.10"),
                "domain": "b.example",
                "kind": "company",
                "industry_scheme": "naf",
                "industry_code": "46",
                "supply_chain_place": "services",
                **_organised("company", None, "services", is_guessed=False),
                **_tail(0, 0, 0, 7, deals=(0, 0, 0), touch=None, folded="b"),
                "search_text": "b | b.example",
                "n_subsidiaries": 1,
            },
            {
                **nothing,
                "account_id": "c",
                "name": "C",
                "employees": 250,
                **_organised(None, "large", None, is_guessed=False),
                **_tail(0, 0, 0, 7, deals=(0, 0, 0), touch=None, folded="c"),
                "circle_id": "c",
            },
        ],
        tables={
            "account": [
                {
                    "account_id": "b",
                    "name": "B",
                    "revenue": Decimal("1.10"),
                    "domain": "b.example",
                    "kind": "company",
                    "supply_chain_place": "services",
                    **trade,
                },
                {"account_id": "a", "name": "L\u2019École Œuf", "employees": 249, **trade},
                {"account_id": "c", "name": "C", "employees": 250},
            ],
            "opportunity": [
                {"opportunity_id": str(n), "account_id": "a", "stage": stage}
                for n, stage in enumerate(("open", "won", "won", "lost"))
            ]
            + [{"opportunity_id": "x", "stage": "open"}],
            "event": [
                {"event_id": "1", "account_id": "a", "occurred_at": late},
                {"event_id": "2", "account_id": "a", "occurred_at": early},
                {"event_id": "3", "occurred_at": late},
            ],
            "plan_account": [
                {"plan_id": plan, "account_id": account, "market_fit_share": 0.5}
                for plan, account in (("p", "a"), ("q", "b"))
            ],
        },
        puts={
            "account_people": (
                COUNTED,
                [{"account_id": "a", "n_people": 3, "n_generated": 1, "role_bits": 5}],
            ),
            "guessed_kind": (KIND_COLUMNS, [{"account_id": "a", "guessed_kind": "school"}]),
            "guessed_place": (PLACE_COLUMNS, [{**trade, "guessed_place": "distribution"}]),
            "account_family": (
                FAMILY_COLUMNS,
                [
                    {"account_id": "a", "parent_id": "b", "n_subsidiaries": 0},
                    {"account_id": "b", "n_subsidiaries": 1},
                    {"account_id": "c", "circle_id": "c", "n_subsidiaries": 0},
                ],
            ),
        },
        values={"all_bits": 7, "plan_id": "p"},
    )


def _organised(
    kind: str | None, band: str | None, place: str | None, *, is_guessed: bool
) -> dict[str, Any]:
    """Give what is shown of an organisation, in the order in which the table has it."""
    return {
        "likely_kind": kind,
        "is_kind_guessed": is_guessed,
        "size_band": band,
        "likely_place": place,
        "is_place_guessed": is_guessed,
        "parent_id": None,
        "circle_id": None,
        "n_subsidiaries": 0,
    }


def test_untold_kinds_are_those_of_accounts_without_one(engines: Any) -> None:
    told = {"account_id": "a", "name": "A", "kind": "school"}
    bare = {"account_id": "b", "name": "B"}
    full = {"account_id": "c", "name": "C", "domain": "c.example"}
    full |= {"industry_scheme": "naf", "industry_code": "46"}
    nothing = dict.fromkeys(["domain", "industry_scheme", "industry_code"])
    tables = {"account": [full, told, bare]}
    engines.expect(UNTOLD_KINDS, [{**bare, **nothing}, full], tables=tables)


def test_untold_places_are_of_each_industry_once_but_no_label(engines: Any) -> None:
    industries = [("naf", "46"), ("naf", "46"), ("own", "steel"), (None, "1"), ("nace", None)]
    accounts = [
        {"account_id": str(n), "name": "N", "industry_scheme": scheme, "industry_code": code}
        for n, (scheme, code) in enumerate(industries)
    ]
    told = {**accounts[0], "account_id": "t", "industry_code": "10"}
    told["supply_chain_place"] = "services"
    engines.expect(
        UNTOLD_PLACES,
        [{"industry_scheme": "naf", "industry_code": "46"}],
        tables={"account": [*accounts, told]},
    )


def test_relatives_are_circle_parent_and_subsidiaries(engines: Any) -> None:
    text = ("account_id", "name", "parent_id", "circle_id")
    columns = tuple(Column(name, TEXT, name) for name in text)
    rows = [
        {"account_id": "a", "name": "Acme", "circle_id": "a"},
        {"account_id": "b", "name": "Bolt", "circle_id": "a", "parent_id": "d"},
        {"account_id": "d", "name": "Dome"},
        {"account_id": "f", "name": "Elm", "parent_id": "b"},
        {"account_id": "e", "name": "Elm", "parent_id": "b"},
        {"account_id": "g", "name": "Gate", "parent_id": "d"},
    ]
    found = [
        ("a", "Acme", "circle"),
        ("b", "Bolt", "circle"),
        ("d", "Dome", "parent"),
        ("e", "Elm", "subsidiary"),
    ]
    engines.expect(
        RELATIVES,
        [dict(zip(("account_id", "name", "relation"), row, strict=True)) for row in found],
        tables={},
        puts={"account_list": (columns, rows)},
        values={"account_id": "b", "n_listed": 4},
    )


def _tail(
    n_people: int,
    n_generated: int,
    known: int,
    missing: int,
    *,
    deals: tuple[int, int, int],
    touch: datetime | None,
    folded: str,
    fit: float | None = None,
) -> dict[str, Any]:
    return {
        "n_people": n_people,
        "n_generated": n_generated,
        "roles_known": known,
        "roles_missing": missing,
        "n_roles_known": known.bit_count(),
        "n_roles_missing": missing.bit_count(),
        "n_open_deals": deals[0],
        "n_won_deals": deals[1],
        "n_lost_deals": deals[2],
        "last_touch_at": touch,
        "market_fit_share": fit,
        "win_share": None,
        "value_weight": None,
        "is_holdout": None,
        "name_folded": folded,
        "city_folded": None,
        "search_text": folded,
    }


def test_list_and_count_accounts_agree_on_every_engine(engines: Any) -> None:
    accounts = [
        {"account_id": f"{n:02d}", "name": f"Énergie {n}", "employees": n % 3, "country": "FR"}
        for n in range(8)
    ] + [{"account_id": "x", "name": "Acme"}]
    wanted = TableRequest(
        columns=("account_id", "name", "employees", "n_people", "roles_known"),
        search="energie",
        filters=(
            Filter("employees", "at_least", 1),
            Filter("country", "any_of", ["FR", "DE"]),
            Filter("name", "starts_with", "ÉNER"),
            Filter("roles_missing", "has", "user"),
        ),
        sort=(Sort("employees", "desc"),),
        offset=1,
        limit=3,
    )
    found = {}
    for name, engine in engines.each({"account": accounts, "person_fact": PEOPLE}):
        page = list_accounts(engine, wanted)
        facets = count_accounts(engine, wanted)
        found[name] = (page.rows(), page.n_rows, {n: f.items for n, f in facets.items()})
    assert [row["account_id"] for row in found["duckdb"][0]] == ["05", "01", "04"]
    assert found["duckdb"] == found["spark"]


def test_fold_text_is_the_same_on_every_engine(engines: Any) -> None:
    texts = [*LETTERS[0].upper(), "L\u2019Œuvre", "Mu\u0308ller", "Straße\u00a01", ""]
    folded = Statement("folded", "SELECT FOLD_TEXT(name) AS folded FROM account ORDER BY 1", ())
    accounts = [{"account_id": str(n), "name": text} for n, text in enumerate(texts)]
    expected = [{"folded": text} for text in sorted(map(fold_text, texts))]
    engines.expect(folded, expected, tables={"account": accounts})
