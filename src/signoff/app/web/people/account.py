"""One's own account: name, language, theme."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from signoff.app.web.auditing import record_act
from signoff.app.web.people.codes import has_second_factor
from signoff.app.web.people.entry import next_address
from signoff.app.web.people.forms import NameForm
from signoff.app.web.people.models import Member
from signoff.app.web.people.sessions import end_sessions, list_sessions
from signoff.app.web.reader import THEME_COOKIE, THEMES, theme_of

__all__ = ["choose_reader", "end_others", "own_account"]

YEAR_SECONDS = 365 * 24 * 3600


def choose_reader(request: HttpRequest) -> HttpResponse:
    """Keep the language or the theme that the reader chose."""
    answer = redirect(next_address(request))
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            keep_language(request.user, language)
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    return answer


def keep_language(member: Member, language: str) -> None:
    """Speak a member's language wherever they sign in."""
    with transaction.atomic():
        member.language = language
        member.save(update_fields=["language"])
        record_act("chose language", "member", key=member.pk, by=member.email, language=language)


def own_account(request: HttpRequest) -> HttpResponse:
    """Show one's own account, and take another name."""
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            record_act("renamed", "member", key=request.user.pk, by=request.user.email)
        messages.success(request, _("Your name is changed."))
        return redirect("people:own")
    request.user.refresh_from_db(fields=["name"])
    context = {
        "form": form,
        "has_factor": has_second_factor(request.user),
        "sessions": list_sessions(request),
        "themes": [(theme, theme == theme_of(request)) for theme in THEMES],
    }
    return render(request, "people/own.html", context)


def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    with transaction.atomic():
        n_ended = end_sessions(request.user, but=request.session.session_key)
        record_act(
            "ended sessions", "member", key=request.user.pk, by=request.user.email, n=n_ended
        )
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:own")


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
