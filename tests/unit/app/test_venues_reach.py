"""`signoff venues reach`: net reach of a schedule from plain files."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]

VENUES = """venue;reach_pct;second_reach_pct;insertions;n;price
Weekly;40;48;3;900;1200
Daily;30;39;2;900;800
"""


@pytest.fixture
def venues(tmp_path: Path) -> Path:
    path = tmp_path / "venues.csv"
    path.write_text(VENUES, "utf-8")
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text("venue,other_venue,both_share\nDaily,Weekly,0.19\n", "utf-8")
    return path


def test_reach_prints_net_reach_tables_and_unused_columns(
    call: Call, venues: Path, pairs: Path
) -> None:
    said = call("venues", "reach", str(venues), "--duplication", str(pairs), "--needed", "2")
    assert said.code == 0
    assert said.out.startswith("Net reach ")
    for told in ("At least 2 exposures", "As if venues were independent", "900 people asked"):
        assert told in said.out
    assert "Daily  Weekly" in said.out
    assert "Not used: price" in said.err


def test_reach_as_json_carries_everything(call: Call, venues: Path, pairs: Path) -> None:
    found = call("venues", "reach", str(venues), "--duplication", str(pairs), "--json").json
    assert found["net_reach"]["low"] < found["net_reach"]["value"] < found["independence_share"]
    assert found["pairs"][0]["is_measured"]
    assert len(found["frequency"]) == 6
    assert found["venues"][0]["venue"] == "Weekly"


def test_reach_writes_the_distribution(call: Call, venues: Path, tmp_path: Path) -> None:
    out = tmp_path / "frequency.csv"
    said = call("venues", "reach", str(venues), "--out", str(out))
    assert said.code == 0
    assert "1 of 1 duplications were not measured" in said.out
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["at_least_share"] == "1.0"
    assert sum(float(row["exactly_share"]) for row in rows) == pytest.approx(1, abs=1e-5)


def test_reach_of_impossible_pairs_names_them(call: Call, venues: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("venue,other_venue,both_share\nDaily,Weekly,0.35\n", "utf-8")
    said = call("venues", "reach", str(venues), "--duplication", str(path))
    assert (said.code, said.out) == (2, "")
    assert "Daily and Weekly have 35 % of people in common" in said.err
    assert "0 % to 30 %" in said.err


def test_reach_of_shares_under_a_heading_of_percent_says_so(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "venues.csv"
    path.write_text("Support;Couverture (%);R4\nUsine;0,125;0,004\nTotal;0,125;\n", "utf-8")
    said = call("venues", "reach", str(path))
    assert said.code == 0
    assert "Line 3 is a total and no venue" in said.err
    assert "holds at most 0.125 %; if these are shares, name it reach_share" in said.err
