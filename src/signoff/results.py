"""What every study, plan and table can show of itself: rows, from which all other forms come."""

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape

__all__ = [
    "FORMULA_STARTS",
    "Cell",
    "Estimate",
    "Result",
    "Row",
    "json_default",
    "rows_to_csv",
    "shorten",
]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins with one of these."""

Cell = str | int | float | bool | Decimal | date | datetime | None
Row = Mapping[str, Cell]


def shorten(value: float, *, digits: int = 3) -> str:
    """Give a number with so many digits that count, never in powers of ten.

    >>> shorten(6742.3), shorten(0.01234), shorten(185.006, digits=6)
    ('6,740', '0.0123', '185.006')
    """
    return f"{Decimal(f'{value:.{digits}g}'):,f}"


@dataclass(frozen=True)
class Estimate:
    """A number that is not known exactly, with how far off it may be.

    Attributes:
        value: Best single number.
        low: Lower end of the interval.
        high: Upper end of the interval.
        level_share: Share of such intervals that hold the truth, 0 to 1.
    """

    value: float
    low: float
    high: float
    level_share: float = 0.9

    def text(self, *, digits: int = 2) -> str:
        """Give the estimate with its interval.

        >>> Estimate(0.42, 0.31, 0.55).text()
        '0.42 (0.31 to 0.55, 90 % interval)'
        """
        level = round(100 * self.level_share)
        low, value, high = (f"{x:,.{digits}f}" for x in (self.low, self.value, self.high))
        return f"{value} ({low} to {high}, {level} % interval)"


class Result(ABC):
    """A result with rows; Markdown, HTML, CSV, JSON and terminal forms follow from them."""

    @abstractmethod
    def rows(self) -> Sequence[Row]:
        """Give the result as rows, all with the same columns in the same order."""

    def to_csv(self) -> str:
        """Give the rows as CSV with a heading."""
        return rows_to_csv(self.rows())

    def to_json(self) -> str:
        """Give the rows as a JSON list."""
        return json.dumps([dict(row) for row in self.rows()], default=json_default)

    def to_markdown(self) -> str:
        """Give the rows as a Markdown table."""
        header, body = _text_cells(self.rows())
        lines = [header, ["---"] * len(header), *body]
        return "\n".join(
            "| " + " | ".join(c.replace("|", "\\|") for c in ln) + " |" for ln in lines
        )

    def to_html(self) -> str:
        """Give the rows as an HTML table; every cell is escaped."""
        header, body = _text_cells(self.rows())
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
        lines = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in body
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"

    def to_terminal(self) -> str:
        """Give the rows in aligned columns for a terminal."""
        header, body = _text_cells(self.rows())
        widths = [max(len(line[i]) for line in [header, *body]) for i in range(len(header))]
        lines = [header, ["-" * width for width in widths], *body]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )


def rows_to_csv(rows: Sequence[Row]) -> str:
    r"""Give rows as CSV with a heading; a cell that a spreadsheet would run as a formula is text.

    Args:
        rows: Rows with the same columns.

    Returns:
        CSV text; empty when there are no rows.

    >>> rows_to_csv([{"account": "=cmd()", "n": 2}])
    "account,n\r\n'=cmd(),2\r\n"
    """
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0].keys())
    writer.writerows([_inert(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def json_default(value: object) -> str:
    """Give dates, times and money to `json.dumps` without loss.

    Args:
        value: A date, a time (ISO 8601) or a Decimal (all its digits).

    Raises:
        TypeError: any other type; `json.dumps` expects this very class.

    >>> json_default(Decimal("12.50"))
    '12.50'
    """
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _inert(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _text_cells(rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
    header = [str(column) for column in rows[0]] if rows else ["(no rows)"]
    return header, [["" if cell is None else str(cell) for cell in row.values()] for row in rows]
