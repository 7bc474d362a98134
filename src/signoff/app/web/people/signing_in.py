"""Signing in, with a second factor where the member has one, and out."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from signoff.app.web.people.codes import CodeForm, has_second_factor
from signoff.app.web.people.entry import begin_session, next_address
from signoff.app.web.people.first_run import is_unowned
from signoff.app.web.people.forms import SignInForm
from signoff.app.web.people.guesses import (
    count_failure,
    forget_failures,
    is_held_up,
    show_held_up,
)
from signoff.app.web.people.models import Member

__all__ = ["enter_code", "sign_in", "sign_out"]

PENDING = "signing_in"
PENDING_SECONDS = 300


def sign_in(request: HttpRequest) -> HttpResponse:
    """Let a member in, or ask for the second factor."""
    if is_unowned():
        return render(request, "people/unowned.html")
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        member, goal = form.get_user(), next_address(request)
        if not has_second_factor(member):
            begin_session(request, member)
            return redirect(goal)
        request.session.cycle_key()
        request.session[PENDING] = {"member": member.pk, "at": _now(), "next": goal}
        return redirect("people:code")
    return render(request, "people/sign_in.html", {"form": form, "next": next_address(request)})


def enter_code(request: HttpRequest) -> HttpResponse:
    """Let a member in whose password was right, by a code of the second factor."""
    member = _pending_member(request)
    if member is None:
        return redirect("people:sign_in")
    if is_held_up("code", member.pk):
        return show_held_up(request)
    form = CodeForm(request.POST or None, member=member)
    if request.method == "POST":
        if form.is_valid():
            forget_failures("code", member.pk)
            goal = request.session.pop(PENDING)["next"]
            begin_session(request, member)
            return redirect(goal)
        count_failure("code", member.pk)
    return render(request, "people/code.html", {"form": form})


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("people:sign_in")


def _pending_member(request: HttpRequest) -> Member | None:
    """Give whose password was right a moment ago, as long as they may still come in."""
    pending: dict[str, Any] = request.session.get(PENDING) or {}
    if not pending or _now() - pending["at"] > PENDING_SECONDS:
        return None
    found: Member | None = Member.objects.filter(pk=pending["member"], is_active=True).first()
    return found


def _now() -> float:
    return datetime.now(UTC).timestamp()
