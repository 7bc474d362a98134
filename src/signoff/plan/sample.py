"""A sample campaign, invented throughout: facts and a brief to look around with; undoable."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from importlib.resources import as_file

from signoff.brief import Brief, read_brief, starter_brief
from signoff.errors import DataError
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.register import (
    ImportEntry,
    ImportState,
    document_history,
    list_imports,
    save_document,
)
from signoff.store.workspace import Workspace

__all__ = ["SAMPLE_BRIEF", "SampleReceipt", "load_sample", "sample_imports", "undo_sample"]

SAMPLE_BRIEF = "sample"
PREFIX = "sample-"
# accounts before the people who work there, venues before their prices
FILES = ("accounts", "contacts", "venue", "rate", "venue_audience", "spend", "event")
OnFile = Callable[[int, int], None]


@dataclass(frozen=True)
class SampleReceipt:
    """What was loaded, or taken back.

    Attributes:
        n_imports: Imports made, or undone.
        n_rows: Rows published, or taken back.
        brief_name: The brief to plan from.
    """

    n_imports: int
    n_rows: int
    brief_name: str = SAMPLE_BRIEF


def load_sample(
    workspace: Workspace, *, by: str, at: datetime, on_file: OnFile | None = None
) -> SampleReceipt:
    """Fill an empty workspace with the sample campaign; cut off, it can be called again.

    Every firm, person, venue and number in it is invented; the contacts are marked as generated,
    the files are called sample.

    Args:
        workspace: A workspace without facts of its own.
        by: Who loads it.
        at: When, UTC.
        on_file: Told how many files are done, and how many there are.

    Returns:
        What was imported, and the brief to plan from.

    Raises:
        DataError: the workspace holds facts already, which would mix with invented ones.

    Call it so: `load_sample(workspace, by="ann", at=datetime.now(UTC))`.
    """
    _refuse_own_facts(workspace)
    tell = on_file or (lambda _done, _total: None)
    folder = resources.files("signoff.plan") / "data"
    n_rows = 0
    for place, name in enumerate(FILES):
        tell(place, len(FILES))
        with as_file(folder / f"{PREFIX}{name}.csv") as path:
            receipt = import_file(workspace, path, options=ImportOptions(by=by, at=at))
        n_rows += receipt.n_published
    _keep_brief(workspace, by=by, at=at)
    return SampleReceipt(n_imports=len(FILES), n_rows=n_rows)


def sample_imports(workspace: Workspace) -> list[ImportEntry]:
    """Give the imports of the sample campaign that still count.

    Args:
        workspace: The workspace.

    Returns:
        The imports, oldest first.

    Call it so: `sample_imports(workspace)`; none of them where no sample is loaded.
    """
    live = list_imports(workspace.register, state=ImportState.LIVE)
    found = [entry for entry in live if _is_sample(entry)]
    return sorted(found, key=lambda entry: entry.import_seq)


def undo_sample(workspace: Workspace, *, by: str, at: datetime) -> SampleReceipt:
    """Take the sample campaign back; its brief and plans stay among the documents.

    Args:
        workspace: The workspace.
        by: Who takes it back.
        at: When, UTC.

    Returns:
        How much was taken back.

    Raises:
        DataError: somebody else works on one of the imports.

    Call it so: `undo_sample(workspace, by="ann", at=datetime.now(UTC))`.
    """
    undone = [
        undo_import(workspace, entry.import_id, by=by, at=at)
        for entry in reversed(sample_imports(workspace))
    ]
    n_rows = sum(receipt.n_removed for receipt in undone)
    return SampleReceipt(n_imports=len(undone), n_rows=n_rows)


def _is_sample(entry: ImportEntry) -> bool:
    return entry.file_name in {f"{PREFIX}{name}.csv" for name in FILES}


def _refuse_own_facts(workspace: Workspace) -> None:
    live = list_imports(workspace.register, state=ImportState.LIVE)
    own = [entry.file_name for entry in live if not entry.is_derived and not _is_sample(entry)]
    if own:
        raise DataError(
            "the sample campaign is not loaded here",
            why=f"the workspace holds facts already, from {', '.join(own[:3])}",
            fix="make a workspace of its own for it: signoff init",
        )


def _keep_brief(workspace: Workspace, *, by: str, at: datetime) -> None:
    """Keep the brief of the sample, unless its newest version is the same."""
    brief: Brief = read_brief(starter_brief())
    body = json.loads(brief.model_dump_json())
    kept = document_history(workspace.register, kind="brief", name=SAMPLE_BRIEF)
    if not kept or kept[0].body != body:
        save_document(
            workspace.register, kind="brief", name=SAMPLE_BRIEF, body=body, author=by, at=at
        )
