"""A workspace of its own for each test, and a way to import a text."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.store.imports import ImportOptions, ImportReceipt, import_file
from signoff.store.lake.session import open_lake
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
ACCOUNTS = (
    "external_id,name,domain,country\n"
    "A1,Acme,acme.example,France\n"
    "A2,Bolt,bolt.example,Allemagne\n"
    "A3,Twin,,US\n"
    "A4,Twin,,US\n"
)


@pytest.fixture
def options() -> ImportOptions:
    return ImportOptions(by="ann", at=AT)


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make one empty workspace with its lake; each test gets a copy."""
    path = tmp_path_factory.mktemp("imports") / "w"
    made = create_workspace(path, settings=Settings(name="Acme"), at=AT)
    with open_lake(made):
        return path


@pytest.fixture
def workspace(new_workspace: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(new_workspace, tmp_path / "w")
    return open_workspace(tmp_path / "w")


Bring = Callable[..., ImportReceipt]


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Import a text, or bytes, under a file name."""

    def import_text(content: str | bytes, name: str = "file.csv", **decided: Any) -> ImportReceipt:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_file(workspace, path, options=ImportOptions(by="ann", at=AT, **decided))

    return import_text


@pytest.fixture
def accounts(bring: Bring) -> ImportReceipt:
    """Four accounts, two of them of the same name."""
    return bring(ACCOUNTS, "accounts.csv")


@pytest.fixture
def lake_rows(workspace: Workspace) -> Callable[[str], list[tuple[Any, ...]]]:
    """Run SQL over the lake."""

    def rows(sql: str) -> list[tuple[Any, ...]]:
        with open_lake(workspace) as lake:
            return lake.rows(sql)

    return rows
