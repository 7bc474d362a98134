"""The media plan as a table for buyers: what to buy where, for how much; as XLSX and CSV."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from signoff.plan import CampaignPlan
from signoff.report.addresses import safe_address
from signoff.report.extra import load_extra
from signoff.report.package_sheet import write_package_sheet
from signoff.report.wording import Catalog, read_catalog
from signoff.results import Cell, Row, rows_to_csv
from signoff.venues import VenueLine

__all__ = ["media_plan_csv", "media_plan_rows", "media_plan_xlsx", "write_media_plan_xlsx"]

COLUMNS = (
    "venue_id",
    "venue",
    "kind",
    "starts_on",
    "ends_on",
    "units",
    "packaged_units",
    "unit",
    "unit_price",
    "spend",
    "packaged_spend",
    "currency",
    "basis",
    "reason",
    "source",
    "source_url",
    "price_source",
    "price_source_url",
)
WIDTHS = {
    "venue": 34,
    "reason": 60,
    "source": 44,
    "source_url": 44,
    "price_source": 44,
    "kind": 18,
    "unit": 22,
}
NO_GUESSING = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


def media_plan_rows(plan: CampaignPlan) -> Sequence[Row]:
    """Give what is to be bought.

    Args:
        plan: The plan.

    Returns:
        One row per venue in the plan, in the plan's order: units and spend, with the part of both
        that comes through packages, price, currency, period, and where the price comes from.

    Call it with a kept plan: `media_plan_rows(load_plan(workspace))`.
    """
    return [
        {
            "venue_id": line.venue_id,
            "venue": line.name,
            "kind": str(line.kind),
            "starts_on": plan.brief.period.starts_on,
            "ends_on": plan.brief.period.ends_on,
            "units": line.units,
            "packaged_units": line.packaged_units,
            "unit": line.unit,
            "unit_price": line.unit_price,
            "spend": line.spend,
            "packaged_spend": line.packaged_spend,
            "currency": line.currency,
            "basis": line.basis,
            "reason": line.reason,
            "source": line.source,
            "source_url": safe_address(line.source_url),
            "price_source": line.price_source,
            "price_source_url": safe_address(line.price_source_url),
        }
        for line in _bought(plan)
    ]


def media_plan_csv(plan: CampaignPlan) -> str:
    """Give the media plan as CSV; no cell is run as a formula.

    Args:
        plan: The plan.

    Returns:
        A heading and one row per venue in the plan.

    Call it with a kept plan: `media_plan_csv(load_plan(workspace))`.
    """
    return rows_to_csv(media_plan_rows(plan))


def media_plan_xlsx(plan: CampaignPlan, *, language: str | None = None) -> bytes:
    """Give the media plan as a workbook: what to buy, the packages on sale, the weeks, and its run.

    Text stays text, whatever it begins with; prices, spend and their sum are numbers.

    Args:
        plan: The plan.
        language: Language of headings, "en" or "fr"; None: that of the brief.

    Raises:
        DataError: xlsxwriter is not installed, or a language that reports are not written in.

    Call it with a kept plan: `media_plan_xlsx(load_plan(workspace), language="fr")`.
    """
    xlsxwriter = load_extra("xlsxwriter", wanted_for="XLSX files")
    content = BytesIO()
    book = xlsxwriter.Workbook(content, NO_GUESSING)
    words = read_catalog(str(language or plan.brief.language))
    book.set_properties(
        {"title": words.word("media.sheet"), "author": plan.brief.advertiser.name}
        | {"created": plan.made_at.replace(tzinfo=None)}
    )
    _write_lines(book, plan, words)
    write_package_sheet(book, plan, words)
    _write_weeks(book, plan, words)
    _write_run(book, plan, words)
    book.close()
    return content.getvalue()


def write_media_plan_xlsx(plan: CampaignPlan, path: Path) -> None:
    """Write the media plan as a workbook, in the language of the brief.

    Args:
        plan: The plan.
        path: The file to write; an older one is replaced.

    Raises:
        DataError: xlsxwriter is not installed.

    Call it with a kept plan: `write_media_plan_xlsx(load_plan(workspace), Path("plan.xlsx"))`.
    """
    path.write_bytes(media_plan_xlsx(plan))


def _write_lines(book: Any, plan: CampaignPlan, words: Catalog) -> None:
    sheet = book.add_worksheet(words.word("media.sheet"))
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "sum": book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"}),
        "text": None,
    }
    rows = media_plan_rows(plan)
    for column, key in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS.get(key, 13))
        sheet.write_string(0, column, words.word(f"media.{key}"), styles["head"])
        for index, row in enumerate(rows, start=1):
            _write_cell(sheet, (index, column), row[key], styles)
    below = len(rows) + 1
    sheet.write_string(below, 0, words.word("media.total"), styles["sum"])
    sheet.write_number(below, COLUMNS.index("spend"), float(plan.venues.total_spend), styles["sum"])
    sheet.write_string(below, COLUMNS.index("currency"), plan.brief.money.currency)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_weeks(book: Any, plan: CampaignPlan, words: Catalog) -> None:
    """Write units by venue and week, one column for each week in which something appears."""
    if not plan.venues.weeks:
        return
    sheet = book.add_worksheet(words.word("media.weeks_sheet"))
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "yyyy-mm-dd"})
    money = book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"})
    days = sorted({line.starts_on for line in plan.venues.weeks})
    rows = {line.venue_id: place for place, line in enumerate(_bought(plan), start=1)}
    below = len(rows) + 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(days), 12)
    sheet.write_string(0, 0, words.word("media.venue"), head)
    for line in _bought(plan):
        sheet.write_string(rows[line.venue_id], 0, line.name)
    sheet.write_string(below, 0, words.word("media.week_spend"), money)
    for column, day in enumerate(days, start=1):
        here = [entry for entry in plan.venues.weeks if entry.starts_on == day]
        sheet.write_datetime(0, column, day, head)
        for entry in here:
            sheet.write_number(rows[entry.venue_id], column, entry.units)
        spend = sum((entry.spend for entry in here), Decimal(0))
        sheet.write_number(below, column, float(spend), money)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)


def _bought(plan: CampaignPlan) -> list[VenueLine]:
    return [line for line in plan.venues.lines if line.in_plan]


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, styles: Mapping[str, Any]) -> None:
    row, column = place
    if cell is None:
        return
    if isinstance(cell, str | bool):
        sheet.write_string(row, column, str(cell))
    elif isinstance(cell, Decimal):
        sheet.write_number(row, column, float(cell), styles["money"])
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_datetime(row, column, cell, styles["day"])


def _write_run(book: Any, plan: CampaignPlan, words: Catalog) -> None:
    sheet = book.add_worksheet(words.word("media.run_sheet"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    facts = {
        "run": plan.run_id,
        "made_at": plan.made_at.isoformat(),
        "signoff": plan.package_version,
        "brief": f"{plan.brief_name}, {plan.brief_version}",
        "lake_snapshot": str(plan.lake_snapshot),
        "seed": str(plan.seed),
    }
    for row, (key, text) in enumerate(facts.items()):
        sheet.write_string(row, 0, words.word(f"run.{key}"))
        sheet.write_string(row, 1, text)
