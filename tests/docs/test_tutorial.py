"""The tutorial, run line by line as a reader would."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from signoff.app.cli.root import run

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial"
PAGE = (TUTORIAL / "first-plan.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)(?: exit=(\d+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty folder with the tutorial's files in it."""
    place = tmp_path_factory.mktemp("tutorial")
    shutil.copytree(TUTORIAL / "files", place / "files")
    return place


@pytest.mark.slow
def test_tutorial_runs_from_top_to_bottom(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SIGNOFF_USER", "reader")
    for language, expected_code, text in BLOCK.findall(PAGE):
        if language == "sh":
            for line in text.strip().splitlines():
                code = run(shlex.split(line)[1:])
                told = capsys.readouterr()
                assert code == int(expected_code or 0), f"{line}\n{told.out}\n{told.err}"
        elif language == "python":
            exec(compile(text, "first-plan.md", "exec"), {})  # noqa: S102 (the page's own example)
    written = {path.name for path in (folder / "campaign").rglob("*")} | {
        path.name for path in folder.iterdir()
    }
    assert {"report.html", "media-plan.csv", "campaign.backup"} <= written
    rejected = [p.read_text("utf-8") for p in (folder / "campaign" / "rejected").glob("*.csv")]
    assert any("about 200" in text for text in rejected)
