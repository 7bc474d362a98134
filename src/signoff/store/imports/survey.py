"""How each column of one file is written, told from all of its values."""

from dataclasses import replace
from typing import TYPE_CHECKING

from signoff.store.imports.notation import Notation, date_order_of, decimal_mark_of, settle
from signoff.store.imports.plan import Cell, ImportPlan
from signoff.store.imports.target import Reading
from signoff.store.schemas.table import ColumnType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["survey_notations"]

MARKS = (".", ",")
ORDERS = ("dmy", "mdy")
MOST_SHAPES = 2000


def survey_notations(
    session: "DuckDBPyConnection", plan: ImportPlan, *, kind: str, separator: str
) -> ImportPlan:
    """Find out how every number and day of a file is written.

    Args:
        session: The desk, with the staged rows.
        plan: The import.
        kind: Kind of the file; workbooks and Parquet hold numbers with a decimal point.
        separator: What separates cells; where it is a comma, a lone mark is a decimal point.

    Returns:
        The plan with its notations.

    Raises:
        DataError: values could be read in two ways and nothing tells which is meant.
    """
    shapes = {cell.name: _shapes(session, cell) for cell in _cells(plan, Reading.NUMBER)}
    evidence = {
        name: decimal_mark_of(found, is_whole=_is_whole(plan, name))
        for name, found in shapes.items()
    }
    shared = _shared_mark(evidence, kind, separator)
    notations: dict[str, Notation] = {}
    for name, (point, comma, torn) in evidence.items():
        if plan.said_mark:
            notations[name] = Notation(decimal_mark=plan.said_mark)
            continue
        chosen, is_mixed = settle(
            (point, comma), names=MARKS, fallback=shared, torn=torn, column=_heading(plan, name)
        )
        notations[name] = Notation(decimal_mark=chosen, is_mixed=is_mixed)
    notations |= _survey_days(session, plan)
    return replace(plan, notations=notations)


def _cells(plan: ImportPlan, *readings: Reading) -> list[Cell]:
    return [cell for cell in plan.cells if cell.field.reading in readings and not cell.uses_words]


def _shapes(session: "DuckDBPyConnection", cell: Cell) -> list[str]:
    zero = f"regexp_replace({cell.text}, '^([-+(]?)0([.,])', '\\1Z\\2')"
    shape = f"replace(regexp_replace({zero}, '[0-9]', '9', 'g'), 'Z', '0')"
    found = session.execute(
        f"SELECT DISTINCT {shape} AS shape FROM staged WHERE {cell.text} IS NOT NULL "
        f"ORDER BY shape LIMIT {MOST_SHAPES}"
    ).fetchall()
    return [shape for (shape,) in found]


def _is_whole(plan: ImportPlan, name: str) -> bool:
    return plan.target.field(name).column.type is ColumnType.INTEGER


def _heading(plan: ImportPlan, name: str) -> str:
    cell = plan.cell(name)
    return cell.heading if cell and cell.heading else name


def _shared_mark(evidence: dict[str, tuple[bool, bool, str]], kind: str, separator: str) -> str:
    """Give the mark that the rest of the file proves, or that its kind implies."""
    point = any(found[0] for found in evidence.values())
    comma = any(found[1] for found in evidence.values())
    if point != comma:
        return "." if point else ","
    return "." if kind in {"xlsx", "parquet"} or separator == "," else ""


def _survey_days(session: "DuckDBPyConnection", plan: ImportPlan) -> dict[str, Notation]:
    cells = _cells(plan, Reading.DATE, Reading.TIME)
    evidence = {cell.name: _day_evidence(session, cell) for cell in cells}
    day_first = any(found[0] for found in evidence.values())
    month_first = any(found[1] for found in evidence.values())
    shared = ("dmy" if day_first else "mdy") if day_first != month_first else plan.usual_order
    notations = {}
    for cell in cells:
        first, second, torn = evidence[cell.name]
        has_words = _has_words(session, cell)
        if plan.said_order:
            notations[cell.name] = Notation(date_order=plan.said_order, has_words=has_words)
            continue
        chosen, is_mixed = settle(
            (first, second),
            names=ORDERS,
            fallback=shared,
            torn="1/2/2026" if torn else "",
            column=_heading(plan, cell.name),
        )
        notations[cell.name] = Notation(date_order=chosen, is_mixed=is_mixed, has_words=has_words)
    return notations


def _day_evidence(session: "DuckDBPyConnection", cell: Cell) -> tuple[bool, bool, bool]:
    """Look at the first two numbers of days like 1/2/2026; days with dots begin with the day."""
    pattern = r"^(\d{1,2})[-/ .](\d{1,2})[-/ .]\d{2,4}"
    found = session.execute(
        f"SELECT DISTINCT CAST(regexp_extract(t, '{pattern}', 1) AS INTEGER), "
        f"CAST(regexp_extract(t, '{pattern}', 2) AS INTEGER), "
        "regexp_matches(t, '^\\d{1,2}\\.') "
        f"FROM (SELECT {cell.text} AS t FROM staged) WHERE regexp_matches(t, '{pattern}')"
    ).fetchall()
    day_first, month_first, torn = date_order_of((first, second) for first, second, _ in found)
    dotted = any(is_dotted for *_, is_dotted in found)
    return day_first or (dotted and not month_first), month_first, torn


def _has_words(session: "DuckDBPyConnection", cell: Cell) -> bool:
    found = session.execute(
        f"SELECT count(*) > 0 FROM (SELECT {cell.text} AS t FROM staged) "
        "WHERE regexp_matches(t, '[A-Za-zéûäÉ]{3}') AND regexp_matches(t, '\\d{4}')"
    ).fetchone()
    return bool(found and found[0])
