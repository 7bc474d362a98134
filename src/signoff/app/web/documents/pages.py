"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.documents.beside import show_beside
from signoff.app.web.documents.drafts import save_draft, throw_away
from signoff.app.web.documents.editing import edit_document
from signoff.app.web.documents.files import download_file, upload_file
from signoff.app.web.documents.joining import join_versions
from signoff.app.web.documents.shelf import list_all, new_document
from signoff.app.web.documents.versions import (
    compare_versions,
    restore_version,
    show_history,
    show_version,
)
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

NAMED = "<str:kind>/<path:name>"

PAGES: tuple[Page, ...] = (
    Page("list", "documents", list_all, menu=_("Documents"), icon="documents"),
    Page(
        "new",
        "documents/new/<str:kind>",
        new_document,
        reads=Right.PLAN,
        writes=Right.PLAN,
    ),
    Page("edit", f"documents/edit/{NAMED}", edit_document, reads=Right.PLAN, writes=Right.PLAN),
    Page("show", f"documents/show/{NAMED}", show_version),
    Page("history", f"documents/history/{NAMED}", show_history),
    Page("compare", f"documents/compare/{NAMED}", compare_versions),
    Page(
        "restore",
        "documents/restore/<str:kind>/<int:version>/<path:name>",
        restore_version,
        reads=None,
        writes=Right.PLAN,
    ),
    Page("join", f"documents/join/{NAMED}", join_versions, reads=None, writes=Right.PLAN),
    Page("draft", f"documents/draft/{NAMED}", save_draft, reads=None, writes=Right.PLAN),
    Page("throw_away", f"documents/draft-away/{NAMED}", throw_away, reads=None, writes=Right.PLAN),
    Page("beside", "documents/beside/<path:name>", show_beside, reads=None, writes=Right.PLAN),
    Page("file", f"documents/file/{NAMED}", download_file),
    Page("upload", f"documents/upload/{NAMED}", upload_file, reads=Right.PLAN, writes=Right.PLAN),
)
