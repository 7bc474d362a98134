"""What is wrong with a line that is not TOML, and how to write it."""

import re

__all__ = ["explain"]

_REMARK = re.compile(r"\s#[^\"']*$")
_DECIMAL_COMMA = re.compile(r"[\d \u00a0\u202f]+,\d+.*")
_GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'\u2019]\d{3})+(?:\.\d+)?.*")
_DAY = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*")
_QUOTES = "“”„‟«»\u2018\u2019"


def explain(reason: str, line: str) -> tuple[str, str]:
    """Say why a line cannot be read, and what to write instead.

    Args:
        reason: What the reader of TOML says.
        line: The line.

    Returns:
        Why, and the remedy.

    >>> explain("Invalid value", "starts_on = 04/01/2027")[1]
    'write 2027-03-01, without quotation marks'
    """
    value = _REMARK.sub("", line.partition("=")[2]).strip()
    if "overwrite" in reason or "twice" in reason or "already" in reason or "Cannot" in reason:
        return "this key or section stands here a second time", "keep one of the two"
    return _about_value(value) or _about_reason(reason, line, value)


def _about_value(value: str) -> tuple[str, str] | None:
    if _DECIMAL_COMMA.fullmatch(value) or _GROUPED.fullmatch(value):
        return "a number is written with a point, and without spaces", "write 1234.5, not 1 234,5"
    if _DAY.fullmatch(value):
        why = "a date is a day of the calendar, written year-month-day"
        return why, "write 2027-03-01, without quotation marks"
    if value[:1] in tuple(_QUOTES):
        text = value.strip(_QUOTES + " ")
        return "quotation marks are straight, not curly", f'write "{text[:40]}"'
    if value.casefold() in ("true", "false", "yes", "no", "oui", "non"):
        return "yes is true and no is false, in small letters", "write true or false"
    return None


def _about_reason(reason: str, line: str, value: str) -> tuple[str, str]:
    if "Unclosed array" in reason:
        return (
            "a list is not closed before this place, or a comma between two items is missing",
            "put a comma between the items and ] at the end of the list",
        )
    if reason.startswith("Invalid value") and value:
        return "text stands between quotation marks", f'write "{value[:40]}"'
    if "Illegal character" in reason and value.count('"') % 2:
        return "a quotation mark is not closed", "close it on the same line"
    if "Illegal character" in reason:
        return "an invisible character stands in this line", "type the line anew"
    if "newline" in reason:
        return "something stands after the end of the value", "remove it, or quote the whole text"
    if re.match(r"[\w.-]+\s*:", line):
        return "between key and value stands an equals sign", "write key = value"
    if not value:
        return (
            f"each line is a [section], a key = value, or a # comment ({reason})",
            "write it so",
        )
    return f"{reason[:1].lower()}{reason[1:]}", "write it as in `signoff brief new`"
