"""What stands in the boxes of a form: texts by name, from a document, a request or a draft.

A name is the path that faults use: "message.propositions[2].claim". A row also has a box of its
own name, so that an empty row is there; what a model does not know travels under "@".
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from signoff.app.web.forms.numerals import write_number, write_share
from signoff.app.web.forms.shape import Kind, Shape

__all__ = ["Source", "Typed", "pick_typed", "row_numbers", "type_body"]

Typed = dict[str, list[str]]
PLAIN_KINDS = {Kind.LINE, Kind.PROSE, Kind.CHOICE, Kind.DAY}
MOST_ROWS = 500


class Source(Protocol):
    """Where texts come from: a request's fields, or texts already picked."""

    def getlist(self, name: str) -> Sequence[str]:
        """Give the texts of a name."""

    def __iter__(self) -> Iterator[str]:
        """Give the names."""


class Kept:
    """Texts already picked, as a source."""

    def __init__(self, typed: Mapping[str, Sequence[str]]) -> None:
        self._typed = typed

    def getlist(self, name: str) -> Sequence[str]:
        """Give the texts of a name."""
        return self._typed.get(name, [])

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._typed)


def pick_typed(shape: Shape, source: Source | Mapping[str, Sequence[str]]) -> Typed:
    """Pick what belongs to a form, its rows numbered from 1 without gaps.

    Args:
        shape: The form.
        source: A request's fields, or a draft.

    Returns:
        Texts by name; names that the form does not have are left out.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Period
    >>> pick_typed(describe_model(Period), {"starts_on": ["2027-01-04"], "act": ["save"]})
    {'starts_on': ['2027-01-04']}
    """
    given = source if hasattr(source, "getlist") else Kept(source)
    return dict(_pick(shape, given, "", ""))


def row_numbers(source: Source | Mapping[str, Sequence[str]], path: str) -> list[int]:
    """Give the numbers of the rows that stand under a path, smallest first."""
    pattern = re.compile(re.escape(path) + r"\[(\d{1,6})\]")
    found = {int(match[1]) for name in source if (match := pattern.match(name))}
    return sorted(found)[:MOST_ROWS]


def type_body(shape: Shape, body: Mapping[str, Any], *, language: str) -> Typed:
    """Give a document as it stands in the boxes of its form.

    Args:
        shape: The form.
        body: The document as JSON holds it; what it lacks stays empty.
        language: Language in whose form numbers are written.

    Returns:
        Texts by name; nothing of the document is lost, known to the model or not.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> type_body(describe_model(Money), {"budget": "60000"}, language="en")
    {'budget': ['60,000'], 'currency': ['']}
    """
    return dict(_type(shape, body, "", language))


def join(path: str, name: str) -> str:
    """Give the path of a field within a section.

    >>> join("", "money"), join("money", "budget")
    ('money', 'money.budget')
    """
    return f"{path}.{name}" if path else name


def _pick(shape: Shape, source: Source, at: str, to: str) -> Iterator[tuple[str, list[str]]]:
    if shape.kind is Kind.SECTION:
        for part in shape.parts:
            yield from _pick(part, source, join(at, part.name), join(to, part.name))
        for name in _unknown_names(source, at):
            yield join(to, f"@{name}"), list(source.getlist(join(at, f"@{name}")))
    elif shape.kind in (Kind.ROWS, Kind.PAIRS):
        for n, number in enumerate(row_numbers(source, at), 1):
            yield f"{to}[{n}]", ["1"]
            if shape.kind is Kind.ROWS:
                yield from _pick(shape.row, source, f"{at}[{number}]", f"{to}[{n}]")
            else:
                for side in ("key", "value"):
                    yield f"{to}[{n}].{side}", _texts(source, f"{at}[{number}].{side}")
    elif texts := _texts(source, at):
        yield to, texts


def _texts(source: Source, name: str) -> list[str]:
    """Give texts with line ends as we write them, without characters no document holds."""
    return [
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
        for text in source.getlist(name)
    ]


def _unknown_names(source: Source, path: str) -> list[str]:
    start = join(path, "@")
    return [name.removeprefix(start) for name in source if name.startswith(start)]


def _type(shape: Shape, value: Any, path: str, language: str) -> Iterator[tuple[str, list[str]]]:
    if shape.kind is Kind.SECTION:
        given = value if isinstance(value, Mapping) else {}
        known = {part.name: part for part in shape.parts}
        for name, part in known.items():
            yield from _type(part, given.get(name), join(path, name), language)
        for name in given:
            if name not in known or not _suits(known[name], given[name]):
                yield join(path, f"@{name}"), [json.dumps(given[name], ensure_ascii=False)]
    elif shape.kind is Kind.ROWS:
        for n, row in enumerate(value if _suits(shape, value) and value else (), 1):
            yield f"{path}[{n}]", ["1"]
            yield from _type(shape.row, row, f"{path}[{n}]", language)
    elif shape.kind is Kind.PAIRS:
        pairs = value.items() if _suits(shape, value) and value else ()
        for n, (key, number) in enumerate(pairs, 1):
            yield f"{path}[{n}]", ["1"]
            yield f"{path}[{n}].key", [str(key)]
            yield f"{path}[{n}].value", [_write_decimal(str(number), language)]
    elif _suits(shape, value):
        yield from _type_field(shape, value, path, language)


def _type_field(
    shape: Shape, value: Any, path: str, language: str
) -> Iterator[tuple[str, list[str]]]:
    if shape.kind is Kind.FLAG:
        if shape.default if value is None else value:
            yield path, ["true"]
    elif shape.kind is Kind.MANY:
        chosen = shape.default if value is None else value
        if chosen:
            yield path, [str(word) for word in chosen]
    elif shape.kind is Kind.LINES:
        yield path, ["\n".join(map(str, value or ()))]
    elif shape.kind is Kind.CHOICE:
        yield path, [str(shape.default or "" if value is None else value)]
    else:
        yield path, [_write(shape.kind, value, language)]


def _write(kind: Kind, value: Any, language: str) -> str:
    if value is None:
        return ""
    if kind is Kind.SHARE:
        return write_share(value, language=language)
    if kind in (Kind.NUMBER, Kind.WHOLE):
        return write_number(value, language=language)
    return _write_decimal(value, language) if kind is Kind.AMOUNT else str(value)


def _write_decimal(value: Any, language: str) -> str:
    try:
        return write_number(Decimal(str(value)), language=language)
    except InvalidOperation:
        return str(value)


def _suits(shape: Shape, value: Any) -> bool:
    """Say whether a value can stand in the boxes of a field."""
    if value is None:
        return True
    if shape.kind in (Kind.SECTION, Kind.PAIRS):
        return isinstance(value, Mapping)
    if shape.kind is Kind.ROWS:
        return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)
    if shape.kind in (Kind.LINES, Kind.MANY):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if shape.kind is Kind.FLAG:
        return isinstance(value, bool)
    if shape.kind in PLAIN_KINDS:
        return isinstance(value, str | date)
    if isinstance(value, bool):
        return False
    is_number = isinstance(value, int | float | Decimal)
    return is_number or (shape.kind is Kind.AMOUNT and isinstance(value, str))
