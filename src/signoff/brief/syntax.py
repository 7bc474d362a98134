"""TOML that cannot be read: every unreadable line as a fault, and the rest of the brief."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from signoff.brief.addresses import hide_addresses
from signoff.brief.syntax_words import explain
from signoff.errors import Fault

__all__ = ["UNREADABLE", "Parsed", "parse_toml"]

UNREADABLE = "\x1aunreadable\x1a"
"""Stands for a value that could not be read, so that the rest is checked all the same."""

UNREADABLE_TOML = '"\\u001aunreadable\\u001a"'
MAX_SYNTAX_FAULTS = 20
LONGEST_NUMBER = 1000
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_KEY = re.compile(r"\s*(?P<key>[A-Za-z0-9_.\"'-]+)\s*[=:]")
_HEADER = re.compile(r"\s*(?P<open>\[{1,2})(?P<name>[A-Za-z0-9_.-]+)\]?\s*(?:#.*)?$")
_ENDS = re.compile(r"\r\n|\n|\r")
_LONG_NUMBER = re.compile(rf"\d{{{LONGEST_NUMBER},}}")


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
    lines = _ENDS.split(text)
    faults = _mend_long_numbers(lines)
    mended: set[int] = set()
    while len(faults) < MAX_SYNTAX_FAULTS:
        try:
            data = tomllib.loads("\n".join(lines) + "\n", parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            number, fault = _syntax_fault(str(error), lines)
            if number in mended:
                return Parsed({}, tuple(faults), is_whole=False)
            faults.append(fault)
            mended.add(number)
            if not number or not _mend(lines, number, fault):
                return Parsed({}, tuple(faults), is_whole=False)
        except RecursionError:
            return Parsed({}, (*faults, _too_deep()), is_whole=False)
        else:
            return Parsed(data, tuple(faults), is_whole=True)
    return Parsed({}, tuple(faults), is_whole=False)


def _mend(lines: list[str], number: int, fault: Fault) -> bool:
    """Make the faulty line readable, so that reading can go on; False when it cannot be."""
    line, before = lines[number - 1], lines[number - 2] if number > 1 else ""
    key, header = _KEY.match(line), _HEADER.match(line)
    if "second time" in fault.why:
        lines[number - 1] = ""
        return header is None
    if "not closed" in fault.why and "list" in fault.why:
        if key is None:
            lines[number - 1] = f",{line}"
            return True
        is_next = "[" in before and "]" not in before
        lines[number - 2 if is_next else number - 1] = _closed(before if is_next else line)
        return True
    if key is not None:
        lines[number - 1] = f"{key['key']} = {UNREADABLE_TOML}"
        return True
    if header is not None:
        marks = len(header["open"])
        lines[number - 1] = f"{'[' * marks}{header['name']}{']' * marks}"
        return lines[number - 1] != line
    lines[number - 1] = ""
    return "[" not in line


def _closed(line: str) -> str:
    key = _KEY.match(line)
    return f"{key['key']} = {UNREADABLE_TOML}" if key else ""


def _mend_long_numbers(lines: list[str]) -> list[Fault]:
    """Take out numbers so long that Python refuses to read them."""
    faults = []
    for index, line in enumerate(lines):
        found = None if line.lstrip().startswith("#") else _LONG_NUMBER.search(line)
        key = _KEY.match(line)
        if found and key and '"' not in line:
            lines[index] = f"{key['key']} = {UNREADABLE_TOML}"
            faults.append(
                Fault(
                    what=f"the number of {key['key']} has {len(found[0]):,} digits",
                    why="no amount of a brief is so large",
                    fix="write the number that is meant",
                    where=f"line {index + 1}, column {found.start() + 1}",
                )
            )
    return faults


def _too_deep() -> Fault:
    return Fault(
        what="brackets stand within brackets too many times",
        why="a brief has lists of tables at most",
        fix="remove the brackets, or give the path of a brief",
        where="file",
    )


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
    why, fix = explain(reason, line)
    return number, Fault(
        what=f"this line is not TOML: {hide_addresses(line)[:80]}",
        why=why,
        fix=hide_addresses(fix),
        where=f"line {number}, column {place['column']}",
    )
