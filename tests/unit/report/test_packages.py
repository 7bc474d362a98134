"""Packages of venues in every form of the report."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.unit.report.conftest import FORMULA, packaged

from signoff.plan import CampaignPlan
from signoff.report import compose_report, explain_number, media_plan_rows, media_plan_xlsx
from signoff.report.audit import read_page
from signoff.report.deck import deck_of
from signoff.report.package_sheet import package_rows
from signoff.report.plan_report import render_html, render_pdf
from signoff.report.scribe import Scribe
from signoff.report.sections.packages import write_packages
from signoff.report.tabular import find_table, table_rows
from signoff.report.trace import canonical_text, look_up
from signoff.report.wording import read_catalog


def test_write_packages_plan_without_any_says_nothing(plan: CampaignPlan) -> None:
    assert write_packages(Scribe(plan, read_catalog("en"))) == []
    assert "packages" not in render_html(plan, language="en").lower()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_render_html_packages_are_traced_to_the_plan(plan: CampaignPlan, language: str) -> None:
    bundled = packaged(plan)
    page = read_page(render_html(bundled, language=language))
    assert page.loose == ()
    numbers = {number.path: number.value for number in page.numbers}
    for path, value in numbers.items():
        assert canonical_text(look_up(bundled, path)) == value
    wanted = ("package_price", "alone_price", "packages", "spend", "units[0].units")
    assert {f"venues.packages[0].{name}" for name in wanted} <= set(numbers)
    assert numbers["venues.lines[0].packaged_units"] == "4"
    assert "venues.packages[1].packages" not in numbers  # said in words
    assert "javascript:alert(1)" not in page.addresses


def test_table_rows_packages_have_every_digit(plan: CampaignPlan) -> None:
    first, second = table_rows(compose_report(packaged(plan), language="en"), "packages")
    assert first["Price of one"] == Decimal("21000.50")
    assert first["Alone"] == Decimal("26901.00")
    assert first["Bought"] == 2
    assert second["Bought"] == "not bought"
    assert second["Alone"] is None
    assert str(second["One holds"]).startswith("10\xa0\xd7\xa0" + FORMULA)


def test_explain_number_package_says_price_source_and_reason(plan: CampaignPlan) -> None:
    bundled = packaged(plan)
    told = explain_number(bundled, "venues.packages[0].alone_price", language="en")
    assert told.unit == "EUR"
    assert told.subject.startswith("Title and fair")
    assert [(c.kind, c.text) for c in told.citations] == [("price_source", "Offer of May")]
    assert told.remarks == (bundled.venues.packages[0].reason,)
    held = explain_number(bundled, "venues.packages[0].units[1].units", language="fr")
    assert (held.subject, held.unit) == ("EuroCIS", "stands")
    bought = explain_number(bundled, "venues.packages[0].packages", language="fr")
    assert bought.unit == "offres groupées"
    report = compose_report(bundled, language="en")
    table = find_table(report, "venues.packages[0].spend")
    assert table is not None
    assert table.anchor == "package_prices"


def test_deck_of_packages_have_a_slide(plan: CampaignPlan) -> None:
    tables = [slide.table for slide in deck_of(compose_report(packaged(plan), language="fr"))]
    assert "packages" in {table.anchor for table in tables if table}


def test_render_pdf_packages_are_printed(plan: CampaignPlan) -> None:
    assert render_pdf(packaged(plan), language="fr").startswith(b"%PDF")


@pytest.mark.parametrize(("language", "name"), [("en", "Packages"), ("fr", "Offres groupées")])
def test_media_plan_xlsx_packages_have_a_sheet(
    plan: CampaignPlan, language: str, name: str
) -> None:
    book = load_workbook(BytesIO(media_plan_xlsx(packaged(plan), language=language)))
    rows = list(book[name].iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[1][3:7] == (21000.5, 26901, 2, 42001)
    assert rows[2][1] == FORMULA
    assert rows[2][4] is None
    assert book[name].cell(3, 2).data_type == "s"
    assert name not in load_workbook(BytesIO(media_plan_xlsx(plan, language=language))).sheetnames


def test_media_plan_rows_tell_what_comes_through_packages(plan: CampaignPlan) -> None:
    first, *rest = media_plan_rows(packaged(plan))
    assert (first["packaged_units"], first["packaged_spend"]) == (4, Decimal("13116.51"))
    assert all(row["packaged_units"] == 0 for row in rest)


def test_package_rows_name_venues_and_drop_addresses_that_harm(plan: CampaignPlan) -> None:
    _, second = package_rows(packaged(plan))
    assert (
        second["holds"] == f"10 \N{MULTIPLICATION SIGN} {FORMULA}; 1 \N{MULTIPLICATION SIGN} gone"
    )
    assert second["source_url"] is None
