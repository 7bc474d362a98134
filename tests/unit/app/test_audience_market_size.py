"""`signoff audience market-size`: how much of a market is known."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
COUNTS = (
    "country,industry_scheme,industry_code,size_band,n_firms,year,source\n"
    "FR,naf,62,small,40,2024,drawn\nBE,nace,62,,8,2023,drawn\n"
)
ACCOUNTS = "name,country,industry_scheme,industry_code,employees\nAcme,FR,naf,6201Z,12\n"


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Give a workspace with one account and two counts of firms."""
    assert call("init", tmp_path / "campaign").code == 0
    for name, text in (("accounts", ACCOUNTS), ("counts", COUNTS)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        said = call("import", tmp_path / f"{name}.csv", "--workspace", tmp_path / "campaign")
        assert said.code == 0, said.err
    return tmp_path / "campaign"


def test_audience_market_size_prints_words_and_a_table(call: Call, campaign: Path) -> None:
    said = call("audience", "market-size", "--workspace", campaign)
    assert said.code == 0
    assert "2 counts of 2023 to 2024 (drawn)" in said.out
    assert [line.split()[0] for line in said.out.splitlines()[-2:]] == ["BE", "FR"]


def test_audience_market_size_of_a_country_and_an_industry_gives_json(
    call: Call, campaign: Path
) -> None:
    asked = ("--country", "FR", "--industry", "naf:62", "--json")
    said = call("audience", "market-size", *asked, "--workspace", campaign)
    assert [(line["n_firms"], line["known_share"]) for line in said.json["lines"]] == [(40, 0.025)]


def test_audience_market_size_writes_a_file(call: Call, campaign: Path, tmp_path: Path) -> None:
    out = tmp_path / "market.csv"
    said = call("audience", "market-size", "--out", out, "--workspace", campaign)
    assert said.code == 0
    assert "market.csv" in said.err
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("country,region,industry,size_band,year,source,n_firms,n_accounts")
    assert lines[2].startswith("FR,,naf:62,small,2024,drawn,40,1,0,0.025")


def test_audience_market_size_without_counts_says_how_to_import_them(
    call: Call, tmp_path: Path
) -> None:
    assert call("init", tmp_path / "new").code == 0
    said = call("audience", "market-size", "--workspace", tmp_path / "new")
    assert said.code == 2
    assert "--table firm_count" in said.err
