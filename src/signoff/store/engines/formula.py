"""Text that a spreadsheet would run as a formula, made text where the engine writes a file."""

from signoff.results import FORMULA_STARTS

__all__ = ["inert_sql"]


def inert_sql(cell: str) -> str:
    """Give the SQL of a text cell that no spreadsheet runs, as `rows_to_csv` writes it.

    Args:
        cell: SQL that gives the text.

    >>> inert_sql("name").count("chr(")
    6
    """
    starts = ", ".join(f"chr({ord(start)})" for start in FORMULA_STARTS)
    return f"CASE WHEN left({cell}, 1) IN ({starts}) THEN '''' || {cell} ELSE {cell} END"
