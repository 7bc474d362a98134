"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.digital.finding import show_pages, show_queries
from signoff.app.web.digital.sessions import show_sessions
from signoff.app.web.pages import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("digital", "digital", show_sessions, menu=_("Digital"), icon="digital"),
    Page("queries", "digital/searches", show_queries),
    Page("pages", "digital/pages", show_pages),
)
