"""The media plan as a workbook and as CSV."""

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from signoff.errors import DataError
from signoff.plan import CampaignPlan
from signoff.report import extra, media_plan_csv, media_plan_rows, write_media_plan_xlsx


def test_media_plan_rows_hold_what_is_bought_alone(plan: CampaignPlan) -> None:
    rows = media_plan_rows(plan)
    assert [row["venue_id"] for row in rows] == ["weekly", "network", "fair"]
    assert sum(Decimal(str(row["spend"])) for row in rows) == plan.venues.total_spend


def test_media_plan_rows_addresses_that_run_are_left_out(plan: CampaignPlan) -> None:
    assert [row["source_url"] for row in media_plan_rows(plan)] == [
        "https://weekly.example/kit",
        None,
        None,
    ]


def test_media_plan_csv_formula_is_text(plan: CampaignPlan) -> None:
    rows = list(csv.DictReader(io.StringIO(media_plan_csv(plan))))
    assert rows[1]["venue"].startswith("'=HYPERLINK")


def test_write_media_plan_xlsx_formula_is_text_and_sums_are_numbers(
    plan: CampaignPlan, tmp_path: Path
) -> None:
    path = tmp_path / "media-plan.xlsx"
    write_media_plan_xlsx(plan, path)
    with zipfile.ZipFile(path) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets/sheet" in name]
    assert not any(b"<f>" in sheet or b"hyperlink" in sheet for sheet in sheets)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    spend = head.index("Spend")
    assert [row[spend].value for row in list(sheet.rows)[1:]] == [25203, 37000, 18500, 80703]
    assert sheet.cell(3, 2).value == '=HYPERLINK("http://evil.example","click")'
    assert sheet.cell(3, 2).data_type == "s"


def test_write_media_plan_xlsx_names_its_run(plan: CampaignPlan, tmp_path: Path) -> None:
    path = tmp_path / "media-plan.xlsx"
    write_media_plan_xlsx(plan, path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(2).to_python()
    assert ["Run", plan.run_id] in rows


def test_write_media_plan_xlsx_weeks_hold_every_unit_and_its_money(
    plan: CampaignPlan, tmp_path: Path
) -> None:
    path = tmp_path / "media-plan.xlsx"
    write_media_plan_xlsx(plan, path)
    sheet = openpyxl.load_workbook(path).worksheets[1]
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert [day.date().isoformat() for day in rows[0][1:]] == [
        "2027-01-11",
        "2027-01-25",
        "2027-05-17",
    ]
    assert [row[1:] for row in rows[1:4]] == [[2, 4, None], [None, None, 400], [None, None, 1]]
    assert rows[4] == ["Spend", 8401, 16802, 55500]


def test_write_media_plan_xlsx_plan_without_weeks_has_no_such_sheet(
    plan: CampaignPlan, tmp_path: Path
) -> None:
    older = replace(plan, venues=replace(plan.venues, weeks=()))
    write_media_plan_xlsx(older, tmp_path / "older.xlsx")
    assert len(openpyxl.load_workbook(tmp_path / "older.xlsx").worksheets) == 2


def test_write_media_plan_xlsx_twice_is_the_same(plan: CampaignPlan, tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_media_plan_xlsx(plan, first)
    write_media_plan_xlsx(plan, second)
    assert first.read_bytes() == second.read_bytes()


def test_load_extra_missing_says_how_to_install_it() -> None:
    with pytest.raises(DataError, match=r"pip install \"signoff\[reports\]\""):
        extra.load_extra("no_such_library", wanted_for="PDF reports")
