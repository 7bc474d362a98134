"""What every answer tells browsers and search engines, beside what Django's own middleware says."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

__all__ = ["HeaderMiddleware", "without_referrer"]

UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)


class HeaderMiddleware:
    """Keep pages out of search engines, other sites' pages, and devices they do not need."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        return response


def without_referrer(response: HttpResponse) -> HttpResponse:
    """Let the browser tell no one this page's address, not even our own pages.

    Only for pages without a form that is sent: browsers name no origin then, and Django refuses
    forms of no origin. Pages with a form keep to same-origin, which tells other sites nothing.

    Args:
        response: The page.
    """
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
