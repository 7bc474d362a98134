"""Advice on a plan, and its scenarios, by commands: a campaign, its limits and its present."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from signoff.app.cli.root import run

Call = Callable[..., Any]
FILES = Path(__file__).resolve().parents[3] / "docs" / "tutorial" / "files"
NAMES = ("accounts", "contacts", "venue", "rate", "venue_audience")
LIMIT = '\n[[venues]]\nvenue = "finance-letter"\nceiling = 10000\n'
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with a plan under one ceiling, fitted."""
    folder = tmp_path_factory.mktemp("advised") / "campaign"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNOFF_USER", "tester")
        assert run(["init", str(folder)]) == 0
        run(["import", *(str(FILES / f"{name}.csv") for name in NAMES), "-w", str(folder)])
        brief = folder / "brief.toml"
        brief.write_text(brief.read_text("utf-8") + LIMIT, "utf-8")
        options = ("--as-of", "2026-11-23", "--no-report", "-w", str(folder))
        assert run(["plan", str(brief), *options]) == 0
        assert run(["venues", "budget", "-w", str(folder)]) == 0
    return folder


@pytest.fixture
def campaign(planned: Path, tmp_path: Path) -> Path:
    """Give a copy of that workspace, to be changed at will."""
    return Path(shutil.copytree(planned, tmp_path / "campaign"))


def test_limits_tells_limits_and_margins(call: Call, planned: Path) -> None:
    said = call("venues", "limits", "-w", planned)
    assert (said.code, said.err) == (0, "")
    for told in ("spend at most", "The Finance Letter", "10,000", "the next 1,000 EUR would add"):
        assert told in said.out
    found = call("venues", "limits", "-w", planned, "--json").json
    kinds = {limit["kind"]: limit for limit in found["limits"]["limits"]}
    assert set(kinds) == {"budget", "ceiling"}
    assert kinds["ceiling"]["gain"] > 0
    assert set(found["per_1000_by_venue"]) == {"finance-letter", "people-weekly"}  # others sell out


def test_learn_tells_the_worth_of_research(call: Call, planned: Path) -> None:
    said = call("venues", "learn", "-w", planned)
    assert said.code == 0
    assert "stands out from chance" in said.out
    values = call("venues", "learn", "-w", planned, "--json").json["learning"]["values"]
    assert {value["research"] for value in values} == {"survey", "test"}
    assert all(value["gain"] >= 0 for value in values)


def test_budget_for_a_result_reaches_it(call: Call, planned: Path) -> None:
    plan = call("venues", "budget", "-w", planned, "--budget", "60000", "--json").json["answer"]
    wanted = 0.9 * plan["result"]["value"]
    found = call("venues", "budget", "-w", planned, "--result", wanted, "--json").json["answer"]
    assert found["result"]["value"] >= wanted
    assert float(found["proven_budget"]) <= float(found["budget"]) < 60_000
    said = call("venues", "budget", "-w", planned, "--result", wanted)
    assert "nine cases of ten" in said.out


def test_budget_outside_what_was_fitted_says_between_which(call: Call, planned: Path) -> None:
    said = call("venues", "budget", "-w", planned, "--budget", "900000")
    assert (said.code, said.out) == (2, "")
    assert "150,000" in said.err


def test_budget_alone_tells_the_curve(call: Call, planned: Path) -> None:
    said = call("venues", "budget", "-w", planned)
    assert "the plan" in said.out
    curve = call("venues", "budget", "-w", planned, "--json").json["curve"]
    results = [point["result"]["value"] for point in curve]
    assert results == sorted(results)


def test_compare_with_a_file_tells_the_chance(call: Call, planned: Path, tmp_path: Path) -> None:
    file = tmp_path / "spend.csv"
    with file.open("w", encoding="utf-8", newline="") as rows:
        csv.writer(rows).writerows([("venue", "spend"), ("People Weekly", "9,000"), ("Gone", 7)])
    said = call("venues", "compare", "-w", planned, "--with-spend", file)
    assert said.code == 0
    assert "in 100% of 200 draws" in said.out
    found = call("venues", "compare", "-w", planned, "--with-spend", file, "--json").json["present"]
    assert (found["chance_share"], found["unplaced"]) == (1.0, ["Gone"])
    assert found["difference"]["low"] > 0


def test_compare_with_the_plan_itself_is_even(call: Call, planned: Path) -> None:
    run_id = call("runs", "list", "-w", planned, "--json").json[0]["run_id"]
    options = ("-w", planned, "--with-plan", run_id, "--json")
    found = call("venues", "compare", *options).json["present"]
    assert (found["chance_share"], found["difference"]["value"]) == (0.0, 0.0)


def test_scenarios_are_added_compared_withdrawn_and_adopted(call: Call, campaign: Path) -> None:
    more = ("--title", "More money", "--budget", "70000")
    added = call("scenarios", "add", *more, "-w", campaign, "--json").json
    changes = campaign.parent / "changes.toml"
    changes.write_text('approval_rule = "any"\nexposures_needed = 9\n', "utf-8")
    other = ("--title", "Other", "--exclude", "people-weekly", "--ceiling", "finance-letter=5000")
    roles = ("--add-role", "purchaser", "--remove-role", "user", "--exposures", "2")
    asked = (*other, *roles, "--starts-on", "2027-02-01", "--changes", changes)
    told = call("scenarios", "add", *asked, "-w", campaign, "--json").json
    assert told["changes"]["approval_rule"] == "any"
    assert told["changes"]["exposures_needed"] == 2  # an option takes the file's place
    assert {role["role"] for role in told["changes"]["roles_added"]} == {"purchaser"}
    assert len(told["changes"]["venues"]) == 2
    listed = call("scenarios", "list", "-w", campaign, "--json").json
    assert [row["title"] for row in listed] == ["More money", "Other"]
    said = call("scenarios", "compare", "-w", campaign)
    assert "1. More money" in said.out
    assert "reach, purchaser" in said.out
    assert call("scenarios", "withdraw", told["scenario_id"], "-w", campaign).code == 0
    left = call("scenarios", "compare", "-w", campaign, "--json").json["columns"]
    assert [column["title"] for column in left] == ["plan", "More money"]
    assert left[1]["difference"]["value"] >= 0
    adopted = call("scenarios", "adopt", added["scenario_id"], "-w", campaign, "--json").json
    assert call("runs", "list", "-w", campaign, "--json").json[0]["run_id"] == adopted["run_id"]


def test_add_scenario_of_an_unknown_venue_is_refused(call: Call, planned: Path) -> None:
    asked = ("--title", "A", "--ceiling", "nowhere=5", "--budget", "-5")
    said = call("scenarios", "add", *asked, "-w", planned)
    assert (said.code, said.out) == (2, "")
