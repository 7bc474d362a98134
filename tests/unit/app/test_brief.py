"""`signoff brief`: new, check, schema."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[..., Any]


def test_brief_new_gives_a_brief_that_passes_its_check(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(call("brief", "new").out, "utf-8")
    said = call("brief", "check", path, "--as-of", "2026-11-23")
    assert said.code == 0
    assert "can be planned from" in said.out


def test_brief_check_as_json_gives_the_brief(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(call("brief", "new").out, "utf-8")
    told = call("brief", "check", path, "--json").json
    assert told["brief"]["objective"]["aim"] == "leads"
    assert isinstance(told["cautions"], list)


def test_brief_check_after_the_period_says_so(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    path.write_text(call("brief", "new").out, "utf-8")
    said = call("brief", "check", path, "--as-of", "2040-01-01")
    assert said.code == 0
    assert "! The period ended on" in said.out


def test_brief_check_with_three_faults_tells_all_three(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "brief.toml"
    text = call("brief", "new").out
    text = text.replace("budget = 60000", "budget = -1").replace('aim = "leads"', 'aim = "fame"')
    path.write_text(text.replace("target = 40", "target = 0"), "utf-8")
    said = call("brief", "check", path, "--json")
    assert said.code == 2
    places = {fault["where"] for fault in json.loads(said.err)["faults"]}
    assert {"money.budget", "objective.aim", "objective.target"} <= places


def test_brief_schema_is_a_schema(call: Call) -> None:
    assert "properties" in call("brief", "schema").json
