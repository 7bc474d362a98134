"""Numbers, money and dates in the form that a reader of each language expects."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from types import MappingProxyType

from signoff.errors import DataError

__all__ = ["LANGUAGES", "ReaderForms", "reader_forms"]

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True)
class ReaderForms:
    """How one language writes numbers, money and dates.

    Attributes:
        language: ISO 639-1 code.
        thousands: Mark between groups of three digits.
        decimal: Mark before the decimals.
        before_percent: What stands between a number and its percent sign.
        symbol_first: Whether a currency's symbol stands before the amount.
        symbols: Symbol of each currency that has one in this language.
        months: Names of the months, with spaces between.
        day_pattern: A date, with {day}, {month} and {year}.
        first_day: How the first of a month is written.
        singular_below: Amounts whose size is below this take the singular, and so does one.
    """

    language: str
    thousands: str
    decimal: str
    before_percent: str
    symbol_first: bool
    symbols: MappingProxyType[str, str]
    months: str
    day_pattern: str
    first_day: str
    singular_below: int

    def number(self, value: float | Decimal, *, digits: int = 0) -> str:
        """Give a number with so many decimals, rounded half to even.

        >>> reader_forms("en").number(12345.678, digits=1)
        '12,345.7'
        """
        exact = value if isinstance(value, Decimal) else Decimal(repr(value))
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        whole, _, rest = f"{abs(rounded):,f}".partition(".")
        sign = MINUS if rounded < 0 else ""
        return sign + whole.replace(",", self.thousands) + (self.decimal + rest if rest else "")

    def measure(self, value: float | Decimal, *, spread: float | None = None) -> str:
        """Give a measured number, as fine as it is known.

        Args:
            value: The number.
            spread: Half the width of its interval; the number then ends where the second digit of
                this does. None: the number has three significant digits.

        >>> reader_forms("en").measure(4.23456), reader_forms("en").measure(4.23456, spread=2.9)
        ('4.23', '4.2')
        """
        size, wanted = (abs(float(value)), 2) if spread is None else (abs(spread), 1)
        digits = wanted if size == 0 else max(0, min(6, wanted - math.floor(math.log10(size))))
        return self.number(value, digits=digits)

    def share(self, value: float, *, like: float | None = None) -> str:
        """Give a share of 0 to 1 as percent, finer where it is small.

        >>> reader_forms("en").share(0.0345)
        '3.4%'
        """
        return self.points(value, like=like) + self.before_percent + "%"

    def points(self, value: float, *, like: float | None = None) -> str:
        """Give a difference of shares in percentage points, without the unit.

        >>> reader_forms("fr").points(0.0345)
        '3,4'
        """
        percent = Decimal(repr(value)) * 100
        model = abs(value if like is None else like)
        is_whole = like is None and percent == percent.to_integral_value()
        digits = 0 if model >= 0.1 or is_whole else 1 if model >= 0.01 else 2
        return self.number(percent, digits=digits)

    def money(self, amount: Decimal | float, *, currency: str) -> str:
        """Give an amount in its currency, with cents only where there are some.

        >>> reader_forms("en").money(Decimal("1200.00"), currency="EUR")
        '€1,200'
        """
        exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
        digits = 0 if exact == exact.to_integral_value() else 2
        text = self.number(abs(exact), digits=digits)
        symbol = self.symbols.get(currency, currency)
        sign = MINUS if exact < 0 else ""
        if not self.symbol_first:
            return f"{sign}{text}{NO_BREAK_SPACE}{symbol}"
        gap = NO_BREAK_SPACE if symbol.isalpha() else ""
        return f"{sign}{symbol}{gap}{text}"

    def day(self, day: date) -> str:
        """Give a date in words.

        >>> reader_forms("en").day(date(2026, 3, 1))
        '1 March 2026'
        """
        number = self.first_day if day.day == 1 else str(day.day)
        month = self.months.split()[day.month - 1]
        return self.day_pattern.format(day=number, month=month, year=day.year)

    def moment(self, at: datetime) -> str:
        """Give a date with its time of day, in UTC as stored.

        >>> reader_forms("en").moment(datetime(2026, 3, 1, 9, 5))
        '1 March 2026, 09:05 UTC'
        """
        hour = f"{at.hour:02d}{NO_BREAK_SPACE}h{NO_BREAK_SPACE}{at.minute:02d}"
        clock = hour if self.language == "fr" else f"{at.hour:02d}:{at.minute:02d}"
        return f"{self.day(at.date())}, {clock} UTC"

    def is_singular(self, value: float | Decimal) -> bool:
        """Say whether so many of a thing take the singular.

        >>> reader_forms("fr").is_singular(0), reader_forms("en").is_singular(0)
        (True, False)
        """
        size = abs(float(value))
        return size == 1 or size < self.singular_below

    def chart_locale(self) -> dict[str, object]:
        """Give the same conventions as a number locale of d3, for the axes of charts.

        >>> reader_forms("en").chart_locale()["thousands"]
        ','
        """
        return {
            "decimal": self.decimal,
            "thousands": self.thousands,
            "grouping": [3],
            "currency": ["", ""],
            "percent": self.before_percent + "%",
            "minus": MINUS,
        }


_ENGLISH = ReaderForms(
    language="en",
    thousands=",",
    decimal=".",
    before_percent="",
    symbol_first=True,
    symbols=MappingProxyType(
        {"EUR": "€", "GBP": "£", "USD": "$", "CAD": "CA$", "AUD": "A$", "JPY": "¥", "INR": "₹"}
    ),
    months="January February March April May June July August September October November December",
    day_pattern="{day} {month} {year}",
    first_day="1",
    singular_below=0,
)

_FRENCH = ReaderForms(
    language="fr",
    thousands=NARROW_SPACE,
    decimal=",",
    before_percent=NARROW_SPACE,
    symbol_first=False,
    symbols=MappingProxyType(
        {"EUR": "€", "GBP": "£GB", "USD": "$US", "CAD": "$CA", "AUD": "$AU", "JPY": "¥", "INR": "₹"}
    ),
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    day_pattern="{day} {month} {year}",
    first_day="1er",
    singular_below=2,
)

_FORMS = {"en": _ENGLISH, "fr": _FRENCH}
LANGUAGES = tuple(_FORMS)


def reader_forms(language: str) -> ReaderForms:
    """Give the conventions of a language.

    Args:
        language: "en" or "fr".

    Raises:
        DataError: a language that reports are not written in.

    >>> reader_forms("fr").decimal
    ','
    """
    if language not in _FORMS:
        raise DataError(
            f"reports are not written in {language!r}",
            why=f"there are texts for {', '.join(LANGUAGES)} only",
            fix="set the language to one of these",
            where="language",
        )
    return _FORMS[language]
