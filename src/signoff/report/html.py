"""A report as one HTML file that needs nothing else: no script, no outside address."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from signoff.report.document import Block, Document, Figure, Folded
from signoff.report.drawing import Frame, draw_svg
from signoff.report.forms import reader_forms

__all__ = ["page_of"]

FONT = 'Inter, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
ROOMS = (("wide", 720), ("narrow", 340))


class Drawing(TypedDict):
    """One chart at one width: the class of its room, and the SVG."""

    room: str
    svg: Markup


def page_of(document: Document) -> str:
    """Give a report as a page.

    Args:
        document: The report.

    Returns:
        One self-contained HTML file. Everything that comes from data is escaped.

    >>> from signoff.report.document import Section
    >>> words = dict.fromkeys(("contents", "skip", "data_behind", "sources", "page"), "")
    >>> whole = (Section("summary", "The plan", ()),)
    >>> report = Document("en", "en", "Plan <A>", (), (), whole, (), words)
    >>> "<title>Plan &lt;A&gt;" in page_of(report)
    True
    """
    drawings = {
        figure.anchor: _drawings(figure, document.language)
        for section in document.sections
        for figure in _figures(section.blocks)
    }
    style = files("signoff.report").joinpath("templates", "page.css").read_text("utf-8")
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            document=document,
            labels=document.labels,
            drawings=drawings,
            style=Markup(style),  # noqa: S704  # our own style sheet, no data in it
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("signoff.report"), autoescape=True, undefined=StrictUndefined
    )


def _drawings(figure: Figure, language: str) -> list[Drawing]:
    drawings: list[Drawing] = []
    for room, width in ROOMS:
        frame = Frame(
            anchor=f"{figure.anchor}-{room}",
            width=width,
            font=FONT,
            title=figure.title,
            alternative=figure.alternative,
        )
        svg = draw_svg(figure.spec, frame, forms=reader_forms(language))
        drawings.append({"room": room, "svg": Markup(svg)})  # noqa: S704  # names escaped by vega
    return drawings


def _figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Folded):
            yield from _figures(block.blocks)
