"""Where a number stands in a plan: the path that leads to it, and the note that explains it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from signoff.errors import DataError

__all__ = ["Explanation", "canonical_text", "explain_path", "look_up"]

_CALL = re.compile(r"(len|count|sum)\((.+)\)")
_STEP = re.compile(r"\[(\*|\d+)\]|\.?([^.\[\]()]+)")


class Explanation(Protocol):
    """A note that says where the numbers below a path come from."""

    @property
    def path(self) -> str:
        """Path, without the indices of lists."""
        ...


def look_up(plan: object, path: str) -> object:
    """Give what stands at a path, in a plan or in the JSON of one.

    Args:
        plan: A plan, or its JSON read back.
        path: Names joined by dots, `[3]` for one of a list, `[*]` for all of a list. The whole
            may stand in `len(...)`, `sum(...)` (numbers and money) or `count(...)` (true values).

    Returns:
        The value; for a path with `[*]` outside a call, a list of them.

    Raises:
        DataError: nothing stands there.

    >>> look_up({"lines": [{"spend": Decimal("2.50")}, {"spend": Decimal("4")}]},
    ...         "sum(lines[*].spend)")
    Decimal('6.50')
    """
    call = _CALL.fullmatch(path)
    if call is None:
        return _walk(plan, path)
    found = _walk(plan, call[2])
    if not isinstance(found, Sequence | Mapping) or isinstance(found, str):
        raise _lost(path, "that is no list")
    if call[1] == "len":
        return len(found)
    if call[1] == "count":
        return sum(value is True for value in found)
    return sum((_addend(value) for value in found), start=Decimal(0))


def canonical_text(value: object) -> str:
    """Give a number so that it can be compared to the last digit.

    Args:
        value: A number, money, or their JSON form.

    >>> canonical_text(0.1), canonical_text(Decimal("2.50")), canonical_text("2.50")
    ('0.1', '2.50', '2.50')
    """
    return repr(float(value)) if isinstance(value, float) else str(value)


def explain_path(path: str, notes: Iterable[Explanation]) -> int | None:
    """Give the place of the note that explains a path most closely.

    Args:
        path: Path of a number.
        notes: Notes; each explains its path and all below it.

    Returns:
        Index of the note; None when no note covers the path.

    >>> from types import SimpleNamespace as Note
    >>> explain_path("venues.lines[3].spend", [Note(path="venues"), Note(path="venues.lines")])
    1
    """
    call = _CALL.fullmatch(path)
    steps = _names(call[2] if call else path)
    best, best_length = None, 0
    for index, note in enumerate(notes):
        names = _names(note.path)
        if steps[: len(names)] == names and len(names) > best_length:
            best, best_length = index, len(names)
    return best


def _names(path: str) -> list[str]:
    return [name for _, name in _STEP.findall(path) if name]


def _walk(plan: object, path: str) -> object:
    here: object = plan
    for match in _STEP.finditer(path):
        index, name = match.groups()
        if index == "*":
            rest = path[match.end() :].removeprefix(".")
            if not isinstance(here, Sequence):
                raise _lost(path, "[*] does not follow a list")
            return [_walk(item, rest) for item in here] if rest else list(here)
        here = _step(here, name or int(index), path)
    return here


def _step(here: object, key: str | int, path: str) -> object:
    try:
        if isinstance(key, int) or isinstance(here, Mapping):
            return here[key]  # type: ignore[index]  # a wrong kind is caught below
        return getattr(here, key)
    except (AttributeError, KeyError, IndexError, TypeError) as error:
        raise _lost(path, f"there is no {key!r} in it") from error


def _addend(value: object) -> Decimal:
    return Decimal(str(value))


def _lost(path: str, why: str) -> DataError:
    return DataError(
        f"nothing stands at {path!r} in the plan",
        why=why,
        fix="plan again with this version, then write the report from that plan",
        where=path,
    )
