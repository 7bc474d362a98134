"""The lake makes itself, brings itself up to date and never downloads anything."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.lake import open_lake
from signoff.store.lake import session as lake_session
from signoff.store.lake.extensions import extension_path
from signoff.store.schemas import LAKE_TABLES, Column, ColumnType, Table
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace


def test_open_lake_makes_all_tables_with_import_columns(workspace: Workspace) -> None:
    with open_lake(workspace) as lake:
        assert set(lake.tables) == set(LAKE_TABLES)
        for name, table in LAKE_TABLES.items():
            named = {column.name for column in table.columns}
            assert lake.tables[name] == named | {"import_id", "import_seq"}


def test_open_lake_adds_what_a_new_version_describes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_lake(workspace) as lake:
        old = lake.snapshot
    added = Column("colour", ColumnType.TEXT, "Colour", nullable=True)
    spend = LAKE_TABLES["spend"]
    newer = {
        **LAKE_TABLES,
        "spend": Table("spend", spend.grain, spend.key, (*spend.columns, added)),
        "fresh": Table("fresh", "one", ("colour",), (added,)),
    }
    monkeypatch.setattr(lake_session, "LAKE_TABLES", newer)
    with open_lake(workspace) as lake:
        assert "colour" in lake.tables["spend"]
        assert "fresh" in lake.tables
    with open_lake(workspace, snapshot=old) as lake:
        assert "colour" not in lake.tables["spend"]
        assert "fresh" not in lake.tables


def test_read_only_lake_refuses_to_change(workspace: Workspace) -> None:
    with open_lake(workspace) as lake, pytest.raises(Exception, match="read-only"):
        lake.rows("DELETE FROM lake.account")


def test_session_downloads_no_extension(workspace: Workspace) -> None:
    with open_lake(workspace) as lake:
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert lake.rows("SELECT current_setting($1)", [setting]) == [(False,)]


def test_small_tables_are_not_kept_in_the_catalog(workspace: Workspace) -> None:
    with open_lake(workspace, read_only=False) as lake:
        lake.rows("INSERT INTO lake.account (account_id) VALUES ('a')")
        found = lake.rows("SELECT file_count FROM ducklake_table_info('lake') WHERE file_count > 0")
    assert found == [(1,)]


def test_moved_workspace_still_finds_its_files(workspace: Workspace, tmp_path: Path) -> None:
    from signoff.store.workspace import open_workspace

    with open_lake(workspace, read_only=False) as lake:
        lake.rows("INSERT INTO lake.account (account_id) VALUES ('a')")
    workspace.register.engine.dispose()
    moved = open_workspace(workspace.path.rename(tmp_path / "moved"))
    with open_lake(moved) as lake:
        assert lake.rows("SELECT account_id FROM lake.account") == [("a",)]


def test_missing_extension_is_named_with_its_package() -> None:
    with pytest.raises(DataError, match="duckdb-extension-spatial-lens=="):
        extension_path("spatial_lens")


def test_damaged_catalog_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    damaged = create_workspace(
        tmp_path / "w", settings=Settings(name="Acme"), at=datetime(2026, 1, 2, tzinfo=UTC)
    )
    catalog = damaged.path / "lake" / "catalog.sqlite"
    catalog.write_bytes(b"no database" * 200)
    with pytest.raises(DataError, match="cannot be opened"), open_lake(damaged):
        pass
    assert catalog.read_bytes() == b"no database" * 200


def test_catalog_of_another_kind_is_refused(tmp_path: Path) -> None:
    settings = Settings(name="Acme", catalog="mysql://server/base")
    odd = create_workspace(tmp_path / "w", settings=settings, at=datetime(2026, 1, 2, tzinfo=UTC))
    with pytest.raises(DataError, match="starts with 'mysql'"), open_lake(odd):
        pass


def test_catalog_on_an_absent_server_is_named_without_its_password(tmp_path: Path) -> None:
    address = "postgresql+psycopg://ann:secret@127.0.0.1:1/base?connect_timeout=1"
    odd = create_workspace(
        tmp_path / "w",
        settings=Settings(name="Acme", catalog=address),
        at=datetime(2026, 1, 2, tzinfo=UTC),
    )
    with pytest.raises(DataError, match="cannot be reached") as caught, open_lake(odd):
        pass
    assert "secret" not in str(caught.value)
