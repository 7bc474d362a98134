"""Passwords: changed by whoever knows the old one, or by a link that an owner gives."""

from axes.utils import reset as forget_attempts
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from signoff.app.web.auditing import record_act
from signoff.app.web.people.access_links import find_link, revoke_links, use_up
from signoff.app.web.people.forms import ChangePasswordForm, ForgottenForm, NewPasswordForm
from signoff.app.web.people.guesses import (
    count_failure,
    is_held_up,
    name_attempt,
    show_held_up,
)
from signoff.app.web.people.models import AccessLink, Member, Purpose
from signoff.app.web.people.sessions import end_sessions
from signoff.app.web.visitor import address_of

__all__ = ["change_password", "forgotten", "reset_password"]


def change_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other sessions end."""
    if is_held_up("password", request.user.pk):
        return show_held_up(request)
    form = ChangePasswordForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        set_password(request.user, form.cleaned_data["password"], by=request.user.email)
        update_session_auth_hash(request, request.user)
        messages.success(
            request, _("Your password is changed. You were signed out everywhere else.")
        )
        return redirect("people:own")
    return render(request, "people/password.html", {"form": form})


def forgotten(request: HttpRequest) -> HttpResponse:
    """Note for the owners that somebody needs a new password; strangers learn nothing."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        where = address_of(request)
        if is_held_up("forgotten", where):
            return show_held_up(request)
        count_failure("forgotten", where)
        ask_for_password(form.cleaned_data["email"])
        return render(request, "people/forgotten.html", {"is_noted": True})
    return render(request, "people/forgotten.html", {"form": form})


def reset_password(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has an owner's link choose a new password."""
    link = find_link(Purpose.NEW_PASSWORD, token)
    if link is None or not link.member.is_active:
        raise Http404
    form = NewPasswordForm(request.POST or None, member=link.member)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            if not use_up(link):
                raise Http404
            set_password(link.member, form.cleaned_data["password"], by=link.member.email)
        forget_attempts(username=name_attempt(request, {"username": link.member.email}))
        messages.success(request, _("Your password is changed. Sign in with it now."))
        return redirect("people:sign_in")
    return render(request, "people/new_password.html", {"form": form, "member": link.member})


def set_password(member: Member, password: str, *, by: str) -> None:
    """Give a member a new password: every session and every link for another one ends.

    Args:
        member: Whose.
        password: The new one, held to the rules already.
        by: Who does it.
    """
    with transaction.atomic():
        member.set_password(password)
        member.reset_asked_at = None
        member.save(update_fields=["password", "reset_asked_at"])
        n_ended = end_sessions(member)
        revoke_links(AccessLink.objects.filter(purpose=Purpose.NEW_PASSWORD, member=member))
        record_act("changed password", "member", key=member.pk, by=by, sessions_ended=n_ended)


def ask_for_password(email: str) -> None:
    """Note that an address asks for a new password.

    The same is done whether or not a member has the address, so that neither the answer nor its
    time tells.

    Args:
        email: The address, in one spelling.
    """
    found = Member.objects.filter(email=email, is_active=True).first()
    with transaction.atomic():
        Member.objects.filter(pk=found.pk if found else 0).update(reset_asked_at=timezone.now())
        key = found.pk if found else "nobody"
        record_act("asked for a new password", "member", key=key, by="visitor")
