"""The SQL that reads a number."""

from decimal import Decimal

from signoff.store.schemas.table import Column, ColumnType

__all__ = ["number_sql"]

SHARE = "share 0 to 1"
EXACT = "DECIMAL(38,10)"
NEGATIVE = r"^\(\s*(.*?)\s*\)$"
CURRENCY = r"^([-+]?)\s*(?:[A-Z]{3}|[€$£¥])\s*|\s*(?:[A-Z]{3}|[€$£¥%])$"
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
    plain = f"regexp_replace({raw}, '{NEGATIVE}', '-\\1')"
    bare = f"regexp_replace({plain}, '{CURRENCY}', '\\1', 'g')"
    even = f"replace(regexp_replace({bare}, '{SPACES}', '_', 'g'), '{MINUS}', '-')"
    group, point = (",", "\\.") if mark == "." else (".", ",")
    shape = f"^[-+]?(\\d+|\\d{{1,3}}([{group}_]\\d{{3}})+)?({point}\\d+)?([eE][-+]?\\d{{1,2}})?$"
    digits = f"replace(regexp_replace({even}, '[{group}_]', '', 'g'), ',', '.')"
    fits = f"regexp_matches({even}, '{shape}') AND regexp_matches({raw}, '\\d')"
    if is_mixed:
        fits += f" AND NOT regexp_matches({even}, '{EITHER}')"
    return _typed_number(column, raw, digits=f"CASE WHEN {fits} THEN {digits} END", factor=factor)


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
