"""Rows of a form added, removed and moved, without losing what stands in the others."""

import re
from dataclasses import dataclass

from signoff.app.web.forms.shape import Kind, Shape, shape_at
from signoff.app.web.forms.typed import Typed, row_numbers, type_body

__all__ = ["RowAct", "change_rows", "read_act"]

_ACT = re.compile(r"(add|remove|up|down) ([\w.\[\]]+?)(?:\[(\d+)\])?")


@dataclass(frozen=True)
class RowAct:
    """What a button of a list does.

    Attributes:
        deed: add, remove, up or down.
        path: The list.
        number: The row, from 1; 0 for a new one at the end.
    """

    deed: str
    path: str
    number: int = 0


def read_act(text: str, *, shape: Shape) -> RowAct | None:
    """Read the value of a button; None where it is about no list of the form.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Brief
    >>> read_act("up committee.roles[2]", shape=describe_model(Brief))
    RowAct(deed='up', path='committee.roles', number=2)
    >>> read_act("up committee.role[2]", shape=describe_model(Brief))
    """
    found = _ACT.fullmatch(text)
    if not found or (found[1] == "add") == (found[3] is not None):
        return None
    listed = shape_at(shape, found[2])
    if listed is None or listed.kind not in (Kind.ROWS, Kind.PAIRS):
        return None
    return RowAct(found[1], found[2], int(found[3] or 0))


def change_rows(shape: Shape, typed: Typed, *, act: RowAct, language: str) -> tuple[Typed, str]:
    """Do what a button of a list says.

    Args:
        shape: The form.
        typed: Texts by name, rows numbered without gaps.
        act: What to do; a row that is not there changes nothing.
        language: The reader's language, for the defaults of a new row.

    Returns:
        The texts, and the name that the reader's attention goes to: the row, or the list.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> shape = describe_model(Money)
    >>> typed, place = change_rows(shape, {}, act=RowAct("add", "exchange_rates"), language="en")
    >>> sorted(typed), place
    (['exchange_rates[1]', 'exchange_rates[1].key', 'exchange_rates[1].value'], 'exchange_rates[1]')
    """
    n_rows = len(row_numbers(typed, act.path))
    if act.deed == "add":
        new = f"{act.path}[{n_rows + 1}]"
        return {**typed, **_new_row(shape, act.path, place=new, language=language)}, new
    if not 1 <= act.number <= n_rows:
        return typed, act.path
    if act.deed == "remove":
        later = {n: n - 1 for n in range(act.number + 1, n_rows + 1)}
        return _renumbered(typed, act.path, {act.number: 0, **later}), act.path
    other = act.number + (1 if act.deed == "down" else -1)
    if not 1 <= other <= n_rows:
        return typed, f"{act.path}[{act.number}]"
    swapped = _renumbered(typed, act.path, {act.number: other, other: act.number})
    return swapped, f"{act.path}[{other}]"


def _new_row(shape: Shape, path: str, *, place: str, language: str) -> Typed:
    listed = shape_at(shape, path)
    if listed is None or listed.kind is Kind.PAIRS:
        return {place: ["1"], f"{place}.key": [""], f"{place}.value": [""]}
    empty = type_body(listed.row, {}, language=language)
    return {place: ["1"], **{f"{place}.{name}": texts for name, texts in empty.items()}}


def _renumbered(typed: Typed, path: str, numbers: dict[int, int]) -> Typed:
    """Give the texts with the rows of one list under other numbers; 0 drops a row."""
    pattern = re.compile(re.escape(path) + r"\[(\d+)\](.*)")
    changed: Typed = {}
    for name, texts in typed.items():
        found = pattern.fullmatch(name)
        number = numbers.get(int(found[1]), int(found[1])) if found else 0
        if found is None:
            changed[name] = texts
        elif number:
            changed[f"{path}[{number}]{found[2]}"] = texts
    return changed
