"""A document read back from the boxes of its form, with what could not be read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from signoff.app.translation import translate
from signoff.app.web.forms.numerals import (
    DoubtError,
    read_day,
    read_number,
    read_share,
    write_number,
    write_share,
)
from signoff.app.web.forms.shape import Kind, Shape
from signoff.app.web.forms.typed import Typed, join, row_numbers
from signoff.errors import Fault

__all__ = ["Reading", "read_typed"]

NUMBERS = {Kind.WHOLE, Kind.NUMBER, Kind.AMOUNT, Kind.SHARE}
LONGEST_SHOWN = 60

_LOW = (gettext_noop("%(text)s is less than %(limit)s"), gettext_noop("write %(limit)s or more"))
_LOW_OPEN = (
    gettext_noop("%(text)s is not more than %(limit)s"),
    gettext_noop("write more than %(limit)s"),
)
_HIGH = (gettext_noop("%(text)s is more than %(limit)s"), gettext_noop("write %(limit)s or less"))
_HIGH_OPEN = (
    gettext_noop("%(text)s is not less than %(limit)s"),
    gettext_noop("write less than %(limit)s"),
)


@dataclass
class Reading:
    """What a form says.

    Attributes:
        body: The document as JSON holds it; what is empty or cannot be read is left out.
        faults: What is wrong with single boxes, in the reader's language.
    """

    body: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def with_model_faults(self, found: tuple[Fault, ...]) -> list[Fault]:
        """Add what the model finds wrong, except where a box could not be read to begin with.

        Args:
            found: Faults of the model, in the reader's language.
        """
        told = [fault.where for fault in self.faults]
        return self.faults + [
            fault for fault in found if not any(_is_at(place, fault.where) for place in told)
        ]


def read_typed(shape: Shape, typed: Typed, *, language: str) -> Reading:
    """Read a document from what stands in its boxes.

    Args:
        shape: The form.
        typed: Texts by name.
        language: The reader's language.

    Returns:
        The document and the faults of single boxes; whether the boxes agree with each other the
        model itself says.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> typed = {"budget": ["60 000,50"], "currency": ["EUR"]}
    >>> read_typed(describe_model(Money), typed, language="fr").body
    {'budget': '60000.50', 'currency': 'EUR'}
    """
    reader = _Reader(typed, language)
    return Reading(reader.section(shape, ""), reader.faults)


class _Reader:
    """Reads box after box and remembers what is wrong."""

    def __init__(self, typed: Typed, language: str) -> None:
        self.typed, self.language = typed, language
        self.faults: list[Fault] = []

    def section(self, shape: Shape, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part in shape.parts:
            value = self.value(part, join(path, part.name))
            if value is not None:
                found[part.name] = value
        start = join(path, "@")
        for name, texts in self.typed.items():
            if name.startswith(start) and texts:
                found.setdefault(name.removeprefix(start), _known_json(texts[0]))
        return found

    def value(self, shape: Shape, path: str) -> Any:
        """Read one field; None where it says nothing."""
        readers: dict[Kind, Callable[[Shape, str], Any]] = {
            Kind.SECTION: self.section,
            Kind.ROWS: self.rows,
            Kind.PAIRS: self.pairs,
            Kind.LINES: self.lines,
            Kind.MANY: self.many,
            Kind.FLAG: self.flag,
        }
        return readers.get(shape.kind, self.single)(shape, path)

    def rows(self, shape: Shape, path: str) -> list[Any] | None:
        numbers = row_numbers(self.typed, path)
        rows = [self.section(shape.row, f"{path}[{number}]") for number in numbers]
        return rows or ([] if shape.limits.fewest else None)

    def pairs(self, shape: Shape, path: str) -> dict[str, str] | None:
        found: dict[str, str] = {}
        for number in row_numbers(self.typed, path):
            key, text = self.text(f"{path}[{number}].key"), self.text(f"{path}[{number}].value")
            if not key and not text:
                continue
            place = f"{path}[{number}]"
            rate = self.number(shape, text, f"{place}.value")
            if not key:
                self.tell(f"{place}.key", _("nothing stands here"), why=_("a value needs its key"))
            elif key in found:
                what = _("%(key)s stands twice") % {"key": key}
                self.tell(f"{place}.key", what, why=_("only one of them could be used"))
            elif rate is not None:
                found[key] = str(rate)
        return found or None

    def lines(self, shape: Shape, path: str) -> list[str] | None:
        texts = [line.strip() for line in self.text(path).split("\n")]
        found = [text for text in texts if text]
        if not found and shape.is_required:
            self.miss(shape, path)
            return None
        return found or ([] if shape.default else None)

    def many(self, shape: Shape, path: str) -> list[str] | None:
        chosen = self.typed.get(path, [])
        known = [word for word in shape.choices if word in chosen]
        strange = [word for word in chosen if word and word not in shape.choices]
        found = known + strange
        return found or ([] if shape.default or shape.is_required else None)

    def flag(self, shape: Shape, path: str) -> bool | None:
        is_set = bool(self.text(path))
        return None if is_set == bool(shape.default) and not shape.is_required else is_set

    def single(self, shape: Shape, path: str) -> Any:
        text = self.text(path)
        if not text:
            if shape.is_required:
                self.miss(shape, path)
            return None
        if shape.kind in NUMBERS:
            number = self.number(shape, text, path)
            if number is None:
                return None
            if shape.kind is Kind.AMOUNT:
                return str(number)
            return int(number) if shape.kind is Kind.WHOLE else float(number)
        return self.day(text, path) if shape.kind is Kind.DAY else text

    def miss(self, shape: Shape, path: str) -> None:
        meaning = translate(shape.meaning.rstrip("."), language=self.language)
        self.tell(path, _("this is needed"), why=meaning, fix=_("fill it in"))

    def number(self, shape: Shape, text: str, path: str) -> Decimal | None:
        """Read a number within its limits; None, and a fault, where it cannot be read."""
        try:
            if shape.kind is Kind.SHARE:
                number = read_share(text, language=self.language)
            else:
                number = read_number(text, language=self.language)
        except DoubtError as error:
            like = write_number(Decimal("12.5"), language=self.language)
            self.doubt(text, path, error, why=_("a number belongs here"), like=like)
            return None
        if shape.kind is Kind.WHOLE and number != number.to_integral_value():
            what = _("%(text)s is not a whole number") % {"text": text}
            self.tell(path, what, why=_("parts of one cannot be counted here"))
            return None
        return None if self.is_beyond(shape, number, text=text, path=path) else number

    def is_beyond(self, shape: Shape, number: Decimal, *, text: str, path: str) -> bool:
        """Say whether a number lies outside its limits, and tell so."""
        limits = shape.limits
        write = write_share if shape.kind is Kind.SHARE else write_number
        low, high = _decimal(limits.low), _decimal(limits.high)
        if low is not None and (number < low or (number == low and limits.is_low_open)):
            bound, words = low, _LOW_OPEN if limits.is_low_open else _LOW
        elif high is not None and (number > high or (number == high and limits.is_high_open)):
            bound, words = high, _HIGH_OPEN if limits.is_high_open else _HIGH
        else:
            return False
        said = {"text": text, "limit": write(bound, language=self.language)}
        what, fix = (gettext(part) % said for part in words)
        self.tell(path, what, why=_("nothing could be planned with it"), fix=fix)
        return True

    def day(self, text: str, path: str) -> str | None:
        try:
            return read_day(text, language=self.language).isoformat()
        except DoubtError as error:
            why = _("a day of the calendar belongs here")
            self.doubt(text, path, error, why=why, like="2027-03-01")
            return None

    def doubt(self, text: str, path: str, error: DoubtError, *, why: str, like: str) -> None:
        """Tell that something cannot be read, or could mean two things."""
        shown, meanings = {"text": text[:LONGEST_SHOWN]}, error.meanings
        if len(meanings) > 1:
            what = _("%(text)s could be read in two ways") % shown
            fix = _("write %(one)s or %(other)s") % {"one": meanings[0], "other": meanings[1]}
        else:
            what = _("%(text)s cannot be read") % shown
            fix = _("write it like %(example)s") % {"example": (*meanings, like)[0]}
        self.tell(path, what, why=why, fix=fix)

    def tell(self, path: str, what: str, *, why: str, fix: str = "") -> None:
        self.faults.append(Fault(what, why, fix or _("correct it"), path))

    def text(self, path: str) -> str:
        texts = self.typed.get(path, [])
        return texts[0].strip() if texts else ""


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _known_json(text: str) -> Any:
    """Give what a model did not know; a text that is no JSON any more stays a text."""
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if not isinstance(found, Mapping) else dict(found)


def _is_at(told: str, place: str) -> bool:
    """Say whether one place is the other, or within it."""
    return place == told or place.startswith((f"{told}.", f"{told}["))
