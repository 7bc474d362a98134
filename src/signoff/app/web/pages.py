"""An address of the application: where it is, what shows it, and which right it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from signoff.app.web.rights import Right, Role, has_right

__all__ = ["Page", "View", "protect", "role_of", "route"]

View = Callable[..., HttpResponse]
READS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Page:
    """One address.

    Attributes:
        name: Its name within its area: `accounts` of `audience` is `audience:accounts`.
        path: Its route, without a slash in front, as Django writes routes.
        view: What answers; called only when the visitor may.
        reads: Right that looking needs; None: it cannot be looked at.
        writes: Right that sending needs; None: nothing can be sent there.
        menu: Its word in the menu, lazily translated; empty: it is in no menu.
        icon: Name of the menu's picture.
    """

    name: str
    path: str
    view: View
    reads: Right | None = Right.SEE
    writes: Right | None = None
    menu: Any = ""
    icon: str = ""

    def needs(self, method: str) -> Right | None:
        """Give the right that a method needs, or None where the method is not taken."""
        return self.reads if method in READS else self.writes if method == "POST" else None


def route(page: Page) -> URLPattern:
    """Give the route of a page, its view guarded by the page's rights."""
    guarded = protect(page)
    return path(page.path, guarded, name=page.name)


def role_of(request: HttpRequest) -> Role | None:
    """Give the visitor's role; None for whoever is not signed in."""
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return None
    return Role(member.role)


def protect(page: Page) -> View:
    """Let only those through who may; everybody else is told to sign in, or refused.

    Args:
        page: The page; its view is called when the visitor has the right that the method needs.

    Returns:
        The view to route to. It carries the page as `page`, by which a test finds addresses that
        are not guarded.
    """

    @wraps(page.view)
    def guarded(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        needed = page.needs(request.method or "GET")
        if needed is None:
            allowed = ["GET", "HEAD"] * (page.reads is not None) + ["POST"] * (
                page.writes is not None
            )
            return HttpResponseNotAllowed(allowed)
        role = role_of(request)
        if has_right(role, needed):
            return page.view(request, *args, **names)
        if role is None:
            return _ask_to_sign_in(request)
        raise PermissionDenied

    guarded.page = page  # type: ignore[attr-defined]  # read by the test of the matrix
    return guarded


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the sign-in page and back; htmx is told to load it whole."""
    answer = redirect_to_login(_came_from(request))
    if request.headers.get("HX-Request"):
        whole = HttpResponse(status=401)
        whole["HX-Redirect"] = answer.url
        return whole
    return answer


def _came_from(request: HttpRequest) -> str:
    """Give the page to come back to: of something sent, the page whose form sent it."""
    if request.method in READS and not request.headers.get("HX-Request"):
        return request.get_full_path()
    said = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(said, {request.get_host()}):
        where = urlsplit(said)
        here = "/" + where.path.lstrip("/")  # two slashes would name another host
        return f"{here}?{where.query}" if where.query else here
    return reverse("overview:overview")
