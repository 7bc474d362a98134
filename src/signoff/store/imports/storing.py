"""From judged rows to published rows: persons, Parquet, one short publication."""

from pathlib import Path

from signoff.errors import DataError
from signoff.store.imports.consents import stage_stated_consents
from signoff.store.imports.contacts import stage_contacts
from signoff.store.imports.desk import Desk
from signoff.store.imports.faults import write_rejected
from signoff.store.imports.known import has_live_imports
from signoff.store.imports.lakerows import parquet_sql
from signoff.store.imports.options import ImportOptions, OnProgress
from signoff.store.imports.reading import literal
from signoff.store.imports.receipt import ImportReceipt
from signoff.store.lake.objects import LakePath
from signoff.store.lake.place import data_path
from signoff.store.lake.publication import copy_parquet, publish, retract
from signoff.store.lake.session import open_lake
from signoff.store.register.ledger import (
    ImportCounts,
    ImportEntry,
    ImportState,
    set_import_state,
)
from signoff.store.register.suppression import SuppressionLedger
from signoff.store.workspace import Workspace

__all__ = ["store_rows"]


def store_rows(
    workspace: Workspace,
    desk: Desk,
    *,
    entry: ImportEntry,
    options: ImportOptions,
    on_progress: OnProgress,
) -> ImportReceipt:
    """Store the rows of a desk and publish them.

    Args:
        workspace: The workspace.
        desk: The judged file.
        entry: The import, in the state staging, held by this process.
        options: Who imports, and when.
        on_progress: Told what is being done.

    Returns:
        The receipt; the rows are there once it is.
    """
    register = workspace.register
    if desk.plan.target.name == "contact":
        stage_contacts(
            desk.session,
            desk.plan,
            register=register,
            import_seq=entry.import_seq,
            folder=desk.folder,
            on_progress=on_progress,
        )
        stage_stated_consents(desk.session, desk.plan, register=register, entry=entry)
    on_progress("writing", desk.n_kept())
    rejected = _give_back(workspace, desk, entry)
    table = desk.plan.target.table.name
    path = data_path(workspace, table, entry.import_id, 0)
    n_published = _write_parquet(desk, entry, path)
    counts = ImportCounts(
        n_read=desk.staged.n_rows,
        n_published=n_published,
        n_superseded=_count_superseded(workspace, desk, path),
        n_rejected=desk.n_bad(),
    )
    on_progress("publishing", n_published)
    _refuse_changed_list(workspace, desk)
    set_import_state(
        register,
        entry.import_id,
        state=ImportState.PUBLISHING,
        by=options.by,
        at=options.at,
        counts=counts,
    )
    publish(workspace, {table: [path]}, import_id=entry.import_id)
    _refuse_changed_list(workspace, desk, published=entry.import_id)
    set_import_state(
        register, entry.import_id, state=ImportState.LIVE, by=options.by, at=options.at
    )
    return _receipt(desk, entry, counts, rejected)


def _refuse_changed_list(workspace: Workspace, desk: Desk, *, published: str = "") -> None:
    """Give up when somebody was suppressed or erased since the contacts were checked.

    Looked at before and after publishing: whoever is erased later is found in the lake.
    """
    if desk.ledger is None or SuppressionLedger.load(workspace) == desk.ledger:
        return
    if published:
        retract(workspace, published)
    raise DataError(
        f"the suppression list changed while {desk.detected.file_name} was imported",
        why="somebody in the file may have been suppressed or erased meanwhile",
        fix="import the file again; nothing was imported",
        where=desk.detected.file_name,
    )


def _give_back(workspace: Workspace, desk: Desk, entry: ImportEntry) -> tuple[Path, Path] | None:
    if not desk.n_bad():
        return None
    return write_rejected(
        desk.session,
        desk.plan,
        folder=workspace.rejected_dir,
        import_id=entry.import_id,
        remark=desk.remark(),
    )


def _write_parquet(desk: Desk, entry: ImportEntry, path: LakePath) -> int:
    sql = parquet_sql(desk.plan, import_id=entry.import_id, import_seq=entry.import_seq)
    return copy_parquet(desk.session, sql, path)


def _count_superseded(workspace: Workspace, desk: Desk, path: LakePath) -> int:
    """Count the rows whose key is in the lake already."""
    if not has_live_imports(workspace, desk.plan.target.name):
        return 0
    table = desk.plan.target.table
    keys = ", ".join(table.key)
    same = " AND ".join(f"coming.{name} IS NOT DISTINCT FROM there.{name}" for name in table.key)
    with open_lake(workspace) as lake:
        found = lake.rows(
            f"SELECT count(*) FROM read_parquet({literal(str(path))}) AS coming "
            f"SEMI JOIN (SELECT {keys} FROM lake.{table.name}) AS there ON {same}"
        )
    return int(found[0][0])


def _receipt(
    desk: Desk,
    entry: ImportEntry,
    counts: ImportCounts,
    rejected: tuple[Path, Path] | None,
) -> ImportReceipt:
    return ImportReceipt(
        import_id=entry.import_id,
        table=desk.detected.table,
        format=desk.detected.format,
        file_name=desk.detected.file_name,
        n_read=counts.n_read,
        n_published=counts.n_published,
        n_superseded=counts.n_superseded,
        n_rejected=counts.n_rejected,
        is_new=True,
        rejected_path=rejected[0] if rejected else None,
        rejected_rows_path=rejected[1] if rejected else None,
        mapping=dict(desk.detected.mapping),
        ignored=dict(desk.detected.ignored),
        faults=desk.faults(),
        notes=(*desk.notes(), *_summed(counts, desk)),
    )


def _summed(counts: ImportCounts, desk: Desk) -> list[str]:
    """Say when several lines of a report were added up to one row."""
    n_kept = desk.n_kept()
    if n_kept == counts.n_published:
        return []
    grain = desk.plan.target.table.grain
    return [f"{n_kept:,} lines were added up to {counts.n_published:,} rows, each {grain}."]
