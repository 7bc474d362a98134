"""The period that a report's preamble names."""

import re
from collections.abc import Sequence
from datetime import date

from signoff.store.formats.format import fold

__all__ = ["read_day", "read_period"]

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janv janvier januar janner",
            "feb february fev fevr fevrier februar",
            "mar march mars marz maerz",
            "apr april avr avril",
            "may mai",
            "jun june juin juni",
            "jul july juil juillet juli",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre okt oktober",
            "nov november novembre",
            "dec december decembre dez dezember",
        ),
        start=1,
    )
    for word in words.split()
}
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
COMPACT = re.compile(r"\b(20\d{2})(\d{2})(\d{2})\b")
DAY_FIRST = re.compile(r"\b(\d{1,2})(?:er)? ([a-z]+) (\d{4})\b")
MONTH_FIRST = re.compile(r"\b([a-z]+) (\d{1,2}) (\d{4})\b")
SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")


def read_period(lines: Sequence[str], *, date_order: str = "") -> tuple[date, date] | None:
    """Find the first and last day that the lines above a report's heading name.

    Args:
        lines: The preamble.
        date_order: "dmy" or "mdy" for dates like 1/2/2026; without it they are not read.

    Returns:
        First and last day, or None when no day is named.

    >>> read_period(["Campaign report", "1 janvier 2026 - 31 janvier 2026"])
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 31))
    >>> read_period(["# Start date: 20260201", "# End date: 20260228"])
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    ranged = [found for line in lines if len(found := _days(line, date_order)) == 2]
    if ranged:
        return ranged[0][0], ranged[0][1]
    marked = [day for line in lines if _is_marked(line) for day in _days(line, date_order)[:1]]
    if not marked:
        return None
    return (marked[0], marked[1]) if len(marked) > 1 else (marked[0], marked[0])


def read_day(text: str, *, date_order: str = "") -> date | None:
    """Read one day.

    >>> read_day("January 5, 2026")
    datetime.date(2026, 1, 5)
    """
    found = _days(text, date_order)
    return found[0] if found else None


def _is_marked(line: str) -> bool:
    words = fold(line)
    return bool(re.search(r"\b(start|end|debut|fin|beginn|ende|from|to)\b", words))


def _days(line: str, date_order: str) -> list[date]:
    words = re.sub(r"\s+", " ", _letters(line))
    found = [
        (match.start(), _day(int(match[1]), int(match[2]), int(match[3])))
        for pattern in (ISO, COMPACT)
        for match in pattern.finditer(line)
    ]
    found += [
        (match.start(), _day(int(match[3]), MONTHS.get(match[2], 0), int(match[1])))
        for match in DAY_FIRST.finditer(words)
    ]
    found += [
        (match.start(), _day(int(match[3]), MONTHS.get(match[1], 0), int(match[2])))
        for match in MONTH_FIRST.finditer(words)
    ]
    for match in DOTTED.finditer(line):
        found.append((match.start(), _day(int(match[3]), int(match[2]), int(match[1]))))
    for match in SLASHED.finditer(line):
        first, second = int(match[1]), int(match[2])
        if date_order:
            day, month = (first, second) if date_order == "dmy" else (second, first)
            found.append((match.start(), _day(int(match[3]), month, day)))
    return [day for _, day in sorted(found, key=lambda item: item[0]) if day]


def _letters(line: str) -> str:
    """Give a line in lower case without accents, commas and dots after words."""
    return re.sub(
        r"[^\w\s-]", " ", " ".join(fold(part) for part in re.split(r"(\s+-\s+|\u2013)", line))
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
