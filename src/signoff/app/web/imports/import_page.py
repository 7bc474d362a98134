"""One import: its counts, the rows it gave back, its files, and taking it back."""

from collections.abc import Sequence
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signoff.app.jobs import start_job
from signoff.app.translation import translate
from signoff.app.web.imports.words import FAULT_WORDS, IMPORT_STATES, fault_word, table_word
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, has_right
from signoff.app.web.tables import Head, Table, show_table
from signoff.errors import MissingError
from signoff.store.imports.faults import rejected_paths
from signoff.store.imports.rejected import count_faults, read_faults
from signoff.store.register import ImportEntry, ImportState, list_imports, load_import

__all__ = ["download_faults", "download_rows", "show_import", "undo"]

SHOWN = 5000
TONES = {"live": "good", "failed": "bad", "undone": "quiet"}


def show_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """Show an import; what is wrong with its rows only to those who may see persons."""
    workspace = current_workspace()
    entry = load_import(workspace.register, import_id)
    sees_cells = has_right(role_of(request), Right.SEE_PERSONS) and entry.counts.n_rejected > 0
    context = {
        **_facts(entry),
        "mended": [
            other
            for other in list_imports(workspace.register)
            if other.mapping.get("mends") == entry.import_id
        ],
        "kinds": _kinds(entry) if sees_cells else [],
        "table": _faults(request, entry) if sees_cells else None,
    }
    return render(request, "imports/show.html", context)


def undo(request: HttpRequest, import_id: str) -> HttpResponse:
    """Say what would be taken back; sent, take it back as a job."""
    entry = load_import(current_workspace().register, import_id)
    if request.method == "POST":
        inputs = {"import_id": entry.import_id}
        job_id = start_job(current_workspace(), "undo_import", inputs=inputs, by=request.user.email)
        return redirect("jobs:show", job_id)
    return render(request, "imports/undo.html", _facts(entry))


def download_faults(request: HttpRequest, import_id: str) -> HttpResponse:
    """Give the list of faults as a file."""
    return _download(import_id, rows=False)


def download_rows(request: HttpRequest, import_id: str) -> HttpResponse:
    """Give the rows to mend as a file."""
    return _download(import_id, rows=True)


def _facts(entry: ImportEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "state": IMPORT_STATES[entry.state.value],
        "tone": TONES.get(entry.state.value, "caution"),
        "what": table_word(entry.table_name),
        "is_live": entry.state is ImportState.LIVE,
    }


def _kinds(entry: ImportEntry) -> list[tuple[Any, int]]:
    counts = count_faults(current_workspace(), entry.import_id)
    return [(fault_word(kind), n_faults) for kind, n_faults in counts.items()]


def _faults(request: HttpRequest, entry: ImportEntry) -> Table:
    language = get_language() or "en"
    rows = [
        {
            "line": fault.line,
            "column": fault.column,
            "value": fault.value,
            "kind": fault.kind,
            "reason": translate(fault.reason, language=language),
        }
        for fault in read_faults(current_workspace(), entry.import_id, limit=SHOWN)
    ]
    return show_table(
        request,
        rows,
        name="faults",
        caption=_("What is wrong, by line; the first 5,000 of them"),
        heads=_heads(),
        exports=(),
    )


def _heads() -> Sequence[Head]:
    return (
        Head("line", _("Line"), kind="number"),
        Head("column", _("Column")),
        Head("value", _("What stands there")),
        Head("kind", _("Kind"), choices=tuple(FAULT_WORDS.items())),
        Head("reason", _("Reason")),
    )


def _download(import_id: str, *, rows: bool) -> HttpResponse:
    workspace = current_workspace()
    entry = load_import(workspace.register, import_id)
    listed, mendable = rejected_paths(workspace.rejected_dir, entry.import_id)
    path = mendable if rows else listed
    if not path.is_file():
        raise MissingError(
            "there is no such file",
            why="the import gave no row back, or the file was removed",
            fix="go back to the import",
        )
    return FileResponse(path.open("rb"), as_attachment=True, content_type="text/csv")
