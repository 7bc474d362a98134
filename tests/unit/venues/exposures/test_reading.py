"""What a problem's file means, in every form in which it may be written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from signoff.errors import DataError, UserError
from signoff.venues.exposures.reading import FileProblem, read_problem

Read = Callable[..., FileProblem]
Refuse = Callable[..., list[tuple[str, str]]]
Write = Callable[..., Path]

TABLES = {
    "cells.csv": "segment,weight,people_IT,people_finance\n62,40,2,1\n63,60,12,4\n",
    "exposures.csv": "segment,role,venue,exposures_per_unit\n,*,weekly,0.2\n"
    "62,finance,fair,0.3\n,IT,fair,0.1\n",
    "venues.csv": "venue,unit_price,maximum,setup_cost\nweekly,1500,6,\nfair,4000,2,500\n",
}
TOML = """
[approval]
rule = "every_level"
[money]
budget = 12000
[tables]
cells = "cells.csv"
exposures = "exposures.csv"
venues = "venues.csv"
"""


def test_read_tables_beside_the_file_equal_those_within_it(read: Read, tmp_path: Path) -> None:
    within = read()
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "problem.toml").write_text(TOML, "utf-8")
    beside = read_problem(tmp_path / "problem.toml")
    assert beside.roles == ("finance", "IT")  # by first mention, where the file names none
    order = [beside.roles.index(role) for role in within.roles]
    assert beside.problem.people[:, order].tolist() == within.problem.people.tolist()
    assert beside.problem.exposure[:, order].tolist() == within.problem.exposure.tolist()
    assert [o.ladder for o in beside.options] == [o.ladder for o in within.options]
    assert beside.problem.limits == within.problem.limits


def test_exposures_named_more_closely_count_before_general_ones(read: Read) -> None:
    rows = [
        {"role": "*", "venue": "weekly", "exposures_per_unit": 0.1},
        {"segment": "62", "role": "*", "venue": "weekly", "exposures_per_unit": 0.2},
        {"role": "IT", "venue": "weekly", "exposures_per_unit": 0.3},
        {"segment": "62", "role": "IT", "venue": "weekly", "exposures_per_unit": 0.4},
        {"role": "*", "venue": "fair", "exposures_per_unit": 0.1},
    ]
    found = read({"exposures": rows}).problem
    # by segment (62, 63), then role (IT, finance)
    assert found.exposure[:, :, 0].tolist() == [[0.4, 0.2], [0.3, 0.1]]


def test_draws_without_a_venue_keep_its_exposures(read: Read) -> None:
    draws = [{"draw": 1, "venue": "fair", "factor": 0.5}, {"draw": 2, "venue": "fair", "factor": 2}]
    assert read({"draws": draws}).problem.draws.tolist() == [[1.0, 0.5], [1.0, 2.0]]


def test_levels_that_no_role_names_make_each_role_one(read: Read) -> None:
    assert read().problem.approval.levels == (0, 1)
    named = read({"roles.0.level": 3, "roles.1.level": 3}).problem.approval
    assert named.level_rows == [[0, 1]]


def test_overrides_stand_instead_of_the_files_money(read: Read) -> None:
    changes = {"venues.1.setup_cost": 0}
    found = read(changes, overrides={"budget": 5_000, "whole_units": False})
    assert (found.problem.budget_cents, found.problem.is_whole) == (500_000, False)
    assert found.problem.caps.tolist() == [6.0, 2.0]


WRONG: list[tuple[dict[str, Any], str, str]] = [
    (
        {"exposures": [{"role": "IT", "venue": "weekly", "exposures_per_unit": 0.2}]},
        "exposures",
        "no venue reaches the role finance",
    ),
    ({"exposures.0.venue": "daily"}, "exposures.venue", "exposures name no venue of the problem"),
    ({"exposures.0.role": "HR"}, "exposures.role", "exposures name no role of the problem: HR"),
    ({"cells.0.people": {"HR": 1}}, "cells.people_HR", "the cells have people of no role"),
    ({"cells": []}, "cells", "the problem has no cells"),
    ({"exposures": []}, "exposures", "the problem has no exposures"),
    (
        {"cells.0.weight": 0, "cells.1.weight": 0},
        "cells.weight",
        "every cell has a weight of 0",
    ),
    ({"cells.0.weight": -1}, "cells[1].weight", "'-1' is"),
    ({"roles.0.level": 1}, "roles.level", "finance: no level is given"),
    ({"approval": {"rule": "quorum", "quorum": 3}}, "approval.quorum", "the quorum is 3"),
    (
        {
            "approval": {"rule": "quorum", "quorum": 2},
            "cells.0.people": {"IT": 2},
            "cells.1.people": {"finance": 4},
        },
        "approval.quorum",
        "no account has 2 roles that a venue reaches",
    ),
    ({"approval": {"rule": "quorom"}}, "approval.rule", "'quorom'"),
    (
        {"draws": [{"draw": 1, "venue": "daily", "factor": 1}]},
        "draws.venue",
        "draws name no venue of the problem: daily",
    ),
    (
        {"draws": [{"draw": 1, "venue": "fair", "factor": n} for n in (1, 2)]},
        "draws",
        "draw 1 has 2 factors for fair",
    ),
    ({"venues.0.colour": "red"}, "venues[1].colour", "'colour' is not a key of"),
]


@pytest.mark.parametrize(("changes", "where", "what"), WRONG, ids=lambda part: str(part)[:40])
def test_read_what_cannot_be_used_names_it(
    refuse: Refuse, changes: dict[str, Any], where: str, what: str
) -> None:
    assert any(place == where and said.startswith(what) for place, said in refuse(changes))


def test_read_bad_numbers_of_a_table_names_their_lines(tmp_path: Path) -> None:
    for name, text in TABLES.items():
        bad = text.replace(",40,", ",forty,").replace("0.3\n", "-1\n")
        (tmp_path / name).write_text(bad, "utf-8")
    (tmp_path / "problem.toml").write_text(TOML, "utf-8")
    with pytest.raises(UserError) as refused:
        read_problem(tmp_path / "problem.toml")
    said = [fault.what for fault in refused.value.faults]
    assert said == ["line 2: weight is 'forty'", "line 3: exposures_per_unit is '-1'"]


def test_read_tables_of_other_countries_means_the_same(tmp_path: Path) -> None:
    tables = {
        "cells.csv": "segment;weight;people_IT;people_finance\n62;1 200,5;2;1\n63;60;12;4,25\n",
        "exposures.csv": "segment;role;venue;exposures_per_unit\n;*;weekly;0,2\n;IT;fair;0,1\n"
        "62;finance;fair;0,1\n",
        "venues.csv": "venue;unit_price;maximum\nweekly;1 500,50;6\nfair;4000,25;2\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, "utf-8-sig")
    (tmp_path / "problem.toml").write_text(TOML, "utf-8")
    found = read_problem(tmp_path / "problem.toml")
    assert found.problem.weight.tolist() == [1200.5, 60.0]
    assert found.problem.people.max() == 12.0
    assert found.problem.people.min() == 1.0
    assert 4.25 in found.problem.people
    assert sorted(np.unique(found.problem.exposure).tolist()) == [0.0, 0.1, 0.2]
    assert [o.cost_cents(2) for o in found.options] == [300_100, 800_050]


def test_read_cells_in_two_places_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "cells.csv").write_text(TABLES["cells.csv"], "utf-8")
    with pytest.raises(UserError, match="the table cells stands both"):
        read_problem(write({"tables": {"cells": "cells.csv"}}))


TABLE_FAULTS = [
    ("cells.csv", "weight", "wieght", "cells.wieght: the table cells has a column that nobody"),
    ("cells.csv", "weight", "wieght", "cells.weight: the table cells has no column weight"),
    ("exposures.csv", "_per_unit", "", "exposures.exposures: the table exposures has a column"),
    ("cells.csv", "segment,", "weight,", "tables.cells: cells.csv has more than one column weight"),
    ("cells.csv", "2,1", "2,1,7", "cells.csv, line 2: 5 cells for 4 columns"),
    ("cells.csv", "40", "nan", "cells.weight: line 2: weight is 'nan'"),
    ("cells.csv", "40", '"1,200"', "cells.weight: line 2: weight is '1,200'"),
    ("exposures.csv", ",IT,fair", ",*,weekly", "exposures: 1 rows of the exposures repeat"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), TABLE_FAULTS, ids=str)
def test_read_tables_that_are_odd_names_what_and_where(
    tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    for table, text in TABLES.items():
        changed = text.replace(old, new, 1) if table == name else text
        (tmp_path / table).write_text(changed, "utf-8")
    (tmp_path / "problem.toml").write_text(TOML, "utf-8")
    with pytest.raises(UserError) as refused:
        read_problem(tmp_path / "problem.toml")
    faults = refused.value.faults or (refused.value.fault,)
    assert any(f"{fault.where}: {fault.what}".lstrip(": ").startswith(said) for fault in faults)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.toml", None),
        ("odd.toml", b"\xff\xfe\x00"),
        ("odd.json", b"{"),
        ("list.json", b"[1]"),
        ("syntax.toml", b"[approval"),
        ("empty.json", b"{}"),
    ],
)
def test_read_file_that_is_none_is_refused(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as refused:
        read_problem(tmp_path / name)
    assert refused.value.fault.fix


def test_read_file_without_a_part_says_what_stands_in_it(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").write_text("", "utf-8")
    with pytest.raises(UserError) as refused:
        read_problem(tmp_path / "empty.toml")
    assert [fault.fix for fault in refused.value.faults] == [
        "add it, with rule",
        "add it, with budget, target, currency, whole_units",
    ]


DENSE: dict[str, Any] = {
    "exposure": [[[0.6, 0.1], [0.1, 0.4]]],
    "required": [[1, 1]],
    "weight": [3],
    "cost": [1.0000000000000002, 2],
    "cap": [4, 4],
    "budget_all": 12,
    "insertions": [{"step": 3, "discount": 0.5, "minimum": 2}, {}],
}


@pytest.fixture
def dense(tmp_path: Path) -> Read:
    """Give a function that reads a problem written as arrays."""

    def dense_(changes: dict[str, Any], overrides: dict[str, Any] | None = None) -> FileProblem:
        path = tmp_path / "arrays.json"
        path.write_text(json.dumps(DENSE | changes), "utf-8")
        return read_problem(path, overrides=overrides)

    return dense_


def test_read_arrays_gives_their_problem(dense: Read) -> None:
    found = dense({"budget_share": 0.5})
    assert (found.venues, found.roles) == (("v1", "v2"), ("r1", "r2"))
    assert found.problem.budget_cents == 600.0
    assert not found.problem.is_whole
    assert found.problem.caps.tolist() == [4.0, 4.0]
    assert np.array_equal(found.problem.exposure, DENSE["exposure"])


def test_read_arrays_in_whole_units_keeps_steps_and_minimums(dense: Read) -> None:
    for found in (
        dense({"money": {"whole_units": True}, "budget": 9}),
        dense({}, overrides={"whole_units": True, "budget_share": 0.75}),
    ):
        option = found.options[0]
        assert [option.fits(n) for n in range(6)] == [True, False, True, True, True, False]
        assert [option.cost_cents(n) for n in (2, 3)] == [200, 150]
        assert found.problem.budget_cents == 900


def test_read_share_of_a_budget_stands_instead_of_the_files_budget(dense: Read) -> None:
    found = dense({"budget": 3, "money": {"budget": 4}}, overrides={"budget_share": 0.25})
    assert found.problem.budget_cents == 300.0


def test_read_share_of_a_budget_that_is_not_told_is_refused(dense: Read, read: Read) -> None:
    with pytest.raises(UserError, match="budget_all"):
        dense({"budget_all": None}, overrides={"budget_share": 0.25})
    with pytest.raises(UserError, match="budget_all"):
        read(overrides={"budget_share": 0.25})


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"exposure": [[[1, 2], [1]]]}, "exposure"),
        ({"exposure": [[1, 2]]}, "exposure"),
        ({"weight": [1, 2]}, "weight"),
        ({"weight": [-1]}, "weight"),
        ({"required": [[1]]}, "people"),
        ({"cost": [1]}, "cost"),
        ({"cap": [1]}, "cap"),
        ({"cap": ["a", 1]}, "cap"),
        ({"insertions": [1, 2]}, "insertions"),
        ({"insertions": [{"step": "a"}, {}]}, "insertions"),
        ({"budget_all": "a"}, "budget_all"),
    ],
    ids=str,
)
def test_read_arrays_that_do_not_go_together_names_them(
    dense: Read, changes: dict[str, Any], where: str
) -> None:
    with pytest.raises(DataError) as refused:
        dense({"budget_share": 0.5, **changes})
    assert [fault.where for fault in refused.value.faults] == [where]
