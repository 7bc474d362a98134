"""A finished page read back: its traced numbers, and what it says in numbers beside them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["PageReading", "TracedNumber", "read_page"]

_EMPTY = frozenset({"meta", "link", "br", "hr", "img", "input", "rect", "path", "circle"})
_UNREAD = frozenset({"style", "script", "svg", "time", "title"})


@dataclass(frozen=True)
class TracedNumber:
    """A number as the page shows it, with the path in the plan where it comes from.

    Attributes:
        path: Path in the plan, as `look_up` reads it.
        value: The exact value.
        text: What the reader sees.
    """

    path: str
    value: str
    text: str


@dataclass(frozen=True)
class PageReading:
    """What a page holds.

    Attributes:
        numbers: Its traced numbers, in reading order.
        loose: Pieces of our own words that hold a digit outside any traced number; meant to be
            empty. Names, dates, messages, sources and drawings are not our own words.
        addresses: Every address in it: links, and whatever else might load.
        anchors: Every id, in order.
        elements: How often each element stands in it.
    """

    numbers: tuple[TracedNumber, ...]
    loose: tuple[str, ...]
    addresses: tuple[str, ...]
    anchors: tuple[str, ...]
    elements: dict[str, int]


def read_page(html: str) -> PageReading:
    """Read a page of a report back.

    Args:
        html: The page.

    >>> page = '<p>Spend <data value="2.50" data-path="venues.total_spend">€2.50</data> of 9</p>'
    >>> read_page(page).numbers
    (TracedNumber(path='venues.total_spend', value='2.50', text='€2.50'),)
    >>> read_page(page).loose
    ('of 9',)
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return PageReading(
        numbers=tuple(reader.numbers),
        loose=tuple(reader.loose),
        addresses=tuple(reader.addresses),
        anchors=tuple(reader.anchors),
        elements=reader.elements,
    )


@dataclass
class _Open:
    """An element that is open: its name, and whether its words are ours."""

    name: str
    is_ours: bool
    number: TracedNumber | None = None
    words: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[TracedNumber] = []
        self.loose: list[str] = []
        self.addresses: list[str] = []
        self.anchors: list[str] = []
        self.elements: dict[str, int] = {}
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.anchors += [named["id"]] if "id" in named else []
        self.addresses += [
            named[name] for name in ("href", "src", "xlink:href", "action") if name in named
        ]
        if tag in _EMPTY:
            return
        ours = not self._open or self._open[-1].is_ours
        verbatim = "verbatim" in named.get("class", "").split()
        number = TracedNumber(named.get("data-path", ""), named.get("value", ""), "")
        self._open.append(
            _Open(
                name=tag,
                is_ours=ours and not verbatim and tag not in _UNREAD,
                number=number if tag == "data" and number.path else None,
            )
        )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            closed = self._open.pop()
            if closed.number:
                text = "".join(closed.words)
                self.numbers.append(TracedNumber(closed.number.path, closed.number.value, text))
            if closed.name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._open:
            return
        here = self._open[-1]
        if any(element.number for element in self._open):
            next(e for e in reversed(self._open) if e.number).words.append(data)
        elif here.is_ours and re.search(r"\d", data):
            self.loose.append(data.strip())
