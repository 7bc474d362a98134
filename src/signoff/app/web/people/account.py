"""Signing in and out, and one's own account."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from signoff.app.web.reader import THEME_COOKIE, THEMES

__all__ = ["choose_reader", "own_account", "sign_in", "sign_out"]

YEAR_SECONDS = 365 * 24 * 3600


def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a member in."""
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    return render(request, "people/sign_in.html", {"form": form})


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("people:sign_in")


def choose_reader(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme that the reader chose."""
    answer = redirect(_next(request))
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


def _next(request: HttpRequest) -> str:
    """Give the page to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
