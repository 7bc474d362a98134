"""The reader: in which language, and light or dark, each answer is given."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

__all__ = ["THEMES", "THEME_COOKIE", "ReaderMiddleware", "theme_of"]

THEME_COOKIE = "signoff_theme"
THEMES = ("system", "light", "dark")


class ReaderMiddleware:
    """Speak the language that the member chose, else the cookie's, else the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language; what is personal is kept by no cache on the way."""
        language = _language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def theme_of(request: HttpRequest) -> str:
    """Give the theme that the reader chose: system, light or dark."""
    chosen = request.COOKIES.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def _language_of(request: HttpRequest) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    member = getattr(request, "user", None)
    chosen = getattr(member, "language", "") if member and member.is_authenticated else ""
    chosen = chosen or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in known else translation.get_language_from_request(request)
