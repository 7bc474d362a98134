"""Numbers, shares and days as people type them, in English or in French form."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from signoff.report.forms import reader_forms

__all__ = ["DoubtError", "read_day", "read_number", "read_share", "write_number", "write_share"]

MOST_DIGITS = 40
_GAPS = re.compile(r"(?<=\d)[\s\u00a0\u202f\u2019'](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"[-+\u2212]?(\d[\d.,]*|[.,]\d+)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
_DAYS = {
    "ymd": re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    "dmy": re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"),
}
_SPOKEN = re.compile(r"(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<m>[^\W\d]+)\.?\s+(?P<y>\d{4})")


class DoubtError(ValueError):
    """What was typed could mean two things, or nothing.

    Attributes:
        meanings: The things it could mean; empty when it means none.
    """

    def __init__(self, *meanings: str) -> None:
        self.meanings = meanings
        super().__init__(" or ".join(meanings))


def read_number(text: str, *, language: str) -> Decimal:
    """Read a number: thousands set apart or not, decimals after a comma or a point.

    A comma before three digits is a mark of thousands in English and a decimal comma in French. A
    point before three digits is a decimal point in English; in French it could be either, so it is
    asked about.

    Args:
        text: What was typed.
        language: The reader's language.

    Raises:
        DoubtError: it is no number, or could be two.

    >>> read_number("1 234,50", language="fr"), read_number("1,234.50", language="en")
    (Decimal('1234.50'), Decimal('1234.50'))
    >>> read_number("12,5", language="en")
    Decimal('12.5')
    """
    bare = _GAPS.sub("", text.strip()).replace("\u2212", "-")
    if not _NUMBER.fullmatch(bare) or len(bare) > MOST_DIGITS:
        raise DoubtError
    return _decimal(_with_point(bare, language=language))


def read_share(text: str, *, language: str) -> Decimal:
    """Read a share: "5 %" and "0.05" are the same; a number above 1 without its sign is not read.

    Args:
        text: What was typed.
        language: The reader's language.

    Raises:
        DoubtError: it is no number, or could be a share or a percentage.

    >>> read_share("5 %", language="en"), read_share("0,05", language="fr")
    (Decimal('0.05'), Decimal('0.05'))
    """
    bare = text.strip()
    if bare.endswith("%"):
        return read_number(bare[:-1], language=language).scaleb(-2)
    number = read_number(bare, language=language)
    if number > 1:
        shown = write_number(number, language=language)
        raise DoubtError(shown + reader_forms(language).before_percent + "%")
    return number


def read_day(text: str, *, language: str) -> date:
    """Read a day: 2027-03-01, 1 March 2027, 1er mars 2027, or 01/03/2027 where that is one day.

    Args:
        text: What was typed.
        language: The reader's language; in French the day comes before the month.

    Raises:
        DoubtError: it is no day of the calendar, or could be two.

    >>> read_day("1er mars 2027", language="fr"), read_day("31/03/2027", language="en")
    (datetime.date(2027, 3, 1), datetime.date(2027, 3, 31))
    """
    bare = text.strip().lower()
    if found := _DAYS["ymd"].fullmatch(bare):
        return _day(found["y"], found["m"], found["d"])
    if found := _SPOKEN.fullmatch(bare):
        return _day(found["y"], _month(found["m"]), found["d"])
    found = _DAYS["dmy"].fullmatch(bare)
    if not found:
        raise DoubtError
    is_two = int(found["d"]) <= 12 and int(found["m"]) <= 12 and found["d"] != found["m"]
    if language != "fr" and is_two:
        day, other = (found["d"], found["m"]), (found["m"], found["d"])
        raise DoubtError(*(_day(found["y"], m, d).isoformat() for d, m in (day, other)))
    if int(found["m"]) > 12:
        return _day(found["y"], found["d"], found["m"])
    return _day(found["y"], found["m"], found["d"])


def write_number(number: Decimal | float, *, language: str) -> str:
    """Write a number with all its digits, as the reader would type it.

    >>> write_number(Decimal("60000.5"), language="en")
    '60,000.5'
    """
    forms = reader_forms(language)
    exact = number if isinstance(number, Decimal) else Decimal(repr(number).removesuffix(".0"))
    digits = max(0, -int(exact.as_tuple().exponent))
    return forms.number(exact, digits=digits).replace("\u2212", "-")


def write_share(share: Decimal | float, *, language: str) -> str:
    """Write a share as percent, with its sign, so that it cannot be taken for anything else.

    >>> write_share(0.05, language="en")
    '5%'
    """
    exact = share if isinstance(share, Decimal) else Decimal(repr(share))
    percent = exact.scaleb(2).normalize()
    whole = percent.quantize(Decimal(1)) if percent == percent.to_integral_value() else percent
    return write_number(whole, language=language) + reader_forms(language).before_percent + "%"


def _with_point(bare: str, *, language: str) -> str:
    """Give the number with a decimal point alone."""
    commas, points = bare.count(","), bare.count(".")
    if commas and points:
        decimal = "," if bare.rfind(",") > bare.rfind(".") else "."
        other = "." if decimal == "," else ","
        if bare.count(decimal) > 1:
            raise DoubtError
        return bare.replace(other, "").replace(decimal, ".")
    if language == "fr":
        if points and _GROUPED.fullmatch(bare.lstrip("+-").replace(".", ",")):
            whole, decimal = bare.replace(".", ""), bare.replace(".", ",", 1)
            raise DoubtError(*([whole, decimal] if points == 1 else [whole]))
        return bare.replace(",", ".")
    if commas and _GROUPED.fullmatch(bare.lstrip("+-")):
        return bare.replace(",", "")
    return bare.replace(",", ".")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise DoubtError from error


def _day(year: str, month: str | int, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise DoubtError from error


def _month(word: str) -> int:
    """Give the number of a month named in English or French, or by its first letters."""
    for language in ("en", "fr"):
        months = reader_forms(language).months.lower().split()
        fitting = [n for n, name in enumerate(months, 1) if name.startswith(word)]
        if word in months:
            return months.index(word) + 1
        if len(word) >= 3 and len(fitting) == 1:
            return fitting[0]
    raise DoubtError
