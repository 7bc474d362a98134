"""`signoff doctor`: sound installations pass, findings are named with their cure."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from signoff.app.cli import health

Call = Callable[..., Any]


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Give a new workspace."""
    assert call("init", tmp_path / "campaign").code == 0
    return tmp_path / "campaign"


def test_doctor_without_workspace_looks_at_the_installation(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = call("doctor")
    assert said.code == 0, said.out
    assert "duckdb-extension-ducklake" in said.out
    assert "trial lake" in said.out
    assert "secret.key" not in said.out


def test_doctor_in_sound_workspace_finds_nothing_wrong(call: Call, campaign: Path) -> None:
    said = call("doctor", "-w", campaign, "--json")
    assert said.code == 0, said.out
    states = {finding["check"]: finding["state"] for finding in said.json["findings"]}
    assert states["secret.key"] == states["register"] == states["lake"] == "fine"


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_doctor_with_key_that_others_can_read_exits_1(call: Call, campaign: Path) -> None:
    (campaign / "secret.key").chmod(0o644)
    said = call("doctor", "-w", campaign, "--json")
    assert said.code == 1
    (finding,) = [f for f in said.json["findings"] if f["check"] == "secret.key"]
    assert finding["state"] == "wrong"
    assert finding["fix"].startswith("chmod 600")


def test_doctor_with_missing_register_exits_1_and_says_how_to_mend(
    call: Call, campaign: Path
) -> None:
    (campaign / "register.db").unlink()
    said = call("doctor", "-w", campaign)
    assert said.code == 1
    assert "restore" in said.out


@pytest.mark.parametrize("part", ["register.db", "lake/catalog.sqlite"])
def test_doctor_with_damaged_store_exits_1_and_names_it(
    call: Call, campaign: Path, part: str
) -> None:
    assert call("lake", "check", "-w", campaign).code == 0
    for beside in campaign.glob(f"{part}*"):
        beside.unlink()
    (campaign / part).write_bytes(b"no database" * 1000)
    said = call("doctor", "-w", campaign, "--json")
    assert said.code == 1
    wrong = {finding["check"] for finding in said.json["findings"] if finding["state"] == "wrong"}
    assert wrong == {"register" if part == "register.db" else "lake"}


def test_doctor_of_no_workspace_exits_2(call: Call, tmp_path: Path) -> None:
    assert call("doctor", "-w", tmp_path).code == 2


def test_check_installation_names_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "requires", lambda _name: ["no-such-library>=3,<4"])
    wrong = [f for f in health.check_installation() if f.state == "wrong"]
    assert [(f.check, f.fix) for f in wrong] == [
        ("no-such-library", "pip install 'no-such-library>=3,<4'")
    ]


def test_check_installation_without_extra_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "EXTRAS", {"reports": ("no-such-library",)})
    (extra,) = [f for f in health.check_installation() if f.check == "extra reports"]
    assert (extra.state, extra.fix) == ("note", "pip install 'signoff[reports]'")


def test_check_workspace_on_full_disk_is_a_finding(
    monkeypatch: pytest.MonkeyPatch, campaign: Path
) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 10**18)
    (disk,) = [f for f in health.check_workspace(campaign) if f.check == "disk"]
    assert disk.state == "wrong"


def test_health_report_counts_what_is_wrong() -> None:
    findings = (health.Finding("a", "fine", "1"), health.Finding("b", "wrong", "2", "mend it"))
    report = health.HealthReport(findings)
    assert not report.is_sound
    assert report.text() == "2 checks, 1 wrong."
