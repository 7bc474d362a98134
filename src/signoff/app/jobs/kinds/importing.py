"""Jobs that bring an uploaded file in, and that take an import back."""

from datetime import UTC, datetime

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.store.imports import import_file, recover_imports, undo_import
from signoff.store.imports.upload import drop_upload, load_upload
from signoff.store.register import ImportEntry, ImportState, list_imports, load_import
from signoff.store.workspace import Workspace

__all__ = ["IMPORT_FILE", "PHASES", "UNDO_IMPORT", "bring_in"]

PHASES = ("hashing", "reading", "checking", "storing contacts", "writing", "publishing")


def bring_in(work: Work, upload_id: str, *, mark: str) -> Result:
    """Import one upload, once: a step begun anew finds what it did before it was cut off.

    Args:
        work: What the step was given.
        upload_id: The upload.
        mark: What the import is known by: the job, or one of its files.

    Returns:
        Id and counts of the import.
    """
    recover_imports(work.workspace)
    made = _made_before(work.workspace, mark)
    if made:
        return _counts(made)
    upload = load_upload(work.workspace, upload_id)
    receipt = import_file(
        work.workspace,
        upload.path,
        options=upload.options(by=work.by, at=datetime.now(UTC), job_id=mark),
        on_progress=work.tell,
    )
    return {
        "import_id": receipt.import_id,
        "table": receipt.table,
        "n_read": receipt.n_read,
        "n_published": receipt.n_published,
        "n_superseded": receipt.n_superseded,
        "n_rejected": receipt.n_rejected,
        "is_new": receipt.is_new,
    }


def _made_before(workspace: Workspace, mark: str) -> ImportEntry | None:
    over = {ImportState.LIVE, ImportState.UNDOING, ImportState.UNDONE}
    for entry in list_imports(workspace.register):
        if entry.mapping.get("job_id") == mark and entry.state in over:
            return entry
    return None


def _counts(entry: ImportEntry) -> Result:
    return {
        "import_id": entry.import_id,
        "table": entry.table_name,
        "n_read": entry.counts.n_read,
        "n_published": entry.counts.n_published,
        "n_superseded": entry.counts.n_superseded,
        "n_rejected": entry.counts.n_rejected,
        "is_new": True,
    }


def _import(work: Work) -> Result:
    return bring_in(work, work.inputs["upload_id"], mark=work.job_id)


def _clear(work: Work) -> Result:
    drop_upload(work.workspace, work.inputs["upload_id"])
    return {}


def _undo(work: Work) -> Result:
    entry = load_import(work.workspace.register, work.inputs["import_id"])
    if entry.state is not ImportState.UNDONE:
        now = datetime.now(UTC)
        undo_import(work.workspace, entry.import_id, by=work.by, at=now)
    return {
        "import_id": entry.import_id,
        "table": entry.table_name,
        "n_removed": entry.counts.n_published,
    }


IMPORT_FILE = JobKind(
    "import_file",
    (Step("import", _import, phases=PHASES), Step("clear", _clear)),
    inputs=("upload_id",),
)
UNDO_IMPORT = JobKind("undo_import", (Step("undo", _undo),), inputs=("import_id",))
