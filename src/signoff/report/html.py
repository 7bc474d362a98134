"""A report as HTML: one file that needs nothing else, or the body of a page that has its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TypedDict

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from signoff.report.document import Block, Document, Figure, Folded
from signoff.report.drawing import Frame, draw_svg
from signoff.report.forms import reader_forms

__all__ = ["NO_LINKS", "BodyLinks", "body_of", "page_of"]

FONT = 'Inter, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
ROOMS = (("wide", 720), ("narrow", 340))


class Drawing(TypedDict):
    """One chart at one width: the class of its room, and the SVG."""

    room: str
    svg: Markup


@dataclass(frozen=True)
class BodyLinks:
    """Where a report leads to, if the page that holds it answers there.

    Attributes:
        why: Address that explains a number by its `path`; empty for none.
        tables: Address that gives a `table` as a file, in the form `export`; empty for none.
    """

    why: str = ""
    tables: str = ""


NO_LINKS = BodyLinks()


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
    style = files("signoff.report").joinpath("templates", "page.css").read_text("utf-8")
    return _filled(
        "page.html.j2",
        document,
        links=NO_LINKS,
        style=Markup(style),  # noqa: S704  # our own style sheet, no data in it
    )


def body_of(document: Document, *, links: BodyLinks = NO_LINKS) -> str:
    """Give a report as the body of a page that has a heading and a style sheet of its own.

    Args:
        document: The report.
        links: Where its numbers and tables lead to.

    Returns:
        Contents and sections in `<div class="report">`: headings from the second level, classes
        and no styles, no script. Everything that comes from data is escaped.

    >>> from signoff.report.document import Number, Paragraph, Section
    >>> number = Number("venues.budget", "100", "€100")
    >>> words = dict.fromkeys(("contents", "skip", "data_behind", "sources", "page"), "")
    >>> parts = (Section("summary", "In brief", (Paragraph((number,)),)),)
    >>> report = Document("en", "en", "Plan", (), (), parts, (), words)
    >>> '<a class="why" href="/why?path=venues.budget">' in body_of(
    ...     report, links=BodyLinks(why="/why")
    ... )
    True
    """
    return _filled("body.html.j2", document, links=links)


def _filled(template: str, document: Document, *, links: BodyLinks, style: str = "") -> str:
    drawings = {
        figure.anchor: _drawings(figure, document.language)
        for section in document.sections
        for figure in _figures(section.blocks)
    }
    return (
        _environment()
        .get_template(template)
        .render(
            document=document,
            labels=document.labels,
            drawings=drawings,
            links=links,
            style=style,
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
