"""Imports through the API: what came in, and what became of it."""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema

from signoff.app.web.api.bearer import Bearer
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right
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
    summary="All imports, newest first",
)
def list_all(request: HttpRequest) -> list[ImportEntry]:
    """Give the ledger of imports."""
    return list_imports(current_workspace().register)


@router.get(
    "/imports/{import_id}",
    response={200: ImportOut, **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary="One import",
)
def show_import(request: HttpRequest, import_id: str) -> ImportEntry:
    """Give one entry of the ledger."""
    return load_import(current_workspace().register, import_id)
