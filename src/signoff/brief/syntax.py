"""TOML that cannot be read: every unreadable line as a fault, and the rest of the brief."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from signoff.errors import Fault

__all__ = ["UNREADABLE", "Parsed", "parse_toml"]

UNREADABLE = "\x1aunreadable\x1a"
"""Stands for a value that could not be read, so that the rest is checked all the same."""

UNREADABLE_TOML = '"\\u001aunreadable\\u001a"'
MAX_SYNTAX_FAULTS = 20
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_.\"'-]+)\s*=")


@dataclass(frozen=True)
class Parsed:
    """What could be read of a TOML text.

    Attributes:
        data: The tables; unreadable values are UNREADABLE.
        faults: One for each line that could not be read.
        is_whole: Whether everything else was read; False when reading had to stop.
    """

    data: dict[str, Any]
    faults: tuple[Fault, ...]
    is_whole: bool


def parse_toml(text: str) -> Parsed:
    """Read TOML; go on after a line that cannot be read.

    Args:
        text: The whole text.

    Returns:
        The data and the faults, each with its line and column.

    >>> parse_toml("a = 1,5").faults[0].where
    'line 1, column 6'
    """
    lines = text.splitlines()
    faults: list[Fault] = []
    while len(faults) < MAX_SYNTAX_FAULTS:
        try:
            data = tomllib.loads("\n".join(lines) + "\n", parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            number, fault = _syntax_fault(str(error), lines)
            faults.append(fault)
            key = _KEY.match(lines[number - 1]) if number else None
            if key is None or UNREADABLE_TOML in lines[number - 1]:
                return Parsed({}, tuple(faults), is_whole=False)
            lines[number - 1] = f"{key['key']} = {UNREADABLE_TOML}"
        else:
            return Parsed(data, tuple(faults), is_whole=True)
    return Parsed({}, tuple(faults), is_whole=False)


def _syntax_fault(message: str, lines: list[str]) -> tuple[int, Fault]:
    place = _PLACE.search(message)
    reason = _PLACE.sub("", message)
    if place is None or place["line"] is None:
        return 0, Fault(
            what="the text ends too early",
            why=f"a quotation mark, bracket or value is not closed ({reason.lower()})",
            fix="close it; look at the last lines of the file",
            where="end of the file",
        )
    number = int(place["line"])
    line = lines[number - 1].strip() if number <= len(lines) else ""
    why, fix = _explain(reason, line)
    return number, Fault(
        what=f"this line is not TOML: {line[:80]}",
        why=why,
        fix=fix,
        where=f"line {number}, column {place['column']}",
    )


def _explain(reason: str, line: str) -> tuple[str, str]:
    value = line.partition("=")[2].strip()
    if re.fullmatch(r"[\d ]+,\d+.*", value):
        return "a number is written with a point, and without spaces", "write 1234.5, not 1 234,5"
    if "overwrite" in reason or "twice" in reason or "already" in reason:
        return "this key or section stands here a second time", "keep one of the two"
    if reason.startswith("Invalid value") and value:
        return "text stands between quotation marks", f'write "{value[:40]}"'
    if "Illegal character" in reason and value.count('"') % 2:
        return "a quotation mark is not closed", "close it on the same line"
    if "newline" in reason:
        return "something stands after the end of the value", "remove it, or quote the whole text"
    if not value:
        return (
            f"each line is a [section], a key = value, or a # comment ({reason})",
            "write it so",
        )
    return f"{reason[:1].lower()}{reason[1:]}", "write it as in `signoff brief new`"
