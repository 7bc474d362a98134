"""Charts of what happened month by month, one colour for each kind, their table behind them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext

from signoff.app.web.charts import ChartFigure, compile_chart
from signoff.report.forms import reader_forms

__all__ = ["draw_months"]

COLOURS = ("accent", "signal", "good", "edge", "danger", "ink", "muted", "rule")
AXIS = {
    "labelColor": "var(--muted)",
    "titleColor": "var(--muted)",
    "titleFontWeight": "normal",
    "gridColor": "var(--rule)",
    "domain": False,
    "tickColor": "var(--rule)",
    "labelFontSize": 12,
}


def draw_months(
    rows: Sequence[tuple[date, str, float | Decimal]],
    *,
    name: str,
    title: str,
    axis: str,
    notes: Sequence[str] = (),
) -> ChartFigure | None:
    """Stack amounts by month.

    Args:
        rows: First day of the month, kind in the reader's words, amount; at most one row for each
            month and kind.
        name: Id of the chart on its page.
        title: What it shows.
        axis: What the height means.
        notes: What to know when reading it.

    Returns:
        The chart; None without rows, and the page says so instead.
    """
    if not rows:
        return None
    months = sorted({month for month, _kind, _amount in rows})
    kinds = list(dict.fromkeys(kind for _month, kind, _amount in rows))
    amounts = {(month, kind): amount for month, kind, amount in rows}
    words = {month: _month_words(month) for month in months}
    values = [
        {
            "month": words[month],
            "kind": kind,
            "amount": float(amounts.get((month, kind), 0)),
            "place": kinds.index(kind),
        }
        for month in months
        for kind in kinds
    ]
    spec = _specification(values, list(words.values()), kinds, axis=axis)
    forms = reader_forms(get_language() or "en")
    return ChartFigure(
        name=name,
        title=title,
        spec=compile_chart(spec),
        headings=(gettext("Month"), *kinds),
        rows=[
            (words[month], *(forms.number(amounts.get((month, kind), 0)) for kind in kinds))
            for month in months
        ],
        notes=notes,
    )


def _specification(
    values: Sequence[Mapping[str, Any]], months: list[str], kinds: list[str], *, axis: str
) -> dict[str, Any]:
    colours = [f"var(--{COLOURS[place % len(COLOURS)]})" for place in range(len(kinds))]
    return {
        "data": {"values": list(values)},
        "mark": {"type": "bar", "width": {"band": 0.6}},
        "height": 260,
        "encoding": {
            "x": {
                "field": "month",
                "type": "nominal",
                "sort": months,
                "title": None,
                "axis": {**AXIS, "labelAngle": -35 if len(months) > 2 else 0, "grid": False},
            },
            "y": {
                "field": "amount",
                "type": "quantitative",
                "title": axis,
                "axis": {**AXIS, "tickCount": 5, "format": ",d"},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "title": None,
                "scale": {"domain": kinds, "range": colours},
                "legend": {
                    "orient": "top",
                    "labelColor": "var(--muted)",
                    "columns": 3,
                    "symbolType": "square",
                    "labelFontSize": 12,
                    "labelLimit": 220,
                },
            },
            "order": {"field": "place", "type": "quantitative"},
        },
        "config": {"background": "transparent", "view": {"stroke": None}},
    }


def _month_words(month: date) -> str:
    """Give a month in words, as its days are written."""
    forms = reader_forms(get_language() or "en")
    return f"{forms.months.split()[month.month - 1]} {month.year}"
