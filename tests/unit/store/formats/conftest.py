"""A way to show what would become of a text; nothing is imported."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.store.imports import ImportOptions, Preview, preview_import
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="session")
def formats_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    path = tmp_path_factory.mktemp("formats") / "w"
    return create_workspace(path, settings=Settings(name="Acme"), at=AT)


@pytest.fixture
def show(formats_workspace: Workspace, tmp_path: Path) -> Callable[..., Preview]:
    """Preview a text in some encoding."""

    def preview(text: str, *, encoding: str = "utf-8", **decided: Any) -> Preview:
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(encoding))
        options = ImportOptions(by="ann", at=AT, **decided)
        return preview_import(formats_workspace, path, options=options)

    return preview
