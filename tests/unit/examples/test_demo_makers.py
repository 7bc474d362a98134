"""The demonstration's files come from the published facts, and say what is assumed."""

import importlib.util
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

DEMO = Path(__file__).resolve().parents[3] / "examples" / "demo"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"demo_{name}", DEMO / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tables() -> dict[str, list[dict[str, object]]]:
    return load("venue_facts").make_venue_rows(DEMO)  # type: ignore[no-any-return]


def test_make_venue_rows_prices_are_those_of_the_facts(
    tables: dict[str, list[dict[str, object]]],
) -> None:
    prices = {(row["venue_id"], row["units_from"]): row["unit_price"] for row in tables["rate"]}
    # venue_facts.csv: Enterprising Women, full page, black and white, 1x and 8x
    assert prices["enterprising-women", 1] == "5145.00"
    assert prices["enterprising-women", 8] == "4270.00"
    # venue_facts.csv: EuroCIS, 270 a square metre for 12, 800 media fee, 6 a square metre energy
    assert prices["eurocis", 1] == str(Decimal(12 * 270 + 800 + 12 * 6).quantize(Decimal("0.01")))


def test_make_venue_rows_every_row_names_its_source(
    tables: dict[str, list[dict[str, object]]],
) -> None:
    assert all(row["source"] for rows in tables.values() for row in rows)


def test_make_venue_rows_a_prior_has_a_wide_interval(
    tables: dict[str, list[dict[str, object]]],
) -> None:
    narrow = [
        row["venue_id"]
        for row in tables["venue_audience"]
        if row["basis"] == "prior"
        and float(str(row["reach_high_share"])) < 1.9 * float(str(row["reach_low_share"]))
    ]
    assert narrow == []


def test_draw_contacts_same_seed_gives_the_same_and_all_say_generated() -> None:
    draw = load("contacts").draw_contacts
    first = draw(DEMO, rng=np.random.default_rng(3))
    assert first == draw(DEMO, rng=np.random.default_rng(3))
    assert {contact["origin"] for contact in first} == {"generated"}
    assert all(contact["email"].endswith("@generated.example") for contact in first)
    assert len({contact["account"] for contact in first}) == 85


def test_make_owner_rows_gives_the_shares_of_the_census() -> None:
    rows = load("owners").make_owner_rows(
        DEMO / "data" / "demographics" / "census_ASE_2015_SE1500CSA01_US.csv"
    )
    firms = {(row["sex"], row["race"]): row["firms"] for row in rows if row["industry_code"] == "*"}
    classifiable = firms["classifiable", "*"]
    # US Census, ASE 2015: male-owned 64.6 %, white male-owned 56.1 % of classifiable firms
    assert firms["Male-owned", "*"] / classifiable == pytest.approx(0.646, abs=5e-4)
    assert firms["Male-owned", "White"] / classifiable == pytest.approx(0.561, abs=5e-4)


def test_make_venue_rows_titles_are_spelled_as_their_readers_do(
    tables: dict[str, list[dict[str, object]]],
) -> None:
    names = {str(row["name"]) for row in tables["venue"]}
    assert "El Diario Montañes" in names
    assert not any("\u00c3" in name for name in names)
