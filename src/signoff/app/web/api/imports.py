"""Imports through the API: what came in, and what became of it."""

from datetime import UTC, datetime

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import File, Form, Router, Schema, Status, UploadedFile
from pydantic import Field

from signoff.app.jobs import start_job
from signoff.app.web.api.bearer import Bearer, author
from signoff.app.web.api.jobs import JobStarted
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right
from signoff.store.imports.upload import choose_for_upload, keep_upload
from signoff.store.register import ImportEntry, list_imports, load_import

__all__ = ["router"]

router = Router(tags=["imports"])


class CountsOut(Schema):
    """Rows of an import."""

    n_read: int
    n_published: int
    n_superseded: int
    n_rejected: int


class ImportOut(Schema):
    """One import."""

    import_id: str
    table_name: str
    file_name: str
    state: str
    counts: CountsOut
    by: str
    created_at: datetime
    published_at: datetime | None
    undone_at: datetime | None


@router.get(
    "/imports",
    response={200: list[ImportOut], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("All imports, newest first"),
)
def list_all(request: HttpRequest) -> list[ImportEntry]:
    """Give the ledger of imports."""
    return list_imports(current_workspace().register)


class ImportIn(Schema):
    """What the sender knows of the file; what is left empty is found out."""

    table: str = Field("", max_length=60, description="account, contact, opportunity, spend, ...")
    format: str = Field("", max_length=60, description="Name of a format, where detection errs.")


@router.post(
    "/imports",
    response={202: JobStarted, **PROBLEMS},
    auth=Bearer(Right.IMPORT),
    summary=gettext_noop("Bring a file in, as a job; all of its good rows at once"),
)
def bring_in(
    request: HttpRequest, file: File[UploadedFile], sent: Form[ImportIn]
) -> Status[dict[str, str]]:
    """Keep the file and ask for its import; the job's result names the import."""
    workspace, by = current_workspace(), author(request)
    name = file.name or "file"
    upload = keep_upload(workspace, file.chunks(), name=name, by=by, at=datetime.now(UTC))
    chosen = {key: value for key, value in sent.dict().items() if value}
    choose_for_upload(workspace, upload.upload_id, chosen)
    inputs = {"upload_id": upload.upload_id}
    return Status(202, {"job_id": start_job(workspace, "import_file", inputs=inputs, by=by)})


@router.post(
    "/imports/{import_id}/undo",
    response={202: JobStarted, **PROBLEMS},
    auth=Bearer(Right.IMPORT),
    summary=gettext_noop("Take an import back, as a job; nobody's later work is touched"),
)
def take_back(request: HttpRequest, import_id: str) -> Status[dict[str, str]]:
    """Ask for an import to be undone."""
    workspace = current_workspace()
    entry = load_import(workspace.register, import_id)
    inputs = {"import_id": entry.import_id}
    job_id = start_job(workspace, "undo_import", inputs=inputs, by=author(request))
    return Status(202, {"job_id": job_id})


@router.get(
    "/imports/{import_id}",
    response={200: ImportOut, **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("One import"),
)
def show_import(request: HttpRequest, import_id: str) -> ImportEntry:
    """Give one entry of the ledger."""
    return load_import(current_workspace().register, import_id)
