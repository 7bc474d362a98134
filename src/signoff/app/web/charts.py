"""Charts on the screen: one specification, compiled here, drawn there, its table behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from signoff.report.charts import ACCENT, GRID, INK, MUTED, SIGNAL
from signoff.report.forms import reader_forms

__all__ = ["ChartFigure", "compile_chart"]

# as wide as the text at most, narrower where the page is; the script of the page sees to it
ROOM = {"width": 720, "autosize": {"type": "fit-x", "contains": "padding"}}
# colours of the report's charts, as the theme of the page names them
TOKENS = {
    INK: "var(--ink)",
    MUTED: "var(--muted)",
    GRID: "var(--rule)",
    ACCENT: "var(--accent)",
    SIGNAL: "var(--signal)",
}


@dataclass(frozen=True)
class ChartFigure:
    """A chart as the page shows it.

    Attributes:
        name: Its id on the page.
        title: What it shows, as a sentence.
        spec: Vega specification, from `compile_chart`.
        headings: Headings of the table behind it.
        rows: Rows of that table, as text in the reader's form.
        notes: What to know when reading it.
    """

    name: str
    title: str
    spec: Mapping[str, Any]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str] = field(default_factory=tuple)


def compile_chart(specification: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a Vega-Lite specification into Vega, so that the page need not load a compiler.

    Colours may be named by token, as `var(--accent)`: the page puts the theme's colour there. Those
    of the report's charts become tokens.

    Args:
        specification: Vega-Lite, as Altair gives it.

    Returns:
        Vega, with the reader's number forms in `usermeta`.

    >>> made = compile_chart({"mark": "point", "data": {"values": [{"x": 1}]},
    ...                       "encoding": {"x": {"field": "x", "type": "quantitative"}}})
    >>> made["marks"][0]["type"]
    'symbol'
    """
    import vl_convert

    themed = ROOM | _themed(dict(specification))
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(themed, vl_version="6.1")
    forms = reader_forms(get_language() or "en")
    return compiled | {"usermeta": {"locale": forms.chart_locale()}}


def _themed(part: Any) -> Any:
    """Name each colour of a specification by its token."""
    if isinstance(part, Mapping):
        return {key: _themed(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_themed(value) for value in part]
    return TOKENS.get(part, part) if isinstance(part, str) else part
