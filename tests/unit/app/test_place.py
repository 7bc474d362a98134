"""Which workspace a command works in."""

from pathlib import Path

import pytest

from signoff.app.cli.place import find_workspace
from signoff.errors import DataError


def test_find_workspace_below_one_gives_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "signoff.toml").write_text("")
    inner = tmp_path / "inner"
    (inner / "deep" / "er").mkdir(parents=True)
    (inner / "signoff.toml").write_text("")
    assert find_workspace(None, start=inner / "deep" / "er") == inner.resolve()


def test_find_workspace_named_elsewhere_wins(tmp_path: Path) -> None:
    (tmp_path / "signoff.toml").write_text("")
    other = tmp_path / "other"
    other.mkdir()
    (other / "signoff.toml").write_text("")
    assert find_workspace(other, start=tmp_path) == other.resolve()


def test_find_workspace_named_without_settings_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="signoff init"):
        find_workspace(tmp_path / "none", start=tmp_path)


def test_find_workspace_nowhere_says_how_to_name_one(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="SIGNOFF_WORKSPACE"):
        find_workspace(None, start=tmp_path)
