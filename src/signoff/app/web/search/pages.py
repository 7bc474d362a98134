"""The addresses of this area."""

from signoff.app.web.pages import Page
from signoff.app.web.rights import Right
from signoff.app.web.search.finder import find

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (Page("find", "find", find, reads=Right.SEE),)
