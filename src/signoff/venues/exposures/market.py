"""Whom the venues of a problem can meet: cells and exposures as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.errors import Fault
from signoff.stats.reach import Array
from signoff.venues.exposures.file_tables import Columns
from signoff.venues.exposures.table_columns import column_faults

__all__ = ["Market", "read_market"]

_EVERY = "*"
_PEOPLE = "people_"
_ALL = -1
_UNKNOWN = -2


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
        idle_segments: Segments of the exposures that no cell has.
    """

    roles: tuple[str, ...]
    cells: tuple[str, ...]
    weight: Array
    n_accounts: Array
    people: Array
    segment: NDArray[np.int64]
    exposure: Array
    idle_segments: tuple[str, ...] = ()


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
    faults += column_faults(cells, exposures)
    if cells is None or exposures is None or faults:
        return _nothing()
    named = list(roles) or _roles_of(exposures)
    faults += _unknown(exposures, "venue", list(venues)) if venues else []
    faults += _unknown(exposures, "role", named)
    faults += _people_faults(cells, named)
    texts = cells.texts("segment", default=_EVERY)
    segments = list(dict.fromkeys(texts))
    place = {segment: number for number, segment in enumerate(segments)}
    n_faults = len(faults)
    weight = cells.numbers("weight", faults, default=None)
    faults += _weight_faults(weight) if len(faults) == n_faults else []
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
        idle_segments=tuple(
            sorted(set(exposures.texts("segment", default=_EVERY)) - {_EVERY, *segments})
        ),
    )


def _nothing() -> Market:
    nothing = np.empty(0)
    return Market(
        (), (), nothing, nothing, np.empty((0, 0)), np.empty(0, np.int64), np.empty((0, 0, 0))
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
    segment = _places(exposures.texts("segment", default=_EVERY), segments)
    role = _places(exposures.texts("role"), roles)
    venue = _places(exposures.texts("venue"), venues)
    counts = (segment > _UNKNOWN) & (role > _UNKNOWN) & (venue > _UNKNOWN)
    segment, role, venue = segment[counts], role[counts], venue[counts]
    numbers = numbers[counts]
    keys = ((segment + 1) * (len(roles) + 1) + role + 1) * max(len(venues), 1) + venue
    repeated = len(keys) - len(np.unique(keys))
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
    every_segment, every_role = segment == _ALL, role == _ALL
    wide = every_segment & every_role
    found[:, :, venue[wide]] = numbers[wide]
    wide = ~every_segment & every_role
    found[segment[wide], :, venue[wide]] = numbers[wide, None]
    wide = every_segment & ~every_role
    found[:, role[wide], venue[wide]] = numbers[wide]
    one = ~every_segment & ~every_role
    found[segment[one], role[one], venue[one]] = numbers[one]
    return found


def _places(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.int64]:
    """Give the place of each text among the names, and marks for all of them and for none."""
    place = {**{name: number for number, name in enumerate(names)}, _EVERY: _ALL}
    return np.array([place.get(text, _UNKNOWN) for text in texts], dtype=np.int64)
