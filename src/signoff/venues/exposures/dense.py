"""Problems written as arrays: exposure by cell, role and venue, as other programs give them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from signoff.errors import DataError, Fault

__all__ = ["from_arrays", "is_dense"]


def is_dense(data: Mapping[str, Any]) -> bool:
    """Say whether a problem is written as arrays.

    >>> is_dense({"exposure": [[[0.1]]], "weight": [1.0]})
    True
    """
    return isinstance(data.get("exposure"), list)


def from_arrays(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the data of a problem from its arrays.

    Args:
        data: `exposure` (cells x roles x venues), `weight` by cell, `required` or `people` by cell
            and role, `cost` by venue, and if there are: `cap` by venue, `insertions` by venue with
            step, discount and minimum, `budget`, or `budget_all` with `budget_share`. The parts
            approval and money stand as elsewhere; without them every role must be reached, and
            units may be broken.

    Returns:
        The same, as the file's tables. Cells, roles and venues are called by their places.

    Raises:
        DataError: arrays that do not go together.

    >>> found = from_arrays({"exposure": [[[0.5]]], "weight": [2], "required": [[1]], "cost": [3],
    ...     "budget": 6})
    >>> found["venues"], found["money"]["whole_units"]
    ([{'venue': 'v1', 'unit_price': '3'}], False)
    """
    exposure, weight, people, cost = _arrays(data)
    _, n_roles, n_venues = exposure.shape
    money = {"whole_units": False, **_budget(data), **dict(data.get("money") or {})}
    venues: list[dict[str, Any]] = [
        {"venue": f"v{v + 1}", "unit_price": _price(cost[v])} for v in range(n_venues)
    ]
    prices: list[dict[str, Any]] = []
    for row, cap in zip(venues, data.get("cap") or [None] * n_venues, strict=True):
        if cap is not None:
            row["maximum"] = cap
    if money["whole_units"]:
        for row, step in zip(venues, data.get("insertions") or [{}] * n_venues, strict=True):
            row["minimum"] = step.get("minimum", 1)
            if step.get("step", 1) > 1:
                price = float(row["unit_price"]) * float(step.get("discount", 1))
                steps = ((1, row.pop("unit_price")), (step["step"], _price(price)))
                prices += [
                    {"venue": row["venue"], "units_from": n, "unit_price": p} for n, p in steps
                ]
    return {
        "approval": {"rule": "every_level", **dict(data.get("approval") or {})},
        "money": money,
        "roles": [{"role": f"r{r + 1}"} for r in range(n_roles)],
        "venues": venues,
        "prices": prices,
        "arrays": (exposure, weight, people),
        **{k: data[k] for k in ("seed", "limits", "caution") if k in data},
    }


def _price(number: float) -> str:
    return f"{number:.12g}"


def _budget(data: Mapping[str, Any]) -> dict[str, Any]:
    if data.get("budget") is not None:
        return {"budget": data["budget"]}
    if data.get("budget_all") is not None and data.get("budget_share") is not None:
        return {"budget": _price(float(data["budget_all"]) * float(data["budget_share"]))}
    return {}


def _arrays(data: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    people = data.get("people", data.get("required"))
    wanted = {"exposure": data.get("exposure"), "weight": data.get("weight")}
    wanted |= {"people": people, "cost": data.get("cost")}
    found: dict[str, np.ndarray] = {}
    faults: list[Fault] = []
    for name, numbers in wanted.items():
        try:
            found[name] = np.array(numbers, dtype=np.float64)
        except (TypeError, ValueError):
            found[name] = np.empty(0)
        if not found[name].size or not np.isfinite(found[name]).all() or (found[name] < 0).any():
            faults.append(
                Fault(
                    f"{name} is no array of numbers of 0 or more",
                    "every cell, role and venue needs its number",
                    f"give {name} as a list, or as lists of equal length",
                    name,
                )
            )
    if not faults:
        faults += _shape_faults(found)
    if not faults:
        faults += _list_faults(data, len(found["cost"]))
    if faults:
        raise DataError(
            "the arrays of the problem cannot be used",
            why="they must go together",
            fix="mend the arrays below",
            faults=faults,
        )
    return found["exposure"], found["weight"], found["people"], found["cost"]


def _shape_faults(found: Mapping[str, np.ndarray]) -> list[Fault]:
    shape = found["exposure"].shape
    if len(shape) != 3:
        return [
            Fault(
                f"exposure has {len(shape)} axes",
                "it is read by cell, role and venue",
                "give a list of cells, each a list of roles, each a list of venues",
                "exposure",
            )
        ]
    wanted = {"weight": shape[:1], "people": shape[:2], "cost": shape[2:]}
    return [
        Fault(
            f"{name} has the shape {found[name].shape}, exposure {shape}",
            "cells, roles and venues are counted in the same order everywhere",
            f"give {name} the shape {tuple(wanted[name])}",
            name,
        )
        for name in wanted
        if found[name].shape != wanted[name]
    ]


def _list_faults(data: Mapping[str, Any], n_venues: int) -> list[Fault]:
    """Find lists by venue that are too short or hold something else, and money that is none."""
    faults = []
    for name, kind in (("cap", (int, float, type(None))), ("insertions", (dict,))):
        given = data.get(name)
        if given is not None and not (
            isinstance(given, list)
            and len(given) == n_venues
            and all(isinstance(item, kind) for item in given)
        ):
            faults.append(
                Fault(
                    f"{name} is no list of {n_venues} entries",
                    "every venue has one, in the order of cost",
                    "give one number for each venue"
                    if name == "cap"
                    else "give one table with step, discount and minimum for each venue",
                    name,
                )
            )
    steps = data.get("insertions") if not faults else None
    for place, step in enumerate(steps or (), start=1):
        if not all(isinstance(number, int | float) for number in step.values()):
            faults.append(
                Fault(
                    f"entry {place} of insertions holds something that is no number",
                    "a step, a discount and a minimum are numbers",
                    "write numbers, or leave them out",
                    "insertions",
                )
            )
    faults += [
        Fault(
            f"{key} is no number",
            "the budget is worked out from it",
            "write a number",
            key,
        )
        for key in ("budget_all", "budget_share")
        if data.get(key) is not None and not isinstance(data[key], int | float)
    ]
    return faults
