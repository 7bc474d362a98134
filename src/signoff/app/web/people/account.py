"""One's own account: name, language, theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from signoff.app.web.people.entry import next_address
from signoff.app.web.reader import THEME_COOKIE, THEMES

__all__ = ["choose_reader", "own_account"]

YEAR_SECONDS = 365 * 24 * 3600


def choose_reader(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme that the reader chose."""
    answer = redirect(next_address(request))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    return answer


def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    return render(request, "people/own.html")


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
