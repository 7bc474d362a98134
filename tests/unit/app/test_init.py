"""`signoff init`: a workspace, or nothing."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[..., Any]


def test_init_makes_settings_key_and_a_sound_brief(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    said = call("init", folder, "--language", "fr", "--currency", "CHF", "--json")
    assert said.code == 0
    assert Path(said.json["workspace"]) == folder
    settings = tomllib.loads((folder / "signoff.toml").read_text("utf-8"))
    assert (settings["name"], settings["language"]) == ("campaign", "fr")
    assert settings["currency"] == "CHF"
    assert (folder / "secret.key").stat().st_mode & 0o077 == 0
    assert call("brief", "check", folder / "brief.toml").code == 0
    assert tomllib.loads((folder / "brief.toml").read_text("utf-8"))["language"] == "fr"


def test_init_puts_the_schema_where_the_brief_names_it(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "w")
    first, _, _ = (tmp_path / "w" / "brief.toml").read_text("utf-8").partition("\n")
    schema = tmp_path / "w" / first.removeprefix("#:schema ")
    assert json.loads(schema.read_text("utf-8")) == call("brief", "schema").json


def test_init_in_folder_that_holds_something_changes_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    said = call("init", tmp_path)
    assert said.code == 2
    assert "fix:" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_init_with_faulty_settings_names_all_and_makes_nothing(call: Call, tmp_path: Path) -> None:
    said = call("init", tmp_path / "w", "--currency", "euro", "--name", "x" * 300, "--json")
    assert said.code == 2
    told = json.loads(said.err)
    assert {fault["fix"] for fault in told["faults"]} == {
        "give another with --currency",
        "give another with --name",
    }
    assert not (tmp_path / "w").exists()
