"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.imports.history import show_imports
from signoff.app.web.imports.import_page import download_faults, download_rows, show_import, undo
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PERSONS = Right.SEE_PERSONS

PAGES: tuple[Page, ...] = (
    Page("imports", "imports", show_imports, menu=_("Imports"), icon="imports"),
    Page("show", "imports/<str:import_id>", show_import),
    Page("faults", "imports/<str:import_id>/faults.csv", download_faults, reads=PERSONS),
    Page("rows", "imports/<str:import_id>/rows.csv", download_rows, reads=PERSONS),
    Page("undo", "imports/<str:import_id>/undo", undo, reads=Right.IMPORT, writes=Right.IMPORT),
)
