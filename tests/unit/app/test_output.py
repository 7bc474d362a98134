"""What commands print, and files written in one piece."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel

from signoff.app.cli.output import plain, print_json, show, show_rows, write_whole
from signoff.results import Result, Row
from signoff.units import Objective


class Terms(BaseModel):
    aim: Objective
    budget: Decimal


@dataclass(frozen=True)
class Counts(Result):
    counts: tuple[tuple[str, int], ...]

    def rows(self) -> Sequence[Row]:
        return [{"step": step, "n": n} for step, n in self.counts]

    def text(self) -> str:
        return "Two steps."


def test_plain_gives_only_types_of_json() -> None:
    value = {
        "terms": Terms(aim=Objective.LEADS, budget=Decimal("10.00")),
        "on": date(2026, 3, 1),
        "at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "path": Path("a") / "b",
        "counts": Counts((("market", 3),)),
        Objective.LEADS: {1},
    }
    assert plain(value) == {
        "terms": {"aim": "leads", "budget": "10.00"},
        "on": "2026-03-01",
        "at": "2026-03-01T12:00:00+00:00",
        "path": str(Path("a/b")),
        "counts": {"counts": [["market", 3]]},
        "leads": [1],
    }


def test_show_of_result_gives_words_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    show(Counts((("market", 3), ("size", 2))), as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Two steps.",
        "",
        "step    n",
        "------  -",
        "market  3",
        "size    2",
    ]


def test_show_of_result_as_json_gives_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    show(Counts((("marché", 3),)), as_json=True)
    out = capsys.readouterr().out
    assert "marché" in out
    assert json.loads(out) == {"counts": [["marché", 3]]}


def test_show_rows_without_rows_says_so_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_rows([], as_json=False, empty="No runs yet.")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "No runs yet.\n")


def test_show_rows_without_rows_as_json_is_an_empty_list(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_rows([], as_json=True, empty="No runs yet.")
    assert json.loads(capsys.readouterr().out) == []


def test_print_json_of_unknown_type_fails() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        print_json({"thing": object()})


def test_write_whole_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    write_whole(path, b"old")

    def fail(draft: Path) -> None:
        draft.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, fail)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_write_whole_makes_folders_and_readable_files(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a" / "b.txt", lambda draft: draft.write_text("new"))
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o600 == 0o600
