"""`signoff lake`: check, compact, export."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Give a new workspace."""
    assert call("init", tmp_path / "campaign").code == 0
    return tmp_path / "campaign"


def test_lake_check_of_new_workspace_is_sound(call: Call, campaign: Path) -> None:
    said = call("lake", "check", "-w", campaign)
    assert said.code == 0
    assert said.out.startswith("The lake is sound")
    assert call("lake", "check", "-w", campaign, "--json").json["is_sound"] is True


def test_lake_check_with_stray_file_exits_1_until_repaired(call: Call, campaign: Path) -> None:
    call("lake", "check", "-w", campaign)
    stray = campaign / "lake" / "data" / "main" / "account" / "stray.parquet"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"PAR1")
    said = call("lake", "check", "-w", campaign)
    assert said.code == 1
    assert "stray.parquet" in said.out
    assert call("lake", "check", "--repair", "-w", campaign).code == 0
    assert not stray.exists()


def test_lake_compact_says_what_it_did(call: Call, campaign: Path) -> None:
    said = call("lake", "compact", "-w", campaign, "--as-of", "2026-11-23", "--json")
    assert said.code == 0
    assert said.json["n_files_after"] == 0


def test_lake_export_writes_a_manifest(call: Call, campaign: Path, tmp_path: Path) -> None:
    said = call("lake", "export", tmp_path / "facts", "-w", campaign)
    assert said.code == 0
    manifest = json.loads((tmp_path / "facts" / "manifest.json").read_text("utf-8"))
    assert {table["table"] for table in manifest["tables"]} >= {"account", "event"}


def test_lake_export_into_folder_in_use_exits_2(call: Call, campaign: Path, tmp_path: Path) -> None:
    said = call("lake", "export", tmp_path, "-w", campaign)
    assert said.code == 2
    assert "fix:" in said.err
