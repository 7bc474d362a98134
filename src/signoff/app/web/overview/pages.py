"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.overview.overview import show_overview
from signoff.app.web.overview.sample import load, take_back
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("overview", "", show_overview, reads=Right.SEE, menu=_("Overview"), icon="overview"),
    Page("load_sample", "sample/load", load, reads=None, writes=Right.IMPORT),
    Page("undo_sample", "sample/undo", take_back, reads=None, writes=Right.IMPORT),
)
