"""Heading, format and mapping."""

from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportOptions, detect_file
from signoff.store.imports.period import read_period


def _detect(folder: Path, text: str, options: ImportOptions | None = None):  # noqa: ANN202 - Detected
    path = folder / "file.csv"
    path.write_text(text)
    return detect_file(path, options=options)


def test_detect_file_finds_the_heading_under_a_preamble(tmp_path: Path) -> None:
    found = _detect(tmp_path, "Export\nmade;today;x\n\nNom;Pays;Ville;Nom\nA;FR;Paris;B\n")
    assert (found.heading_line, found.separator, found.table) == (4, ";", "account")
    assert found.headings == ("Nom", "Pays", "Ville", "Nom (2)")
    assert dict(found.mapping) == {"Nom": "name", "Pays": "country", "Ville": "city"}
    assert "Nom → name" in found.text()
    assert found.rows()[3]["left_out_because"] == "no column here is filled from it"


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("venue_id,units_from,unit_price,currency", "rate"),
        ("venue_id,country,segment,role,reach_share,reach_low_share", "venue_audience"),
        ("venue_id,other_venue_id,both_share,source", "venue_duplication"),
        ("venue_id,name,kind,unit,currency,response_share", "venue"),
        ("case,act,t,role,amt", "approval_step"),
        ("first name,last name,email,company", "contact"),
        ("occurred_at,kind,visitor,page", "event"),
        ("deal id,stage,changed at", "stage_change"),
        ("Date,Support,Campagne,Dépense,Clics", "spend"),
    ],
)
def test_detect_file_tells_tables_by_their_columns(
    tmp_path: Path, heading: str, table: str
) -> None:
    assert (
        _detect(tmp_path, f"{heading}\n{','.join('x' * len(heading.split(',')))}\n").table == table
    )


def test_detect_file_format_nobody_knows_is_refused(tmp_path: Path, options: ImportOptions) -> None:
    from dataclasses import replace

    with pytest.raises(DataError, match="there is no format 'x'"):
        _detect(tmp_path, "name\nA\n", replace(options, format="x"))
    with pytest.raises(DataError, match="nothing is imported as 'x'"):
        _detect(tmp_path, "name\nA\n", replace(options, table="x"))


@pytest.mark.parametrize(
    "line",
    [
        "January 1, 2026 - January 31, 2026",
        "1 janv. 2026 \u2013 31 janv. 2026",
        "1. Januar 2026 - 31. Januar 2026",
        "01.01.2026 - 31.01.2026",
        "2026-01-01 to 2026-01-31",
        "du 1er janvier 2026 au 31 janvier 2026",
    ],
)
def test_read_period_in_three_languages(line: str) -> None:
    found = read_period(["Report", line])
    assert found
    assert [day.isoformat() for day in found] == ["2026-01-01", "2026-01-31"]


def test_read_period_ambiguous_slashes_need_an_order() -> None:
    assert read_period(["1/2/2026 - 3/4/2026"]) is None
    found = read_period(["1/2/2026 - 3/4/2026"], date_order="dmy")
    assert found
    assert found[0].isoformat() == "2026-02-01"
