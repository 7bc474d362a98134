"""What a pydantic model asks for: one shape for each field, from which forms are built."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

__all__ = ["Kind", "Limits", "Shape", "describe_model", "shape_at"]

LONGEST_LINE = 1000
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PROSE = "prose"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    SHARE = "share"
    DAY = "day"
    FLAG = "flag"
    CHOICE = "choice"
    MANY = "many"
    LINES = "lines"
    PAIRS = "pairs"
    SECTION = "section"
    ROWS = "rows"


PLAIN = {
    str: Kind.LINE,
    bool: Kind.FLAG,
    int: Kind.WHOLE,
    float: Kind.NUMBER,
    Decimal: Kind.AMOUNT,
    date: Kind.DAY,
}


@dataclass(frozen=True)
class Limits:
    """Between what a number or the length of a list lies.

    Attributes:
        low: Least; None for none.
        high: Most; None for none.
        is_low_open: Whether it must be more than the least.
        is_high_open: Whether it must be less than the most.
        longest: Most characters of a text; None for none.
        fewest: Fewest items of a list.
    """

    low: float | None = None
    high: float | None = None
    is_low_open: bool = False
    is_high_open: bool = False
    longest: int | None = None
    fewest: int = 0

    @property
    def is_share(self) -> bool:
        """Whether a number between them is a share of 0 to 1."""
        return self.low is not None and self.high is not None and self.low >= 0 >= self.high - 1


@dataclass(frozen=True)
class Shape:
    """One field of a model, or a section with its fields.

    Attributes:
        name: Its key in the document; empty for the whole.
        key: Class and field, as "Market.countries", by which its label is found.
        kind: How it is filled in.
        meaning: What it means, in English, as the model says.
        is_required: Whether the model takes it for missing when it is empty.
        default: What an empty field stands for.
        choices: The words allowed.
        vocabulary: Class of these words.
        parts: Fields of a section, or of each row.
        limits: What is allowed.
    """

    name: str
    key: str
    kind: Kind
    meaning: str = ""
    is_required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    vocabulary: str = ""
    parts: tuple["Shape", ...] = ()
    limits: Limits = Limits()

    @property
    def row(self) -> "Shape":
        """The shape of one row of a list of sections."""
        return Shape(self.name, self.vocabulary, Kind.SECTION, parts=self.parts)


@lru_cache
def describe_model(model: type[BaseModel]) -> Shape:
    """Describe a model as a section with its fields.

    Args:
        model: Any pydantic model made of text, numbers, flags, dates, words, lists and sections.

    Returns:
        The shape, sections within sections.

    Raises:
        TypeError: a field is of a type that no form can show.

    >>> from signoff.brief import Period
    >>> [(part.name, part.kind.value) for part in describe_model(Period).parts]
    [('starts_on', 'day'), ('ends_on', 'day')]
    """
    parts = tuple(_describe(model, name, field) for name, field in model.model_fields.items())
    return Shape("", model.__name__, Kind.SECTION, parts=parts)


def shape_at(shape: Shape, path: str) -> Shape | None:
    """Find the field that a path names, whatever the number of its row.

    Args:
        shape: Where the path begins.
        path: As in a fault: "message.propositions[2].claim".

    Returns:
        The field; for "propositions[2]" one row; None where there is none.

    >>> from signoff.brief import Brief
    >>> found = shape_at(describe_model(Brief), "message.propositions[2].claim")
    >>> found.key if found else ""
    'Proposition.claim'
    """
    here: Shape | None = shape
    for step in _STEP.finditer(path):
        if here is None:
            return None
        if step[2] is not None:
            here = here.row if here.kind is Kind.ROWS else None
        else:
            parts = here.parts if here.kind is Kind.SECTION else ()
            here = next((part for part in parts if part.name == step[1]), None)
    return here


def _describe(model: type[BaseModel], name: str, field: FieldInfo) -> Shape:
    bare, said = _bare(field.annotation, tuple(field.metadata))
    limits = _limits(said)
    described = _kind_of(bare, limits=limits)
    if described is None:
        raise TypeError(f"no form shows {model.__name__}.{name}: {field.annotation}")
    key = f"{model.__name__}.{name}"
    if described.get("choices") and not described.get("vocabulary"):
        described["vocabulary"] = key  # words that are written out have no class of their own
    return Shape(
        name=name,
        key=key,
        meaning=" ".join((field.description or "").split()),
        is_required=field.is_required(),
        default=_default(field),
        limits=limits,
        **described,
    )


def _kind_of(bare: Any, *, limits: Limits) -> dict[str, Any] | None:
    """Say how a type is filled in."""
    origin = get_origin(bare)
    if origin is Literal:
        return {"kind": Kind.CHOICE, "choices": tuple(map(str, get_args(bare)))}
    if origin in (tuple, list):
        return _kind_of_list(get_args(bare)[0])
    if not isinstance(bare, type):
        return {"kind": Kind.PAIRS} if origin is dict else None
    if issubclass(bare, Enum):
        return {"kind": Kind.CHOICE, "choices": _words(bare), "vocabulary": bare.__name__}
    if issubclass(bare, BaseModel):
        inner = describe_model(bare)
        return {"kind": Kind.SECTION, "parts": inner.parts, "vocabulary": bare.__name__}
    if bare is float and limits.is_share:
        return {"kind": Kind.SHARE}
    if bare is str and (limits.longest or 0) > LONGEST_LINE:
        return {"kind": Kind.PROSE}
    return {"kind": PLAIN[bare]} if bare in PLAIN else None


def _kind_of_list(item: Any) -> dict[str, Any] | None:
    bare, _said = _bare(item, ())
    if isinstance(bare, type) and issubclass(bare, Enum):
        return {"kind": Kind.MANY, "choices": _words(bare), "vocabulary": bare.__name__}
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        parts = describe_model(bare).parts
        return {"kind": Kind.ROWS, "parts": parts, "vocabulary": bare.__name__}
    return {"kind": Kind.LINES} if bare is str else None


def _bare(annotation: Any, said: Sequence[Any]) -> tuple[Any, tuple[Any, ...]]:
    """Take off what stands around a type: that it may be empty, and what is said of it."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _bare(inner, (*said, *_flat(more)))
    if get_origin(annotation) in (Union, UnionType):
        kinds = [part for part in get_args(annotation) if part is not NoneType]
        return _bare(kinds[0], said) if len(kinds) == 1 else (annotation, tuple(said))
    return annotation, tuple(said)


def _flat(said: Sequence[Any]) -> Iterator[Any]:
    for item in said:
        yield from item.metadata if isinstance(item, FieldInfo) else (item,)


def _limits(said: Sequence[Any]) -> Limits:
    """Read limits; of several the last said is the narrowest."""
    found: dict[str, Any] = {}
    for item in said:
        if isinstance(item, Ge | Gt):
            found["low"] = item.ge if isinstance(item, Ge) else item.gt
            found["is_low_open"] = isinstance(item, Gt)
        elif isinstance(item, Le | Lt):
            found["high"] = item.le if isinstance(item, Le) else item.lt
            found["is_high_open"] = isinstance(item, Lt)
        elif isinstance(item, MaxLen):
            found["longest"] = item.max_length
        elif isinstance(item, MinLen):
            found["fewest"] = item.min_length
    return Limits(**found)


def _default(field: FieldInfo) -> Any:
    """Give what an empty field stands for, as JSON holds it."""
    if field.is_required():
        return None
    value = field.get_default(call_default_factory=True, validated_data={})
    return None if value is PydanticUndefined else plain(value)


def plain(value: Any) -> Any:
    """Give a value as JSON holds it.

    >>> plain((Decimal("1.50"), date(2027, 1, 4)))
    ['1.50', '2027-01-04']
    """
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Decimal | date) else value


def _words(words: type[Enum]) -> tuple[str, ...]:
    return tuple(str(member.value) for member in words)
