"""Every command refuses what it cannot use: exit code 2, nothing on stdout, what, why and fix."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from signoff.app.cli.root import run, signoff

Call = Callable[..., Any]

# {w}: a workspace without data; {no}: no workspace; {empty}, {odd}, {folder}: no usable files
REFUSED = [
    ("init", "{w}"),
    ("init", "{odd}"),
    ("init", "{folder}/new", "--currency", "EURO"),
    ("init", "{folder}/new", "--language", "de"),
    ("serve", "-w", "{no}"),
    ("serve", "-w", "{w}", "--port", "99999"),
    ("worker", "-w", "{no}"),
    ("worker", "-w", "{w}", "--at-once", "0"),
    ("import", "{empty}", "-w", "{w}"),
    ("import", "{odd}", "-w", "{w}"),
    ("import", "{folder}", "-w", "{w}"),
    ("import", "{folder}/none.csv", "-w", "{w}"),
    ("import", "{accounts}", "-w", "{w}", "--table", "nonsense"),
    ("import", "{accounts}", "-w", "{w}", "--format", "nonsense"),
    ("import", "{accounts}", "-w", "{w}", "--currency", "EURO"),
    ("import", "{accounts}", "-w", "{w}", "--mapping", "{odd}"),
    ("import", "{accounts}", "-w", "{w}", "--largest-bad-share", "2"),
    ("import", "{accounts}", "-w", "{no}"),
    ("imports", "list", "-w", "{no}"),
    ("imports", "undo", "nothing", "-w", "{w}"),
    ("brief", "new", "--no-such-flag"),
    ("brief", "check", "{folder}/none.toml"),
    ("brief", "check", "{folder}"),
    ("brief", "check", "{empty}"),
    ("brief", "check", "{odd}"),
    ("brief", "schema", "surplus"),
    ("audience", "titles", "--language", "de", "Head of IT"),
    ("audience", "fit", "-w", "{no}"),
    ("audience", "fit", "-w", "{w}", "--seed", "-1"),
    ("audience", "match", "{empty}"),
    ("audience", "match", "{odd}"),
    ("audience", "match", "{accounts}", "--out", "{accounts}"),
    ("audience", "durations", "{accounts}"),
    ("audience", "durations", "{empty}"),
    ("audience", "durations", "-w", "{no}"),
    ("audience", "market-size", "-w", "{no}"),
    ("audience", "market-size", "-w", "{w}"),
    ("audience", "consent", "nobody", "-w", "{no}"),
    ("audience", "committee-defaults", "new_task", "nothing"),
    ("audience", "committees", "{brief}", "-w", "{w}"),
    ("audience", "committees", "{empty}", "-w", "{w}"),
    ("audience", "suppress", "email", "nobody", "--reason", "asked", "-w", "{w}"),
    ("audience", "suppress", "email", "a@b.example", "-w", "{w}"),
    ("audience", "lift", "domain", "never.example", "-w", "{w}"),
    ("audience", "erase", "nobody", "--yes", "-w", "{w}"),
    ("audience", "person", "a@b.example", "-w", "{no}"),
    ("venues", "assumptions", "--kind", "nonsense"),
    ("venues", "list", "{brief}", "-w", "{w}"),
    ("venues", "list", "{odd}", "-w", "{w}"),
    ("venues", "plan", "{empty}"),
    ("venues", "plan", "{odd}"),
    ("venues", "plan", "{folder}"),
    ("venues", "plan", "{brief}"),
    ("venues", "plan", "{folder}/none.toml"),
    ("venues", "plan", "{brief}", "--budget-share", "2"),
    ("venues", "plan", "{brief}", "--out", "{brief}"),
    ("venues", "reach", "{empty}"),
    ("venues", "reach", "{odd}"),
    ("venues", "reach", "{accounts}"),
    ("venues", "reach", "{accounts}", "--out", "{accounts}"),
    ("venues", "survey", "{empty}", "--study", "s"),
    ("venues", "survey", "{odd}", "--study", "s"),
    ("venues", "survey", "{accounts}", "--study", "s"),
    ("venues", "survey", "{accounts}"),
    ("venues", "limits", "-w", "{w}"),
    ("venues", "limits", "nothing", "-w", "{w}"),
    ("venues", "limits", "-w", "{no}"),
    ("venues", "learn", "-w", "{w}"),
    ("venues", "learn", "nothing", "-w", "{w}"),
    ("venues", "budget", "-w", "{w}"),
    ("venues", "budget", "-w", "{w}", "--result", "many"),
    ("venues", "budget", "-w", "{w}", "--result", "1", "--budget", "1"),
    ("venues", "compare", "-w", "{w}"),
    ("venues", "compare", "-w", "{w}", "--with-plan", "nothing"),
    ("venues", "compare", "-w", "{w}", "--with-spend", "{folder}"),
    ("venues", "compare", "-w", "{w}", "--with-spend", "{empty}"),
    ("venues", "compare", "-w", "{w}", "--with-spend", "{accounts}", "--with-plan", "1"),
    ("scenarios", "add", "-w", "{w}"),
    ("scenarios", "add", "-w", "{w}", "--title", "A", "--budget", "1"),
    ("scenarios", "add", "-w", "{w}", "--title", "A", "--floor", "fair"),
    ("scenarios", "add", "-w", "{w}", "--title", "A", "--floor", "fair=much"),
    ("scenarios", "add", "-w", "{w}", "--title", "A", "--add-role", "king"),
    ("scenarios", "add", "-w", "{w}", "--title", "A", "--changes", "{odd}"),
    ("scenarios", "list", "-w", "{w}"),
    ("scenarios", "compare", "-w", "{w}"),
    ("scenarios", "compare", "nothing", "-w", "{w}"),
    ("scenarios", "adopt", "nothing", "-w", "{w}"),
    ("scenarios", "withdraw", "nothing", "-w", "{w}"),
    ("plan", "{brief}", "-w", "{w}"),
    ("plan", "{folder}", "-w", "{w}"),
    ("plan", "nameless", "-w", "{w}"),
    ("plan", "{brief}", "-w", "{w}", "--seed", "-1"),
    ("plan", "{brief}", "-w", "{w}", "--seed", "99999999999999999999"),
    ("plan", "{brief}", "-w", "{w}", "--as-of", "31/12/2026"),
    ("plan", "{brief}", "-w", "{w}", "--format", "docx"),
    ("report", "-w", "{w}"),
    ("report", "nothing", "-w", "{w}"),
    ("report", "-w", "{w}", "--format", ","),
    ("export", "linkedin-companies", "-w", "{w}"),
    ("export", "linkedin-contacts", "-w", "{w}"),
    ("export", "google-customer-match", "-w", "{w}"),
    ("export", "meta-custom-audience", "-w", "{w}"),
    ("export", "tiktok-audience", "-w", "{w}"),
    ("export", "media-plan", "-w", "{w}"),
    ("export", "media-plan", "-w", "{w}", "--run", "nothing"),
    ("runs", "list", "-w", "{no}"),
    ("runs", "show", "nothing", "-w", "{w}"),
    ("runs", "repeat", "nothing", "-w", "{w}"),
    ("lake", "check", "-w", "{no}"),
    ("lake", "compact", "-w", "{w}", "--as-of", "yesterday"),
    ("lake", "export", "{w}", "-w", "{w}"),
    ("lake", "export", "{folder}/facts", "-w", "{w}", "--snapshot", "999"),
    ("backup", "{w}", "-w", "{w}"),
    ("backup", "{folder}/b.backup", "-w", "{no}"),
    ("restore", "{odd}", "{folder}/restored"),
    ("restore", "{folder}/none.backup", "{folder}/restored"),
    ("doctor", "-w", "{no}"),
    ("completion", "tcsh"),
]

# what they print is TOML, JSON or a script by nature
NO_JSON = {
    ("brief", "new"),
    ("brief", "schema"),
    ("audience", "person"),
    ("completion", "tcsh"),
    ("serve", "-w"),
    ("worker", "-w"),
}


def commands(group: click.Command, *path: str) -> Iterator[tuple[str, ...]]:
    if not isinstance(group, click.Group):
        yield path
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, *path, name)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the paths that stand in the command lines."""
    folder = tmp_path_factory.mktemp("wrong")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNOFF_USER", "tester")
        assert run(["init", str(folder / "campaign")]) == 0
    (folder / "empty.csv").write_bytes(b"")
    (folder / "odd.csv").write_bytes(bytes(range(256)) * 8)
    (folder / "accounts.csv").write_text("name,domain,country\nA,a.example,GB\n", "utf-8")
    return {
        "w": str(folder / "campaign"),
        "brief": str(folder / "campaign" / "brief.toml"),
        "no": str(folder / "nowhere"),
        "empty": str(folder / "empty.csv"),
        "odd": str(folder / "odd.csv"),
        "accounts": str(folder / "accounts.csv"),
        "folder": str(folder),
    }


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_run_wrong_input_says_what_why_and_fix(
    arguments: tuple[str, ...], call: Call, places: dict[str, str]
) -> None:
    filled = [argument.format(**places) for argument in arguments]
    has_json = arguments[:2] not in NO_JSON
    said = call(*filled, *(["--json"] if has_json else []))
    assert (said.code, said.out) == (2, "")
    assert "Traceback" not in said.err
    if has_json:
        told = json.loads(said.err)
        assert all(told[key] for key in ("error", "what", "why", "fix"))
    assert call(*filled).code == 2


def test_refused_knows_every_command() -> None:
    tried = {arguments[:1] for arguments in REFUSED} | {arguments[:2] for arguments in REFUSED}
    assert [path for path in commands(signoff) if path not in tried] == []


def test_run_wrong_input_leaves_the_workspace_empty(call: Call, places: dict[str, str]) -> None:
    assert call("imports", "list", "-w", places["w"], "--json").json == []
    assert call("runs", "list", "-w", places["w"], "--json").json == []
    assert not any((Path(places["w"]) / "reports").iterdir())
