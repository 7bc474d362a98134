"""Facts that Signoff works out itself (plans, forecasts), published as imports are."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

from signoff.results import json_default
from signoff.store.engines.binding import bound_values
from signoff.store.engines.duck import DuckEngine, fill_table, fresh_session
from signoff.store.engines.engine import Relation
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

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["publish_facts"]

Rows = Sequence[Mapping[str, Any]]
Facts = Mapping[str, Rows | Relation]


def publish_facts(
    workspace: Workspace,
    tables: Facts,
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
        tables: Rows by table of the lake; tables without rows are passed over. Many rows are best
            given as a relation of DuckDB, which never leave the engine; its statement and values
            then stand for them when it is told whether they are the same.
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
    tables: Facts,
    *,
    entry: ImportEntry,
    at: datetime,
    along: Callable[[], None] | None,
) -> None:
    register, import_id = workspace.register, entry.import_id
    files, n_rows = _write_files(workspace, tables, entry=entry)
    counts = ImportCounts(n_read=n_rows, n_published=n_rows)
    publishing, live = ImportState.PUBLISHING, ImportState.LIVE
    set_import_state(register, import_id, state=publishing, by=entry.by, at=at, counts=counts)
    if files:
        publish(workspace, files, import_id=import_id)
    with register.together():
        if along:
            along()
        set_import_state(register, import_id, state=live, by=entry.by, at=at)


def _hash(tables: Facts) -> str:
    content = {
        name: [rows.statement.sql, dict(rows.values)] if isinstance(rows, Relation) else list(rows)
        for name, rows in tables.items()
    }
    return hashlib.sha256(json.dumps(content, default=json_default).encode()).hexdigest()


def _write_files(
    workspace: Workspace, tables: Facts, *, entry: ImportEntry
) -> tuple[dict[str, list[LakePath]], int]:
    files: dict[str, list[LakePath]] = {}
    n_rows = 0
    with closing(fresh_session()) as own:
        for name, rows in tables.items():
            if isinstance(rows, Sequence) and not rows:
                continue
            session, sql, values = _source(own, name, rows)
            path = data_path(workspace, name, entry.import_id, 0)
            n_rows += copy_parquet(
                session,
                f"SELECT *, CAST($import_id AS VARCHAR) AS import_id, "
                f"CAST($import_seq AS BIGINT) AS import_seq FROM {sql}",
                path,
                values={**values, "import_id": entry.import_id, "import_seq": entry.import_seq},
            )
            files[name] = [path]
    return files, n_rows


def _source(
    own: "DuckDBPyConnection", name: str, rows: Rows | Relation
) -> tuple["DuckDBPyConnection", str, Mapping[str, Any]]:
    """Give the session that holds the rows of a table, what they are called there, and values."""
    columns = LAKE_TABLES[name].columns
    if isinstance(rows, Relation) and isinstance(rows.engine, DuckEngine):
        cells = ", ".join(f"CAST({c.name} AS {c.type}) AS {c.name}" for c in columns)
        values = bound_values(rows.statement, rows.values)
        sql = f"(SELECT {cells} FROM ({rows.statement.marked('$')}) AS found)"
        return rows.engine.session, sql, values
    given = rows.rows() if isinstance(rows, Relation) else rows
    fill_table(own, "derived_rows", columns=columns, rows=given)
    return own, "derived_rows", {}
