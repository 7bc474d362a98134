"""The SQL that reads a number."""

from decimal import Decimal

from signoff.store.schemas.table import Column, ColumnType

__all__ = ["exact_sql", "is_other_currency_sql", "number_sql"]

SHARE = "share 0 to 1"
EXACT = "DECIMAL(38,10)"
NEGATIVE = r"^\(\s*(.*?)\s*\)$"
BLANK = r"[\s\x{00A0}\x{202F}]*"
CURRENCY = rf"^([-+]?){BLANK}(?:[A-Z]{{3}}|[€$£¥]){BLANK}|{BLANK}(?:[A-Z]{{3}}|[€$£¥])$"
LEADING = rf"^[-+(]?{BLANK}([A-Z]{{3}}|[€$£¥])"
TRAILING = r"([A-Z]{3}|[€$£¥])\)?$"
SIGNS = {
    "€": ("EUR",),
    "£": ("GBP", "EGP", "GIP", "FKP", "SHP"),
    "¥": ("JPY", "CNY"),
    "$": (
        *("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"),
        *("UYU", "DOP", "BSD", "BBD", "BMD", "BZD", "FJD", "JMD", "KYD", "NAD", "TTD", "XCD"),
    ),
}
PERCENT = rf"{BLANK}%$"
SPACES = r"[\s\x{00A0}\x{202F}''\x{2019}]"
EITHER = r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$"
MINUS = "\u2212"


def number_sql(
    column: Column,
    raw: str,
    *,
    mark: str,
    is_mixed: bool = False,
    factor: Decimal = Decimal(1),
) -> str:
    """Give the SQL that reads a number in one notation and refuses the other.

    Args:
        column: The column, for its type and unit.
        raw: Name of the column with the clean text.
        mark: Decimal mark, "." or ",".
        is_mixed: Whether both marks stand in the column; then 1.234 is refused.
        factor: What the number is multiplied by.

    Returns:
        An expression that is NULL where the text is no such number.
    """
    digits = _digits(column, raw, mark=mark, is_mixed=is_mixed)
    return _typed_number(column, raw, digits=digits, factor=factor)


def exact_sql(column: Column, raw: str, *, mark: str, factor: Decimal = Decimal(1)) -> str:
    """Give the SQL of an amount with ten decimals, to compare with the cents that are kept.

    Args:
        column: The column, an amount.
        raw: Name of the column with the clean text.
        mark: Decimal mark.
        factor: What the number is multiplied by.
    """
    return f"TRY_CAST({_digits(column, raw, mark=mark)} AS {EXACT}) * {factor}"


def is_other_currency_sql(raw: str, currency: str) -> str:
    """Give the SQL that says whether an amount names a currency that its row is not in.

    Args:
        raw: Name of the column with the clean text.
        currency: Expression of the row's ISO 4217 code.
    """
    first, last = (f"regexp_extract({raw}, '{place}', 1)" for place in (LEADING, TRAILING))
    said = f"({first} || {last})"
    signs = " ".join(
        f"WHEN '{sign}' THEN {currency} NOT IN ({', '.join(repr(code) for code in codes)})"
        for sign, codes in SIGNS.items()
    )
    has_sign = f"regexp_matches({raw}, '[A-Z€$£¥]')"
    return f"{has_sign} AND CASE {said} WHEN '' THEN false {signs} ELSE {said} <> {currency} END"


def _digits(column: Column, raw: str, *, mark: str, is_mixed: bool = False) -> str:
    plain = f"regexp_replace({raw}, '{NEGATIVE}', '-\\1')"
    bare = _bare(column, plain)
    even = f"replace(regexp_replace({bare}, '{SPACES}', '_', 'g'), '{MINUS}', '-')"
    group, point = (",", "\\.") if mark == "." else (".", ",")
    shape = f"^[-+]?(\\d+|\\d{{1,3}}([{group}_]\\d{{3}})+)?({point}\\d+)?([eE][-+]?\\d{{1,2}})?$"
    digits = f"replace(regexp_replace({even}, '[{group}_]', '', 'g'), ',', '.')"
    fits = f"regexp_matches({even}, '{shape}') AND regexp_matches({raw}, '\\d')"
    if is_mixed:
        fits += f" AND NOT regexp_matches({even}, '{EITHER}')"
    return f"CASE WHEN {fits} THEN {digits} END"


def _bare(column: Column, plain: str) -> str:
    """Take off the currency of an amount or the percent sign of a share; elsewhere both are odd."""
    if column.type is ColumnType.MONEY:
        return f"regexp_replace({plain}, '{CURRENCY}', '\\1', 'g')"
    return f"regexp_replace({plain}, '{PERCENT}', '')" if column.unit == SHARE else plain


def _typed_number(column: Column, raw: str, *, digits: str, factor: Decimal) -> str:
    if column.type is ColumnType.REAL:
        value = f"TRY_CAST({digits} AS DOUBLE)"
        if column.unit == SHARE:
            return f"CASE WHEN contains({raw}, '%') THEN {value} / 100 ELSE {value} END"
        return value
    if column.type is ColumnType.INTEGER:
        exact = f"TRY_CAST({digits} AS {EXACT})"
        slow = f"CASE WHEN {exact} = floor({exact}) THEN TRY_CAST({exact} AS BIGINT) END"
        plain = f"regexp_matches({raw}, '^-?\\d{{1,18}}$')"
        return f"CASE WHEN {plain} THEN TRY_CAST({raw} AS BIGINT) ELSE {slow} END"
    if factor != 1:
        return f"TRY_CAST((TRY_CAST({digits} AS {EXACT}) * {factor}) AS {column.type})"
    return f"TRY_CAST({digits} AS {column.type})"
