"""Every address of the application, by area."""

from collections.abc import Iterator
from importlib import import_module

from signoff.app.web.areas import AREAS
from signoff.app.web.pages import Page

__all__ = ["list_pages"]


def list_pages() -> Iterator[tuple[str, Page]]:
    """Give every page with the area it belongs to, in the order of the menu."""
    for area in AREAS:
        for page in import_module(f"signoff.app.web.{area}.pages").PAGES:
            yield area, page
