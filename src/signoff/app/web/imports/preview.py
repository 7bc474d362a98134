"""What an import would do, before it does: first rows, counts, faults; and its start."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from signoff.app.jobs import start_job
from signoff.app.web.imports.words import column_word, fault_word, table_word
from signoff.app.web.place import current_workspace
from signoff.errors import DataError
from signoff.store.imports import Preview, preview_import
from signoff.store.imports.look import look_at_upload
from signoff.store.imports.remembered import remember_mapping
from signoff.store.imports.upload import Upload, choose_for_upload, list_uploads, load_upload

__all__ = ["show_preview", "start_all", "start_import"]

JUDGED_ROWS = 2000
MOST_FILES = 50


def show_preview(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Show what importing an upload would do; its first rows are judged, nothing is stored."""
    workspace = current_workspace()
    upload = load_upload(workspace, upload_id)
    try:
        found = preview_import(
            workspace,
            upload.path,
            options=upload.options(by=request.user.email, at=datetime.now(UTC)),
            most_rows=JUDGED_ROWS,
        )
    except DataError as error:
        others = [fault for fault in error.faults if fault != error.fault]
        context = {"upload": upload, "fault": error.fault, "faults": others}
        return render(request, "imports/preview.html", context, status=400)
    return render(request, "imports/preview.html", _context(upload, found))


def start_import(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Import an upload as a job, and remember how it was mapped."""
    workspace, by = current_workspace(), request.user.email
    upload = load_upload(workspace, upload_id)
    if upload.choices and not upload.mends:
        look = look_at_upload(workspace, upload)
        now = datetime.now(UTC)
        remember_mapping(workspace, look.headings, choices=upload.choices, by=by, at=now)
    job_id = start_job(workspace, "import_file", inputs={"upload_id": upload_id}, by=by)
    return redirect("jobs:show", job_id)


def start_all(request: HttpRequest) -> HttpResponse:
    """Import all uploads of the member that wait, in the order in which they refer to each other.

    A mapping that fits and was used before is used again.
    """
    workspace, by = current_workspace(), request.user.email
    uploads = list_uploads(workspace, by=by)[:MOST_FILES]
    for upload in uploads:
        if not upload.choices:
            look = look_at_upload(workspace, upload)
            if look.remembered and look.remembered.fits:
                choose_for_upload(workspace, upload.upload_id, look.remembered.choices)
    if not uploads:
        return redirect("imports:imports")
    ids = ",".join(upload.upload_id for upload in uploads)
    return redirect(
        "jobs:show", start_job(workspace, "import_files", inputs={"upload_ids": ids}, by=by)
    )


def _context(upload: Upload, found: Preview) -> dict[str, Any]:
    # every imported row is a measured one; to say so on each would tell nothing
    known = (name for name in _names(found) if name != "origin")
    names = [name for name in known if any(_has(row, name) for row in found.first_rows)]
    return {
        "upload": upload,
        "found": found,
        "what": table_word(found.detected.table),
        "is_part": found.n_read >= JUDGED_ROWS,
        "headings": [column_word(found.detected.table, name) for name in names],
        "rows": [[row.get(name) for name in names] for row in found.first_rows],
        "bad": [(fault, fault_word(fault.kind)) for fault in found.faults],
        "left_out": list(found.detected.ignored.items()),
    }


def _names(found: Preview) -> list[str]:
    return list(found.first_rows[0]) if found.first_rows else []


def _has(row: Mapping[str, Any], name: str) -> bool:
    return row.get(name) not in {None, ""}
