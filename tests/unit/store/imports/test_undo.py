"""Undo takes back one import's rows and nobody's later work."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportReceipt, undo_import
from signoff.store.lake.current import duckdb_engine
from signoff.store.workspace import Workspace

Bring = Callable[..., ImportReceipt]


AT = datetime(2026, 11, 24, tzinfo=UTC)


def _employees(workspace: Workspace) -> list[tuple[str, int]]:
    with duckdb_engine(workspace) as engine:
        return engine.session.execute(
            "SELECT name, employees FROM account ORDER BY name"
        ).fetchall()


def test_undo_import_restores_what_it_superseded(bring: Bring, workspace: Workspace) -> None:
    bring("name,employees\nAcme,10\nBolt,20\n")
    corrected = bring("name,employees\nAcme,12\nCorp,3\n")
    bring("name,employees\nDodo,4\n")
    undo_import(workspace, corrected.import_id[:8], by="ann", at=AT)
    assert _employees(workspace) == [("Acme", 10), ("Bolt", 20), ("Dodo", 4)]


def test_undo_import_leaves_a_later_correction(bring: Bring, workspace: Workspace) -> None:
    first = bring("name,employees\nAcme,10\n")
    bring("name,employees\nAcme,12\n")
    undo_import(workspace, first.import_id, by="ann", at=AT)
    assert _employees(workspace) == [("Acme", 12)]


def test_undo_import_twice_is_refused(bring: Bring, workspace: Workspace) -> None:
    receipt = bring("name,employees\nAcme,10\n")
    undo_import(workspace, receipt.import_id, by="ann", at=AT)
    with pytest.raises(DataError, match="it is undone"):
        undo_import(workspace, receipt.import_id, by="ann", at=AT)


def test_import_file_after_undo_brings_the_same_content_in_again(
    bring: Bring, workspace: Workspace
) -> None:
    text = "name,employees\nAcme,10\n"
    undo_import(workspace, bring(text).import_id, by="ann", at=AT)
    assert bring(text).n_published == 1
    assert _employees(workspace) == [("Acme", 10)]
