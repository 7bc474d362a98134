"""`signoff audience fit` on a plain file."""

import json
from pathlib import Path

import numpy as np
from click.testing import CliRunner

from signoff.app.cli.audience.fit import fit


def history(folder: Path, *, signal: float) -> str:
    chance = np.random.default_rng(3)
    size = chance.integers(0, 10, 400)
    won = chance.random(400) < 1 / (1 + np.exp(-signal * (size - 4.5)))
    lines = [f"{s};{'oui' if w else 'non'}" for s, w in zip(size, won, strict=True)]
    path = folder / "deals.csv"
    path.write_text("\n".join(["taille;gagné", *lines]), encoding="utf-8")
    return str(path)


def test_fit_of_a_file_writes_scores(tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    file = history(tmp_path, signal=0.8)
    done = CliRunner().invoke(fit, [file, "--outcome", "gagné", "--out", str(out), "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["usable"] is True
    assert len(out.read_text(encoding="utf-8").splitlines()) == 401


def test_fit_of_a_file_without_a_signal_writes_nothing_and_exits_1(tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    file = history(tmp_path, signal=0.0)
    done = CliRunner().invoke(fit, [file, "--outcome", "gagné", "--out", str(out)])
    assert done.exit_code == 1
    assert done.stdout.startswith("No usable signal")
    assert not out.exists()


def test_fit_of_a_file_needs_an_outcome(tmp_path: Path) -> None:
    assert CliRunner().invoke(fit, [history(tmp_path, signal=1.0)]).exit_code == 2
