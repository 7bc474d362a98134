"""What holds at each request of a member: when they were last here, and the second factor."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from signoff.app.web.people.factors import must_set_up
from signoff.app.web.people.sessions import note_seen
from signoff.app.web.rights import Right

__all__ = ["MembershipMiddleware"]

OWN_AREA = "people"


class MembershipMiddleware:
    """Let a member who lacks a second factor that is asked of them only set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_route: Any) -> HttpResponse | None:
        """Lead to the set-up page from every page that shows or changes the workspace."""
        if not request.user.is_authenticated:
            return None
        note_seen(request)
        if is_open(request, view) or not must_set_up(request.user):
            return None
        answer = redirect("people:second_factor")
        if request.headers.get("HX-Request"):
            whole = HttpResponse(status=401)
            whole["HX-Redirect"] = answer.url
            return whole
        return answer


def is_open(request: HttpRequest, view: Any) -> bool:
    """Say whether a page shows nothing of the workspace: open to anybody, or one's own account."""
    page = getattr(view, "page", None)
    right = page.needs(request.method or "GET") if page else Right.ANYBODY
    is_own = right is Right.MEMBER and request.resolver_match.namespace == OWN_AREA
    return is_own or right in (None, Right.ANYBODY)
