"""A report as slides, before they are drawn: what stands on which, short enough for its room."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from signoff.report.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Document,
    Facts,
    Figure,
    Folded,
    Line,
    Notice,
    Paragraph,
    Section,
    Strong,
    Subheading,
    Table,
)

__all__ = ["CELL_SIZE", "Slide", "deck_of", "words_height"]

# rooms in points, and how much text of a size fits: a letter is about half as wide as it is high
TEXT_WIDTH, TEXT_HEIGHT = 872, 372
TEXT_SIZES = (20, 18, 16, 14)
ROW_HEIGHT, CELL_SIZE = 360, 12
LETTER_SHARE, LINE_SHARE = 0.5, 1.28
CARDS_HEIGHT, MOST_ABOVE = 130, 150
SIDE_SIZE = 16  # of words above a chart or a table
MOST_ACCOUNTS = 8
SIDE_TABLE_ROWS = 10


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        title: Its title.
        lines: Its words, each line a point.
        size: Size of the words in points.
        is_listed: Whether the lines are points of a list.
        cards: Key figures.
        figure: A chart; its table stands beside it.
        table: A table alone.
        is_cover: Whether it is the first.
    """

    title: str
    lines: tuple[Line, ...] = ()
    size: int = TEXT_SIZES[-1]
    is_listed: bool = False
    cards: tuple[Card, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    is_cover: bool = False


def deck_of(report: Document) -> tuple[Slide, ...]:
    """Lay a report out as slides: the plan in words, its money, its people, its proof, its sources.

    Args:
        report: The report of a plan.

    Returns:
        Slides in order; texts and tables too long for one go on over several.

    Call it so: `deck_of(compose_report(plan, language="fr"))`.
    """
    parts = {section.anchor: section for section in report.sections}
    cover = Slide(report.title, (report.kicker, report.standfirst, report.colophon), is_cover=True)
    return (
        cover,
        *_summary(parts["summary"]),
        *_flow(parts["accounts"]),
        *_flow(without_notices(parts["venues"])),
        *(_flow(parts["weeks"]) if "weeks" in parts else ()),
        *_flow(parts["committees"]),
        *_messages(parts["messages"]),
        *_flow(parts["measurement"]),
        *_cautions(parts["summary"], parts["venues"]),
        *_facts(parts["origins"]),
        *_facts(parts["run"]),
    )


def _summary(section: Section) -> Iterator[Slide]:
    cards = next((block.cards for block in section.blocks if isinstance(block, Cards)), ())
    lines = tuple(block.line for block in section.blocks if isinstance(block, Paragraph))
    first, *others = _worded(section.title, lines, height=TEXT_HEIGHT - CARDS_HEIGHT)
    yield replace(first, cards=cards)
    yield from others


def without_notices(section: Section) -> Section:
    """Leave out what the slides of the cautions say."""
    kept = tuple(block for block in section.blocks if not isinstance(block, Notice))
    return replace(section, blocks=kept)


def _flow(section: Section) -> Iterator[Slide]:
    """Lay a section out in its order: words before a chart or a table stand above it."""
    words: list[Line] = []
    last: Slide | None = None
    for block in _shown(section.blocks):
        if isinstance(block, Paragraph | Bullets | Notice):
            words += block.lines_in_order()
            continue
        if isinstance(block, Subheading):
            if last is not None and words and _is_roomy(last, words):
                last = replace(last, lines=(*last.lines, *words), size=SIDE_SIZE)
                words = []
            continue
        if last is not None:
            yield last
        *before, last = _set(section.title, words, block)
        yield from before
        words = []
    if last is not None:
        yield last
    if words:
        yield from _worded(section.title, words)


def _shown(blocks: Sequence[Block]) -> Iterator[Block]:
    """Give what a deck shows of a section; lists of accounts end soon, folded parts stay away."""
    for block in blocks:
        if isinstance(block, Table) and block.anchor.startswith("accounts"):
            yield replace(block, rows=block.rows[:MOST_ACCOUNTS])
        elif not isinstance(block, Folded | Cards | Facts):
            yield block


def _set(title: str, words: Sequence[Line], block: Block) -> Iterator[Slide]:
    """Set a chart or a table under the words that lead to it, where both find room."""
    above = words_height(words, SIDE_SIZE)
    is_above = bool(words) and above <= MOST_ABOVE
    if isinstance(block, Figure):
        rows = block.table.rows[:SIDE_TABLE_ROWS]
        whole = Slide(block.title, figure=replace(block, table=replace(block.table, rows=rows)))
        pages = [whole]
    elif isinstance(block, Table):
        pages = list(_tabled(title, block, room=ROW_HEIGHT - (above if is_above else 0)))
    else:
        return
    if is_above:
        first = replace(pages[0], lines=tuple(words), size=SIDE_SIZE)
        yield from (first, *pages[1:])
    else:
        yield from (*(_worded(title, words) if words else ()), *pages)


def _is_roomy(slide: Slide, words: Sequence[Line]) -> bool:
    return words_height((*slide.lines, *words), SIDE_SIZE) <= MOST_ABOVE


def _messages(section: Section) -> Iterator[Slide]:
    core = [line for block in section.blocks if isinstance(block, Bullets) for line in block.lines]
    lead = [block.line for block in section.blocks if isinstance(block, Paragraph) and block.lead]
    yield from _worded(section.title, (*lead, *core))
    for block in section.blocks:
        if isinstance(block, Folded):
            told = [part for part in block.blocks if isinstance(part, Facts)]
            for facts in told:
                yield from _worded(_text(block.summary), _told(facts))


def _cautions(*sections: Section) -> Iterator[Slide]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Notice):
                yield from _worded(block.title, block.lines, is_listed=True)


def _facts(section: Section) -> Iterator[Slide]:
    lines: list[Line] = []
    for block in section.blocks:
        lines += _told(block) if isinstance(block, Facts) else list(block.lines_in_order())
    yield from _worded(section.title, lines)


def _told(facts: Facts) -> list[Line]:
    """Give each term and what is said of it as one line."""
    return [(Strong(f"{_text(fact.term)}: "), *fact.line) for fact in facts.facts]


def _worded(
    title: str, lines: Sequence[Line], *, height: int = TEXT_HEIGHT, is_listed: bool = False
) -> Iterator[Slide]:
    """Set lines in the largest size that fits; at the smallest they go on over several slides."""
    for size in TEXT_SIZES:
        if words_height(lines, size) <= height:
            yield Slide(title, tuple(lines), size, is_listed)
            return
    pages: list[list[Line]] = [[]]
    room = float(height)
    for line in lines:
        taken = _height(line, TEXT_SIZES[-1])
        if pages[-1] and taken > room:
            pages.append([])
            room = float(TEXT_HEIGHT)
        pages[-1].append(line)
        room -= taken
    for number, page in enumerate(pages, start=1):
        yield Slide(_numbered(title, number, len(pages)), tuple(page), TEXT_SIZES[-1], is_listed)


def _tabled(title: str, table: Table, *, room: float = ROW_HEIGHT) -> Iterator[Slide]:
    """Set a table; long ones go on over several slides."""
    letters = _column_letters(table)
    pages: list[list[tuple[Line, ...]]] = [[]]
    for row in table.rows:
        n_lines = max(
            math.ceil(max(1, len(_text(cell))) / most)
            for cell, most in zip(row, letters, strict=True)
        )
        taken = n_lines * CELL_SIZE * LINE_SHARE + 8
        if pages[-1] and taken > room:
            pages.append([])
            room = float(ROW_HEIGHT)
        pages[-1].append(row)
        room -= taken
    for number, page in enumerate(pages, start=1):
        part = replace(table, rows=tuple(page))
        yield Slide(_numbered(title, number, len(pages)), table=part)


def _column_letters(table: Table) -> list[float]:
    """Give how many letters fit into a line of each column."""
    weights = [3.0 if column.broad else 1.0 for column in table.columns]
    return [
        TEXT_WIDTH * weight / sum(weights) / (CELL_SIZE * LETTER_SHARE * 1.1) for weight in weights
    ]


def words_height(lines: Sequence[Line], size: int) -> float:
    """Reckon how high lines stand in points.

    Args:
        lines: The lines.
        size: Size of their letters in points.

    >>> round(words_height([(Strong("a"),)], 20))
    36
    """
    return sum(_height(line, size) for line in lines)


def _height(line: Line, size: int) -> float:
    """Reckon how high a line stands in points, the gap after it included."""
    letters = TEXT_WIDTH / (size * LETTER_SHARE)
    pieces = _text(line).split("\n")
    n_lines = sum(max(1, math.ceil(len(piece) / letters)) for piece in pieces)
    return n_lines * size * LINE_SHARE + size * 0.5


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _numbered(title: str, number: int, n: int) -> str:
    return title if n == 1 else f"{title} ({number}/{n})"
