"""A column of a plain table: what kind of values it holds, whichever notation they stand in."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from signoff.store.firm_names import plain_words

__all__ = ["PlainColumn", "read_column"]

BLANKS = frozenset(("", "-", "--", "?", "n/a", "na", "nan", "none", "null", "nil", "#n/a", "nd"))
NUMBER = re.compile(
    r"[-+(]?\s*[€$£]?\s*\d[\d\s\u00a0\u202f'’.,]*(?:[eE][-+]?\d{1,2})?\s*[€$£%]?\)?"
)
ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[T ].*)?")
KIND_SHARE, ID_SHARE, TEXT_LENGTH = 0.9, 0.9, 60
FEWEST_VALUES_OF_NUMBER = 3
ID_WORDS = frozenset(("id", "no", "number", "numero", "ref", "reference", "key"))


@dataclass(frozen=True)
class PlainColumn:
    """A column of a plain table.

    Attributes:
        name: As the file names it.
        kind: "number", "date", "category", "id", "text" or "constant".
        texts: Its cells without surrounding blanks; "" where nothing is known.
        numbers: Its numbers, or its days counted from year 1; NaN where it has none.
    """

    name: str
    kind: str
    texts: NDArray[np.object_]
    numbers: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which rows are filled."""
        return np.asarray(self.texts != "")


def read_column(name: str, cells: Sequence[object]) -> PlainColumn:
    """Tell what kind of values a column holds, and read them.

    Args:
        name: As the file names it.
        cells: One cell for each row: text, numbers, days or nothing.

    Returns:
        The column. It is one of numbers or days when nine of ten filled cells can be read so;
        of ids when nine of ten differ; of text when the usual cell is a sentence.

    >>> read_column("effectif", ["1 250,5", "3", "n/a", "12"]).numbers
    array([1250.5,    3. ,    nan,   12. ])
    >>> read_column("seen", ["31/12/2026", "01/02/2027"]).kind
    'date'
    """
    texts = np.array([_clean(cell) for cell in cells], dtype=object)
    filled = [text for text in texts.tolist() if text]
    distinct = sorted(set(filled))
    nothing = np.full(len(texts), np.nan)
    if len(distinct) < 2 and len(filled) == len(texts):
        return PlainColumn(name, "constant", texts, nothing)
    if not filled:
        return PlainColumn(name, "constant", texts, nothing)
    days = _read_days(distinct)
    if len(days) >= KIND_SHARE * len(distinct):
        return PlainColumn(name, "date", texts, _placed(texts, days))
    numbers = _read_numbers(distinct)
    is_unique = len(distinct) >= ID_SHARE * len(filled) and len(filled) >= 20
    if len(numbers) >= KIND_SHARE * len(distinct) and len(distinct) >= FEWEST_VALUES_OF_NUMBER:
        kind = "id" if is_unique and _is_named_id(name) else "number"
        return PlainColumn(name, kind, texts, _placed(texts, numbers))
    if is_unique:
        return PlainColumn(name, "id" if " " not in filled[0] else "text", texts, nothing)
    is_long = sum(map(len, filled)) > TEXT_LENGTH * len(filled)
    return PlainColumn(name, "text" if is_long else "category", texts, nothing)


def _clean(cell: object) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    text = str(cell).strip()
    return "" if text.casefold() in BLANKS else text


def _placed(texts: NDArray[np.object_], read: dict[str, float]) -> NDArray[np.float64]:
    return np.array([read.get(text, np.nan) for text in texts.tolist()], dtype=np.float64)


def _is_named_id(name: str) -> bool:
    return not ID_WORDS.isdisjoint(plain_words(name.replace("_", " ")).split())


def _read_numbers(texts: Sequence[str]) -> dict[str, float]:
    """Read the numbers among texts; the whole column decides what a lone comma means."""
    shaped = [text for text in texts if NUMBER.fullmatch(text)]
    has_comma_decimals = any(re.search(r",\d{1,2}\D*$|,\d{4,}", text) for text in shaped)
    has_point_decimals = any(re.search(r"\.\d{1,2}\D*$|\.\d{4,}", text) for text in shaped)
    is_comma = has_comma_decimals and not has_point_decimals
    read: dict[str, float] = {}
    for text in shaped:
        bare = re.sub(r"[\s\u00a0\u202f'’€$£%()+]", "", text)
        even = bare.replace(".", "").replace(",", ".") if is_comma else bare.replace(",", "")
        try:
            value = float(even)
        except ValueError:
            continue
        if math.isfinite(value):
            read[text] = -value if text.startswith("(") else value
    return read


def _read_days(texts: Sequence[str]) -> dict[str, float]:
    """Read the days among texts; the whole column decides whether the day or the month leads."""
    read: dict[str, float] = {}
    slashed: list[tuple[str, int, int, int]] = []
    for text in texts:
        if met := ISO.fullmatch(text):
            _put_day(read, text, year=int(met[1]), month=int(met[2]), day=int(met[3]))
        elif met := SLASHED.fullmatch(text):
            year = int(met[3])
            slashed.append((text, int(met[1]), int(met[2]), year + 2000 if year < 100 else year))
    is_month_first = any(second > 12 for _, _, second, _ in slashed)
    for text, first, second, year in slashed:
        month, day = (first, second) if is_month_first else (second, first)
        _put_day(read, text, year=year, month=month, day=day)
    return read


def _put_day(read: dict[str, float], text: str, *, year: int, month: int, day: int) -> None:
    try:
        read[text] = float(date(year, month, day).toordinal())
    except ValueError:
        return
