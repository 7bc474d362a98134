import csv
from pathlib import Path
from typing import Any

import pytest

from signoff.audience import list_owners, share_owners
from signoff.store.engines import duckdb_engine_on


def count(sex: str, race: str, firms: int, **told: Any) -> dict[str, Any]:
    return {
        "country": "US",
        "industry_code": "*",
        "industry": "All",
        "sex": sex,
        "race": race,
        "year": 2015,
        "firms": firms,
        "source": "drawn",
        "source_url": None,
        **told,
    }


def test_share_owners_divides_by_firms_that_could_be_grouped() -> None:
    rows = [
        count("*", "*", 12),
        count("classifiable", "*", 10),
        count("Male-owned", "*", 6),
        count("Male-owned", "White", 5),
    ]
    assert [(o.sex, o.race, o.share) for o in share_owners(rows)] == [
        ("Male-owned", "*", 0.6),
        ("Male-owned", "White", 0.5),
    ]


def test_share_owners_without_a_whole_gives_nothing() -> None:
    assert share_owners([count("Male-owned", "*", 6)]) == ()


def test_list_owners_keeps_the_sectors_that_accounts_have() -> None:
    rows = [
        count(sex, race, firms, industry_code=code)
        for code in ("*", "31-33", "51")
        for sex, race, firms in (
            ("classifiable", "*", 10),
            ("Male-owned", "*", 6),
            ("Male-owned", "White", 5),
        )
    ]
    account = {"account_id": "a", "industry_scheme": "naics", "industry_code": "332710"}
    with duckdb_engine_on({"firm_owner": rows, "account": [account]}) as engine:
        found = list_owners(engine, countries=["US", "FR"])
    assert [(o.industry_code, o.race) for o in found] == [
        ("*", "*"),
        ("*", "White"),
        ("31-33", "*"),
    ]


def test_list_owners_of_a_country_without_counts_gives_nothing() -> None:
    with duckdb_engine_on({"firm_owner": [count("classifiable", "*", 1)]}) as engine:
        assert list_owners(engine, countries=["FR"]) == ()


def test_share_owners_of_the_census_gives_the_published_shares(shared_data: Path) -> None:
    path = shared_data / "demographics" / "census_ASE_2015_SE1500CSA01_US.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        counts = [
            row
            for row in csv.DictReader(lines)
            if row["NAICS.id"] == "0" and row["ETH_GROUP.id"] == row["VET_GROUP.id"] == "1"
        ]
    sexes = {"1": "*", "3": "Male-owned", "96": "classifiable"}
    rows = [
        count(sexes[row["SEX.id"]], row["RACE_GROUP.id"].replace("0", "*"), int(row["FIRMPDEMP"]))
        for row in counts
        if row["SEX.id"] in sexes and row["RACE_GROUP.id"] in {"0", "30"}
    ]
    shares = {(o.sex, o.race): o.share for o in share_owners(rows)}
    # demographics in the data's README: male-owned 64.6 %, white male-owned 56.1 %
    assert shares["Male-owned", "*"] == pytest.approx(0.646, abs=5e-4)
    assert shares["Male-owned", "3*"] == pytest.approx(0.561, abs=5e-4)
