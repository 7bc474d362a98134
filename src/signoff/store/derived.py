"""Facts that Signoff works out itself (plans, forecasts), published as imports are."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from signoff.results import json_default
from signoff.store.engines.duck import fill_table
from signoff.store.lake import data_path, open_lake, publish, write_parquet
from signoff.store.register import (
    ImportCounts,
    ImportEntry,
    ImportState,
    hold_import,
    open_import,
    set_import_state,
)
from signoff.store.schemas import LAKE_TABLES
from signoff.store.workspace import Workspace

__all__ = ["publish_facts"]

Rows = Sequence[Mapping[str, Any]]


def publish_facts(
    workspace: Workspace, tables: Mapping[str, Rows], *, origin: str, by: str, at: datetime
) -> str:
    """Publish rows worked out by Signoff, all tables at once; they can be undone as an import.

    Args:
        workspace: The workspace.
        tables: Rows by table of the lake; tables without rows are passed over.
        origin: What made them ("plan 3f2a").
        by: Who asked for it.
        at: When, in UTC.

    Returns:
        Id of the import that they form.

    Raises:
        DataError: a row has a column that its table lacks, or the turn to write did not come.
    """
    content = json.dumps({name: list(rows) for name, rows in tables.items()}, default=json_default)
    entry = open_import(
        workspace.register,
        table_name=", ".join(tables),
        file_name=origin,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        mapping={},
        by=by,
        at=at,
    )
    counts = ImportCounts(*([sum(len(rows) for rows in tables.values())] * 2))
    with hold_import(workspace.locks_dir, entry.import_id):
        files = _write_files(workspace, tables, entry=entry)
        for state in (ImportState.PUBLISHING, ImportState.LIVE):
            if state is ImportState.LIVE:
                publish(workspace, files, import_id=entry.import_id)
            set_import_state(
                workspace.register, entry.import_id, state=state, by=by, at=at, counts=counts
            )
    return entry.import_id


def _write_files(
    workspace: Workspace, tables: Mapping[str, Rows], *, entry: ImportEntry
) -> dict[str, list[Path]]:
    files: dict[str, list[Path]] = {}
    with open_lake(workspace) as lake:
        for name, rows in tables.items():
            if not rows:
                continue
            fill_table(lake.session, "derived_rows", columns=LAKE_TABLES[name].columns, rows=rows)
            path = data_path(workspace, name, entry.import_id, 0)
            write_parquet(
                lake,
                "SELECT *, CAST($import_id AS VARCHAR) AS import_id, "
                "CAST($import_seq AS BIGINT) AS import_seq FROM derived_rows",
                path,
                values={"import_id": entry.import_id, "import_seq": entry.import_seq},
            )
            files[name] = [path]
    return files
