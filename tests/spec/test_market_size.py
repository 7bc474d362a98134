"""The statements of the market's size, each on every engine, with rows worked out by hand."""

from typing import Any

from signoff.audience.organisations import market_size_sql as sql
from signoff.audience.organisations.market_size import PAIR, REGION, WANTED, size_market

BRETAGNE = {"region": "Bretagne", "size_band": "micro"}
COUNT = {
    "country": "FR",
    "industry_scheme": "naf",
    "industry_code": "62",
    "n_firms": 10,
    "year": 2024,
    "source": "drawn",
}
ACCOUNT = {
    "name": "Acme",
    "country": "FR",
    "region": "BRETAGNE",
    "industry_scheme": "naf",
    "industry_code": "6201Z",
    "employees": 9,
}
ACCOUNTS = [
    {**ACCOUNT, "account_id": "a1", "relationship": "client"},
    {**ACCOUNT, "account_id": "a2", "employees": 10},
    {**ACCOUNT, "account_id": "a3", "employees": None},
    {**ACCOUNT, "account_id": "a4", "region": None},
    {**ACCOUNT, "account_id": "a5", "country": None},
    {**ACCOUNT, "account_id": "a6", "country": "BE"},
    {**ACCOUNT, "account_id": "a7", "industry_scheme": "naics", "industry_code": "5415"},
    {**ACCOUNT, "account_id": "a8", "industry_scheme": "naics", "industry_code": None},
]
COUNTS = [
    {**COUNT},
    {**COUNT, "year": 2020, "n_firms": 3},
    {**COUNT, **BRETAGNE, "n_firms": 4},
    {**COUNT, "country": "DE", "n_firms": 7},
    {**COUNT, "industry_code": "01", "n_firms": 6},
]


def pair(scheme: str, code: str, *, is_same: int, permille: int) -> dict[str, Any]:
    return {
        "industry_scheme": "naf",
        "industry_code": "62",
        "account_scheme": scheme,
        "account_code": code,
        "is_same": is_same,
        "compared_permille": permille,
    }


def line(told: dict[str, Any], *found: int) -> dict[str, Any]:
    whole = {"region": None, "size_band": None, **COUNT, **told}
    names = ("n_accounts", "n_clients", "n_compared_permille", "n_undecided")
    columns = (
        *("country", "region", "industry_scheme", "industry_code", "size_band"),
        *("year", "source", "n_firms"),
    )
    return {name: whole[name] for name in columns} | dict(zip(names, found, strict=True))


def test_firm_industries_are_those_of_the_country(engines: Any) -> None:
    engines.expect(
        sql.FIRM_INDUSTRIES,
        [
            {"industry_scheme": "naf", "industry_code": "01"},
            {"industry_scheme": "naf", "industry_code": "62"},
        ],
        tables={"firm_count": [*COUNTS, {**COUNT, "country": "DE", "industry_code": "99"}]},
        values={"country": "FR"},
    )


def test_account_industries_without_a_code_are_one(engines: Any) -> None:
    engines.expect(
        sql.ACCOUNT_INDUSTRIES,
        [
            {"scheme": "", "code": "", "n_accounts": 1},
            {"scheme": "naf", "code": "6201Z", "n_accounts": 5},
            {"scheme": "naics", "code": "5415", "n_accounts": 1},
        ],
        tables={"account": ACCOUNTS},
        values={"country": "FR"},
    )


def test_market_regions_are_of_both(engines: Any) -> None:
    engines.expect(
        sql.MARKET_REGIONS,
        [{"region": "BRETAGNE"}, {"region": "Bretagne"}],
        tables={"account": ACCOUNTS, "firm_count": COUNTS},
    )


def test_market_sizes_hold_what_is_sure_compared_and_undecided_apart(engines: Any) -> None:
    engines.expect(
        sql.MARKET_SIZES,
        [line({}, 4, 1, 900, 1), line({**BRETAGNE, "n_firms": 4}, 1, 1, 900, 3)],
        tables={"account": ACCOUNTS, "firm_count": COUNTS},
        puts={
            "wanted_industry": (WANTED, [{"industry_scheme": "naf", "industry_code": "62"}]),
            "industry_pair": (
                PAIR,
                [
                    pair("naf", "6201Z", is_same=1, permille=0),
                    pair("naics", "5415", is_same=0, permille=900),
                ],
            ),
            "region_name": (
                REGION,
                [
                    {"region": "BRETAGNE", "folded": "bretagne"},
                    {"region": "Bretagne", "folded": "bretagne"},
                ],
            ),
        },
        values={"country": "FR"},
    )


def test_size_market_is_the_same_on_every_engine(engines: Any) -> None:
    tables = {"account": ACCOUNTS, "firm_count": COUNTS}
    found = [size_market(engine).rows() for _, engine in engines.each(tables)]
    assert found[0] == found[1]
    assert len(found[0]) == 4
