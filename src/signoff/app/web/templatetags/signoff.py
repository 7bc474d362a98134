"""What templates may call: numbers, money and dates as the reader writes them; words; icons."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, gettext

from signoff.app.translation import translate
from signoff.app.web.charts import ChartFigure
from signoff.app.web.tables import Cell, Head, Table
from signoff.report.forms import ReaderForms, reader_forms
from signoff.report.wording import read_catalog

__all__ = ["register"]

register = template.Library()
NONE = "\u2013"  # a dash


def forms() -> ReaderForms:
    """Give the forms of the reader's language."""
    return reader_forms(get_language() or "en")


@register.filter
def number(value: float | Decimal | None, digits: int = 0) -> str:
    """Give a number with so many decimals; a dash where there is none."""
    return NONE if value is None else forms().number(value, digits=digits)


@register.filter
def measure(value: float | None) -> str:
    """Give a measured number with three significant digits."""
    return NONE if value is None else forms().measure(value)


@register.filter
def share(value: float | None) -> str:
    """Give a share of 0 to 1 as percent."""
    return NONE if value is None else forms().share(value)


@register.filter
def money(value: Decimal | None, currency: str = "EUR") -> str:
    """Give an amount with its currency."""
    return NONE if value is None else forms().money(value, currency=currency)


@register.filter
def plain_number(value: float | Decimal) -> str:
    """Give a number as programs write it, for attributes that scripts and inputs read."""
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Give a day in words."""
    if value is None:
        return NONE
    return forms().day(value.date() if isinstance(value, datetime) else value)


@register.simple_tag
def moment(value: datetime | None) -> str:
    """Give a moment in UTC, readable by machines as well."""
    if value is None:
        return NONE
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), forms().moment(value))


@register.simple_tag
def term(family: str, name: Any) -> str:
    """Give the reader's word for one of a closed vocabulary: role, venue kind, relationship."""
    return (
        NONE if name in (None, "") else read_catalog(get_language() or "en").term(family, str(name))
    )


@register.simple_tag
def icon(name: str) -> str:
    """Give a picture from the sheet of icons; it says nothing by itself."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("signoff/icons.svg"),
        name,
    )


@register.simple_tag
def fault_text(text: str) -> str:
    """Give a message of ours in the reader's language."""
    return translate(text, language=get_language() or "en")


@register.inclusion_tag("web/_chart.html")
def chart(figure: ChartFigure) -> dict[str, Any]:
    """Show a chart with the table behind it; the table is there without scripts as well."""
    return {"figure": figure}


@register.filter
def get(values: Mapping[str, Any], name: str) -> Any:
    """Give one value of a mapping."""
    return values.get(name, "")


@register.filter
def query_with(table: Table, form: str) -> str:
    """Give the address that exports a table as it is filtered and sorted."""
    return table.with_query(export=form)


@register.filter
def sorted_heads(table: Table) -> list[tuple[Head, tuple[str, str]]]:
    """Give the columns of a table, each with the address that sorts by it."""
    sorts = table.sorts()
    return [(head, sorts[head.name]) for head in table.heads]


@register.simple_tag
def show_cell(cell: Cell) -> str:
    """Give a cell in the reader's form; text is escaped, and leads on where the column says so."""
    words = dict(cell.head.choices)
    if cell.value in words:
        return conditional_escape(words[cell.value])
    text = write_value(cell.value, kind=cell.head.kind, extra=cell.extra)
    return format_html('<a href="{}">{}</a>', cell.address, text) if cell.address else text


def write_value(value: Any, *, kind: str, extra: Any) -> str:
    """Write a value by its kind."""
    if value is None or value == "":
        return NONE
    writers: dict[str, Callable[[], str]] = {
        "number": lambda: number(value),
        "measure": lambda: measure(value),
        "money": lambda: money(value, str(extra)),
        "share": lambda: share(value),
        "day": lambda: day(value),
        "moment": lambda: moment(value),
        "term": lambda: term(str(extra), value),
        "flag": lambda: gettext("yes") if value else gettext("no"),
    }
    if kind in writers:
        return writers[kind]()
    return str(conditional_escape(str(value)))
