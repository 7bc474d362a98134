"""Take one import back: its rows and contacts, and nobody's later work."""

from datetime import datetime

from signoff.errors import DataError
from signoff.store.exports.barring import remember_barred
from signoff.store.imports.receipt import UndoReceipt
from signoff.store.imports.recover import finish_undo
from signoff.store.imports.target import find_target
from signoff.store.lake.session import open_lake
from signoff.store.register.ledger import (
    ImportEntry,
    ImportState,
    hold_import,
    load_import,
    set_import_state,
)
from signoff.store.register.persons import ids_of_import
from signoff.store.workspace import Workspace

__all__ = ["undo_import"]

MERGES = "account_merge"


def undo_import(workspace: Workspace, import_id: str, *, by: str, at: datetime) -> UndoReceipt:
    """Take an import back; rows that it superseded count again.

    Whoever was suppressed or erased since stays so.

    Args:
        workspace: The workspace.
        import_id: The import, or the first characters of its id.
        by: Who undoes it.
        at: When, UTC.

    Returns:
        How much was taken back.

    Raises:
        DataError: there is no such import, it is not live, or somebody else works on it.
    """
    entry = load_import(workspace.register, import_id)
    if entry.state not in {ImportState.LIVE, ImportState.UNDOING}:
        raise DataError(
            f"import {entry.import_id} cannot be undone",
            why=f"it is {entry.state.value}",
            fix="see signoff imports list",
        )
    if entry.table_name == MERGES:
        raise DataError(
            f"import {entry.import_id} cannot be undone",
            why="merges follow from answers, and would come back with the next one",
            fix="take the answers back, on the page of duplicates",
        )
    with hold_import(workspace.locks_dir, entry.import_id):
        told_of = ids_of_import(workspace.register, entry.import_seq)
        remember_barred(workspace, person_ids=told_of, by=by, at=at)
        set_import_state(
            workspace.register, entry.import_id, state=ImportState.UNDOING, by=by, at=at
        )
        n_rows = _count_rows(workspace, entry)
        _, n_persons = finish_undo(workspace, entry, by=by, at=at)
    return UndoReceipt(
        import_id=entry.import_id,
        table=entry.table_name,
        file_name=entry.file_name,
        n_removed=n_rows,
        n_persons=n_persons,
    )


def _count_rows(workspace: Workspace, entry: ImportEntry) -> int:
    tables = (
        entry.table_name.split(", ")
        if entry.is_derived
        else [find_target(entry.table_name).table.name]
    )
    with open_lake(workspace) as lake:
        return sum(
            int(count)
            for table in tables
            for (count,) in lake.rows(
                f"SELECT count(*) FROM lake.{table} WHERE import_id = ?", [entry.import_id]
            )
        )
