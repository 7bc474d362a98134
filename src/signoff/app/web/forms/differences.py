"""What differs between two versions of a document, field by field."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Any

from signoff.app.web.forms.labels import trail_of
from signoff.app.web.forms.shape import Kind, Shape
from signoff.app.web.forms.showing import show_value
from signoff.app.web.forms.typed import join

__all__ = ["Difference", "compare_bodies", "is_same"]

MOST_SHOWN = 500
EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Difference:
    """One field that is not the same.

    Attributes:
        path: Where it stands in the newer version, or stood in the older.
        trail: Labels on the way to it.
        old: Value in the older version, a line for each item; empty where it was empty.
        new: Value in the newer version.
    """

    path: str
    trail: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]


def compare_bodies(
    shape: Shape | None, old: Mapping[str, Any], new: Mapping[str, Any], *, language: str
) -> list[Difference]:
    """Compare two versions of a document.

    Args:
        shape: What its fields are; None where no model describes it.
        old: The older version as JSON holds it.
        new: The newer version.
        language: The reader's language.

    Returns:
        One entry for each field that differs, in the order of the model; at most 500.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> old, new = {"budget": "100.00", "currency": "EUR"}, {"budget": "250", "currency": "EUR"}
    >>> found = compare_bodies(describe_model(Money), old, new, language="en")
    >>> [(one.path, one.old, one.new) for one in found]
    [('budget', ('100.00',), ('250',))]
    """
    found: list[Difference] = []
    for path, part, before, after in _walk(shape, old, new, ""):
        if len(found) == MOST_SHOWN:
            break
        found.append(
            Difference(
                path,
                tuple(trail_of(shape, path)) if shape else tuple(path.split(".")),
                show_value(part, before, language=language),
                show_value(part, after, language=language),
            )
        )
    return found


def is_same(shape: Shape | None, one: Any, other: Any) -> bool:
    """Say whether two values of a field mean the same, however they are written.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> budget = describe_model(Money).parts[0]
    >>> is_same(budget, "100", "100.00"), is_same(budget, "100", "101")
    (True, False)
    """
    return canonical(shape, one) == canonical(shape, other)


def canonical(shape: Shape | None, value: Any) -> Any:
    """Give a value in the one form by which values of a field are compared.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> canonical(describe_model(Money).parts[2], {"GBP": "1.150"})
    {'GBP': Decimal('1.15')}
    """
    if shape is None:
        return None if value in EMPTY else value
    if value is None:
        value = shape.default
    if shape.kind is Kind.SECTION and isinstance(value, Mapping | None):
        return _canonical_section(shape, value or {})
    if value in EMPTY:
        return None
    try:
        return _canonical_field(shape, value)
    except (InvalidOperation, TypeError, ValueError, AttributeError):
        return value


def _canonical_section(shape: Shape, value: Mapping[str, Any]) -> dict[str, Any]:
    known = {part.name: part for part in shape.parts}
    said = {name: canonical(known.get(name), value.get(name)) for name in {*known, *value}}
    return {name: item for name, item in said.items() if item not in (None, {})}


def _canonical_field(shape: Shape, value: Any) -> Any:
    if shape.kind is Kind.ROWS:
        return [canonical(shape.row, row) for row in value]
    if shape.kind is Kind.PAIRS:
        return {str(key): Decimal(str(item)).normalize() for key, item in value.items()}
    if shape.kind is Kind.MANY:
        return sorted(value)
    if shape.kind is Kind.AMOUNT:
        return Decimal(str(value)).normalize()
    if shape.kind in (Kind.NUMBER, Kind.SHARE):
        return float(value)
    return value


Step = tuple[str, Shape | None, Any, Any]


def _walk(shape: Shape | None, old: Any, new: Any, path: str) -> Iterator[Step]:
    """Go through both, down to single fields, and give those that differ."""
    if is_same(shape, old, new):
        return
    kind = shape.kind if shape else None
    are_maps = all(isinstance(one, Mapping) or one is None for one in (old, new))
    are_lists = all(isinstance(one, list) or one is None for one in (old, new))
    if are_maps and kind in (None, Kind.SECTION):
        parts = {part.name: part for part in shape.parts} if shape else {}
        for name in dict.fromkeys([*parts, *(old or {}), *(new or {})]):
            inner = ((old or {}).get(name), (new or {}).get(name))
            yield from _walk(parts.get(name), *inner, join(path, name))
    elif shape and kind is Kind.ROWS and are_lists:
        yield from _walk_rows(shape.row, old or [], new or [], path)
    else:
        yield path, shape, old, new


def _walk_rows(row: Shape, old: Sequence[Any], new: Sequence[Any], path: str) -> Iterator[Step]:
    """Put rows that are the same side by side, and compare those between them."""
    before, after = ([_written(row, item) for item in rows] for rows in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for deed, i, i_end, j, j_end in matcher.get_opcodes():
        if deed == "equal":
            continue
        n_both = min(i_end - i, j_end - j)
        for n in range(n_both):
            yield from _walk(row, old[i + n], new[j + n], f"{path}[{j + n + 1}]")
        for n in range(i + n_both, i_end):
            yield f"{path}[{n + 1}]", row, old[n], None
        for n in range(j + n_both, j_end):
            yield f"{path}[{n + 1}]", row, None, new[n]


def _written(row: Shape, item: Any) -> str:
    return json.dumps(canonical(row, item), default=str, sort_keys=True)
