"""Specifications drawn for a page, a PDF or a slide: no script, names kept as text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from signoff.report.forms import ReaderForms

__all__ = ["Frame", "draw_png", "draw_svg"]

PIXELS_PER_POINT = 2.5

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

    drawn = vl_convert.vegalite_to_svg(
        _sized(spec, width=frame.width, font=frame.font),
        format_locale=forms.chart_locale(),
        allowed_base_urls=[],
    )
    return _framed(_own_names(drawn, frame.anchor), frame)


def draw_png(spec: Mapping[str, Any], *, width: int, font: str, forms: ReaderForms) -> bytes:
    """Draw a chart as a picture, fine enough for print.

    Args:
        spec: Vega-Lite specification with its data in it, without a width.
        width: Width in pixels of a screen; the picture has two and a half times as many.
        font: Font family of all its words.
        forms: How the reader's language writes numbers.

    >>> from signoff.report.forms import reader_forms
    >>> spec = {"data": {"values": [{"a": 1}]}, "mark": "point"}
    >>> draw_png(spec, width=300, font="serif", forms=reader_forms("en"))[1:4]
    b'PNG'
    """
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(
        _sized(spec, width=width, font=font),
        scale=PIXELS_PER_POINT,
        format_locale=forms.chart_locale(),
        allowed_base_urls=[],
    )
    return drawn


def _sized(spec: Mapping[str, Any], *, width: int, font: str) -> dict[str, Any]:
    config = spec.get("config", {})
    axis = {**config.get("axis", {}), "labelLimit": round(width * 0.3)}
    return {
        **spec,
        "width": width,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {**config, "axis": axis, "font": font},
    }


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
