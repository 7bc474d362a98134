"""Making and opening workspaces."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.lake.place import data_folder
from signoff.store.register import list_audit
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def make(path: Path) -> None:
    create_workspace(path, settings=Settings(name="Acme"), at=NOW)


def test_create_workspace_opens_again_with_the_same_key(tmp_path: Path) -> None:
    made = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=NOW)
    opened = open_workspace(tmp_path / "w")
    assert (opened.key, opened.settings) == (made.key, made.settings)
    assert len(opened.key) == 32
    folders = (opened.staging_dir, opened.rejected_dir, opened.reports_dir, opened.exports_dir)
    assert all(folder.is_dir() for folder in (*folders, opened.backups_dir, opened.locks_dir))
    assert data_folder(opened) == (tmp_path / "w" / "lake" / "data").resolve()
    assert [row.act.action for row in list_audit(opened.register)] == ["created"]


def test_create_workspace_secrets_are_for_the_owner_alone(tmp_path: Path) -> None:
    make(tmp_path / "w")
    assert (tmp_path / "w" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "w" / "register.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "w" / "exports").stat().st_mode & 0o077 == 0


def test_create_workspace_two_keys_are_never_the_same(tmp_path: Path) -> None:
    make(tmp_path / "a")
    make(tmp_path / "b")
    assert open_workspace(tmp_path / "a").key != open_workspace(tmp_path / "b").key


def test_create_workspace_folder_in_use_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(DataError, match="is not empty"):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_create_workspace_on_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("x")
    with pytest.raises(DataError, match="is not empty"):
        make(tmp_path / "w")


def test_open_workspace_elsewhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no workspace") as caught:
        open_workspace(tmp_path)
    assert "signoff init" in caught.value.fault.fix


@pytest.mark.parametrize("content", [None, "", "zz", "00" * 31])
def test_open_workspace_without_a_whole_key_is_refused(tmp_path: Path, content: str | None) -> None:
    make(tmp_path / "w")
    (tmp_path / "w" / "secret.key").unlink()
    if content is not None:
        (tmp_path / "w" / "secret.key").write_text(content)
    with pytest.raises(DataError, match=r"secret\.key cannot be read"):
        open_workspace(tmp_path / "w")


def test_open_workspace_without_its_register_does_not_make_an_empty_one(tmp_path: Path) -> None:
    make(tmp_path / "w")
    (tmp_path / "w" / "register.db").unlink()
    with pytest.raises(DataError, match="lost its register"):
        open_workspace(tmp_path / "w")
    assert not (tmp_path / "w" / "register.db").exists()


def test_open_workspace_is_quick(tmp_path: Path) -> None:
    make(tmp_path / "w")
    begun = time.perf_counter()
    open_workspace(tmp_path / "w")
    assert time.perf_counter() - begun < 0.3
