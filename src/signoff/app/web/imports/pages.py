"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.imports.history import show_imports
from signoff.app.web.imports.import_page import download_faults, download_rows, show_import, undo
from signoff.app.web.imports.mapping import choose_mapping
from signoff.app.web.imports.mending import mend_rows
from signoff.app.web.imports.preview import show_preview, start_all, start_import
from signoff.app.web.imports.uploading import drop, upload_files
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

IMPORT = Right.IMPORT
PERSONS = Right.SEE_PERSONS
WAITING = "imports/waiting/<str:upload_id>"

PAGES: tuple[Page, ...] = (
    Page("imports", "imports", show_imports, menu=_("Imports"), icon="imports"),
    Page("upload", "imports/upload", upload_files, reads=IMPORT, writes=IMPORT),
    Page("start_all", "imports/all", start_all, reads=None, writes=IMPORT),
    Page("map", WAITING, choose_mapping, reads=IMPORT, writes=IMPORT),
    Page("preview", f"{WAITING}/preview", show_preview, reads=IMPORT),
    Page("start", f"{WAITING}/import", start_import, reads=None, writes=IMPORT),
    Page("drop", f"{WAITING}/drop", drop, reads=None, writes=IMPORT),
    Page("show", "imports/<str:import_id>", show_import),
    Page("faults", "imports/<str:import_id>/faults.csv", download_faults, reads=PERSONS),
    Page("rows", "imports/<str:import_id>/rows.csv", download_rows, reads=PERSONS),
    Page("mend", "imports/<str:import_id>/mend", mend_rows, reads=IMPORT, writes=IMPORT),
    Page("undo", "imports/<str:import_id>/undo", undo, reads=IMPORT, writes=IMPORT),
)
