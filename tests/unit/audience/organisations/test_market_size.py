"""The size of a market: counts against accounts, each worked out by hand."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from signoff.audience import MarketSize, size_market
from signoff.errors import DataError
from signoff.store.engines import Engine, duckdb_engine_on


def counted(code: str, n_firms: int, *, scheme: str = "naf", **told: Any) -> dict[str, Any]:
    return {
        "country": "FR",
        "region": None,
        "industry_scheme": scheme,
        "industry_code": code,
        "size_band": None,
        "n_firms": n_firms,
        "year": 2024,
        "source": "drawn",
        **told,
    }


def account(number: int, industry: str | None, **told: Any) -> dict[str, Any]:
    scheme, _, code = (industry or "").partition(":")
    return {
        "account_id": f"a{number}",
        "name": f"Firm {number}",
        "country": "FR",
        "industry_scheme": scheme or None,
        "industry_code": code or None,
        **told,
    }


@contextmanager
def opened(
    counts: Sequence[Mapping[str, Any]], accounts: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Engine]:
    with duckdb_engine_on({"firm_count": list(counts), "account": list(accounts)}) as engine:
        yield engine


def size(
    counts: Sequence[Mapping[str, Any]], accounts: Sequence[Mapping[str, Any]] = (), **asked: Any
) -> MarketSize:
    with opened(counts, accounts) as engine:
        return size_market(engine, **asked)


def test_size_market_sets_accounts_against_the_firms_of_their_industry_size_and_area() -> None:
    found = size(
        [
            counted("62", 100),
            counted("62", 40, size_band="small"),
            counted("62", 8, region="Île-de-France", size_band="small"),
        ],
        [
            account(1, "naf:6201Z", employees=12, region="ile de france", relationship="client"),
            account(2, "nace:62.02", employees=49, region="Bretagne"),
            account(3, "naf:6201Z", employees=500, region="Île-de-France"),
            account(4, "naf:4669B", employees=20, region="Île-de-France"),
            account(5, "naf:6201Z", employees=20, region="Île-de-France", country="BE"),
        ],
    )
    told = [
        (line.region, line.size_band, line.n_firms, line.n_accounts, line.n_clients)
        for line in found.lines
    ]
    assert told == [
        (None, None, 100, 3, 1),
        (None, "small", 40, 2, 1),
        ("Île-de-France", "small", 8, 1, 1),
    ]
    assert [line.known_share for line in found.lines] == [0.03, 0.05, 0.125]
    assert found.n_unplaced == 1


def test_size_market_unknown_size_region_country_or_coarse_code_is_undecided() -> None:
    found = size(
        [counted("6201Z", 10, region="Bretagne", size_band="micro")],
        [
            account(1, "naf:6201Z", employees=3, region="Bretagne"),
            account(2, "naf:6201Z", region="Bretagne"),
            account(3, "naf:6201Z", employees=3),
            account(4, "naf:62", employees=3, region="Bretagne"),
            account(5, "naf:6201Z", employees=3, region="Bretagne", country=None),
            account(6, "naf:6201Z", employees=300),
            account(7, "naf:6201Z", employees=3, region="Corse"),
        ],
    )
    assert [(line.n_accounts, line.n_undecided) for line in found.lines] == [(1, 4)]
    assert "n_undecided may belong too" in found.text()


def test_size_market_across_schemes_is_compared_and_stands_apart() -> None:
    # match_industry gives nace:26 for naics:3344 with .95
    found = size(
        [counted("26", 10), counted("2611Z", 4), counted("33", 7, scheme="naics")],
        [account(1, "naics:3344"), account(2, "naics:334413", relationship="client")],
    )
    assert [(line.industry, line.n_accounts, line.n_compared) for line in found.lines] == [
        ("naf:26", 0, 1.9),
        ("naf:2611Z", 0, 0.0),
        ("naics:33", 2, 0.0),
    ]
    assert [line.known_share for line in found.lines] == [0.0, 0.0, 2 / 7]
    assert found.lines[1].n_undecided == 2
    assert "no share holds them" in found.text()


def test_size_market_takes_the_newest_year_of_each_cell_and_source() -> None:
    found = size(
        [
            counted("62", 5, year=2020),
            counted("62", 9, year=2023),
            counted("62", 7, year=2021, source="other"),
        ]
    )
    assert [(line.source, line.year, line.n_firms) for line in found.lines] == [
        ("drawn", 2023, 9),
        ("other", 2021, 7),
    ]
    assert "2021 to 2023 (drawn, other)" in found.text()


def test_size_market_counts_of_all_industries_hold_accounts_without_one() -> None:
    found = size([counted("*", 4)], [account(1, None), account(2, "own:steel")])
    assert (found.lines[0].industry, found.lines[0].n_accounts) == ("naf:*", 2)
    assert found.n_unplaced == 0


def test_size_market_accounts_without_a_comparable_industry_are_told() -> None:
    found = size([counted("62", 4)], [account(1, None), account(2, "own:software")])
    assert (found.lines[0].n_accounts, found.n_unplaced) == (0, 2)
    assert "2 accounts are in no line" in found.text()


def test_size_market_of_sections_and_ranges_holds_their_divisions() -> None:
    found = size(
        [counted("J", 4, scheme="nace"), counted("31-33", 8, scheme="naics")],
        [account(1, "naf:6201Z"), account(2, "naics:332710")],
    )
    assert [line.n_accounts for line in found.lines] == [1, 1]


def test_size_market_more_accounts_than_firms_is_said_and_no_firm_has_no_share() -> None:
    found = size([counted("62", 1), counted("63", 0)], [account(1, "naf:62"), account(2, "naf:62")])
    assert [line.known_share for line in found.lines] == [2.0, None]
    assert "1 of 2 lines know more accounts" in found.text()


def test_size_market_keeps_to_the_country_and_industries_asked() -> None:
    counts = [
        counted("6201Z", 5),
        counted("4669B", 6),
        counted("*", 90),
        counted("6201Z", 7, country="BE"),
    ]
    accounts = [account(1, "naf:6201Z"), account(2, "naf:6201Z", country="BE")]
    found = size(counts, accounts, industries=("nace:62",), country="fr")
    assert [(line.country, line.industry, line.n_accounts) for line in found.lines] == [
        ("FR", "naf:6201Z", 1)
    ]
    assert found.n_unplaced == 0


def test_size_market_without_counts_says_how_to_import_them() -> None:
    with pytest.raises(DataError, match="no counts of firms are imported"):
        size([], [account(1, "naf:62")])


@pytest.mark.parametrize("asked", [{"country": "DE"}, {"industries": ("naf:10",)}])
def test_size_market_without_counts_of_what_is_asked_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="no counts of firms lie within"):
        size([counted("62", 5)], **asked)


def test_market_size_rows_have_the_columns_of_its_lines() -> None:
    assert list(size([counted("62", 5)]).rows()[0])[:4] == [
        "country",
        "region",
        "industry",
        "size_band",
    ]
