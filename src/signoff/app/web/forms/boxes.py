"""A form as its template shows it: boxes with label, help, what stands in them and their faults."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from signoff.app.translation import translate
from signoff.app.web.forms.labels import label_of, row_label, trail_of
from signoff.app.web.forms.numerals import DoubtError, read_day, write_number, write_share
from signoff.app.web.forms.shape import Kind, Shape
from signoff.app.web.forms.typed import Typed, join, row_numbers
from signoff.app.web.forms.words import word_of
from signoff.errors import Fault

__all__ = ["Box", "Form", "Told", "build_form"]

LARGE = {Kind.PROSE, Kind.LINES}
GROUPS = {Kind.SECTION, Kind.ROWS, Kind.PAIRS, Kind.MANY}
_ITEM = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Told:
    """One fault as the summary tells it.

    Attributes:
        fault: What, why and fix, in the reader's language.
        trail: Labels on the way to its field.
        anchor: Id of the box it stands beside; empty where there is none.
        item: Number of the line meant, in a box of many lines; 0 for none.
    """

    fault: Fault
    trail: tuple[str, ...] = ()
    anchor: str = ""
    item: int = 0


@dataclass
class Box:
    """One place of a form.

    Attributes:
        shape: The field.
        name: Its name in the form: the path that faults use.
        label: What it is called.
        help: What it means.
        texts: What stands in it.
        options: Words to choose from, each with how it reads and whether it is chosen.
        parts: Boxes of a section, or rows of a list.
        faults: What is wrong with it.
        empty: What an empty box stands for.
        is_day: Whether the browser can show it as a day.
        is_first: Whether the reader's attention goes here.
        unknown: Keys that the model does not know, with their values.
    """

    shape: Shape
    name: str
    label: str
    help: str = ""
    texts: list[str] = field(default_factory=list)
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    parts: list["Box"] = field(default_factory=list)
    faults: list[Told] = field(default_factory=list)
    empty: str = ""
    is_day: bool = False
    is_first: bool = False
    unknown: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """How it is filled in."""
        return self.shape.kind.value

    @property
    def text(self) -> str:
        """What stands in a box of one text."""
        return self.texts[0] if self.texts else ""

    @property
    def id(self) -> str:
        """Its id on the page."""
        return box_id(self.name)

    @property
    def n_lines(self) -> int:
        """Lines that its box shows."""
        fewest = 2 if self.shape.kind is Kind.LINES else 3
        return min(12, max(fewest, self.text.count("\n") + 2, len(self.text) // 70 + 1))

    @property
    def described_by(self) -> str:
        """Ids of what tells about it, for readers of screens."""
        ids = [f"{self.id}-help"] * bool(self.help) + [f"{self.id}-fault"] * bool(self.faults)
        return " ".join(ids)

    @property
    def is_optional(self) -> bool:
        """Whether it may stay empty, and then stands for nothing."""
        return not (self.shape.is_required or self.shape.default or self.is_group)

    @property
    def is_group(self) -> bool:
        """Whether it is made of several boxes."""
        return self.shape.kind in GROUPS

    @property
    def n_faults(self) -> int:
        """Faults in it and in its parts."""
        return len(self.faults) + sum(part.n_faults for part in self.parts)


@dataclass
class Form:
    """A whole form.

    Attributes:
        top: Fields of the document itself.
        sections: Its sections and lists, in order.
        told: Every fault, for the summary above the form.
    """

    top: Box
    sections: list[Box]
    told: list[Told]


def build_form(
    shape: Shape,
    typed: Typed,
    *,
    language: str,
    faults: Sequence[Fault] = (),
    attention: str = "",
) -> Form:
    """Build a form from what stands in its boxes and what is wrong with it.

    Args:
        shape: The form.
        typed: Texts by name.
        language: The reader's language.
        faults: Faults in that language, each with its path.
        attention: Name of the box that the reader's attention goes to.

    Returns:
        Boxes within boxes; each fault stands beside the box that its path names, or beside the
        nearest one around it.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> fault = Fault("this is needed", "the plan needs it", "fill it in", "budget")
    >>> form = build_form(describe_model(Money), {}, language="en", faults=[fault])
    >>> [(box.label, box.n_faults) for box in form.top.parts]
    [('Budget', 1), ('Currency', 0)]
    """
    builder = _Builder(shape, typed, language)
    told = [builder.place(fault) for fault in faults]
    builder.told, builder.attention = told, attention
    whole = builder.box(shape, "")
    top = Box(shape, "", whole.label, parts=[box for box in whole.parts if not _is_block(box)])
    top.unknown = whole.unknown
    return Form(top, [box for box in whole.parts if _is_block(box)], told)


def box_id(name: str) -> str:
    """Give the id of the box of a name.

    >>> box_id("committee.roles[2].role")
    'f-committee-roles-2-role'
    """
    return "f-" + re.sub(r"[^\w]+", "-", name).strip("-")


def _is_block(box: Box) -> bool:
    return box.shape.kind in (Kind.SECTION, Kind.ROWS, Kind.PAIRS)


class _Builder:
    """Builds box after box."""

    def __init__(self, shape: Shape, typed: Typed, language: str) -> None:
        self.shape, self.typed, self.language = shape, typed, language
        self.told: list[Told] = []
        self.attention = ""
        self.names = set(_names(shape, typed, ""))

    def place(self, fault: Fault) -> Told:
        """Find the box of a fault: that of its path, or the nearest around it."""
        at, rest = fault.where, ""
        while at and at not in self.names:
            keep = max(at.rfind("."), at.rfind("["))
            at, rest = (at[:keep], at[keep:] + rest) if keep > 0 else ("", at + rest)
        item = _ITEM.match(rest)
        trail = tuple(trail_of(self.shape, fault.where)) if fault.where else ()
        return Told(fault, trail, box_id(at) if at else "", int(item[1]) if item else 0)

    def box(self, shape: Shape, name: str) -> Box:
        """Build one box, those within it included."""
        box = Box(
            shape,
            name,
            label_of(shape),
            help=self.help(shape),
            texts=self.typed.get(name, []),
            faults=[told for told in self.told if name and told.anchor == box_id(name)],
            empty=self.empty(shape),
            is_first=bool(name) and name == self.attention,
        )
        if shape.kind is Kind.SECTION:
            box.parts = [self.box(part, join(name, part.name)) for part in shape.parts]
            box.unknown = self.unknown(name)
        elif shape.kind is Kind.ROWS:
            box.parts = [self.row(shape, name, n) for n in row_numbers(self.typed, name)]
        elif shape.kind is Kind.PAIRS:
            box.parts = [self.pair(shape, name, n) for n in row_numbers(self.typed, name)]
        elif shape.choices:
            box.options = self.options(shape, box.texts)
        elif shape.kind is Kind.DAY:
            box.is_day = _is_day(box.text, self.language)
        return box

    def row(self, shape: Shape, name: str, number: int) -> Box:
        """Build one row of a list of sections."""
        row = self.box(shape.row, f"{name}[{number}]")
        row.label, row.help = row_label(shape, number), ""
        if row.is_first and row.parts:
            row.parts[0].is_first = True
        return row

    def pair(self, shape: Shape, name: str, number: int) -> Box:
        """Build one key with its value."""
        place = f"{name}[{number}]"
        row = Box(shape.row, place, row_label(shape, number))
        row.is_first = place == self.attention
        plain = Shape("", "", Kind.LINE, is_required=True)
        for side, label in (("key", _("Key")), ("value", _("Value"))):
            at = f"{place}.{side}"
            faults = [told for told in self.told if told.anchor == box_id(at)]
            box = Box(plain, at, label, texts=self.typed.get(at, []), faults=faults)
            box.is_first = row.is_first and side == "key"
            row.parts.append(box)
        return row

    def help(self, shape: Shape) -> str:
        """Give what a field means, in the reader's language, and how to fill it in."""
        said = translate(shape.meaning, language=self.language)
        if said.rstrip(".").casefold() == label_of(shape).casefold():
            said = ""
        more = {
            Kind.LINES: _("One on each line."),
            Kind.SHARE: _("As percent (5%) or as a share (0.05)."),
        }.get(shape.kind, "")
        if shape.kind is Kind.SHARE and self.language == "fr":
            more = more.replace("0.05", "0,05")
        return " ".join(part for part in (said, more) if part)

    def empty(self, shape: Shape) -> str:
        """Give what an empty box stands for, where that is a number."""
        if shape.default is None or isinstance(shape.default, bool):
            return ""
        if shape.kind is Kind.SHARE:
            return write_share(shape.default, language=self.language)
        if shape.kind in (Kind.WHOLE, Kind.NUMBER):
            return write_number(shape.default, language=self.language)
        return ""

    def options(self, shape: Shape, texts: Sequence[str]) -> list[tuple[str, str, bool]]:
        """Give the words of a choice; one that the model does not know is not lost."""
        words = [*shape.choices, *(text for text in texts if text and text not in shape.choices)]
        return [(word, word_of(shape.vocabulary, word), word in texts) for word in words]

    def unknown(self, name: str) -> list[tuple[str, str]]:
        """List what the model does not know in a section."""
        start = join(name, "@")
        return [(key, texts[0]) for key, texts in self.typed.items() if key.startswith(start)]


def _names(shape: Shape, typed: Typed, name: str) -> Iterator[str]:
    """Give the names of all the boxes of a form."""
    if name:
        yield name
    if shape.kind is Kind.SECTION:
        for part in shape.parts:
            yield from _names(part, typed, join(name, part.name))
    elif shape.kind is Kind.ROWS:
        for number in row_numbers(typed, name):
            yield from _names(shape.row, typed, f"{name}[{number}]")
    elif shape.kind is Kind.PAIRS:
        for number in row_numbers(typed, name):
            yield from (f"{name}[{number}].key", f"{name}[{number}].value")


def _is_day(text: str, language: str) -> bool:
    """Say whether a browser's own box for days can show a text: it shows nothing else."""
    if not text:
        return True
    try:
        return read_day(text, language=language).isoformat() == text
    except DoubtError:
        return False
