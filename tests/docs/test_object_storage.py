"""The page on lakes in a bucket, run from top to bottom against a server of our own."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from signoff.app.cli.root import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "object-storage.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.slow
def test_page_on_object_storage_runs_from_top_to_bottom(
    tmp_path: Path,
    make_bucket: Callable[[], str],
    object_storage: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_bucket()
    urlopen(Request(f"{object_storage}/acme", method="PUT")).close()  # noqa: S310 - our own server
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIGNOFF_USER", "reader")
    (tmp_path / "accounts.csv").write_text("external_id,name\na,One\nb,Two\n")
    lines = [line for block in BLOCK.findall(PAGE.read_text("utf-8")) for line in block.split("\n")]
    told = ""
    for line in filter(None, lines):
        code = run(shlex.split(line)[1:])
        said = capsys.readouterr()
        assert code == 0, f"{line}\n{said.out}\n{said.err}"
        told += said.out + said.err
    assert told.count("The lake is sound") == 5
    assert "canary" not in told
    assert not list((tmp_path / "campaign").rglob("*.parquet"))
    assert not list((tmp_path / "moved").rglob("*.parquet"))
    assert list((tmp_path / "at-home").rglob("*.parquet"))
