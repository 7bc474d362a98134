"""The packages of a plan as a sheet of its workbook."""

from typing import Any

from signoff.plan import CampaignPlan
from signoff.report.addresses import safe_address
from signoff.report.wording import Catalog
from signoff.results import Row

__all__ = ["package_rows", "write_package_sheet"]

_TEXT = ("package_id", "package", "holds", "currency", "reason", "source", "source_url")
_WIDTHS = {"package": 34, "holds": 60, "reason": 60, "source": 44, "source_url": 44}


def package_rows(plan: CampaignPlan) -> list[Row]:
    """Give the packages on sale.

    Args:
        plan: The plan.

    Returns:
        One row for each package, bought or not: what one holds, its price beside that of the same
        units alone, how many are bought for how much, and why.
    """
    names = {line.venue_id: line.name for line in plan.venues.lines}
    return [
        {
            "package_id": line.package_id,
            "package": line.name,
            "holds": "; ".join(
                f"{held.units} \N{MULTIPLICATION SIGN} {names.get(held.venue_id, held.venue_id)}"
                for held in line.units
            ),
            "package_price": line.package_price,
            "alone_price": line.alone_price,
            "packages": line.packages,
            "spend": line.spend,
            "currency": line.currency,
            "reason": line.reason,
            "source": line.source,
            "source_url": safe_address(line.source_url),
        }
        for line in plan.venues.packages
    ]


def write_package_sheet(book: Any, plan: CampaignPlan, words: Catalog) -> None:
    """Write the packages on a sheet of their own; a plan without any gets none.

    Args:
        book: An open workbook of xlsxwriter.
        plan: The plan.
        words: Words of the reader's language.
    """
    rows = package_rows(plan)
    if not rows:
        return
    sheet = book.add_worksheet(words.word("media.packages_sheet"))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00"})
    for column, key in enumerate(rows[0]):
        sheet.set_column(column, column, _WIDTHS.get(key, 13))
        sheet.write_string(0, column, words.word(f"media.{key}"), head)
        for index, row in enumerate(rows, start=1):
            cell = row[key]
            if cell is None:
                continue
            if key in _TEXT:
                sheet.write_string(index, column, str(cell))
            else:
                sheet.write_number(index, column, cell, None if key == "packages" else money)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
