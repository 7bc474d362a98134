"""What a visitor sees when something goes wrong: what, why and how to mend it, never a trace."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.errors import ConflictError, Fault, MissingError, SignoffError

__all__ = [
    "FailureMiddleware",
    "bad_request",
    "broken",
    "forged",
    "not_found",
    "refused",
    "show_error",
    "status_of",
]

log = logging.getLogger("signoff.web")


class FailureMiddleware:
    """Show an error that the visitor can mend as a page, instead of breaking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as usual."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show what, why and fix of an error of ours; any other goes on to the page for bugs."""
        if isinstance(error, SignoffError):
            return show_error(request, error, status=status_of(error))
        return None


def status_of(error: SignoffError) -> int:
    """Give the status that answers an error.

    >>> status_of(MissingError("no such plan", why="none was made", fix="make one"))
    404
    """
    if isinstance(error, MissingError):
        return 404
    return 409 if isinstance(error, ConflictError) else 400


def show_error(request: HttpRequest, error: SignoffError, *, status: int = 400) -> HttpResponse:
    """Show an error with all its faults, in the reader's language; htmx gets the part alone.

    Args:
        request: Who asked.
        error: What went wrong.
        status: Status of the answer.
    """
    is_part = bool(request.headers.get("HX-Request"))
    template = "web/_faults.html" if is_part else "web/failure.html"
    context = {"fault": error.fault, "faults": _others(error)}
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request cannot be read."""
    return render(request, "web/bad_request.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the visitor's role does not allow it, and who can help."""
    return render(request, "web/refused.html", status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without its token, so that nothing was done."""
    return render(request, "web/forged.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and where its trace stands."""
    return render(request, "web/broken.html", status=500)


def _others(error: SignoffError) -> list[Fault | Any]:
    return [fault for fault in error.faults if fault != error.fault]
