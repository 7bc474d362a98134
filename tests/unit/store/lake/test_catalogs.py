"""What a lake does, it does alike with catalog and files here and on servers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from signoff.store.engines import Statement
from signoff.store.lake import (
    check_lake,
    compact_lake,
    current_snapshot,
    delete_person_facts,
    duckdb_engine,
    export_lake,
    has_import,
    publish,
    retract,
)
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
LATER = datetime.now(UTC).date() + timedelta(days=30)
PEOPLE = Statement(
    "people", "SELECT person_id, title FROM person_fact ORDER BY person_id", ("person_fact",)
)
Bring = Callable[..., str]


@pytest.fixture
def workspace(tmp_path: Path, catalog: str, lake_data: str) -> Workspace:
    settings = Settings(name="Acme", catalog=catalog, lake_data=lake_data)
    return create_workspace(tmp_path / "w", settings=settings, at=AT)


def _people(workspace: Workspace, snapshot: int | None = None) -> dict[str, str]:
    with duckdb_engine(workspace, snapshot=snapshot) as engine:
        return {row["person_id"]: row["title"] for row in engine.rows(PEOPLE)}


def _fact(key: str, title: str) -> dict[str, Any]:
    return {"person_id": key, "title": title, "origin": "measured"}


def test_lake_publishes_supersedes_and_takes_back(workspace: Workspace, bring: Bring) -> None:
    bring("person_fact", [_fact("p", "Buyer"), _fact("q", "Nurse")])
    then = current_snapshot(workspace)
    second = bring("person_fact", [_fact("p", "Head of buying")])
    assert _people(workspace) == {"p": "Head of buying", "q": "Nurse"}
    assert _people(workspace, snapshot=then) == {"p": "Buyer", "q": "Nurse"}
    retract(workspace, second)
    assert not has_import(workspace, second)
    assert _people(workspace) == {"p": "Buyer", "q": "Nurse"}


def test_lake_is_compacted_erased_checked_and_exported(
    workspace: Workspace, bring: Bring, stage: Any, tmp_path: Path
) -> None:
    first = bring("person_fact", [_fact("p", "Buyer"), _fact("q", "Nurse")])
    bring("person_fact", [_fact("r", "Teacher")])
    import_id, files = stage("person_fact", [_fact("s", "Baker")])
    snapshot = publish(workspace, files, import_id=import_id)
    assert publish(workspace, files, import_id=import_id) == snapshot
    retract(workspace, import_id)
    assert delete_person_facts(workspace, ["q"]) == 1
    assert compact_lake(workspace, today=LATER).n_files_after == 1
    assert _people(workspace) == {"p": "Buyer", "r": "Teacher"}
    found = check_lake(workspace, repair=False)
    assert {finding.place for finding in found.findings} <= {first, import_id}
    exported = export_lake(workspace, tmp_path / "out")
    assert sum(table.n_rows for table in exported.tables) == 2
