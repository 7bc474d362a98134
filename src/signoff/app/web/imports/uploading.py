"""Files are uploaded: each is checked by its content at once."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from signoff.app.web.imports.receiving import refuse_unreceived
from signoff.app.web.place import current_workspace
from signoff.errors import DataError, Fault
from signoff.store.imports.upload import Upload, drop_upload, keep_upload, load_upload

__all__ = ["drop", "upload_files"]

MOST_FILES = 50


def upload_files(request: HttpRequest) -> HttpResponse:
    """Take files in; one leads to its mapping, several to the list of those that wait."""
    if request.method != "POST":
        return render(request, "imports/upload.html")
    try:
        kept = _keep(request)
    except DataError as error:
        others = [fault for fault in error.faults if fault != error.fault]
        context = {"fault": error.fault, "faults": others}
        return render(request, "imports/upload.html", context, status=400)
    if len(kept) == 1:
        return redirect("imports:map", kept[0].upload_id)
    return redirect("imports:imports")


def drop(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Throw an upload away."""
    upload = load_upload(current_workspace(), upload_id)
    drop_upload(current_workspace(), upload.upload_id)
    return redirect("imports:imports")


def _keep(request: HttpRequest) -> list[Upload]:
    """Keep the files that can be imported; say of each other one why not."""
    files: list[Any] = request.FILES.getlist("files")
    refuse_unreceived(request)
    if not 0 < len(files) <= MOST_FILES:
        raise DataError(
            f"{len(files)} files came",
            why=f"1 to {MOST_FILES} are taken at a time",
            fix="choose the files to import",
        )
    kept: list[Upload] = []
    faults: list[Fault] = []
    for file in files:
        try:
            kept.append(
                keep_upload(
                    current_workspace(),
                    file.chunks(),
                    name=file.name,
                    by=request.user.email,
                    at=datetime.now(UTC),
                )
            )
        except DataError as error:
            faults += error.faults
    if faults:
        raise _some_refused(kept, faults)
    return kept


def _some_refused(kept: list[Upload], faults: list[Fault]) -> DataError:
    if not kept and len(faults) == 1:
        only = faults[0]
        return DataError(only.what, why=only.why, fix=only.fix, where=only.where)
    return DataError(
        f"{len(faults)} files cannot be imported",
        why=f"the other {len(kept)} are kept and wait for their import",
        fix="see the lines below; the others wait on the page of imports",
        faults=faults,
    )
