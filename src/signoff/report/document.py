"""A report before it has a form: sections of blocks of spans, from which page and PDF are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "Block",
    "Bullets",
    "Card",
    "Cards",
    "Chip",
    "Column",
    "Day",
    "Document",
    "Fact",
    "Facts",
    "Figure",
    "Folded",
    "Line",
    "Link",
    "Notice",
    "Number",
    "Paragraph",
    "Section",
    "Span",
    "Strong",
    "Subheading",
    "Table",
    "Tone",
    "Verbatim",
    "Words",
    "numbers_of",
]

Tone = Literal["plain", "good", "caution", "quiet"]


@dataclass(frozen=True)
class Words:
    """Our own words, from a catalog; they hold no digits."""

    text: str
    kind: str = "words"


@dataclass(frozen=True)
class Strong:
    """Our own words that carry the weight of a sentence."""

    text: str
    kind: str = "strong"


@dataclass(frozen=True)
class Number:
    """A number of the plan: where it stands, exactly, and as the reader sees it."""

    path: str
    value: str
    text: str
    kind: str = "number"


@dataclass(frozen=True)
class Verbatim:
    """Text that comes from data: names, messages, sources, notes. Always escaped, never run."""

    text: str
    kind: str = "verbatim"


@dataclass(frozen=True)
class Day:
    """A date or time: ISO 8601, and as the reader sees it."""

    value: str
    text: str
    kind: str = "day"


@dataclass(frozen=True)
class Link:
    """An address that a reader may follow: http or https, or a place in the same report."""

    address: str
    text: str
    kind: str = "link"


@dataclass(frozen=True)
class Chip:
    """A word that sets a state apart: bought, left out, missing."""

    text: str
    tone: Tone = "plain"
    kind: str = "chip"


Span = Words | Strong | Number | Verbatim | Day | Link | Chip
Line = tuple[Span, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    line: Line
    lead: bool = False
    kind: str = "paragraph"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield self.line


@dataclass(frozen=True)
class Subheading:
    """A heading inside a section."""

    line: Line
    kind: str = "subheading"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield self.line


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    lines: tuple[Line, ...]
    kind: str = "bullets"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield from self.lines


@dataclass(frozen=True)
class Notice:
    """Points that the reader must not miss."""

    title: str
    lines: tuple[Line, ...]
    kind: str = "notice"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield from self.lines


@dataclass(frozen=True)
class Card:
    """One key figure: what it is, the figure, what to know about it."""

    label: str
    figure: Line
    note: Line


@dataclass(frozen=True)
class Cards:
    """The key figures, side by side."""

    cards: tuple[Card, ...]
    kind: str = "cards"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        for card in self.cards:
            yield from (card.figure, card.note)


@dataclass(frozen=True)
class Fact:
    """A term and what is said of it."""

    term: Line
    line: Line
    anchor: str = ""


@dataclass(frozen=True)
class Facts:
    """Terms with what is said of each."""

    facts: tuple[Fact, ...]
    kind: str = "facts"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        for fact in self.facts:
            yield from (fact.term, fact.line)


@dataclass(frozen=True)
class Column:
    """A column of a table; a broad one holds sentences."""

    label: str
    numeric: bool = False
    broad: bool = False


@dataclass(frozen=True)
class Table:
    """A table; the first cell of each row names the row."""

    anchor: str
    caption: Line
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    kind: str = "table"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield self.caption
        for row in self.rows:
            yield from row


@dataclass(frozen=True)
class Figure:
    """A chart with the table behind it.

    Attributes:
        anchor: Name of the place, unique in the report.
        title: What the chart shows.
        alternative: The same in a sentence, for who does not see it.
        spec: Vega-Lite specification, without a width.
        table: The numbers of the chart.
    """

    anchor: str
    title: str
    alternative: str
    spec: dict[str, Any]
    table: Table
    kind: str = "figure"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield from self.table.lines_in_order()


@dataclass(frozen=True)
class Folded:
    """Blocks that stay folded until asked for; a PDF prints them under a heading."""

    summary: Line
    blocks: tuple["Block", ...]
    opened: bool = False
    kind: str = "folded"

    def lines_in_order(self) -> Iterator[Line]:
        """Give its lines in reading order."""
        yield self.summary
        for block in self.blocks:
            yield from block.lines_in_order()


Block = Paragraph | Subheading | Bullets | Notice | Cards | Facts | Table | Figure | Folded


@dataclass(frozen=True)
class Section:
    """One part of the report.

    Attributes:
        anchor: Name of the place, unique in the report.
        title: Heading.
        blocks: What stands in it.
        sources: Links to the notes that say where its numbers come from.
    """

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    sources: Line = ()


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        language: ISO 639-1 code.
        language_of_brief: The same of the brief, in which the plan's own sentences are.
        title: What it is.
        kicker: Who it is for, above the title.
        standfirst: What stands under the title: offering, market, period.
        sections: Its parts.
        colophon: The last line: which run, made when.
        labels: Words of the frame: contents, data behind the chart, and so on.
    """

    language: str
    language_of_brief: str
    title: str
    kicker: Line
    standfirst: Line
    sections: tuple[Section, ...]
    colophon: Line
    labels: dict[str, str]


def numbers_of(blocks: tuple[Block, ...]) -> Iterator[Number]:
    """Give every traced number in some blocks, in reading order.

    Args:
        blocks: Blocks of a section.

    >>> line = (Words("In all "), Number("venues.budget", "100", "€100"))
    >>> [number.path for number in numbers_of((Paragraph(line),))]
    ['venues.budget']
    """
    for block in blocks:
        for line in block.lines_in_order():
            yield from (span for span in line if isinstance(span, Number))
