"""`signoff audience`: titles, fit, and whom to leave alone."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Give a new workspace."""
    assert call("init", tmp_path / "campaign").code == 0
    return tmp_path / "campaign"


def test_audience_titles_gives_a_row_for_each(call: Call) -> None:
    said = call("audience", "titles", "Directeur des achats", "Head of IT", "--json")
    assert [(read["title"], read["level"]) for read in said.json] == [
        ("Directeur des achats", "director"),
        ("Head of IT", "director"),
    ]


def test_audience_titles_reads_standard_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("Acheteuse\n\nDAF\n"))
    said = call("audience", "titles")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()[2:]] == ["Acheteuse", "DAF"]


def test_audience_titles_of_a_file_writes_every_role(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,Poste\n7,Acheteuse\n8,\n", encoding="utf-8")
    said = call("audience", "titles", tmp_path / "in.csv", "--out", tmp_path / "out.csv")
    assert (said.code, said.out) == (0, "")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("id,title,function,function_probability,level,level_probability,")
    assert lines[1].startswith("7,Acheteuse,purchasing,")
    assert lines[2].endswith("no word known")


def test_audience_titles_of_a_file_gives_json(call: Call, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("title\nCFO\n", encoding="utf-8")
    assert (
        call("audience", "titles", tmp_path / "in.csv", "--json").json[0]["function"] == "finance"
    )


def test_audience_titles_of_a_file_without_titles_names_its_columns(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "in.csv").write_text("name,city\nA,Paris\n", encoding="utf-8")
    said = call("audience", "titles", tmp_path / "in.csv")
    assert said.code == 2
    assert "name, city" in said.err


def test_audience_titles_with_out_and_no_file_says_what_it_needs(
    call: Call, tmp_path: Path
) -> None:
    said = call("audience", "titles", "CFO", "--out", tmp_path / "out.csv")
    assert said.code == 2
    assert not (tmp_path / "out.csv").exists()


def test_audience_fit_without_deals_says_no_usable_signal(call: Call, campaign: Path) -> None:
    said = call("audience", "fit", "-w", campaign)
    assert said.code == 0
    assert "No usable signal" in said.out


def test_audience_committees_without_accounts_says_what_to_import(
    call: Call, campaign: Path
) -> None:
    said = call("audience", "committees", campaign / "brief.toml", "-w", campaign)
    assert said.code == 2
    assert "signoff import" in said.err


@pytest.fixture
def peopled(call: Call, campaign: Path) -> Path:
    """Give a workspace with accounts and contacts of the tutorial."""
    files = Path(__file__).parents[3] / "docs/tutorial/files"
    assert call("import", files / "accounts.csv", "--table", "account", "-w", campaign).code == 3
    call("import", files / "contacts.csv", "--table", "contact", "-w", campaign)
    return campaign


def test_audience_committees_missing_names_roles_and_whom_to_find(
    call: Call, peopled: Path
) -> None:
    brief, level = peopled / "brief.toml", "approval_level = 3"
    brief.write_text(brief.read_text().replace(level, f"{level}\namount_above = 50000"))
    said = call("audience", "committees", brief, "-w", peopled, "--missing")
    assert said.code == 0
    assert "no approver above 50,000 EUR is known at 10 of 25 accounts" in said.out
    assert "Whom to find next" in said.out
    found = call("audience", "committees", brief, "-w", peopled, "--missing", "--most", 3, "--json")
    assert len(found.json["people"]) == 3
    assert [role["n_accounts"] for role in found.json["roles"]] == [25, 25, 25]


def test_audience_committees_out_writes_every_account_of_the_market(
    call: Call, peopled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "roles.csv"
    said = call("audience", "committees", peopled / "brief.toml", "-w", peopled, "--out", out)
    assert said.code == 0
    assert str(out) in said.err
    lines = out.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 26
    assert "approver_state,approver_share,approver_people" in lines[0]


def test_audience_committees_out_refuses_an_unknown_form(
    call: Call, peopled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "roles.doc"
    said = call("audience", "committees", peopled / "brief.toml", "-w", peopled, "--out", out)
    assert said.code == 2
    assert ".xlsx" in said.err
    assert not out.exists()


def test_audience_committee_defaults_tell_roles_with_sources(call: Call) -> None:
    said = call("audience", "committee-defaults", "new_task", 80_000, "--json")
    assert said.json["n_levels"] == 3
    assert all(role["source"] for role in said.json["roles"])
    toml = call("audience", "committee-defaults", "straight_rebuy", 900, "--toml").out
    assert 'role = "purchaser"' in toml
    for price in ("much", "-1", "nan"):
        assert call("audience", "committee-defaults", "new_task", "--", price).code == 2


def test_audience_suppress_then_lift_leaves_no_value_in_clear(call: Call, campaign: Path) -> None:
    value = "jane.doe@sample.example"
    options = ("email", value, "-w", campaign)
    assert call("audience", "suppress", *options, "--reason", "asked").code == 0
    written = b"".join(path.read_bytes() for path in campaign.rglob("*") if path.is_file())
    assert value.encode() not in written
    assert call("audience", "lift", *options, "--json").json["is_suppressed"] is False
    assert call("audience", "lift", *options).code == 2


def test_audience_erase_unless_confirmed_does_nothing(
    call: Call, campaign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("n\n"))
    said = call("audience", "erase", "jane@sample.example", "-w", campaign)
    assert said.code == 130
    assert "Nobody was erased." in said.err


def test_audience_erase_of_a_list_erases_each(call: Call, campaign: Path, tmp_path: Path) -> None:
    path = tmp_path / "addresses.txt"
    path.write_text("\ufeffjane@sample.example\n\n joe@sample.example \n", encoding="utf-8")
    said = call("audience", "erase", "--file", path, "--yes", "-w", campaign, "--json")
    assert said.code == 0
    assert said.json["n_suppressed"] == 2


@pytest.mark.parametrize("content", [b"", b"jane\n", "jane@sample.example".encode("utf-16")])
def test_audience_erase_of_a_list_without_addresses_says_so(
    call: Call, campaign: Path, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "addresses.txt"
    path.write_bytes(content)
    said = call("audience", "erase", "--file", path, "--yes", "-w", campaign)
    assert said.code == 2
    assert "fix:" in said.err
    assert "jane" not in said.err


@pytest.mark.parametrize("both", [True, False])
def test_audience_erase_wants_an_address_or_a_list(
    call: Call, campaign: Path, tmp_path: Path, both: bool
) -> None:
    path = tmp_path / "addresses.txt"
    path.write_text("jane@sample.example\n")
    said = call("audience", "erase", *(["a@x.fr", "--file", path] if both else []), "-w", campaign)
    assert said.code == 2
    assert "--file" in said.err


def test_audience_durations_gives_medians_levels_and_a_file(call: Call, tmp_path: Path) -> None:
    log, out = tmp_path / "log.csv", tmp_path / "out.csv"
    steps = [
        f"{n},{words},2026-01-{day:02},{role}"
        for n in range(1, 21)
        for words, day, role in (("submitted", n, "clerk"), ("approved", n + 2, "head"))
    ]
    log.write_text("\n".join(["case,activity,at,role", *steps]))
    said = call("audience", "durations", log, "--out", out, "--json")
    assert said.code == 0
    assert {row["of"] for row in said.json["durations"]} == {"request", "level", "role"}
    assert said.json["n_levels"][0]["n_requests"] == 20
    assert out.read_text().startswith("of,document,level,role,n,")
    assert "half of the yeses within 2.0" in call("audience", "durations", log).out


def test_audience_durations_of_future_days_is_refused(call: Call, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("case,activity,at\n1,submitted,2026-01-05\n1,approved,2026-03-05\n")
    said = call("audience", "durations", log, "--as-of", "2026-02-01")
    assert said.code == 2
    assert "lie in the future" in said.err


@pytest.mark.parametrize(
    ("command", "options"),
    [("match", []), ("titles", []), ("fit", ["--outcome", "won"]), ("durations", [])],
)
def test_audience_commands_never_write_over_the_file_they_read(
    call: Call, tmp_path: Path, command: str, options: list[str]
) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,name,title,won\n1,Acme,CFO,yes\n", encoding="utf-8")
    said = call("audience", command, path, *options, "--out", tmp_path / "." / "in.csv")
    assert said.code == 2
    assert "is the file that is read" in said.err
    assert path.read_text(encoding="utf-8").startswith("id,name")
