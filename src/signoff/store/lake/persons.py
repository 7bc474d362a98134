"""Taking a person's facts out of the lake, and out of its files."""

from collections.abc import Sequence

from signoff.store.lake.compaction import KeptLakeHome, clean_files, drop_snapshots, rewrite_tables
from signoff.store.lake.place import writers_turn
from signoff.store.lake.publication import changing
from signoff.store.lake.session import LakeConnection
from signoff.store.register.runs import pinned_snapshots

__all__ = ["delete_person_facts"]

OF_ONE_PERSON = ("person_fact", "committee_role")


def delete_person_facts(workspace: KeptLakeHome, person_ids: Sequence[str]) -> int:
    """Delete what the lake knows of people, by their random ids, and write its files anew.

    Their touches stay, as touches of their accounts by nobody in particular. A snapshot that a
    run has read keeps the facts, and the catalog's statistics may keep a bound, under the random
    id, which then leads to no name any more.

    Args:
        workspace: The workspace.
        person_ids: The people.

    Returns:
        Number of rows deleted or made anonymous.

    Raises:
        DataError: the lake cannot be written.
    """
    ids = {"ids": list(person_ids)}
    theirs = "person_id IN (SELECT unnest($ids))"
    n_rows = 0

    def delete(lake: LakeConnection) -> None:
        nonlocal n_rows
        deleted = [
            lake.rows(f"DELETE FROM lake.{table} WHERE {theirs}", ids) for table in OF_ONE_PERSON
        ]
        nobody = "UPDATE lake.event SET person_id = NULL, visitor = NULL"
        changed = lake.rows(f"{nobody} WHERE {theirs}", ids)
        n_rows = sum(int(rows[0][0]) for rows in [*deleted, changed])

    if not person_ids:
        return 0
    # also when no row was left: an earlier call may have been cut off before the files went
    changing(workspace, delete, afterwards=lambda lake: _forget_files(lake, workspace))
    return n_rows


def _forget_files(lake: LakeConnection, workspace: KeptLakeHome) -> None:
    rewrite_tables(lake, workspace, tables=(*OF_ONE_PERSON, "event"), deleted_share=0.0)
    with writers_turn(workspace):
        drop_snapshots(lake, pinned=pinned_snapshots(workspace.register))
        clean_files(lake)
