"""What every page shows around its own: workspace, menu, the reader's language and theme."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from signoff.app.web.addresses import list_pages
from signoff.app.web.pages import role_of
from signoff.app.web.place import current_workspace
from signoff.app.web.reader import theme_of
from signoff.app.web.rights import Right, has_right, rights_of

__all__ = ["describe_shell"]


def describe_shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell's context: menu as far as the visitor may, rights, language, theme."""
    role = role_of(request)
    return {
        "workspace_name": current_workspace().settings.name,
        "menu": _menu(request) if role else [],
        "may": {right.value: True for right in rights_of(role)},
        "theme": theme_of(request),
        "language": get_language(),
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    """List the pages with a word in the menu that the visitor may see."""
    role = role_of(request)
    match = getattr(request, "resolver_match", None)
    here = match.namespace if match else ""
    return [
        {
            "label": page.menu,
            "icon": page.icon,
            "address": reverse(f"{area}:{page.name}"),
            "is_here": area == here,
        }
        for area, page in list_pages()
        if page.menu and has_right(role, page.reads or Right.MANAGE)
    ]
