"""A workspace with a lake, and a way to import rows into it without the room of imports."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import pytest

from signoff.store.engines.duck import fill_table
from signoff.store.lake import (
    current_snapshot,
    data_path,
    open_lake,
    publish,
    write_parquet,
)
from signoff.store.lake.objects import LakePath
from signoff.store.register.ledger import ImportCounts, ImportState, open_import, set_import_state
from signoff.store.schemas import LAKE_TABLES
from signoff.store.settings import SETTINGS_FILE, Settings, write_settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
Staged = tuple[str, dict[str, list[LakePath]]]
Stage = Callable[..., Staged]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def catalog(request: pytest.FixtureRequest) -> str:
    """Give the address of a catalog of each kind."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_address")()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with an empty lake, to be copied."""
    made = create_workspace(
        tmp_path_factory.mktemp("template") / "w", settings=Settings(name="Acme"), at=AT
    )
    current_snapshot(made)
    made.register.engine.dispose()
    return made.path


@pytest.fixture(params=["folder", "bucket"])
def lake_data(request: pytest.FixtureRequest) -> str:
    """Give the place of the lake's files of each kind: the workspace's folder, and a bucket."""
    if request.param == "folder":
        return ""
    make: Callable[[], str] = request.getfixturevalue("make_bucket")
    return f"{make()}/acme/lake"


@pytest.fixture
def workspace(tmp_path: Path, template: Path, lake_data: str) -> Workspace:
    copied = copytree(template, tmp_path / "w's")
    settings = Settings(name="Acme", lake_data=lake_data)
    write_settings(settings, path=copied / SETTINGS_FILE)
    return open_workspace(copied)


@pytest.fixture
def stage(workspace: Workspace) -> Stage:
    """Give what writes an import's files without publishing them."""

    def write(table: str, rows: Sequence[Mapping[str, Any]]) -> Staged:
        entry = open_import(
            workspace.register,
            table_name=table,
            file_name=f"{table}.csv",
            content_sha256=uuid4().hex * 2,
            mapping={},
            by="ann",
            at=AT,
        )
        path = data_path(workspace, table, entry.import_id, 0)
        with open_lake(workspace) as lake:
            fill_table(lake.session, "staged", columns=LAKE_TABLES[table].columns, rows=rows)
            write_parquet(
                lake,
                "SELECT *, $id AS import_id, CAST($seq AS BIGINT) AS import_seq FROM staged",
                path,
                values={"id": entry.import_id, "seq": entry.import_seq},
            )
        return entry.import_id, {table: [path]}

    return write


@pytest.fixture
def bring(workspace: Workspace, stage: Stage) -> Callable[..., str]:
    """Give what imports rows and makes them live."""

    def bring(table: str, rows: Sequence[Mapping[str, Any]]) -> str:
        import_id, files = stage(table, rows)
        for state in (ImportState.PUBLISHING, ImportState.LIVE):
            counts = ImportCounts(n_read=len(rows), n_published=len(rows))
            set_import_state(
                workspace.register, import_id, state=state, by="ann", at=AT, counts=counts
            )
            if state == ImportState.PUBLISHING:
                publish(workspace, files, import_id=import_id)
        return import_id

    return bring
