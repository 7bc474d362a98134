"""The way of a campaign through the commands: import, plan, report, export, runs, backup."""

import csv
import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from signoff.app.cli.root import run

Call = Callable[..., Any]
FILES = Path(__file__).resolve().parents[3] / "docs" / "tutorial" / "files"
NAMES = ("venue_audience", "rate", "contacts", "venue", "accounts")  # in no useful order
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with the tutorial's files imported and one plan made."""
    folder = tmp_path_factory.mktemp("planned") / "campaign"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNOFF_USER", "tester")
        assert run(["init", str(folder)]) == 0
        files = [str(FILES / f"{name}.csv") for name in NAMES]
        assert run(["import", *files, "-w", str(folder)]) == 3
        plan = ["plan", str(folder / "brief.toml"), "-w", str(folder)]
        assert run([*plan, "--as-of", "2026-11-23", "--format", "html,csv"]) == 0
    return folder


@pytest.fixture
def campaign(planned: Path, tmp_path: Path) -> Path:
    """Give a copy of that workspace, to be changed at will."""
    return Path(shutil.copytree(planned, tmp_path / "campaign"))


def test_import_takes_files_in_order_of_reference(call: Call, planned: Path) -> None:
    rows = call("imports", "list", "-w", planned, "--json").json
    order = [row["table"] for row in reversed(rows)]  # the list begins with the newest
    assert order.index("account") < order.index("contact")
    assert order.index("venue") < order.index("rate")
    (accounts,) = [row for row in rows if row["table"] == "account"]
    # accounts.csv has 31 rows, one of them with "about 200" employees
    assert (accounts["n_read"], accounts["n_published"], accounts["n_rejected"]) == (31, 30, 1)
    assert accounts["by"] == "tester"


def test_import_of_same_file_again_adds_nothing(call: Call, campaign: Path) -> None:
    said = call("import", FILES / "contacts.csv", "-w", campaign, "--json")
    assert said.code == 0
    assert said.json[0]["n_published"] == 0


def test_import_dry_run_writes_nothing(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "w")
    said = call("import", FILES / "accounts.csv", "-w", tmp_path / "w", "--dry-run")
    assert "about 200" in said.out
    assert call("imports", "list", "-w", tmp_path / "w", "--json").json == []


def test_import_with_one_unusable_file_brings_the_other_in(
    call: Call, campaign: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    more = tmp_path / "more.csv"
    more.write_text("Company name,Domain,Country\nSample More,more.example,FR\n", "utf-8")
    options = ("--table", "account", "-w", campaign, "--json")
    said = call("import", tmp_path / "empty.csv", more, *options)
    assert said.code == 3
    empty, good = said.json
    assert empty["error"] == "DataError"
    assert good["n_published"] == 1


def test_import_of_unusable_file_alone_exits_2(call: Call, campaign: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    said = call("import", tmp_path / "empty.csv", "-w", campaign, "--json")
    assert said.code == 2
    assert said.out == ""
    assert set(json.loads(said.err)) >= {"what", "why", "fix"}


def test_imports_undo_takes_the_rows_back(call: Call, campaign: Path) -> None:
    rows = call("imports", "list", "-w", campaign, "--json").json
    (contacts,) = [row for row in rows if row["table"] == "contact"]
    said = call("imports", "undo", contacts["import_id"], "-w", campaign, "--json")
    assert said.code == 0
    rows = call("imports", "list", "-w", campaign, "--json").json
    states = {row["import_id"]: row["state"] for row in rows}
    assert states[contacts["import_id"]] == "undone"


def test_plan_writes_its_report_and_table(planned: Path) -> None:
    (folder,) = (planned / "reports").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["media-plan.csv", "report.html"]
    assert "<html" in (folder / "report.html").read_text("utf-8")


def test_plan_as_json_gives_run_files_and_plan(call: Call, campaign: Path) -> None:
    brief = campaign / "brief.toml"
    said = call("plan", brief, "-w", campaign, "--as-of", "2026-11-23", "--no-report", "--json")
    assert said.code == 0
    assert said.json["files"] == []
    assert said.json["plan"]["run_id"] == said.json["run_id"]


def test_plan_with_budget_below_every_minimum_says_so(call: Call, campaign: Path) -> None:
    brief = campaign / "brief.toml"
    text = brief.read_text("utf-8").replace("budget = 60000", "budget = 5")
    brief.write_text(text, "utf-8")
    said = call("plan", brief, "-w", campaign, "--as-of", "2026-11-23", "--json")
    assert said.code == 2
    assert set(json.loads(said.err)) >= {"what", "why", "fix"}
    assert len(call("runs", "list", "-w", campaign, "--json").json) == 1


def test_venues_list_names_the_venues(call: Call, planned: Path) -> None:
    said = call("venues", "list", planned / "brief.toml", "-w", planned)
    assert said.code == 0
    assert "paie-actualites" in said.out


def test_audience_committees_shows_accounts(call: Call, planned: Path) -> None:
    said = call("audience", "committees", planned / "brief.toml", "-w", planned, "--json")
    assert said.code == 0
    assert said.json["accounts"]


def test_report_in_french_into_another_folder(call: Call, planned: Path, tmp_path: Path) -> None:
    options = ("--format", "html,pdf,xlsx,csv", "--language", "fr", "--out", tmp_path)
    said = call("report", "-w", planned, *options, "--json")
    assert said.code == 0
    names = [Path(name).name for name in said.json["files"]]
    assert names == ["report.html", "report.pdf", "media-plan.xlsx", "media-plan.csv"]
    assert 'lang="fr"' in (tmp_path / "report.html").read_text("utf-8")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "media-plan.xlsx").read_bytes().startswith(b"PK")


def test_report_in_unknown_format_exits_2(call: Call, planned: Path) -> None:
    assert call("report", "-w", planned, "--format", "docx").code == 2


def test_report_without_plan_says_how_to_make_one(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "w")
    said = call("report", "-w", tmp_path / "w")
    assert said.code == 2
    assert "signoff plan" in said.err


def test_export_media_plan_spends_at_most_the_budget(
    call: Call, planned: Path, tmp_path: Path
) -> None:
    options = ("--format", "csv", "--out", tmp_path, "--json")
    (path,) = call("export", "media-plan", "-w", planned, *options).json["files"]
    with Path(path).open(encoding="utf-8-sig", newline="") as lines:
        assert list(csv.DictReader(lines))


def test_export_below_platform_minimum_is_refused(call: Call, campaign: Path) -> None:
    said = call("export", "linkedin-contacts", "-w", campaign)
    assert said.code == 2
    assert "300" in said.err  # LinkedIn takes no contact list under 300 rows
    assert not list((campaign / "exports").rglob("*.csv"))


def test_export_leaves_the_holdout_out(
    call: Call, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from signoff.plan import load_plan
    from signoff.store import exports
    from signoff.store.workspace import open_workspace

    handed: list[str] = []
    original = exports.export_matched_audience

    def watch(workspace: Any, *, account_ids: list[str], **options: Any) -> Any:
        handed.extend(account_ids)
        return original(workspace, account_ids=account_ids, **options)

    monkeypatch.setattr(exports, "export_matched_audience", watch)
    call("export", "linkedin-companies", "-w", campaign)
    plan = load_plan(open_workspace(campaign))
    assert plan.holdout_account_ids
    # 25 accounts of the market, as the tutorial's files say, less the holdout
    assert len(handed) == 25 - len(plan.holdout_account_ids)
    assert not set(handed) & set(plan.holdout_account_ids)


def test_runs_show_tells_what_the_plan_rests_on(call: Call, planned: Path) -> None:
    (run_row,) = call("runs", "list", "-w", planned, "--json").json
    told = call("runs", "show", run_row["run_id"], "-w", planned)
    assert "lake_snapshot" in told.out
    fields = call("runs", "show", run_row["run_id"], "-w", planned, "--json").json
    assert fields["parameters"]["as_of"] == "2026-11-23"


def test_runs_repeat_gives_the_same_plan(call: Call, campaign: Path) -> None:
    (run_row,) = call("runs", "list", "-w", campaign, "--json").json
    said = call("runs", "repeat", run_row["run_id"], "-w", campaign, "--json")
    assert said.code == 0, said.out
    assert said.json["is_equal"] is True


def test_backup_and_restore_bring_the_plan_back(call: Call, campaign: Path, tmp_path: Path) -> None:
    assert call("backup", tmp_path / "b", "-w", campaign).code == 0
    said = call("restore", tmp_path / "b", tmp_path / "again", "--suppressions-from", campaign)
    assert said.code == 0, said.err
    again = call("runs", "list", "-w", tmp_path / "again", "--json").json
    assert again == call("runs", "list", "-w", campaign, "--json").json


def test_audience_erase_removes_the_person_from_all_files(call: Call, campaign: Path) -> None:
    email = "person1@sample-packaging-02.example"
    told = call("audience", "person", email, "-w", campaign)
    assert email in told.out
    assert call("audience", "erase", email, "--yes", "-w", campaign).code == 0
    written = [path for path in campaign.rglob("*") if path.is_file()]
    assert [path for path in written if email.encode() in path.read_bytes()] == []


def test_plan_whose_report_cannot_be_written_is_kept(call: Call, campaign: Path) -> None:
    shutil.rmtree(campaign / "reports")
    (campaign / "reports").write_text("a file where a folder should be")
    said = call("plan", campaign / "brief.toml", "-w", campaign, "--as-of", "2026-11-23")
    assert said.code == 2
    assert "The plan is kept." in said.err
    run_id = call("runs", "list", "-w", campaign, "--json").json[0]["run_id"]
    assert f"signoff report {run_id}" in said.err
    out = campaign / "elsewhere"
    assert call("report", run_id, "-w", campaign, "--out", out).code == 0


def test_plan_on_lake_with_a_lost_file_says_how_to_look(call: Call, campaign: Path) -> None:
    next((campaign / "lake" / "data" / "main" / "rate").rglob("*.parquet")).unlink()
    said = call("plan", campaign / "brief.toml", "-w", campaign, "--json")
    assert said.code == 2
    assert "signoff lake check" in json.loads(said.err)["fix"]
    assert call("lake", "check", "-w", campaign).code == 1


def test_export_leaves_out_whom_somebody_suppressed_after_the_plan(
    call: Call, campaign: Path
) -> None:
    def n_listed() -> int:
        held = call("export", "linkedin-contacts", "-w", campaign, "--json")
        return int(json.loads(held.err)["what"].split()[3])

    listed = [n_listed()]
    # somebody whose account is held out was on no list
    for account in ("packaging-02", "foods-05", "foundry-11", "timber-20"):
        person = f"person1@sample-{account}.example"
        call("audience", "suppress", "email", person, "--reason", "asked", "-w", campaign)
        listed.append(n_listed())
    fallen = [before - after for before, after in pairwise(listed)]
    assert set(fallen) <= {0, 1}
    assert sum(fallen) >= 1
