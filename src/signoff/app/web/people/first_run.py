"""The first run: a link printed on the console, with which the owner's account is made."""

from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from signoff.app.web.auditing import record_act
from signoff.app.web.people.access_links import find_link, issue_link, revoke_links, use_up
from signoff.app.web.people.entry import begin_session
from signoff.app.web.people.forms import JoinForm
from signoff.app.web.people.models import AccessLink, Member, Purpose
from signoff.app.web.rights import Role

__all__ = ["first_run_address", "is_unowned", "welcome"]

LIFETIME = timedelta(hours=24)


def is_unowned() -> bool:
    """Say whether nobody has an account yet."""
    return not Member.objects.exists()


def first_run_address(base: str) -> str:
    """Give the address with which the first owner's account is made; earlier ones end.

    Args:
        base: Where the application is reached, as http://127.0.0.1:8150.

    Returns:
        The address; empty when somebody has an account already.
    """
    with transaction.atomic():
        if not is_unowned():
            return ""
        revoke_links(AccessLink.objects.filter(purpose=Purpose.FIRST_OWNER))
        _link, token = issue_link(Purpose.FIRST_OWNER, lifetime=LIFETIME, by="signoff serve")
    return base.rstrip("/") + reverse("people:welcome", args=[token])


def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever has the printed link make the owner's account."""
    link = find_link(Purpose.FIRST_OWNER, token) if is_unowned() else None
    if link is None:
        raise Http404
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = make_owner(link, form)
        begin_session(request, owner)
        return redirect("overview:overview")
    return render(request, "people/join.html", {"form": form, "is_first": True})


def make_owner(link: AccessLink, form: JoinForm) -> Member:
    """Make the first owner's account and use up the link; of two who come at once, one does.

    Raises:
        Http404: somebody else was quicker.
    """
    with transaction.atomic():
        if not use_up(link) or not is_unowned():
            raise Http404
        owner = form.make_member(role=Role.OWNER, language=get_language() or "")
        record_act("joined", "member", key=owner.pk, by=owner.email, role=owner.role)
    return owner
