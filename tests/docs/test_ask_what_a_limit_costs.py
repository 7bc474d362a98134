"""The commands on the page about advice run, on a plan of a small campaign."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from signoff.app.cli.root import run

ROOT = Path(__file__).resolve().parents[2] / "docs"
PAGE = (ROOT / "how-to" / "ask-what-a-limit-costs.md").read_text("utf-8")
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMES = ("accounts", "contacts", "venue", "rate", "venue_audience")
# what the page names as an example, and what the small campaign has in its place
OURS = {
    "fair": "people-weekly",
    "network=20000": "network-list=5000",
    "--result 12": "--result 0.01",
}


@pytest.mark.slow
def test_commands_of_page_run_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIGNOFF_USER", "reader")
    monkeypatch.setenv("SIGNOFF_WORKSPACE", "campaign")
    shutil.copytree(ROOT / "tutorial" / "files", "files")
    assert run(["init", "campaign"]) == 0
    run(["import", *(f"files/{name}.csv" for name in NAMES)])
    assert run(["plan", "campaign/brief.toml", "--as-of", "2026-11-23", "--no-report"]) == 0
    run_id = next(line for line in capsys.readouterr().out.splitlines() if "Run " in line)[4:12]
    Path("spend.csv").write_text("venue,spend\nPeople Weekly,9000\n", "utf-8")
    ours = {**OURS, "7f3a09c2": run_id}
    page = PAGE
    for theirs, own in ours.items():
        page = page.replace(theirs, own)
    for text in BLOCK.findall(page):
        for line in text.strip().splitlines():
            code = run(shlex.split(line)[1:])
            told = capsys.readouterr()
            # no spend is imported, which the command says
            is_untold = line == "signoff venues compare"
            assert code == (2 if is_untold else 0), f"{line}\n{told.out}\n{told.err}"
            assert bool(told.out) is not is_untold
