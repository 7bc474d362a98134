"""Paths into a plan and the notes that explain them."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from signoff.errors import DataError
from signoff.report.trace import canonical_text, explain_path, look_up


@dataclass(frozen=True)
class Item:
    spend: Decimal
    chosen: bool


@dataclass(frozen=True)
class Whole:
    items: tuple[Item, ...]
    by_role: dict[str, int]


@dataclass(frozen=True)
class Note:
    path: str


WHOLE = Whole((Item(Decimal("2.50"), chosen=True), Item(Decimal(4), chosen=False)), {"user": 3})
AS_JSON = {
    "items": [{"spend": "2.50", "chosen": True}, {"spend": "4", "chosen": False}],
    "by_role": {"user": 3},
}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("items[0].spend", "2.50"),
        ("by_role.user", "3"),
        ("len(items)", "2"),
        ("sum(items[*].spend)", "6.50"),
        ("count(items[*].chosen)", "1"),
    ],
)
def test_look_up_plan_and_its_json_agree(path: str, expected: str) -> None:
    assert canonical_text(look_up(WHOLE, path)) == expected
    assert canonical_text(look_up(AS_JSON, path)) == expected


@pytest.mark.parametrize(
    "path", ["items[9].spend", "nothing", "items[0].cost", "len(by_role.user)"]
)
def test_look_up_missing_names_the_path(path: str) -> None:
    with pytest.raises(DataError) as caught:
        look_up(WHOLE, path)
    assert caught.value.fault.where == path


def test_look_up_star_on_no_list_is_refused() -> None:
    with pytest.raises(DataError, match="does not follow a list"):
        look_up(WHOLE, "by_role[*].x")


def test_canonical_text_float_keeps_every_digit() -> None:
    assert float(canonical_text(0.1 + 0.2)) == 0.1 + 0.2


def test_explain_path_takes_the_closest_note_at_a_name_boundary() -> None:
    notes = [Note("venues"), Note("venues.lines"), Note("ven"), Note("venues.lines_of_old")]
    assert explain_path("venues.lines[3].spend", notes) == 1
    assert explain_path("sum(venues.lines[*].spend)", notes) == 1
    assert explain_path("venues.budget", notes) == 0
    assert explain_path("audience.n", notes) is None
