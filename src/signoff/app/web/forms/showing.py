"""Documents to be read, not edited: each field with its label and its value in words."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from signoff.app.web.forms.labels import label_of, row_label
from signoff.app.web.forms.numerals import write_number, write_share
from signoff.app.web.forms.shape import Kind, Shape
from signoff.app.web.forms.typed import join
from signoff.app.web.forms.words import word_of
from signoff.report.forms import reader_forms

__all__ = ["Shown", "show_document", "show_value"]

LONGEST_RAW = 400


@dataclass(frozen=True)
class Shown:
    """One field of a document, or a section with its fields.

    Attributes:
        label: What it is called.
        path: Where it stands.
        lines: Its value in words, a line for each item; empty for a section.
        parts: Fields of a section, or rows of a list.
    """

    label: str
    path: str
    lines: tuple[str, ...] = ()
    parts: tuple["Shown", ...] = ()


def show_document(shape: Shape, body: Mapping[str, Any], *, language: str) -> tuple[Shown, ...]:
    """Give a document field by field, in the reader's words; empty fields are left out.

    Args:
        shape: What its fields are.
        body: The document as JSON holds it.
        language: The reader's language.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> body = {"budget": "60000", "currency": "EUR"}
    >>> shown = show_document(describe_model(Money), body, language="en")
    >>> [(one.label, one.lines) for one in shown]
    [('Budget', ('60,000',)), ('Currency', ('EUR',))]
    """
    return tuple(_show(shape, body, "", language))


def show_value(shape: Shape | None, value: Any, *, language: str) -> tuple[str, ...]:
    """Give one value in words, a line for each item; nothing where it is empty.

    Args:
        shape: What the field is; None for one that no model knows.
        value: As JSON holds it.
        language: The reader's language.
    """
    if value in (None, "", [], {}):
        return ()
    if shape is None:
        return (_raw(value),)
    try:
        return _write(shape, value, language)
    except (TypeError, ValueError, AttributeError, InvalidOperation):
        return (_raw(value),)


def _show(shape: Shape, body: Mapping[str, Any], path: str, language: str) -> Iterator[Shown]:
    known = {part.name: part for part in shape.parts}
    for name in [*known, *(key for key in body if key not in known)]:
        part, value, at = known.get(name), body.get(name), join(path, name)
        if part and part.kind is Kind.SECTION and isinstance(value, Mapping):
            parts = tuple(_show(part, value, at, language))
            if parts:
                yield Shown(label_of(part), at, parts=parts)
        elif part and part.kind is Kind.ROWS and isinstance(value, list) and value:
            rows = (
                Shown(
                    row_label(part, n),
                    f"{at}[{n}]",
                    parts=tuple(_show(part.row, row, f"{at}[{n}]", language)),
                )
                for n, row in enumerate(value, 1)
            )
            yield Shown(label_of(part), at, parts=tuple(rows))
        elif lines := show_value(part, value, language=language):
            yield Shown(label_of(part) if part else name, at, lines)


def _write(shape: Shape, value: Any, language: str) -> tuple[str, ...]:
    """Write the value of a field by its kind; a line for each item."""
    writers: dict[Kind, Callable[[], Iterable[str]]] = {
        Kind.FLAG: lambda: [_("yes") if value else _("no")],
        Kind.SHARE: lambda: [write_share(value, language=language)],
        Kind.WHOLE: lambda: [write_number(value, language=language)],
        Kind.NUMBER: lambda: [write_number(value, language=language)],
        Kind.AMOUNT: lambda: [_amount(value, language)],
        Kind.DAY: lambda: [reader_forms(language).day(date.fromisoformat(value))],
        Kind.CHOICE: lambda: [word_of(shape.vocabulary, value)],
        Kind.MANY: lambda: [word_of(shape.vocabulary, word) for word in _ordered(shape, value)],
        Kind.LINES: lambda: map(str, value),
        Kind.PAIRS: lambda: [f"{key}: {_amount(item, language)}" for key, item in value.items()],
        Kind.SECTION: lambda: _write_section(shape, value, language),
        Kind.ROWS: lambda: ["; ".join(_write(shape.row, row, language)) for row in value],
    }
    return tuple(writers.get(shape.kind, lambda: str(value).split("\n"))())


def _write_section(shape: Shape, value: Any, language: str) -> list[str]:
    shown = show_document(shape, value, language=language)
    return [f"{one.label}: {', '.join(one.lines)}" for one in shown]


def _amount(value: Any, language: str) -> str:
    return write_number(Decimal(str(value)), language=language)


def _ordered(shape: Shape, words: list[str]) -> list[str]:
    known = [word for word in shape.choices if word in words]
    return known + [word for word in words if word not in known]


def _raw(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_RAW else f"{text[:LONGEST_RAW]}…"
