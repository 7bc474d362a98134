"""The reference page of the brief, made from the model: `python -m signoff.brief.manual`."""

import sys
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from signoff.brief.checks import CHECKS, ITEM_RULES
from signoff.brief.model import Brief
from signoff.brief.section import Currency

__all__ = ["brief_manual", "field_table"]

HEADER = """\
# The brief

Made from the model by `python -m signoff.brief.manual`; do not edit by hand.

A brief is one TOML file. `signoff brief new` writes one to start from, `signoff brief check` lists
every fault at once, `signoff brief schema` writes the JSON Schema for editors; in Python these are
`starter_brief()`, `load_brief(path)` and `brief_schema()` of `signoff.brief`. How to write one is
told in [how-to/write-a-brief.md](../how-to/write-a-brief.md).

Money is in the brief's own currency, shares go from 0 to 1, dates are year-month-day.
"""


def brief_manual() -> str:
    """Give the reference page of the brief.

    Returns:
        Markdown: a table for each section, then the rules between fields.

    >>> brief_manual().splitlines()[0]
    '# The brief'
    """
    parts = [HEADER, "## Top of the file\n", field_table(Brief)]
    for path, model, field in _sections(Brief, ""):
        repeated = get_origin(field.annotation) is tuple
        title = f"## [[{path}]]" if repeated else f"## [{path}]"
        parts += [f"{title}\n", f"{_one_line(field.description)}\n", field_table(model)]
    rules = [check.rule for check in CHECKS] + list(ITEM_RULES)
    parts += ["## Rules between fields\n", "\n".join(f"- {rule}" for rule in rules) + "\n"]
    return "\n".join(parts)


def _sections(
    model: type[BaseModel], prefix: str
) -> Iterator[tuple[str, type[BaseModel], FieldInfo]]:
    for name, field in model.model_fields.items():
        inner = _inner_model(field.annotation)
        if inner is not None:
            yield f"{prefix}{name}", inner, field
            yield from _sections(inner, f"{prefix}{name}.")


def field_table(model: type[BaseModel]) -> str:
    """Give the fields of a model as a table of Markdown, without the sections within it.

    Args:
        model: A model whose fields have docstrings.

    Returns:
        One line for each field: key, type, default, meaning.

    >>> from signoff.brief.offer import Offering
    >>> field_table(Offering).splitlines()[0]
    '| key | type | default | meaning |'
    """
    lines = ["| key | type | default | meaning |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if _inner_model(field.annotation) is None:
            cells = (f"`{name}`", _kind(field), _default(field), _one_line(field.description))
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) is tuple:
        return _inner_model(get_args(annotation)[0])
    if get_origin(annotation) is UnionType:
        return next(filter(None, map(_inner_model, get_args(annotation))), None)
    return None


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined or value is None or value in ((), "", {}):
        return "empty"
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kind(field: FieldInfo) -> str:
    limits = [_limit(item) for item in field.metadata]
    if any(isinstance(item, Gt) for item in field.metadata):
        limits = [limit for limit in limits if limit != "from 0"]
    return ", ".join(part for part in (_type_words(field.annotation), *limits) if part)


def _limit(item: Any) -> str:
    match item:
        case Ge(ge=low):
            return f"from {low}"
        case Gt(gt=low):
            return f"above {low}"
        case Le(le=high):
            return f"to {high}"
        case Lt(lt=high):
            return f"below {high}"
        case MinLen(min_length=1):
            return "not empty"
        case _:
            return ""


_PLAIN_TYPES = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    bool: "true or false",
}


def _type_words(annotation: Any) -> str:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(f"`{member.value}`" for member in annotation)
    if annotation in _PLAIN_TYPES:
        return _PLAIN_TYPES[annotation]
    arguments = [part for part in get_args(annotation) if part not in (type(None), Ellipsis)]
    if get_origin(annotation) is tuple:
        return f"list of {_type_words(arguments[0])}"
    if get_origin(annotation) is dict:
        return f"table of number by {'currency code' if arguments[0] == Currency else 'name'}"
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(f"`{word}`" for word in arguments)
    if arguments:
        return _type_words(arguments[0])
    return getattr(annotation, "__name__", "text")


if __name__ == "__main__":
    sys.stdout.write(brief_manual())
