"""A report as slides that people go on working with: native text and tables, charts as pictures."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

from signoff.report.charts import ACCENT, GRID, INK, MUTED
from signoff.report.deck import CELL_SIZE, Slide, deck_of, words_height
from signoff.report.document import Card, Document, Figure, Line, Link, Number, Strong, Table
from signoff.report.drawing import draw_png
from signoff.report.extra import load_extra
from signoff.report.forms import reader_forms

__all__ = ["pptx_of"]

# places in inches on a slide of 13.333 by 7.5
WIDTH, HEIGHT = 13.333, 7.5
LEFT, TOP, ROOM = 0.6, 1.5, 12.133
TITLE_ONLY = 5
FONT = "Calibri"
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
CHART_FONT = "Liberation Sans"  # the library that draws brings it along
CHART_PIXELS, CHART_STEP = 470, 46
PAPER = "#ffffff"
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML


def pptx_of(document: Document, *, made_at: datetime) -> bytes:
    """Give a report as slides.

    Args:
        document: The report.
        made_at: Time to be written into the file, in UTC.

    Returns:
        A PPTX file. Every slide has a title, every picture a text for whoever does not see it;
        text from data stays text.

    Raises:
        DataError: python-pptx is not installed.

    Call it so: `pptx_of(compose_report(plan), made_at=plan.made_at)`.
    """
    pptx = load_extra("pptx", wanted_for="PPTX files")
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = _inches(WIDTH), _inches(HEIGHT)
    about = deck.core_properties
    about.title = document.title
    about.author = _UNWRITABLE.sub("", _text(document.kicker))[:250]
    about.language, about.created = document.language, made_at.replace(tzinfo=None)
    slides = deck_of(document)
    for number, slide in enumerate(slides, start=1):
        page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
        _Page(page, document).draw(slide, foot=f"{document.title} · {number}/{len(slides)}")
    content = BytesIO()
    deck.save(content)
    return content.getvalue()


class _Page:
    """One slide while it is drawn."""

    def __init__(self, page: Any, document: Document) -> None:
        self.page, self.document = page, document
        self.speech = {"en": "en-GB", "fr": "fr-FR"}[document.language]

    def draw(self, slide: Slide, *, foot: str) -> None:
        """Draw title, words, key figures, chart and table."""
        self._title(slide)
        if slide.is_cover:
            self._cover(slide.lines)
            return
        top = TOP
        if slide.cards:
            self._cards(slide.cards, top)
            top += 1.75
        if slide.lines:
            self._words(slide, top)
            top += words_height(slide.lines, slide.size) / 72 + 0.15
        if slide.figure:
            self._figure(slide.figure, top)
        if slide.table:
            is_slim = len(slide.table.columns) < 4
            self._table(slide.table, (LEFT, top, ROOM / 2 if is_slim else ROOM), size=CELL_SIZE)
        self._line(foot, (LEFT, 7.0, ROOM, 0.3), size=10, colour=MUTED)

    def _title(self, slide: Slide) -> None:
        shape = self.page.shapes.title
        top, height, size = (2.2, 1.2, 44) if slide.is_cover else (0.45, 0.85, 28)
        shape.left, shape.top = _inches(LEFT), _inches(top)
        shape.width, shape.height = _inches(ROOM), _inches(height)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = _anchor("BOTTOM" if slide.is_cover else "MIDDLE")
        long = 1 if len(slide.title) <= 70 else 0.75
        colour = PAPER if slide.is_cover else INK
        self._run(frame.paragraphs[0], slide.title, size=size * long, bold=True, colour=colour)
        frame.paragraphs[0].alignment = _align("LEFT")

    def _cover(self, lines: tuple[Line, ...]) -> None:
        ground = self.page.background.fill
        ground.solid()
        ground.fore_color.rgb = _rgb(ACCENT)
        kicker, standfirst, colophon = (_text(line) for line in lines)
        self._line(kicker, (LEFT, 1.6, ROOM, 0.5), size=20, colour=PAPER)
        self._line(standfirst, (LEFT, 3.6, ROOM, 1.2), size=22, colour=PAPER)
        self._line(colophon, (LEFT, 6.6, ROOM, 0.5), size=12, colour=PAPER)

    def _words(self, slide: Slide, top: float) -> None:
        frame = self._box((LEFT, top, ROOM, 6.9 - top))
        is_first = True
        for line in slide.lines:
            parts = _lines_of(line)
            for place, part in enumerate(parts, start=1):
                paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
                is_first = False
                paragraph.space_after = _points(slide.size * (0.5 if place == len(parts) else 0))
                if slide.is_listed:
                    self._run(paragraph, "\u2013 ", size=slide.size, colour=ACCENT)
                self._spans(paragraph, part, size=slide.size, is_spoken=True)

    def _cards(self, cards: tuple[Card, ...], top: float) -> None:
        each = ROOM / len(cards)
        for place, card in enumerate(cards):
            frame = self._box((LEFT + place * each, top, each - 0.2, 1.6))
            self._run(frame.paragraphs[0], card.label, size=13, colour=MUTED)
            figure, note = frame.add_paragraph(), frame.add_paragraph()
            self._run(figure, _text(card.figure), size=30, bold=True, colour=ACCENT)
            self._run(note, _text(card.note), size=12, colour=MUTED)

    def _figure(self, figure: Figure, top: float) -> None:
        forms = reader_forms(self.document.language)
        picture = draw_png(_larger(figure.spec), width=CHART_PIXELS, font=CHART_FONT, forms=forms)
        room = (7.0, 6.85 - top)
        place = (_inches(LEFT), _inches(top))
        shape = self.page.shapes.add_picture(BytesIO(picture), *place)
        scale = min(_inches(room[0]) / shape.width, _inches(room[1]) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        properties = shape._element._nvXxPr.cNvPr  # noqa: SLF001 - python-pptx has no other way to it
        properties.set("descr", f"{figure.title}. {figure.alternative}")
        self._table(figure.table, (LEFT + 7.3, top, ROOM - 7.3), size=CELL_SIZE)

    def _table(self, table: Table, box: tuple[float, float, float], *, size: int) -> None:
        left, top, width = (_inches(length) for length in box)
        n_rows, n_columns = len(table.rows) + 1, len(table.columns)
        shape = self.page.shapes.add_table(n_rows, n_columns, left, top, width, _inches(0.3))
        shape.name = _UNWRITABLE.sub("", _text(table.caption))[:250]
        properties = shape._element.graphic.graphicData.tbl.tblPr  # noqa: SLF001 - the same
        properties.find(_tag("tableStyleId")).text = PLAIN_TABLE
        shape.table.horz_banding = False
        weights = [3 if column.broad else 1 for column in table.columns]
        for place, weight in enumerate(weights):
            shape.table.columns[place].width = int(width * weight / sum(weights))
        heads = [(Strong(column.label),) for column in table.columns]
        for number, row in enumerate([heads, *table.rows]):
            shape.table.rows[number].height = _points(size * 2)
            for place, cell in enumerate(row):
                self._cell(
                    shape.table.cell(number, place),
                    cell,
                    is_numeric=table.columns[place].numeric,
                    size=size,
                    is_head=number == 0,
                )

    def _cell(
        self, cell: Any, line: Line, *, is_numeric: bool, size: int, is_head: bool = False
    ) -> None:
        cell.margin_left = cell.margin_right = _points(4)
        cell.margin_top = cell.margin_bottom = _points(3)
        frame = cell.text_frame
        frame.word_wrap = True
        for place, part in enumerate(_lines_of(line)):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self._spans(paragraph, part, size=size, colour=MUTED if is_head else INK)
            paragraph.alignment = _align("RIGHT" if is_numeric else "LEFT")
        _underline(cell, colour=INK if is_head else GRID, points=1.25 if is_head else 0.75)

    def _line(
        self, text: str, box: tuple[float, float, float, float], *, size: int, colour: str
    ) -> None:
        self._run(self._box(box).paragraphs[0], text, size=size, colour=colour)

    def _box(self, box: tuple[float, float, float, float]) -> Any:
        frame = self.page.shapes.add_textbox(*(_inches(length) for length in box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        return frame

    def _spans(
        self,
        paragraph: Any,
        line: Line,
        *,
        size: int,
        colour: str = INK,
        is_spoken: bool = False,
    ) -> None:
        for span in line:
            bold = isinstance(span, Strong) or (is_spoken and isinstance(span, Number))
            run = self._run(paragraph, span.text, size=size, bold=bold, colour=colour)
            if isinstance(span, Link) and not span.address.startswith("#"):
                run.hyperlink.address = span.address

    def _run(
        self, paragraph: Any, text: str, *, size: float, bold: bool = False, colour: str = INK
    ) -> Any:
        run = paragraph.add_run()
        run.text = _UNWRITABLE.sub("", text)
        run.font.size, run.font.bold, run.font.name = _points(size), bold, FONT
        run.font.color.rgb = _rgb(colour)
        run._r.get_or_add_rPr().set("lang", self.speech)  # noqa: SLF001 - the same
        return run


def _larger(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Give a chart the room of a slide: more between its bars."""
    has_steps = isinstance(spec.get("height"), dict)
    return {**spec, "height": {"step": CHART_STEP} if has_steps else spec.get("height")}


def _lines_of(line: Line) -> list[Line]:
    """Give the lines that a text with line ends makes."""
    lines: list[list[Any]] = [[]]
    for span in line:
        for place, piece in enumerate(span.text.split("\n")):
            if place:
                lines.append([])
            if piece:
                lines[-1].append(replace(span, text=piece))
    return [tuple(spans) for spans in lines if spans] or [()]


def _underline(cell: Any, *, colour: str, points: float) -> None:
    from lxml import etree

    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - python-pptx knows no borders
    edge = etree.SubElement(properties, _tag("lnB"), {"w": str(int(_points(points)))})
    fill = etree.SubElement(edge, _tag("solidFill"))
    etree.SubElement(fill, _tag("srgbClr"), {"val": colour.lstrip("#").upper()})


def _tag(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{name}"


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _inches(length: float) -> int:
    return round(length * 914400)


def _points(length: float) -> int:
    return round(length * 12700)


def _anchor(name: str) -> Any:
    from pptx.enum.text import MSO_ANCHOR

    return getattr(MSO_ANCHOR, name)


def _align(name: str) -> Any:
    from pptx.enum.text import PP_ALIGN

    return getattr(PP_ALIGN, name)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]  # untyped there
