"""The addresses of this area."""

from signoff.app.web.pages import Page
from signoff.app.web.rights import Right
from signoff.app.web.upkeep.health import answer_health

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (Page("health", "health", answer_health, reads=Right.ANYBODY),)
