"""Specifications drawn as SVG that a page or a PDF can hold: no script, names kept as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from signoff.report.forms import ReaderForms

__all__ = ["Frame", "draw_svg"]

_OPENING = re.compile(r"<svg[^>]*>")
_ADDRESS = re.compile(r"(?:xlink:)?href=\"[^\"#][^\"]*\"")


@dataclass(frozen=True)
class Frame:
    """How a chart is drawn.

    Attributes:
        anchor: Name of the drawing, unique in the page.
        width: Width in pixels, everything included.
        font: Font family of all its words.
        title: What it shows.
        alternative: The same in a sentence.
    """

    anchor: str
    width: int
    font: str
    title: str
    alternative: str


def draw_svg(spec: Mapping[str, Any], frame: Frame, *, forms: ReaderForms) -> str:
    """Draw a chart.

    Args:
        spec: Vega-Lite specification with its data in it, without a width.
        frame: How to draw it.
        forms: How the reader's language writes numbers.

    Returns:
        One `<svg>` element with a title and a description; it scales with the room it is given.

    >>> spec = {"data": {"values": [{"a": 1}]}, "mark": "point"}
    >>> frame = Frame("dot", width=300, font="serif", title="A dot", alternative="One dot.")
    >>> from signoff.report.forms import reader_forms
    >>> '<title id="dot-title">A dot</title>' in draw_svg(spec, frame, forms=reader_forms("en"))
    True
    """
    import vl_convert

    sized = {
        **spec,
        "width": frame.width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": _config(spec.get("config", {}), frame),
    }
    drawn = vl_convert.vegalite_to_svg(
        sized, format_locale=forms.chart_locale(), allowed_base_urls=[]
    )
    return _framed(_own_names(drawn, frame.anchor), frame)


def _config(config: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
    axis = {**config.get("axis", {}), "labelLimit": round(frame.width * 0.3)}
    return {**config, "axis": axis, "font": frame.font}


def _framed(drawn: str, frame: Frame) -> str:
    opening = _OPENING.search(drawn)
    box = re.search(r'viewBox="[-\d. ]+"', opening[0] if opening else "")
    if opening is None or box is None:
        raise RuntimeError("the drawing has no frame")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" {box[0]} role="img" '
        f'aria-labelledby="{frame.anchor}-title {frame.anchor}-desc">'
        f'<title id="{frame.anchor}-title">{escape(frame.title)}</title>'
        f'<desc id="{frame.anchor}-desc">{escape(frame.alternative)}</desc>'
    )
    return head + _ADDRESS.sub("", drawn[opening.end() :])


def _own_names(drawn: str, anchor: str) -> str:
    """Rename the ids of a drawing, which count on across drawings, so that each draws alike."""
    names = dict.fromkeys(re.findall(r'\bid="([^"]+)"', drawn))
    for place, name in enumerate(names):
        own = f"{anchor}-{place}"
        drawn = drawn.replace(f'id="{name}"', f'id="{own}"').replace(f"#{name})", f"#{own})")
    return drawn
