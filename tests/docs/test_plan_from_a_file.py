"""The problem on the page about plans from files can be planned, and the answer is as told."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

from signoff.venues import plan_problem
from signoff.venues.exposures.answer import ExposurePlan
from signoff.venues.exposures.file_model import ProblemFile

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "plan-from-a-file.md"
TOML = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_example_on_page_gives_the_plan_that_the_page_tells(tmp_path: Path) -> None:
    path = tmp_path / "problem.toml"
    path.write_text(TOML.findall(PAGE.read_text("utf-8"))[0], "utf-8")
    found = plan_problem(path)
    units = {line.venue: line.units for line in found.lines}
    assert units == {"weekly": 4.0, "newsletter": 8.0, "fair": 0.0}
    assert (f"{found.total_spend:,.0f}", found.proof) == ("11,600", "enumerated")
    assert "buys four weeklies and eight newsletters for 11,600 EUR" in PAGE.read_text("utf-8")
    assert plan_problem(path, overrides={"target": 60}).result >= 60


def test_parts_on_page_are_parts_of_the_file() -> None:
    for block in TOML.findall(PAGE.read_text("utf-8")):
        assert set(tomllib.loads(block)) <= set(ProblemFile.model_fields)


def test_fields_on_page_are_fields_of_the_answer() -> None:
    answer = PAGE.read_text("utf-8").split("## What the answer says")[1].split("## What is")[0]
    rows = [line.split("|")[1] for line in answer.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named <= {field.name for field in fields(ExposurePlan)}
    assert named
