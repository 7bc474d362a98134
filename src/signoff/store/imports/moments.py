"""The SQL that reads a day or a moment."""

from signoff.store.imports.notation import Notation
from signoff.store.imports.period import MONTHS

__all__ = ["day_sql", "moment_sql"]

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_WORDS = r"[.,]|\b(de|le|er)\b|(mon|tues|wednes|thurs|fri|satur|sun)day"
CLOCK = r"(\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?)"
CLOCK_AT_END = r"\d[:h]\d{2}(:\d{2})?(\.\d+)?\s*([AaPp]\.?[Mm]\.?)?$"
HALF = r"([AaPp])\.?[Mm]\.?$"
ISO_MOMENT = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}|$)"
YEAR_FIRST = r"^\d{4}/\d{1,2}/\d{1,2}$"
EIGHT_DIGITS = r"^(19|20)\d{6}$"
SLASHED = r"^\d{1,2}/\d{1,2}/(\d{2}|\d{4})$"
SURE = r"^(1[3-9]|2\d|3[01])/|^\d{1,2}/(1[3-9]|2\d|3[01])/"
ORDERS = {"dmy": "'%d/%m/%y', '%d/%m/%Y'", "mdy": "'%m/%d/%y', '%m/%d/%Y'"}


def day_sql(raw: str, notation: Notation) -> str:
    """Give the SQL of a day, without the time that may follow it; NULL where it is none.

    Args:
        raw: Name of the column with the clean text.
        notation: How the file writes days.

    Returns:
        An expression of type DATE.
    """
    return f"TRY_CAST({_midnight_sql(_day_part(raw), notation)} AS DATE)"


def moment_sql(raw: str, notation: Notation) -> str:
    """Give the SQL of a moment in UTC; without a zone it is taken for UTC.

    Args:
        raw: Name of the column with the clean text.
        notation: How the file writes days.

    Returns:
        An expression of type TIMESTAMP; NULL where the text is no moment.
    """
    clock = f"regexp_extract({raw}, '{CLOCK}', 1)"
    half = f"upper(regexp_extract({raw}, '{HALF}', 1))"
    seconds = f"CASE WHEN length({clock}) < 6 THEN ':00' ELSE '' END"
    hours = f"TRY_CAST(replace({clock}, 'h', ':') || {seconds} AS TIME)"
    shift = (
        f"CASE WHEN {half} = 'P' AND hour({hours}) < 12 THEN INTERVAL 12 HOUR "
        f"WHEN {half} = 'A' AND hour({hours}) = 12 THEN INTERVAL (-12) HOUR "
        "ELSE INTERVAL 0 HOUR END"
    )
    day = f"CAST({_midnight_sql(_day_part(raw), notation)} AS DATE)"
    return (
        f"CASE WHEN regexp_matches({raw}, '{ISO_MOMENT}') "
        f"THEN TRY_CAST({raw} AS TIMESTAMPTZ) AT TIME ZONE 'UTC' "
        f"WHEN {clock} = '' THEN CAST({day} AS TIMESTAMP) "
        f"WHEN regexp_matches({raw}, '{CLOCK_AT_END}') THEN {day} + {hours} + {shift} END"
    )


def _day_part(raw: str) -> str:
    """Give a date without the time that may follow it."""
    return f"regexp_replace({raw}, '[T ,]+\\d{{1,2}}[:h]\\d{{2}}.*$', '')"


def _midnight_sql(text: str, notation: Notation) -> str:
    """Give the SQL of a day as a timestamp at midnight."""
    if notation.has_words:
        return f"coalesce({_numbered_day(text, notation)}, {_worded_day(text)})"
    return _numbered_day(text, notation)


def _numbered_day(text: str, notation: Notation) -> str:
    even = f"regexp_replace({text}, '[-. ]', '/', 'g')"
    ordered = f"try_strptime({even}, [{ORDERS[notation.date_order]}])"
    if notation.is_mixed:
        both = f"try_strptime({even}, [{ORDERS['dmy']}, {ORDERS['mdy']}])"
        ordered = f"CASE WHEN regexp_matches({even}, '{SURE}') THEN {both} END"
    return (
        f"CASE WHEN regexp_matches({even}, '{YEAR_FIRST}') THEN try_strptime({even}, '%Y/%m/%d') "
        f"WHEN regexp_matches({text}, '{EIGHT_DIGITS}') THEN try_strptime({text}, '%Y%m%d') "
        f"WHEN regexp_matches({even}, '{SLASHED}') THEN {ordered} END"
    )


def _worded_day(text: str) -> str:
    """Give the SQL of a day whose month is a word: English, French or German."""
    plain = f"regexp_replace(lower(strip_accents({text})), '{NO_WORDS}', ' ', 'g')"
    tidy = f"trim(regexp_replace(replace({plain}, '1er', '1'), '[\\s-]+', ' ', 'g'))"
    cases = " ".join(
        f"WHEN '{name}' THEN '{MONTH_NAMES[number - 1]}'" for name, number in MONTHS.items()
    )
    month = f"CASE regexp_extract({tidy}, '[a-z]+') {cases} END"
    numbers = f"regexp_extract_all({tidy}, '\\d+')"
    written = f"{numbers}[1] || ' ' || ({month}) || ' ' || {numbers}[2]"
    return (
        f"CASE WHEN len({numbers}) = 2 AND length({numbers}[2]) = 4 "
        f"THEN try_strptime({written}, '%d %b %Y') END"
    )
