"""Whom the venues of a problem can meet: cells and exposures as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import Fault
from signoff.stats.reach import Array
from signoff.venues.exposures.file_tables import Columns

__all__ = ["Market", "read_market"]

_EVERY = "*"
_PEOPLE = "people_"


@dataclass(frozen=True, eq=False)
class Market:
    """Cells and exposures.

    Attributes:
        roles: Names of the roles.
        cells: Names of the cells.
        weight: Value of each cell.
        n_accounts: Accounts of each cell.
        people: People by cell and role.
        segment: Place of each cell's segment.
        exposure: Mean exposures of one person by one unit, by segment, role and venue.
    """

    roles: tuple[str, ...]
    cells: tuple[str, ...]
    weight: Array
    n_accounts: Array
    people: Array
    segment: NDArray[np.int64]
    exposure: Array


def read_market(
    cells: Columns | None,
    exposures: Columns | None,
    *,
    venues: Sequence[str],
    roles: Sequence[str],
    faults: list[Fault],
) -> Market:
    """Put cells and exposures together.

    Args:
        cells: Columns segment, weight, people_<role>, and if there are cell and n_accounts.
        exposures: Columns segment, role, venue, exposures_per_unit.
        venues: Names of the venues.
        roles: Names of the roles; empty: those of the exposures, by first mention.
        faults: Grows by all that is wrong.

    Returns:
        The market; empty where there are no cells or exposures.

    A row fits a segment or a role by name or by `*`; the row whose role is named counts before the
    one whose segment is.
    """
    for table, found in (("cells", cells), ("exposures", exposures)):
        if found is None:
            faults.append(
                Fault(
                    f"the problem has no {table}",
                    "a plan is for accounts, and venues are judged by whom they meet",
                    f"write [[{table}]], or name a file under [tables]",
                    table,
                )
            )
    if cells is None or exposures is None:
        nothing = np.empty(0)
        return Market(
            (), (), nothing, nothing, np.empty((0, 0)), np.empty(0, np.int64), np.empty((0, 0, 0))
        )
    named = list(roles) or _roles_of(exposures)
    faults += _unknown(exposures, "venue", list(venues))
    faults += _unknown(exposures, "role", named)
    faults += _people_faults(cells, named)
    texts = cells.texts("segment", default=_EVERY)
    segments = list(dict.fromkeys(texts))
    place = {segment: number for number, segment in enumerate(segments)}
    weight = cells.numbers("weight", faults, default=None)
    faults += _weight_faults(weight)
    people = np.column_stack(
        [cells.numbers(f"{_PEOPLE}{role}", faults, default=0.0) for role in named]
    )
    exposure = _exposure(exposures, (segments, named, list(venues)), faults)
    names = [text or str(number) for number, text in enumerate(cells.texts("cell"), start=1)]
    return Market(
        roles=tuple(named),
        cells=tuple(names),
        weight=weight,
        n_accounts=cells.numbers("n_accounts", faults, default=1.0),
        people=people,
        segment=np.array([place[text] for text in texts], dtype=np.int64),
        exposure=exposure,
    )


def _weight_faults(weight: Array) -> list[Fault]:
    if not len(weight) or weight.any():
        return []
    return [
        Fault(
            "every cell has a weight of 0",
            "then every plan brings the same: nothing",
            "give the accounts that matter a weight above 0",
            "cells.weight",
        )
    ]


def _roles_of(exposures: Columns) -> list[str]:
    return [role for role in dict.fromkeys(exposures.texts("role")) if role and role != _EVERY]


def _unknown(exposures: Columns, column: str, known: list[str]) -> list[Fault]:
    found = set(exposures.texts(column)) - set(known) - ({_EVERY} if column == "role" else set())
    if not found:
        return []
    shown = ", ".join(name or "(empty)" for name in sorted(found)[:8])
    return [
        Fault(
            f"exposures name no {column} of the problem: {shown}",
            f"each row belongs to one {column}",
            f"use one of: {', '.join(known[:12]) or 'none'}",
            f"exposures.{column}",
        )
    ]


def _people_faults(cells: Columns, roles: list[str]) -> list[Fault]:
    columns = [name for name in cells.cells if name.startswith(_PEOPLE)]
    faults = [
        Fault(
            f"the cells have people of no role of the problem: {name}",
            "nobody could count them",
            f"use one of: {', '.join(_PEOPLE + role for role in roles) or 'none'}",
            f"cells.{name}",
        )
        for name in columns
        if name.removeprefix(_PEOPLE) not in roles
    ]
    if not columns:
        faults.append(
            Fault(
                "the cells say of no role how many people it has",
                f"columns found: {', '.join(cells.cells) or 'none'}",
                f"add {', '.join(_PEOPLE + role for role in roles[:4]) or 'people_<role>'}",
                "cells",
            )
        )
    return faults


def _exposure(
    exposures: Columns, axes: tuple[list[str], list[str], list[str]], faults: list[Fault]
) -> Array:
    segments, roles, venues = axes
    numbers = exposures.numbers("exposures_per_unit", faults, default=None)
    keys = list(
        zip(
            exposures.texts("segment", default=_EVERY),
            exposures.texts("role"),
            exposures.texts("venue"),
            strict=True,
        )
    )
    repeated = len(keys) - len(set(keys))
    if repeated:
        faults.append(
            Fault(
                f"{repeated} rows of the exposures repeat a segment, role and venue",
                "only one of them could count",
                "keep one row for each",
                "exposures",
            )
        )
    found = np.zeros((len(segments), len(roles), len(venues)))
    columns = {venue: place for place, venue in enumerate(venues)}
    by_key = dict(zip(keys, numbers.tolist(), strict=True))
    place = {segment: number for number, segment in enumerate(segments)}
    row = {role: number for number, role in enumerate(roles)}
    for general in ((1, 1), (0, 1), (1, 0), (0, 0)):
        for (segment, role, venue), number in by_key.items():
            is_general = (int(segment == _EVERY), int(role == _EVERY))
            if is_general != general or venue not in columns:
                continue
            if segment != _EVERY and segment not in place:
                continue
            where = slice(None) if segment == _EVERY else place[segment]
            whom = slice(None) if role == _EVERY else row.get(role)
            if whom is not None:
                found[where, whom, columns[venue]] = number
    return found
