"""Every fault of a brief at once, in plain words, each with its field path."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from signoff.brief.addresses import address_fault, hide_addresses, list_addresses
from signoff.brief.checks import Loc, cross_faults
from signoff.brief.model import Brief
from signoff.brief.syntax import UNREADABLE
from signoff.errors import BriefError, Fault

__all__ = ["check_brief", "find_faults", "find_model_faults", "raise_faults"]


Root = type[BaseModel]


def check_brief(brief: Brief) -> None:
    """Check what the single fields of a brief cannot show: whether they agree with each other.

    Args:
        brief: A brief whose fields are each right, such as one made in Python.

    Raises:
        BriefError: with every disagreement at once.

    >>> from signoff.brief.file import read_brief
    >>> from signoff.brief.starter import starter_brief
    >>> check_brief(read_brief(starter_brief()))
    """
    data = brief.model_dump(mode="python")
    personal = [address_fault(path_of(loc)) for loc in list_addresses(data)]
    raise_faults([*personal, *cross_faults(data, ())])


def find_faults(data: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Find everything that is wrong with a brief.

    Args:
        data: The brief as tables and values, as TOML or JSON gives them.

    Returns:
        One fault for each thing to mend, in the order of the brief's fields; empty when all is
        well.

    >>> [fault.where for fault in find_faults({"langage": "en"})][:2]
    ['langage', 'advertiser']
    """
    data, errors = _errors_of(data, root=Brief)
    faults = _field_faults(data, errors, root=Brief)
    faults.extend(cross_faults(data, [error["loc"] for error in errors]))
    return _in_order(faults, root=Brief)


def find_model_faults(data: Mapping[str, Any], *, model: type[BaseModel]) -> tuple[Fault, ...]:
    """Find everything that is wrong with the single fields of a document.

    Args:
        data: The document as tables and values, as TOML or JSON gives them.
        model: What its fields are.

    Returns:
        One fault for each thing to mend, in the order of the model's fields.

    >>> from signoff.brief.terms import Period
    >>> data = {"starts_on": "2027-01-04", "ends_on": "soon"}
    >>> [fault.where for fault in find_model_faults(data, model=Period)]
    ['ends_on']
    """
    data, errors = _errors_of(data, root=model)
    return _in_order(_field_faults(data, errors, root=model), root=model)


def _field_faults(
    data: Mapping[str, Any], errors: Sequence[ErrorDetails], *, root: Root
) -> list[Fault]:
    """Say every error in plain words; e-mail addresses are named by their place alone."""
    personal = list(dict.fromkeys(list_addresses(data)))
    hidden = {(*place, *more) for place in personal for more in ((), ("[key]",))}
    readable = [e for e in errors if not _is_echo(e, errors) and e["loc"] not in hidden]
    faults = [address_fault(path_of(loc)) for loc in personal]
    return faults + [_translate(error, root=root) for error in readable]


def _in_order(faults: Sequence[Fault], *, root: Root) -> tuple[Fault, ...]:
    order = {name: index for index, name in enumerate(root.model_fields)}
    return tuple(sorted(faults, key=lambda fault: order.get(_head(fault.where), -1)))


def raise_faults(faults: Sequence[Fault]) -> None:
    """Raise all the faults as one error, if there are any.

    Args:
        faults: Any number of faults.

    Raises:
        BriefError: when there is at least one.

    >>> raise_faults([])
    >>> try:
    ...     raise_faults([Fault("it is empty", "it is needed", "fill it in", "offering.name")])
    ... except BriefError as error:
    ...     error.fault.where
    'offering.name'
    """
    if not faults:
        return
    if len(faults) == 1:
        fault = faults[0]
        raise BriefError(fault.what, why=fault.why, fix=fault.fix, where=fault.where)
    raise BriefError(
        f"the brief has {len(faults)} faults",
        why="a plan made from it would be wrong or could not be made",
        fix="mend each of them as it says",
        faults=faults,
    )


def path_of(loc: Iterable[str | int]) -> str:
    """Give a place as a field path, list items counted from 1.

    >>> path_of(("message", "propositions", 0, "claim"))
    'message.propositions[1].claim'
    """
    path = ""
    for step in loc:
        path += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return path.removeprefix(".").replace(".[key]", "")


def _errors_of(
    data: Mapping[str, Any], *, root: Root
) -> tuple[Mapping[str, Any], list[ErrorDetails]]:
    """Give the errors; misspelt keys are read as the missing ones that they are nearest to."""
    errors = _validate(data, root=root)
    misspelt: list[ErrorDetails] = []
    while found := _misspelt_key(errors, root=root):
        error, name = found
        misspelt.append(error)
        data = _renamed(data, error["loc"], name)
        errors = _validate(data, root=root)
    return data, [*misspelt, *errors]


def _validate(data: Mapping[str, Any], *, root: Root) -> list[ErrorDetails]:
    try:
        root.model_validate(data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _misspelt_key(errors: Sequence[ErrorDetails], *, root: Root) -> tuple[ErrorDetails, str] | None:
    missing = {error["loc"] for error in errors if error["type"] == "missing"}
    for error in errors:
        is_unknown = error["type"] == "extra_forbidden"
        near = _nearest_key(error["loc"], root=root) if is_unknown else None
        if near is not None and (*error["loc"][:-1], near) in missing:
            return error, near
    return None


def _renamed(data: Any, loc: Loc, name: str) -> Any:
    step, rest = loc[0], loc[1:]
    if isinstance(data, Mapping):
        if not rest:
            return {name if key == step else key: value for key, value in data.items()}
        return {k: _renamed(v, rest, name) if k == step else v for k, v in data.items()}
    return [_renamed(v, rest, name) if n == step else v for n, v in enumerate(data)]


def _nearest_key(loc: Loc, *, root: Root) -> str | None:
    near = difflib.get_close_matches(str(loc[-1]), _keys_at(loc[:-1], root=root), n=1, cutoff=0.6)
    return near[0] if near else None


def _is_echo(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Tell whether an error only repeats another: an unreadable value, a list of wrong items."""
    if error["input"] == UNREADABLE:
        return True
    depth = len(error["loc"])
    return error["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == error["loc"] for other in errors
    )


def _head(where: str) -> str:
    return where.partition(".")[0].partition("[")[0]


def _translate(error: ErrorDetails, *, root: Root) -> Fault:
    loc, kind, value = error["loc"], error["type"], error["input"]
    context = error.get("ctx", {})
    where = path_of(loc)
    if kind == "brief_value":
        return Fault(context["what"], context["why"], context["fix"], where)
    if kind == "missing":
        return _missing(loc, where, root=root)
    if kind == "extra_forbidden":
        return _unknown_key(loc, where, root=root)
    if kind == "enum":
        return _not_in_list(loc, value, where, root=root)
    what = f"{_shown(value)} {_complaint(kind, context)}"
    meaning = _meaning(loc, root=root)
    why = f"it means: {meaning}" if meaning else "the plan could not be computed with it"
    return Fault(what, why, _REMEDIES.get(kind, _remedy(kind, context)), where)


def _missing(loc: Loc, where: str, *, root: Root) -> Fault:
    name, field = str(loc[-1]), _field_at(loc, root=root)
    model = _model_of(field.annotation) if field else None
    why = _meaning(loc, root=root) or "the plan needs it"
    if model is not None and not _is_list(field):
        required = [key for key, sub in model.model_fields.items() if sub.is_required()]
        keys = ", ".join(required or model.model_fields)
        return Fault(f"the section [{where}] is missing", why, f"add it, with {keys}", where)
    section = path_of(loc[:-1])
    example = f"add {name} = {_example(field)}" + (f" under [{section}]" if section else "")
    return Fault(f"'{name}' is missing", why, example, where)


def _unknown_key(loc: Loc, where: str, *, root: Root) -> Fault:
    name = str(loc[-1])
    known = list(_keys_at(loc[:-1], root=root))
    near = _nearest_key(loc, root=root)
    home = [key for key in root.model_fields if name in _keys_at((key,), root=root)]
    if near:
        fix = f"did you mean '{near}'? Rename it"
    elif home:
        fix = f"it belongs under [{home[0]}]"
    else:
        fix = f"remove it; the keys here are {', '.join(known)}"
    return Fault(
        f"{_shown(name)} is not a key of {path_of(loc[:-1]) or 'the brief'}",
        "a key that nobody reads would be lost in silence",
        fix,
        where,
    )


def _not_in_list(loc: Loc, value: Any, where: str, *, root: Root) -> Fault:
    allowed = _allowed(_field_at(loc, root=root))
    near = difflib.get_close_matches(str(value).lower().replace(" ", "_"), allowed, n=1)
    choice = f"write one of {', '.join(allowed)}"
    fix = f"did you mean '{near[0]}'? Otherwise {choice}" if near else choice
    why = _meaning(loc, root=root) or "only these words are understood"
    return Fault(f"{_shown(value)} is not one of the words understood here", why, fix, where)


def _complaint(kind: str, context: Mapping[str, Any]) -> str:
    limits = {
        "greater_than": "is not more than {gt}",
        "greater_than_equal": "is less than {ge}",
        "less_than": "is not less than {lt}",
        "less_than_equal": "is more than {le}",
        "too_short": "has fewer than {min_length} items",
        "string_too_short": "is empty or too short",
        "string_too_long": "is longer than {max_length} characters",
        "decimal_max_places": "has more than {decimal_places} decimals",
    }
    if kind in limits:
        return limits[kind].format(**_plain_numbers(context))
    return _KINDS.get(kind, "cannot be used here")


_KINDS = {
    "int_type": "is not a whole number",
    "int_parsing": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_type": "is not a number",
    "float_parsing": "is not a number",
    "finite_number": "is not a finite number",
    "decimal_type": "is not an amount",
    "decimal_parsing": "is not an amount",
    "string_type": "is not text",
    "bool_type": "is neither true nor false",
    "bool_parsing": "is neither true nor false",
    "tuple_type": "is not a list",
    "dict_type": "is not a table",
    "model_type": "is not a section",
    "date_type": "is not a date",
    "date_parsing": "is not a date",
    "date_from_datetime_parsing": "is not a date",
    "date_from_datetime_inexact": "has a time of day",
    "string_unicode": "holds a character that cannot be written",
    "decimal_max_digits": "has too many digits",
    "decimal_whole_digits": "has too many digits",
}

_REMEDIES = {
    "int_type": "write a whole number without quotation marks, such as 12",
    "int_parsing": "write a whole number without quotation marks, such as 12",
    "int_from_float": "write a whole number, such as 12",
    "float_type": "write a number with a point, such as 0.1",
    "float_parsing": "write a number with a point, such as 0.1",
    "decimal_type": "write a number with a point and without currency, such as 60000.00",
    "decimal_parsing": "write a number with a point and without currency, such as 60000.00",
    "decimal_max_places": "round it",
    "decimal_max_digits": "check the amount; money has at most 18 digits",
    "decimal_whole_digits": "check the amount; money has at most 18 digits",
    "finite_number": "write a number",
    "string_unicode": "type the text anew",
    "string_type": "write it between quotation marks",
    "string_too_short": "write something between the quotation marks, or remove the line",
    "string_too_long": "say it shorter",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "tuple_type": 'put it in square brackets, such as ["one", "two"]',
    "too_short": "add at least one",
    "dict_type": "write a section in square brackets and its keys below",
    "model_type": "write a section in square brackets and its keys below",
    "date_type": "write year-month-day without quotation marks, such as 2027-03-01",
    "date_parsing": "write year-month-day without quotation marks, such as 2027-03-01",
    "date_from_datetime_parsing": "write year-month-day without quotation marks: 2027-03-01",
    "date_from_datetime_inexact": "leave the time out",
}


def _remedy(kind: str, context: Mapping[str, Any]) -> str:
    words = {
        "greater_than": "write a number above {gt}",
        "greater_than_equal": "write {ge} or more",
        "less_than": "write a number below {lt}",
        "less_than_equal": "write {le} or less",
    }
    if kind in words:
        return words[kind].format(**_plain_numbers(context))
    return "write it as in `signoff brief new`"


def _plain_numbers(context: Mapping[str, Any]) -> dict[str, Any]:
    """Give limits as one writes them: 1 instead of 1.0."""
    return {k: f"{v:g}" if isinstance(v, float) else v for k, v in context.items()}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "this section"
    if isinstance(value, list | tuple):
        return "this list"
    text = hide_addresses(str(value))
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def _field_at(loc: Loc, *, root: Root) -> FieldInfo | None:
    model: Root | None = root
    field: FieldInfo | None = None
    for step in loc:
        if isinstance(step, str) and model is not None and step in model.model_fields:
            field = model.model_fields[step]
            model = _model_of(field.annotation)
        elif isinstance(step, str) and model is not None:
            return None
    return field


def _keys_at(loc: Loc, *, root: Root) -> tuple[str, ...]:
    if not loc:
        return tuple(root.model_fields)
    field = _field_at(loc, root=root)
    model = _model_of(field.annotation) if field else None
    return tuple(model.model_fields) if model else ()


def _meaning(loc: Loc, *, root: Root) -> str:
    field = _field_at(loc, root=root)
    text = " ".join((field.description or "").split()) if field else ""
    return text.rstrip(".")


def _model_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_of(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _is_list(field: FieldInfo | None) -> bool:
    return field is not None and get_origin(field.annotation) is tuple


def _allowed(field: FieldInfo | None) -> tuple[str, ...]:
    return _enum_words(field.annotation) if field else ()


def _enum_words(annotation: Any) -> tuple[str, ...]:
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return tuple(str(member.value) for member in annotation)
    found = (_enum_words(part) for part in get_args(annotation))
    return next((words for words in found if words), ())


def _example(field: FieldInfo | None) -> str:
    if field is None:
        return "…"
    words = _allowed(field)
    if words:
        return f'"{words[0]}" (or {", ".join(words[1:])})'
    if _is_list(field):
        return "[ … ]"
    kinds = {"int": "12", "float": "6.0", "Decimal": "60000", "date": "2027-03-01"}
    return kinds.get(getattr(field.annotation, "__name__", ""), '"…"')
