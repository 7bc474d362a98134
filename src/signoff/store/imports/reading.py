"""The SQL that reads a cell: from text in some notation to a value, or to nothing."""

from decimal import Decimal

from signoff.store.imports.moments import day_sql, moment_sql
from signoff.store.imports.notation import Notation
from signoff.store.imports.numbers import number_sql
from signoff.store.imports.target import Field, Reading

__all__ = ["clean_sql", "literal", "value_sql"]

NOTHING = r"^(|--?|\x{2014}|#?[nN]/[aA]|null|NULL|\(not set\)|\(non défini\))$"
LONGEST_IDENTIFIER = 200
BLANKS = " \t\r\n\u00a0\u202f\ufeff"
EMAIL_SHAPE = r"^[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]{2,}$"


def literal(text: str) -> str:
    """Give a text as a literal of SQL.

    >>> literal("L'Oréal")
    "'L''Oréal'"
    """
    return "'" + text.replace("'", "''") + "'"


def clean_sql(column: str) -> str:
    """Give the SQL of a cell without blanks around it; empty when it says that there is nothing.

    An apostrophe that keeps a spreadsheet from running a cell as a formula is taken off.
    """
    trimmed = f"trim({column}, {literal(BLANKS)})"
    guarded = f"starts_with({trimmed}, '''') AND regexp_matches({trimmed}, '^''[=+@-]')"
    nothing = f"regexp_matches({trimmed}, '{NOTHING}')"
    return (
        f"CASE WHEN {nothing} THEN NULL WHEN {guarded} THEN substr({trimmed}, 2) ELSE {trimmed} END"
    )


def value_sql(field: Field, raw: str, *, notation: Notation, factor: Decimal = Decimal(1)) -> str:
    """Give the SQL that reads a field.

    Args:
        field: The field.
        raw: Name of the column with the clean text.
        notation: How the file writes it.
        factor: What numbers are multiplied by.

    Returns:
        An expression that is NULL where the text cannot be read.
    """
    if field.reading is Reading.NUMBER:
        return number_sql(
            field.column,
            raw,
            mark=notation.decimal_mark,
            is_mixed=notation.is_mixed,
            factor=factor,
        )
    if field.reading is Reading.DATE:
        return day_sql(raw, notation)
    if field.reading is Reading.TIME:
        return moment_sql(raw, notation)
    return _text_sql(field.reading, raw)


def _text_sql(reading: Reading, raw: str) -> str:
    match reading:
        case Reading.DOMAIN:
            return _domain_sql(raw)
        case Reading.EMAIL:
            return _email_sql(raw)
        case Reading.PAGE:
            return f"regexp_replace({raw}, '[?#].*$', '')"
        case Reading.CURRENCY:
            return f"CASE WHEN regexp_matches({raw}, '^[A-Za-z]{{3}}$') THEN upper({raw}) END"
        case Reading.IDENTIFIER:
            return f"CASE WHEN length({raw}) <= {LONGEST_IDENTIFIER} THEN {raw} END"
        case _:
            return raw


def _domain_sql(raw: str) -> str:
    path = f"regexp_replace(lower({raw}), '^[a-z][a-z0-9+.-]*://', '')"
    bare = f"regexp_replace({path}, '[/?#:].*$', '')"
    host = f"regexp_replace(regexp_replace({bare}, '^.*@', ''), '^www\\.|\\.$', '', 'g')"
    return f"CASE WHEN regexp_matches({host}, '^[^\\s@]+\\.[^\\s@.]{{2,}}$') THEN {host} END"


def _email_sql(raw: str) -> str:
    bare = f"trim(regexp_replace(lower({raw}), '^mailto:', ''), '<>;, ')"
    return f"CASE WHEN regexp_matches({bare}, {literal(EMAIL_SHAPE)}) THEN {bare} END"
