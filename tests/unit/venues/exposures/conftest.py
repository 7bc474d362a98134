"""What the tests of plans from files share: a small problem, changed part by part."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import UserError
from signoff.venues.exposures.reading import FileProblem, read_problem

PROBLEM: dict[str, Any] = {
    "approval": {"rule": "every_level"},
    "money": {"budget": 12_000},
    "roles": [{"role": "IT"}, {"role": "finance"}],
    "venues": [
        {"venue": "weekly", "unit_price": 1_500, "maximum": 6},
        {"venue": "fair", "unit_price": 4_000, "maximum": 2, "setup_cost": 500},
    ],
    "cells": [
        {"segment": "62", "weight": 40, "people": {"IT": 2, "finance": 1}},
        {"segment": "63", "weight": 60, "people": {"IT": 12, "finance": 4}},
    ],
    "exposures": [
        {"role": "*", "venue": "weekly", "exposures_per_unit": 0.2},
        {"segment": "62", "role": "finance", "venue": "fair", "exposures_per_unit": 0.3},
        {"role": "IT", "venue": "fair", "exposures_per_unit": 0.1},
    ],
}

Write = Callable[..., Path]
Read = Callable[..., FileProblem]
Refuse = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes the small problem with changes: path of an entry = value."""

    def write_(changes: dict[str, Any] | None = None) -> Path:
        data = deepcopy(PROBLEM)
        for entry, value in (changes or {}).items():
            *parents, last = [int(part) if part.isdigit() else part for part in entry.split(".")]
            part: Any = data
            for parent in parents:
                part = part.setdefault(parent, {}) if isinstance(parent, str) else part[parent]
            if value is None:
                del part[last]
            else:
                part[last] = value
        path = tmp_path / "problem.json"
        path.write_text(json.dumps(data, default=str), "utf-8")
        return path

    return write_


@pytest.fixture
def read(write: Write) -> Read:
    """Give a function that reads the small problem with changes."""

    def read_(
        changes: dict[str, Any] | None = None, overrides: dict[str, Any] | None = None
    ) -> FileProblem:
        return read_problem(write(changes), overrides=overrides)

    return read_


@pytest.fixture
def refuse(read: Read) -> Refuse:
    """Give a function that says where and what is wrong with the small problem with changes."""

    def refuse_(changes: dict[str, Any]) -> list[tuple[str, str]]:
        with pytest.raises(UserError) as refused:
            read(changes)
        return [(fault.where, fault.what) for fault in refused.value.faults]

    return refuse_
