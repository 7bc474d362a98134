"""Briefs from and to TOML."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from signoff.brief import Brief, load_brief, read_brief, starter_brief, write_brief
from signoff.errors import BriefError


def test_load_brief_of_starter_gives_its_values(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text("\ufeff" + starter_brief(), encoding="utf-8")
    brief = load_brief(path)
    assert brief.money.budget == Decimal(60000)
    assert brief.offering.price == Decimal("12.50")
    assert brief.period.starts_on == date(2027, 1, 4)


def test_load_brief_of_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="cannot be read"):
        load_brief(tmp_path / "none.toml")


def test_load_brief_of_utf16_names_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_bytes(starter_brief().encode("utf-16"))
    with pytest.raises(BriefError, match="UTF-8"):
        load_brief(path)


def test_load_brief_of_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(BriefError, match="another file"):
        load_brief(path)


def test_write_brief_read_again_is_equal() -> None:
    brief = read_brief(starter_brief())
    assert read_brief(write_brief(brief)) == brief


def test_brief_through_json_is_equal() -> None:
    brief = read_brief(starter_brief())
    assert Brief.model_validate_json(brief.model_dump_json()) == brief


def test_write_brief_begins_with_the_schema_line() -> None:
    assert write_brief(read_brief(starter_brief())).startswith("#:schema ./brief.schema.json\n")


def test_read_brief_with_syntax_and_field_faults_reports_both() -> None:
    text = starter_brief().replace("target = 40", "target = 4 000,5").replace("0.1 #", "7 #")
    with pytest.raises(BriefError) as caught:
        read_brief(text)
    assert [fault.where.split(",")[0] for fault in caught.value.faults] == [
        "line 24",
        "measurement.holdout_share",
    ]
    assert "1234.5" in caught.value.faults[0].fix


def test_read_brief_of_one_fault_raises_that_fault() -> None:
    with pytest.raises(BriefError) as caught:
        read_brief(starter_brief().replace("target = 40", "target = 0"))
    assert caught.value.fault.where == "objective.target"
