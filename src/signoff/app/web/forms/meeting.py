"""Two people changed one document: what each did, and both brought together field by field."""

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from signoff.app.web.forms.differences import is_same
from signoff.app.web.forms.labels import trail_of
from signoff.app.web.forms.shape import Kind, Shape
from signoff.app.web.forms.showing import show_value
from signoff.app.web.forms.typed import join

__all__ = ["Meeting", "Side", "join_bodies", "meet_bodies"]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Side(StrEnum):
    """Whose value of a field."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Meeting:
    """One field that is not the same in my document and in theirs.

    Attributes:
        path: The field, or a whole list where rows came or went.
        trail: Labels on the way to it.
        base: What it was before both, a line for each item.
        mine: What I typed.
        theirs: What they saved.
        changed_by: Which of us changed it; None when both did, differently.
    """

    path: str
    trail: tuple[str, ...]
    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    changed_by: Side | None


@dataclass(frozen=True)
class Three:
    """The same place in three documents."""

    base: Any
    mine: Any
    theirs: Any

    @property
    def all(self) -> tuple[Any, Any, Any]:
        """Give the three."""
        return self.base, self.mine, self.theirs

    def at(self, name: str) -> "Three":
        """Give a key of each."""
        return Three(*((one or {}).get(name) for one in self.all))

    def row(self, number: int) -> "Three":
        """Give a row of each, from 0."""
        return Three(*(one[number] for one in self.all))

    def are_maps(self) -> bool:
        """Say whether all can be gone into by key."""
        return all(isinstance(one, Mapping) or one is None for one in self.all)

    def are_alike_lists(self) -> bool:
        """Say whether all are lists of sections with as many rows."""
        lists = [one or [] for one in self.all]
        are_rows = all(isinstance(row, Mapping) for rows in lists for row in rows)
        return are_rows and len({len(rows) for rows in lists}) == 1 and bool(lists[0])


def meet_bodies(
    shape: Shape,
    *,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    language: str,
) -> list[Meeting]:
    """Say where two documents that began as one are no longer the same.

    Args:
        shape: What its fields are.
        base: The version both began from.
        mine: What I made of it.
        theirs: What they made of it.
        language: The reader's language.

    Returns:
        One entry for each field that differs between mine and theirs.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Period
    >>> base = {"starts_on": "2027-01-01", "ends_on": "2027-06-30"}
    >>> mine, theirs = {**base, "ends_on": "2027-07-31"}, {**base, "starts_on": "2027-02-01"}
    >>> met = meet_bodies(
    ...     describe_model(Period), base=base, mine=mine, theirs=theirs, language="en")
    >>> [(one.path, str(one.changed_by)) for one in met]
    [('starts_on', 'theirs'), ('ends_on', 'mine')]
    """
    return [
        Meeting(
            path=path,
            trail=tuple(trail_of(shape, path)),
            base=show_value(part, three.base, language=language),
            mine=show_value(part, three.mine, language=language),
            theirs=show_value(part, three.theirs, language=language),
            changed_by=_changed_by(part, three),
        )
        for path, part, three in _apart(shape, Three(base, mine, theirs), "")
    ]


def join_bodies(
    theirs: Mapping[str, Any], mine: Mapping[str, Any], *, taken: Mapping[str, Side]
) -> dict[str, Any]:
    """Bring two documents together: theirs, with mine where it was chosen.

    Args:
        theirs: What they saved.
        mine: What I typed.
        taken: Whose value each path has.

    Returns:
        The document; neither of the two is changed.

    >>> join_bodies({"a": 1, "b": {"c": 2}}, {"b": {"c": 3}}, taken={"b.c": Side.MINE})
    {'a': 1, 'b': {'c': 3}}
    """
    joined: dict[str, Any] = copy.deepcopy(dict(theirs))
    for path, side in taken.items():
        if side is Side.MINE:
            _put(joined, path, _get(mine, path))
    return joined


def _apart(shape: Shape | None, three: Three, path: str) -> Iterator[tuple[str, Any, Three]]:
    """Go through all three, down to fields that can be chosen apart."""
    if is_same(shape, three.mine, three.theirs):
        return
    if shape and shape.kind is Kind.SECTION and three.are_maps():
        known = {part.name: part for part in shape.parts}
        names = [*known, *(three.theirs or {}), *(three.mine or {})]
        for name in dict.fromkeys(names):
            yield from _apart(known.get(name), three.at(name), join(path, name))
    elif shape and shape.kind is Kind.ROWS and three.are_alike_lists():
        for number in range(len(three.mine)):
            yield from _apart(shape.row, three.row(number), f"{path}[{number + 1}]")
    else:
        yield path, shape, three


def _changed_by(shape: Shape | None, three: Three) -> Side | None:
    if is_same(shape, three.base, three.theirs):
        return Side.MINE
    return Side.THEIRS if is_same(shape, three.base, three.mine) else None


def _steps(path: str) -> list[str | int]:
    return [step[1] or int(step[2]) - 1 for step in _STEP.finditer(path)]


def _get(body: Any, path: str) -> Any:
    for step in _steps(path):
        if isinstance(step, int):
            body = body[step] if isinstance(body, list) and step < len(body) else None
        else:
            body = body.get(step) if isinstance(body, Mapping) else None
    return body


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *way, last = _steps(path)
    here: Any = body
    for step in way:
        here = here[step] if isinstance(step, int) else here.setdefault(step, {})
    if isinstance(last, str) and value is None:
        here.pop(last, None)
    else:
        here[last] = value
