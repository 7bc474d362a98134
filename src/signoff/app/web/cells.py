"""Cells of tables, and single values, written as the reader writes them."""

import html
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from signoff.app.web.tables import Cell, Head
from signoff.report.forms import ReaderForms, reader_forms
from signoff.report.wording import read_catalog

__all__ = ["day", "measure", "moment", "money", "number", "share", "term", "write_lines"]

NONE = "\u2013"  # a dash
ACT = (
    '<form method="post" action="{}"{}><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<button class="small" type="submit">{}</button></form>'
)


def forms() -> ReaderForms:
    """Give the forms of the reader's language."""
    return reader_forms(get_language() or "en")


def number(value: float | Decimal | None, digits: int = 0) -> str:
    """Give a number with so many decimals; a dash where there is none."""
    return NONE if value is None else forms().number(value, digits=digits)


def measure(value: float | None) -> str:
    """Give a measured number with three significant digits."""
    return NONE if value is None else forms().measure(value)


def share(value: float | None) -> str:
    """Give a share of 0 to 1 as percent."""
    return NONE if value is None else forms().share(value)


def money(value: Decimal | None, currency: str = "EUR") -> str:
    """Give an amount with its currency."""
    return NONE if value is None else forms().money(value, currency=currency)


def day(value: date | datetime | None) -> str:
    """Give a day in words."""
    if value is None:
        return NONE
    return forms().day(value.date() if isinstance(value, datetime) else value)


def moment(value: datetime | None) -> str:
    """Give a moment in UTC, readable by machines as well."""
    if value is None:
        return NONE
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), forms().moment(value))


def term(family: str, name: Any) -> str:
    """Give the reader's word for one of a closed vocabulary: role, venue kind, relationship."""
    return (
        NONE if name in (None, "") else read_catalog(get_language() or "en").term(family, str(name))
    )


WRITERS: Mapping[str, Callable[[Any, str], str]] = MappingProxyType(
    {
        "number": lambda value, _extra: number(value),
        "measure": lambda value, _extra: measure(value),
        "money": money,
        "share": lambda value, _extra: share(value),
        "day": lambda value, _extra: day(value),
        "moment": lambda value, _extra: moment(value),
        "term": lambda value, family: term(family, value),
        "flag": lambda value, _extra: gettext("yes") if value else gettext("no"),
    }
)


def write_lines(lines: Sequence[Sequence[Cell]], *, token: str) -> SafeString:
    """Write the rows of a table; a template would take most of the time of a long page for it.

    Args:
        lines: The cells by row; the first of each row is its heading.
        token: What a form must send to be believed.
    """
    if not lines:
        return mark_safe("")
    frames = [_frame(cell.head, is_first=not n) for n, cell in enumerate(lines[0])]
    written = (
        "".join(
            f"{begin}{_cell(cell, token)}{end}"
            for (begin, end), cell in zip(frames, line, strict=True)
        )
        for line in lines
    )
    return mark_safe("".join(f"<tr>{cells}</tr>" for cells in written))  # noqa: S308 - cells are escaped


def _frame(head: Head, *, is_first: bool) -> tuple[str, str]:
    if is_first:
        return '<th scope="row">', "</th>"
    return '<td class="numeric">' if head.is_numeric else "<td>", "</td>"


def _cell(cell: Cell, token: str) -> str:
    """Write a cell; text is escaped, and leads on where the column says so."""
    if cell.head.act is not None:
        return _act(cell, token)
    text = _value(cell)
    return f'<a href="{html.escape(cell.address)}">{text}</a>' if cell.address else text


def _value(cell: Cell) -> str:
    value, head = cell.value, cell.head
    for choice, word in head.choices:
        if choice == value:
            return str(conditional_escape(word))
    if value is None or value == "":
        return NONE
    if head.kind in WRITERS:
        return str(conditional_escape(WRITERS[head.kind](value, str(cell.extra))))
    return html.escape(value) if type(value) is str else str(conditional_escape(value))


def _act(cell: Cell, token: str) -> str:
    if not cell.act:
        return ""
    asked = format_html(' data-confirm="{}"', cell.extra) if cell.extra else ""
    return format_html(ACT, cell.act, asked, token, cell.value)
