"""Invitations: a link with a role, for one person, once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from signoff.app.web.auditing import record_act
from signoff.app.web.people.access_links import find_link, issue_link, revoke_links, use_up
from signoff.app.web.people.entry import begin_session
from signoff.app.web.people.forms import InvitationForm, JoinForm
from signoff.app.web.people.models import LINK_STATES, ROLES, AccessLink, Member, Purpose
from signoff.app.web.people.once import show_once
from signoff.app.web.tables import Head, export_table, show_table

__all__ = ["invite", "join", "list_invitations", "revoke_invitation"]


def list_invitations(request: HttpRequest) -> HttpResponse:
    """Show the invitations, and make one; its address is shown once."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = invite(by=request.user.email, **form.invitation())
        note = _("Give it to %(name)s. It works once, and ends on the day you chose.")
        return show_once(
            request,
            reverse("people:join", args=[token]),
            title=_("An invitation"),
            note=note % {"name": form.cleaned_data["label"]},
            back=reverse("people:invitations"),
        )
    rows, heads = _invitation_rows(), _heads()
    if export := request.GET.get("export"):
        return export_table(request, rows, name="invitations", heads=heads, form=export)
    table = show_table(
        request,
        rows,
        name="invitations",
        caption=_("Invitations made, the newest first"),
        heads=heads,
        empty=_("Nobody is invited yet."),
    )
    return render(request, "people/invitations.html", {"form": form, "table": table})


def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    link = get_object_or_404(AccessLink, pk=pk, purpose=Purpose.INVITATION)
    with transaction.atomic():
        if revoke_links(AccessLink.objects.filter(pk=link.pk)):
            record_act("revoked", "invitation", key=pk, by=request.user.email)
    messages.success(request, _("The invitation is taken back."))
    return redirect("people:invitations")


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody invited choose name and password, and in."""
    link = find_link(Purpose.INVITATION, token)
    if link is None or Member.objects.filter(email=link.email).exists():
        raise Http404
    form = JoinForm(request.POST or None, email=link.email)
    if request.method == "POST" and form.is_valid():
        begin_session(request, accept(link, form))
        return redirect("overview:overview")
    return render(request, "people/join.html", {"form": form, "link": link})


def invite(*, email: str, label: str, role: str, lifetime: timedelta, by: str) -> str:
    """Invite somebody; an earlier invitation of the same address ends.

    Args:
        email: The address with which they will sign in.
        label: What the invitation is called.
        role: The role they get.
        lifetime: How long it can be used.
        by: Who invites.

    Returns:
        The invitation's token, which can be had only now.
    """
    with transaction.atomic():
        revoke_links(AccessLink.objects.filter(purpose=Purpose.INVITATION, email=email))
        fields: dict[str, Any] = {"email": email, "label": label, "role": role}
        link, token = issue_link(Purpose.INVITATION, lifetime=lifetime, by=by, **fields)
        record_act("invited", "invitation", key=link.pk, by=by, role=role)
    return token


def accept(link: AccessLink, form: JoinForm) -> Member:
    """Make the invited member and use up the invitation; of two at once, one does.

    Raises:
        Http404: it was used meanwhile.
    """
    with transaction.atomic():
        if not use_up(link):
            raise Http404
        member = form.make_member(role=link.role, language=get_language() or "")
        record_act("joined", "member", key=member.pk, by=member.email, invitation=link.pk)
    return member


def _invitation_rows() -> list[dict[str, Any]]:
    return [
        {
            "pk": link.pk,
            "label": link.label,
            "email": link.email,
            "role": link.role,
            "state": link.state,
            "expires_at": link.expires_at,
            "created_by": link.created_by,
            "revoke": pgettext("link", "Take back"),
        }
        for link in AccessLink.objects.filter(purpose=Purpose.INVITATION)
    ]


def _heads() -> list[Head]:
    return [
        Head("label", _("For whom")),
        Head("email", _("Address")),
        Head("role", _("Role"), choices=ROLES),
        Head("state", _("State"), choices=LINK_STATES),
        Head("expires_at", pgettext("link", "Ends"), kind="moment"),
        Head("created_by", _("Invited by")),
        Head(
            "revoke",
            pgettext("link", "Take back"),
            family=_("Take this invitation back?"),
            act=_revoking,
        ),
    ]


def _revoking(row: Mapping[str, Any]) -> str:
    """Give where an invitation is taken back, as long as it is open."""
    is_open = row["state"] == "open"
    return reverse("people:revoke_invitation", args=[row["pk"]]) if is_open else ""
