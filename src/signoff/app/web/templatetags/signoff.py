"""What templates may call: numbers, money and dates as the reader writes them; words; icons."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language

from signoff.app.translation import translate
from signoff.app.web.cells import day, measure, moment, money, number, share, term, write_lines
from signoff.app.web.charts import ChartFigure
from signoff.app.web.tables import Head, Table

__all__ = ["register"]

register = template.Library()
for written in (number, measure, share, money, day):
    register.filter(written)
for tag in (moment, term):
    register.simple_tag(tag)


@register.filter
def plain_number(value: float | Decimal) -> str:
    """Give a number as programs write it, for attributes that scripts and inputs read."""
    return format(value, "f") if isinstance(value, Decimal) else repr(value)


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


@register.simple_tag(takes_context=True)
def show_lines(context: template.Context, table: Table) -> str:
    """Give the rows of a table's page, each cell in the reader's form."""
    return write_lines(table.lines, token=str(context.get("csrf_token", "")))
