"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.pages import Page
from signoff.app.web.research.owners import show_owners
from signoff.app.web.research.reading import show_gaps, show_reading

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("reading", "research", show_reading, menu=_("Research"), icon="research"),
    Page("gaps", "research/gaps", show_gaps),
    Page("owners", "research/owners", show_owners),
)
