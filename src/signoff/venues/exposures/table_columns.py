"""Columns of the tables of cells and exposures: those that lack, and those that nobody reads."""

from difflib import get_close_matches

from signoff.errors import Fault
from signoff.venues.exposures.file_tables import Columns

__all__ = ["column_faults"]

_KNOWN = {
    "cells": ("cell", "segment", "weight", "n_accounts"),
    "exposures": ("segment", "role", "venue", "exposures_per_unit"),
}
_REQUIRED = {"cells": ("weight",), "exposures": ("role", "venue", "exposures_per_unit")}
_PEOPLE = "people_"


def column_faults(*tables: Columns | None) -> list[Fault]:
    """Find columns that lack and columns that nobody would read.

    Args:
        tables: Cells and exposures; None for one that is not there.

    Returns:
        Faults, with the name that was probably meant.

    >>> rows = Columns("cells", {"wieght": ["1"], "people_IT": ["2"]}, [2])
    >>> [(fault.where, fault.fix) for fault in column_faults(rows)][1:]
    [('cells.wieght', "did you mean 'weight'? Rename it")]
    """
    return [fault for table in tables if table is not None for fault in _faults(table)]


def _faults(table: Columns) -> list[Fault]:
    known = _KNOWN[table.table]
    found = ", ".join(table.cells) or "none"
    lacking = [
        Fault(
            f"the table {table.table} has no column {name}",
            f"columns found: {found}",
            f"add the column {name}, or rename the one that holds it",
            f"{table.table}.{name}",
        )
        for name in _REQUIRED[table.table]
        if name not in table.cells
    ]
    return lacking + [
        Fault(
            f"the table {table.table} has a column that nobody reads: {name}",
            "a column that nobody reads would be lost in silence",
            _fix(table, name),
            f"{table.table}.{name}",
        )
        for name in table.cells
        if name not in known and not (table.table == "cells" and name.startswith(_PEOPLE))
    ]


def _fix(table: Columns, name: str) -> str:
    known = _KNOWN[table.table]
    near = get_close_matches(name.lower(), [k for k in known if k not in table.cells], n=1)
    if near:
        return f"did you mean '{near[0]}'? Rename it"
    people = ", people_<role>" if table.table == "cells" else ""
    return f"remove it; the columns are {', '.join(known)}{people}"
