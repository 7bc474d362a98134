"""Facts that Signoff works out itself (plans, forecasts), published as imports are."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from typing import Any

from signoff.results import json_default
from signoff.store.engines.duck import fill_table, fresh_session
from signoff.store.imports.recover import OPENING, settle_import
from signoff.store.lake.objects import LakePath
from signoff.store.lake.place import data_path
from signoff.store.lake.publication import copy_parquet, publish
from signoff.store.register import (
    ImportCounts,
    ImportEntry,
    ImportState,
    find_live_import,
    hold_import,
    open_import,
    set_import_state,
)
from signoff.store.register.ledger import DERIVED
from signoff.store.schemas import LAKE_TABLES
from signoff.store.workspace import Workspace

__all__ = ["publish_facts"]

Rows = Sequence[Mapping[str, Any]]


def publish_facts(
    workspace: Workspace,
    tables: Mapping[str, Rows],
    *,
    origin: str,
    by: str,
    at: datetime,
    along: Callable[[], None] | None = None,
) -> str:
    """Publish rows worked out by Signoff, all tables at once; they can be undone as an import.

    Killed at any moment, either the rows count and what came along is kept, or nothing of either
    is left after the next import or `check_lake`. The same rows published again add nothing.

    Args:
        workspace: The workspace.
        tables: Rows by table of the lake; tables without rows are passed over.
        origin: What made them ("plan 3f2a").
        by: Who asked for it.
        at: When, in UTC.
        along: Writes to the register what belongs to the rows; it and the step by which the rows
            count are one transaction.

    Returns:
        Id of the import that they form.

    Raises:
        DataError: a row has a column that its table lacks, or the turn to write did not come;
            nothing is left.
    """
    content, table_name = _hash(tables), ", ".join(tables)
    known = find_live_import(workspace.register, table_name=table_name, content_sha256=content)
    if known:
        if along:
            with workspace.register.together():
                along()
        return known.import_id
    with ExitStack() as held:
        with OPENING:
            entry = open_import(
                workspace.register,
                table_name=table_name,
                file_name=origin,
                content_sha256=content,
                mapping={DERIVED: True},
                by=by,
                at=at,
            )
            held.enter_context(hold_import(workspace.locks_dir, entry.import_id))
        try:
            _publish(workspace, tables, entry=entry, at=at, along=along)
        except BaseException:
            settle_import(workspace, entry.import_id, at=at)
            raise
    return entry.import_id


def _publish(
    workspace: Workspace,
    tables: Mapping[str, Rows],
    *,
    entry: ImportEntry,
    at: datetime,
    along: Callable[[], None] | None,
) -> None:
    n_rows = sum(len(rows) for rows in tables.values())
    counts = ImportCounts(n_read=n_rows, n_published=n_rows)
    register, import_id = workspace.register, entry.import_id
    files = _write_files(workspace, tables, entry=entry)
    publishing, live = ImportState.PUBLISHING, ImportState.LIVE
    set_import_state(register, import_id, state=publishing, by=entry.by, at=at, counts=counts)
    if files:
        publish(workspace, files, import_id=import_id)
    with register.together():
        if along:
            along()
        set_import_state(register, import_id, state=live, by=entry.by, at=at)


def _hash(tables: Mapping[str, Rows]) -> str:
    content = json.dumps({name: list(rows) for name, rows in tables.items()}, default=json_default)
    return hashlib.sha256(content.encode()).hexdigest()


def _write_files(
    workspace: Workspace, tables: Mapping[str, Rows], *, entry: ImportEntry
) -> dict[str, list[LakePath]]:
    files: dict[str, list[LakePath]] = {}
    with closing(fresh_session()) as session:
        for name, rows in tables.items():
            if not rows:
                continue
            fill_table(session, "derived_rows", columns=LAKE_TABLES[name].columns, rows=rows)
            path = data_path(workspace, name, entry.import_id, 0)
            copy_parquet(
                session,
                "SELECT *, CAST($import_id AS VARCHAR) AS import_id, "
                "CAST($import_seq AS BIGINT) AS import_seq FROM derived_rows",
                path,
                values={"import_id": entry.import_id, "import_seq": entry.import_seq},
            )
            files[name] = [path]
    return files
