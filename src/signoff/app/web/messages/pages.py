"""The addresses of this area."""

from signoff.app.web.pages import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = ()
